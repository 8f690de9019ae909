"""The fluorescent print that a document model knows: is it there, in register, and in its colours.

Doc 9303-2, appendix C (UV-LU-IS): fluorescent print at a fixed place of every document of an issue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.checks.against_model import judge_by_model
from docexam.checks.check import Check

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding

PATTERN, OFFSET, COLOUR = "uv.pattern", "uv.pattern.offset", "uv.pattern.colour"


def judge_pattern(check: Check, examined: Examined) -> Sequence[Finding]:
    """`uv.pattern`: the print is there, and it stands where the print in white light says."""
    found = judge_by_model(check, examined, PATTERN, code="pattern")
    there = {each.page for each in found if each.outcome == "passed"}
    # where the print itself is not surely there, its place says nothing
    apart = [
        each
        for each in judge_by_model(check, examined, OFFSET, code="pattern-offset")
        if each.page in there and each.outcome in ("failed", "inconclusive")
    ]
    spoken = {each.page for each in apart}
    return [*(each for each in found if each.page not in spoken), *apart]


def judge_colour(check: Check, examined: Examined) -> Sequence[Finding]:
    """`uv.pattern-colour`: the motifs of each colour glow in it."""
    return judge_by_model(check, examined, COLOUR, code="pattern-colour")


CHECKS = (
    Check(
        "uv.pattern",
        ("C",),
        ("uv",),
        judge_pattern,
        severity="strong",
        needs=(PATTERN, OFFSET),
        generic_code="UV-LU-IS",
        inspection_class="print",
        needs_model=True,
    ),
    Check(
        "uv.pattern-colour",
        ("C",),
        ("uv",),
        judge_colour,
        severity="strong",
        needs=(COLOUR,),
        generic_code="UV-LU-IS",
        inspection_class="print",
        needs_model=True,
    ),
)
