"""Lists of the station: lost and stolen documents, issuers that do not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.checks.check import Check
from docexam.checks.judging import finding
from docexam.checks.lists import code_of, number_of
from docexam.checks.mrz_read import no_zone
from docexam.checks.zone_choice import chosen_zones

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.checks.examined import Examined
    from docexam.checks.lists import Lists
    from docexam.checks.zone_choice import ChosenZone
    from docexam.nouns.finding import Finding, Outcome


def judge_documents(check: Check, examined: Examined) -> Sequence[Finding]:
    """`list.sltd`: a hit is a lead to confirm with the issuer, never a refusal by itself."""
    lists = examined.lists
    if lists is None or lists.documents is None:
        return [finding(check, "not_performed", "list.absent", page=examined.main_page, light=())]
    zones = [zone for zone in chosen_zones(examined) if zone.layout is not None]
    if not zones:
        return [no_zone(check, examined)]
    return [_document(check, zone, lists) for zone in zones]


def _document(check: Check, chosen: ChosenZone, lists: Lists) -> Finding:
    fields = chosen.reading.fields
    key = (code_of(fields.issuing_state or ""), number_of(fields.document_number or ""))
    hits = (lists.documents or {}).get(key, ())
    places = chosen.field_places("document_number", "issuing_state")
    outcome: Outcome = "passed"
    code = "list.no-hit"
    params: dict[str, float | str] = {}
    if hits:
        outcome, code = "failed", "list.hit"
        params = {
            "status": ", ".join(dict.fromkeys(hit.status for hit in hits)),
            "theft_state": next((hit.theft_state for hit in hits if hit.theft_state), ""),
        }
    elif chosen.is_open(places):
        outcome, code = "inconclusive", "text.open"
    return finding(
        check,
        outcome,
        code,
        params,
        page=chosen.page,
        light=(chosen.light,),
        box_mm=chosen.box_of(places),
    )


def judge_issuers(check: Check, examined: Examined) -> Sequence[Finding]:
    """`list.issuer`: fantasy, camouflage and obsolete issuers."""
    lists = examined.lists
    if lists is None or lists.issuers is None:
        return [finding(check, "not_performed", "list.absent", page=examined.main_page, light=())]
    zones = [zone for zone in chosen_zones(examined) if zone.layout is not None]
    if not zones:
        return [no_zone(check, examined)]
    return [_issuer(check, zone, lists) for zone in zones]


def _issuer(check: Check, chosen: ChosenZone, lists: Lists) -> Finding:
    places = chosen.field_places("issuing_state")
    page, light, box_mm = chosen.page, (chosen.light,), chosen.box_of(places)
    if chosen.is_open(places):
        return finding(check, "inconclusive", "text.open", page=page, light=light, box_mm=box_mm)
    hit = (lists.issuers or {}).get(code_of(chosen.reading.fields.issuing_state or ""))
    if hit is None:
        return finding(check, "passed", "list.no-hit", page=page, light=light, box_mm=box_mm)
    params = {"kind": hit.kind, "name": hit.name}
    return finding(check, "failed", "list.issuer", params, page=page, light=light, box_mm=box_mm)


CHECKS = (
    Check(
        "list.sltd",
        ("D", "C"),
        ("ir", "white"),
        judge_documents,
        severity="notice",
        inspection_class="list",
        status="listed",
    ),
    Check(
        "list.issuer",
        ("C",),
        ("ir", "white"),
        judge_issuers,
        severity="strong",
        inspection_class="list",
    ),
)
