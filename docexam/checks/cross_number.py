"""The number everywhere: in the zone, in the visual zone of every page, and in the holes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.checks.check import Check
from docexam.checks.cross_viz import SURE, VERY_SURE, is_coarse
from docexam.checks.examined import VISA_PAGE
from docexam.checks.judging import finding
from docexam.checks.mrz_read import no_zone
from docexam.checks.sub_perforation import TEXT, judge_number, passport_zone
from docexam.checks.viz_compare import compare
from docexam.nouns.finding import Limit, Measured

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.checks.examined import Examined
    from docexam.checks.zone_choice import ChosenZone
    from docexam.nouns.finding import Finding, Outcome
    from docexam.nouns.report import VizField

_SOURCE = "Doc 9303-2, C.23 and C.24: one document carries one number"


def judge_number_everywhere(check: Check, examined: Examined) -> Sequence[Finding]:
    """`x.number-everywhere`: every place that shows the number shows the zone's.

    It passes only with a second place, away from the print beside the zone that `x.viz-mrz`
    compares already: another page, the blank's numbering, or holes.
    """
    zone = passport_zone(examined)
    if zone is None:
        return [no_zone(check, examined)]
    number = zone.reading.fields.document_number
    if not number:
        return [finding(check, "not_performed", "perforation.no-number", page=zone.page)]
    found = [
        one
        for page, fields in examined.viz.items()
        if page != VISA_PAGE
        for field in fields
        if field.name in ("document_number", "numbering")
        and (one := _printed(check, examined, page, field, zone)) is not None
    ]
    found += [judge_number(check, examined, text, zone) for text in examined.measured(TEXT)]
    told = [each for each in found if each.measured is not None]
    bad = [each for each in told if each.outcome != "passed"]
    if bad:
        return bad
    beside = [
        field.box_mm for field in examined.viz.get(zone.page, ()) if field.name == "document_number"
    ]
    if all(each.page == zone.page and each.box_mm in beside for each in told):
        return [finding(check, "not_performed", "number.nowhere-else", page=zone.page)]
    return [_everywhere(check, told, number)]


def _everywhere(check: Check, told: Sequence[Finding], number: str) -> Finding:
    first = told[0]
    return finding(
        check,
        "passed",
        "number.everywhere",
        {"places": float(len(told) + 1), "zone": number},
        page=first.page,
        light=first.light,
        measured=first.measured,
        limit=first.limit,
        box_mm=first.box_mm,
    )


def _printed(
    check: Check, examined: Examined, page: str, field: VizField, zone: ChosenZone
) -> Finding | None:
    result = compare(field, zone)
    if result.answer not in ("equal", "differs", "alike"):
        return None
    places = zone.field_places("document_number")
    outcome: Outcome = "inconclusive"
    code = "number.unsure"
    sure = VERY_SURE if field.name == "numbering" else SURE
    if result.answer == "equal":
        outcome, code = "passed", "number.equal"
    elif zone.is_open(places):
        code = "perforation.zone-open"
    elif (
        result.answer == "differs"
        and field.confidence >= sure
        and not is_coarse(examined, page, field.light)
    ):
        outcome, code = "failed", "number.differs"
    number = zone.reading.fields.document_number or ""
    return finding(
        check,
        outcome,
        code,
        {"printed": field.text, "zone": number},
        page=page,
        light=(field.light,),
        severity="suspicious" if field.name == "numbering" else None,
        measured=Measured(float(result.distance), "characters", 0.0),
        limit=Limit(None, 0.0, "characters", _SOURCE),
        box_mm=field.box_mm,
        evidence=()
        if outcome == "passed"
        else examined.proofs(
            (page, field.light, field.box_mm), (zone.page, zone.light, zone.box_of(places))
        ),
    )


CHECKS = (
    Check(
        "x.number-everywhere",
        ("D", "C"),
        ("white", "transmitted"),
        judge_number_everywhere,
        severity="strong",
        version="5",
        needs=(TEXT,),
    ),
)
