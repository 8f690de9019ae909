"""Codes, names, fillers, sex and dates of the zone, as `docexam.mrz` has proven them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from docexam.checks.check import Check
from docexam.checks.judging import finding
from docexam.checks.mrz_read import no_zone
from docexam.checks.zone_choice import LIGHT_ORDER, chosen_zones

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.checks.examined import Examined
    from docexam.checks.zone_choice import ChosenZone
    from docexam.nouns.finding import Finding, Outcome
    from docexam.nouns.reading import Problem

FIELDS_OF = {
    "mrz.long-number": ("document_number", "document_number_digit", "optional_data_1"),
    "mrz.doc-code": ("document_code",),
    "mrz.state-code": ("issuing_state",),
    "mrz.nationality": ("nationality",),
    "mrz.name": ("name", "surname", "given_names"),
    "mrz.filler": ("document_number", "filler"),
    "mrz.sex": ("sex",),
    "date.valid": ("birth_date", "expiry_date"),
    "date.expiry": ("expiry_date",),
}
LONG_NUMBER_FORMATS = ("TD1", "TD2")


def judge_text(check: Check, examined: Examined) -> Sequence[Finding]:
    """One rule about the text of each zone."""
    zones = chosen_zones(examined)
    if not zones:
        return [no_zone(check, examined)]
    return [finding_ for chosen in zones for finding_ in _text(check, chosen)]


def _text(check: Check, chosen: ChosenZone) -> list[Finding]:
    page, light = chosen.page, (chosen.light,)
    layout = chosen.layout
    if layout is None:
        return [finding(check, "not_performed", "no-structure", page=page, light=light)]
    places = chosen.field_places(*FIELDS_OF[check.id])
    if not places or (check.id == "mrz.long-number" and layout.name not in LONG_NUMBER_FORMATS):
        params = {"format": layout.name}
        return [finding(check, "not_applicable", "no-such-field", params, page=page, light=light)]
    wrong = [problem for problem in chosen.reading.problems if problem.id == check.id]
    if wrong:
        return [_wrong(check, chosen, problem) for problem in wrong]
    if chosen.is_open(places):
        return [
            finding(
                check,
                "inconclusive",
                "text.open",
                page=page,
                light=light,
                box_mm=chosen.box_of(places & chosen.open_places),
            )
        ]
    return [
        finding(check, "passed", check.id, page=page, light=light, box_mm=chosen.box_of(places))
    ]


def _wrong(check: Check, chosen: ChosenZone, problem: Problem) -> Finding:
    places = chosen.field_places(*FIELDS_OF[check.id])
    params: dict[str, float | str] = {}
    if problem.line is not None and problem.columns is not None:
        first, last = problem.columns
        places = frozenset((problem.line, column) for column in range(first, last + 1))
        printed = chosen.reading.lines[problem.line - 1][first - 1 : last]
        params = {"line": problem.line, "first": first, "last": last, "printed": printed}
    is_open = chosen.is_open(places | chosen.field_places(*FIELDS_OF[check.id]))
    return finding(
        check,
        "inconclusive" if is_open else "failed",
        "text.open" if is_open else f"{check.id}.wrong",
        params,
        page=chosen.page,
        light=(chosen.light,),
        box_mm=chosen.box_of(places),
    )


def judge_expiry(check: Check, examined: Examined) -> Sequence[Finding]:
    """`date.expiry`: an expired document is a status, not a forgery."""
    zones = chosen_zones(examined)
    if not zones:
        return [no_zone(check, examined)]
    return [_expiry(check, chosen, examined.today) for chosen in zones]


def _expiry(check: Check, chosen: ChosenZone, today: dt.date) -> Finding:
    page, light = chosen.page, (chosen.light,)
    layout = chosen.layout
    places = chosen.field_places("expiry_date")
    if layout is None:
        return finding(check, "not_performed", "no-structure", page=page, light=light)
    if not places:
        params = {"format": layout.name}
        return finding(check, "not_applicable", "no-such-field", params, page=page, light=light)
    box_mm = chosen.box_of(places)
    printed = chosen.reading.fields.expiry_date
    if chosen.is_open(places):
        return finding(check, "inconclusive", "text.open", page=page, light=light, box_mm=box_mm)
    if printed is None or len(printed) != len("2026-01-01"):
        return finding(check, "not_performed", "no-date", page=page, light=light, box_mm=box_mm)
    left = (dt.date.fromisoformat(printed) - today).days
    outcome: Outcome = "failed" if left < 0 else "passed"
    return finding(
        check,
        outcome,
        "expired" if left < 0 else "date.expiry",
        {"date": printed, "days": float(abs(left))},
        page=page,
        light=light,
        box_mm=box_mm,
    )


CHECKS = (
    Check("mrz.long-number", ("D",), LIGHT_ORDER, judge_text, severity="strong"),
    Check("mrz.doc-code", ("C",), LIGHT_ORDER, judge_text, severity="notice"),
    Check("mrz.state-code", ("C",), LIGHT_ORDER, judge_text, severity="strong"),
    Check("mrz.nationality", ("C",), LIGHT_ORDER, judge_text, severity="strong"),
    Check("mrz.name", ("A",), LIGHT_ORDER, judge_text, severity="strong"),
    Check("mrz.filler", ("A",), LIGHT_ORDER, judge_text, severity="strong"),
    Check("mrz.sex", ("A",), LIGHT_ORDER, judge_text, severity="strong"),
    Check("date.valid", ("A",), LIGHT_ORDER, judge_text, severity="strong"),
    Check("date.expiry", ("C",), LIGHT_ORDER, judge_expiry, severity="notice", status="expired"),
)
