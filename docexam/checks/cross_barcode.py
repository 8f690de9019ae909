"""Bar codes against the zone: what a payload says of the holder must be what the zone says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docexam.checks.check import Check
from docexam.checks.judging import finding
from docexam.checks.mrz_read import no_zone
from docexam.checks.viz_text import edit_distance
from docexam.checks.zone_choice import main_zone
from docexam.mrz.layouts import identify
from docexam.nouns.finding import Limit, Measured

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.checks.examined import Examined
    from docexam.checks.zone_choice import ChosenZone
    from docexam.nouns.finding import Finding, Outcome
    from docexam.nouns.report import Barcode

_LINE = re.compile(r"[A-Z0-9<]{30,44}")
_SOURCE = "a payload repeats the data of the zone"
_SHORTEST_NUMBER = 6
"""A shorter document number stands in a payload by chance (our starting value)."""


def judge_barcode(check: Check, examined: Examined) -> Sequence[Finding]:
    """`x.barcode`: a zone in the payload is the printed one; else it holds the document number."""
    if not examined.barcodes:
        return [finding(check, "not_applicable", "barcode.none", page=examined.main_page)]
    chosen = main_zone(examined)
    if chosen is None:
        return [no_zone(check, examined)]
    return [_one(check, barcode, chosen) for barcode in examined.barcodes]


def _one(check: Check, barcode: Barcode, chosen: ChosenZone) -> Finding:
    outcome, code, distance = _compare(barcode.text, chosen)
    return finding(
        check,
        outcome,
        f"barcode.{code}",
        {"symbology": barcode.symbology},
        page=barcode.page,
        measured=None if distance is None else Measured(float(distance), "characters", 0.0),
        limit=None if distance is None else Limit(None, 0.0, "characters", _SOURCE),
        box_mm=barcode.box_mm,
    )


def _compare(payload: str, chosen: ChosenZone) -> tuple[Outcome, str, int | None]:
    lines = tuple(_LINE.findall(payload.upper()))
    printed = chosen.reading.lines
    if identify(lines) is not None and len(lines) == len(printed):
        distance = edit_distance("".join(lines), "".join(printed))
        if not distance:
            return "passed", "equal", 0
        return ("inconclusive" if chosen.open_places else "failed"), "differs", distance
    number = chosen.reading.fields.document_number or ""
    compact = re.sub(r"[^A-Z0-9]", "", payload.upper())
    if len(number) >= _SHORTEST_NUMBER and number in compact:
        return "passed", "number", 0
    # A payload of unknown grammar need not hold the number at all.
    return "inconclusive", "unknown-payload", None


CHECKS = (Check("x.barcode", ("A",), ("white", "ir"), judge_barcode, severity="strong"),)
