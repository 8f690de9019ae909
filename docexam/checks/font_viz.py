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
WHOLE_PAGE = ("viz.stroke", "viz.letters", "viz.size")
STRONG_TIMES = {
    "viz.letters": 1.5,
    "viz.size": 2.0,
}
"""Shapes and sizes depend on how a page was seen and read: they are held strongly against it from
this many times the limit on only (our starting value)."""
NEVER_ALONE = ("viz.letters-apart", "viz.size-apart")
"""What else lies under one field or over it, as SPECIMEN does, may pass for its letters: a notice,
and more only where its ground is disturbed too (`sub.erasure`)."""
TOGETHER = ("viz.letters", "viz.size")
"""What blurs or soils letters does not move them, what moves them does not shape them otherwise:
where both are beyond their limits, on all of one page, and one surely so, it is another type."""


def judge_font(check: Check, examined: Examined) -> Sequence[Finding]:
    """`font.viz`: what differs, a finding each; where nothing does, the first of each page."""
    judged = [
        (name, one)
        for name in check.needs
        for one in judge_by_model(
            check, examined, name, severity="strong", code=name.replace("viz.", "font.")
        )
    ]
    sure = _of_another_type(judged)
    found = [
        one if name in TOGETHER and one.page in sure else _weighed(one, name)
        for name, one in judged
    ]
    told = [one for one in found if one.measured is not None]
    bad = [one for one in told if one.outcome != "passed"]
    passed = {one.page: one for one in reversed(told) if one.outcome == "passed"}
    for page in {one.page for one in bad}:
        passed.pop(page, None)
    return [*bad, *passed.values()] or found[:1]


def _of_another_type(judged: Sequence[tuple[str, Finding]]) -> set[str]:
    """The pages on which one of TOGETHER failed, and all lie beyond their limits."""
    failed = {one.page for name, one in judged if name in TOGETHER and one.outcome == "failed"}
    beyond = {(name, one.page) for name, one in judged if _is_beyond(one)}
    return {page for page in failed if all((name, page) in beyond for name in TOGETHER)}


def _is_beyond(one: Finding) -> bool:
    """Whether a value lies outside its limits by more than its uncertainty."""
    if one.measured is None or one.limit is None:
        return False
    value, u = one.measured.value, one.measured.uncertainty
    low, high = one.limit.low, one.limit.high
    return (low is not None and value < low - u) or (high is not None and value > high + u)


def _weighed(one: Finding, name: str) -> Finding:
    """The finding; of one free field alone, or hardly beyond the limit, it is only suspicious."""
    if name in NEVER_ALONE:
        return replace(one, severity="notice")
    fixed = name in WHOLE_PAGE or one.reason.params.get("field") in FIXED_FIELDS
    strong = fixed and (name not in STRONG_TIMES or _is_far(one, STRONG_TIMES[name]))
    return one if strong else replace(one, severity="suspicious")


def _is_far(one: Finding, times: float) -> bool:
    """Whether a value is surely so many times as far from the usual as its limit is."""
    if one.measured is None or one.limit is None or one.limit.high is None:
        return False
    middle = 0.0 if one.limit.low is None else (one.limit.low + one.limit.high) / 2
    sure = abs(one.measured.value - middle) - 2 * one.measured.uncertainty
    return sure > times * (one.limit.high - middle)


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
            "viz.size",
            "viz.size-apart",
        ),
        inspection_class="personalisation",
        needs_model=True,
        version="5",
    ),
)
