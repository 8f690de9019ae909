"""The ground around the fields: scraped or washed off with what stood there (step A).

Doc 9303-2, appendix C: erasure by knife or rubber, and by chemicals.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docexam.checks.against_model import judge_by_model
from docexam.checks.check import Check
from docexam.checks.examined import VISA_PAGE
from docexam.checks.field_changed import changed_fields, share_a_place
from docexam.checks.judging import left_open
from docexam.nouns.finding import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.checks.examined import Examined
    from docexam.checks.field_changed import ChangedField
    from docexam.nouns.finding import Finding, FindingSeverity

SECOND_LEAST = 1.25
"""How strange the second of the three traces must be too: a stain or a lamp changes one of them. In
genuine standard deviations; our starting value, see docs/examine.md."""
SURE_AT, BRIGHTER_BY = 8.0, 0.69
"""Below it the check is only suspicious: at its limit it failed 3 of 300 genuine documents of
designs kept aside. A glow that alone is so strange, and twice as bright as around, is no stain of
daily use. Our starting values: genuine drawn fields glowed 0.26 more at most."""
SUSPICIOUS_AT = 5.5
"""Up to it the ground alone says nothing: before a lens that no enrolled page was taken with, drawn
genuine fields were 5 strange. Our starting value."""
OTHERWISE_EXPLAINED = ("erasure.one-trace", "erasure.dirt")
DIRT_KEEPS = 0.6
"""Dirt in a field or beside it changes the ground in both lights the same way and leaves its print
there; erasing takes the print. Where the print is kept, grease and markers that glow may look like
washing: suspicious only. Our starting value: genuine drawn fields kept 0.64 and more."""


def judge_erasure(check: Check, examined: Examined) -> Sequence[Finding]:
    """`sub.erasure`: the ground around each field is as on genuine documents."""
    changed = changed_fields(check, examined)
    return [_weighed(each, changed) for each in judge_by_model(check, examined, code="erasure")]


def _weighed(one: Finding, changed: Sequence[ChangedField]) -> Finding:
    """Strong where the field in that ground has another type; else as the ground alone.

    Another ink makes it suspicious: one stain can change the ground and the ink at once.

    Not what dirt does, nor on a visa: a stain or a stamp changes the field it lies on as well.
    """
    if one.outcome != "failed":
        return one
    seen = _alone(one)
    box_mm = one.box_mm
    if box_mm is None or one.page == VISA_PAGE or seen.reason.code in OTHERWISE_EXPLAINED:
        return seen
    for field in changed:
        if field.page == one.page and share_a_place(field.box_mm, box_mm):
            code = f"erasure.and-{field.what}"
            weight: FindingSeverity = "strong" if field.what == "type" else "suspicious"
            if seen.outcome == "failed" and seen.severity == "strong":
                weight = "strong"
            return replace(one, severity=weight, reason=Reason(code, one.reason.params))
    return seen


def _alone(one: Finding) -> Finding:
    """One trace alone is left open, and so is what dirt does; visas are stamped over.

    Strong only far beyond the limit, where the ground print is gone; hardly beyond it left open.
    """
    told = {name: float(value) for name, value in one.reason.params.items()}
    value = 0.0 if one.measured is None else one.measured.value
    washed = value > SURE_AT
    if told["second"] < SECOND_LEAST and not (washed and told["glow"] > BRIGHTER_BY):
        return left_open(one, "erasure.one-trace")
    if told["tone"] * told["glow"] > 0 and told["print_kept"] >= DIRT_KEEPS:
        return left_open(one, "erasure.dirt")
    if value <= SUSPICIOUS_AT:
        return left_open(one, "erasure.alone")
    sure = washed and told["print_kept"] < DIRT_KEEPS and one.page != VISA_PAGE
    return one if sure else replace(one, severity="suspicious")


CHECKS = (
    Check(
        "sub.erasure",
        ("A",),
        ("white", "uv"),
        judge_erasure,
        severity="strong",
        needs=("model.field-ground",),
        inspection_class="material",
        needs_model=True,
        version="4",
    ),
)
