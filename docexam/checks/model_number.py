"""The document number against the pattern that genuine numbers of its kind have."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from docexam.checks.check import Check
from docexam.checks.judging import finding
from docexam.checks.mrz_read import no_zone
from docexam.checks.zone_choice import main_zone
from docexam.reference.number_pattern_rules import FIELDS, fits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docexam.checks.examined import Examined
    from docexam.checks.zone_choice import ChosenZone
    from docexam.nouns.finding import Finding, FindingSeverity

PART = "number-pattern"
STRONG_FROM = 60
"""Different numbers from which on another pattern is held strongly against a document: then at
most one genuine document in twenty can have one (95 % confidence; our starting value)."""


def judge_pattern(check: Check, examined: Examined) -> Sequence[Finding]:
    """`mrz.number-pattern`: document number, and optional data, where a pattern is known."""
    return [replace(one, from_model=True) for one in _judge(check, examined)]


def _judge(check: Check, examined: Examined) -> list[Finding]:
    if examined.model is None:
        return [finding(check, "not_performed", "no-model", page=examined.main_page)]
    chosen = main_zone(examined)
    if chosen is None:
        return [no_zone(check, examined)]
    known = examined.model.facts.get((chosen.page, PART))
    if known is None:
        return [finding(check, "not_applicable", "model.no-such-feature", page=chosen.page)]
    return [_one(check, chosen, field, known[field]) for field in FIELDS if field in known]


def _one(check: Check, chosen: ChosenZone, field: str, facts: Mapping[str, Any]) -> Finding:
    number = getattr(chosen.reading.fields, field) or ""
    places = chosen.field_places(field)
    right = fits(number, facts)
    severity: FindingSeverity = "notice"
    if field == FIELDS[0]:
        severity = "strong" if int(facts["numbers"]) >= STRONG_FROM else "suspicious"
    is_open = chosen.is_open(places)
    return finding(
        check,
        "passed" if right else "inconclusive" if is_open else "failed",
        "number.fits" if right else "number.open" if is_open else "number.other-pattern",
        {
            "field": field,
            "patterns": ", ".join(str(each) or "-" for each in facts["patterns"]),
            "numbers": float(facts["numbers"]),
            "doubt": 100 * float(facts["doubt"]),
        },
        page=chosen.page,
        light=(chosen.light,),
        severity=severity,
        box_mm=chosen.box_of(places),
    )


CHECKS = (
    Check(
        "mrz.number-pattern",
        ("D",),
        (),
        judge_pattern,
        severity="suspicious",
        inspection_class="data",
        needs_model=True,
    ),
)
