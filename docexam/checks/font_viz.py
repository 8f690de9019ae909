"""Whether the data is printed as genuine documents print it: letters, strokes, size, baselines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docexam.checks.against_model import judge_by_model
from docexam.checks.check import Check

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding

FIXED_FIELDS = (
    "document_number",
    "passport_number",
    "personal_number",
    "card_access_number",
    "birth_date",
    "issue_date",
    "expiry_date",
)
"""Fields whose text is as long on every document. A long name or place may be set smaller, or on
two lines, by the issuer itself (our starting value)."""
WHOLE_PAGE = ("viz.stroke", "viz.letters")
STRONG_TIMES = {"viz.letters": 2.0, "viz.letters-apart": 2.0, "viz.size-apart": 2.0}
"""Shapes and sizes depend on how a page was seen and read: they are held strongly against it from
this many times the limit on only (our starting value)."""


def judge_font(check: Check, examined: Examined) -> Sequence[Finding]:
    """`font.viz`: what differs, a finding each; where nothing does, the first of each page."""
    found = [
        _weighed(one, name)
        for name in check.needs
        for one in judge_by_model(
            check, examined, name, severity="strong", code=name.replace("viz.", "font.")
        )
    ]
    told = [one for one in found if one.measured is not None]
    bad = [one for one in told if one.outcome != "passed"]
    passed = {one.page: one for one in reversed(told) if one.outcome == "passed"}
    for page in {one.page for one in bad}:
        passed.pop(page, None)
    return [*bad, *passed.values()] or found[:1]


def _weighed(one: Finding, name: str) -> Finding:
    """The finding; of one free field alone, or hardly beyond the limit, it is only suspicious."""
    fixed = name in WHOLE_PAGE or one.reason.params.get("field") in FIXED_FIELDS
    far = name not in STRONG_TIMES
    if not far and one.measured is not None and one.limit is not None and one.limit.high:
        sure = one.measured.value - 2 * one.measured.uncertainty
        far = sure > STRONG_TIMES[name] * one.limit.high
    return one if fixed and far else replace(one, severity="suspicious")


CHECKS = (
    Check(
        "font.viz",
        ("A",),
        ("white",),
        judge_font,
        severity="strong",
        needs=(
            "viz.stroke",
            "viz.stroke-apart",
            "viz.line-apart",
            "viz.letters",
            "viz.letters-apart",
            "viz.size-apart",
        ),
        inspection_class="personalisation",
        needs_model=True,
    ),
)
