"""Where the data stands against the fixed print of genuine documents."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docexam.checks.against_model import judge_by_model
from docexam.checks.check import Check

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding

STRONG_TIMES = 2.0
"""A sheet may lie otherwise in another office's printer than in those that were enrolled: only from
this many times the learned margin on is it held strongly against a document (our starting value).
"""


def judge_layout(check: Check, examined: Examined) -> Sequence[Finding]:
    """`geo.viz-layout`: the height of all data, and its place to the side, a finding each."""
    found = [
        _weighed(one)
        for name in check.needs
        for one in judge_by_model(
            check, examined, name, severity="suspicious", code=name.replace("viz.", "layout.")
        )
    ]
    told = [one for one in found if one.measured is not None]
    return told or found[:1]


def _weighed(one: Finding) -> Finding:
    """The finding, strong where the data is far outside."""
    if one.measured is None or one.limit is None or one.limit.low is None or one.limit.high is None:
        return one
    middle, margin = (one.limit.high + one.limit.low) / 2, (one.limit.high - one.limit.low) / 2
    sure = abs(one.measured.value - middle) - 2 * one.measured.uncertainty
    return replace(one, severity="strong") if sure > STRONG_TIMES * margin else one


CHECKS = (
    Check(
        "geo.viz-layout",
        ("C",),
        ("white",),
        judge_layout,
        severity="suspicious",
        needs=("viz.down", "viz.right"),
        inspection_class="personalisation",
        needs_model=True,
    ),
)
