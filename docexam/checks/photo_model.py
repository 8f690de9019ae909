"""The portrait, and the second one, against a document model."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docexam.checks.against_model import judge_by_model
from docexam.checks.check import Check
from docexam.checks.ir_model_ink import what_differs
from docexam.checks.judging import FAIL_AT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding

GHOST_WORDS = {
    "model.ghost-strength": "ghost.strength",
    "model.ghost-likeness": "ghost.likeness",
    "model.ghost-apart": "ghost.apart",
}
"""Measurement to the reason that it gives."""
STRONG_TIMES = 1.2
"""From how many times the limit on features apart are held strongly against a document: a worn or
softly seen genuine one comes near to the limit itself. Of 560 drawn genuine documents none lay
beyond 1.15 times the limit; of other, alike faces four of five that were missed by 1.3 lie beyond
it with their uncertainty. Our starting value."""


def judge_infrared(check: Check, examined: Examined) -> Sequence[Finding]:
    """`ir.photo`: the portrait is seen or gone in infrared as on genuine documents."""
    return judge_by_model(check, examined, code="photo-ir")


def judge_colours(check: Check, examined: Examined) -> Sequence[Finding]:
    """`photo.colour-mode`: grey where all genuine portraits are grey, coloured where they are."""
    return judge_by_model(check, examined, code="colour-mode")


def judge_ghost(check: Check, examined: Examined) -> Sequence[Finding]:
    """`photo.ghost`: the second portrait is there, and its features are the portrait's.

    A portrait that was exchanged no longer fits the second one, which was left as it was. Features
    that lie apart and are hardly alike too, which genuine ones always surely are, tell it together.
    """
    found = what_differs(check, examined, GHOST_WORDS)
    gone = {
        each.page
        for each in found
        if each.outcome == "failed" and each.reason.code.startswith("ghost.strength")
    }
    unlike = {
        each.page
        for each in found
        if each.reason.code.startswith("ghost.likeness") and _is_beyond(each)
    }
    # where there is none, whose face it shows is no question
    return [
        each if each.page in unlike else _weighed(each)
        for each in found
        if each.page not in gone or each.reason.code.startswith("ghost.strength")
    ]


def _is_beyond(one: Finding) -> bool:
    """Whether the value is on the wrong side of its limit, guard band or not."""
    low = None if one.limit is None else one.limit.low
    return one.measured is not None and low is not None and one.measured.value < low


def _weighed(one: Finding) -> Finding:
    """The finding; features hardly farther apart than genuine ones are only suspicious."""
    if one.outcome != "failed" or one.reason.code != "ghost.apart.above":
        return one
    if one.measured is None or one.limit is None or one.limit.high is None:
        return one
    sure = one.measured.value - FAIL_AT * one.measured.uncertainty
    return one if sure > STRONG_TIMES * one.limit.high else replace(one, severity="suspicious")


CHECKS = (
    Check(
        "ir.photo",
        ("F",),
        ("ir", "white"),
        judge_infrared,
        severity="strong",
        needs=("model.photo-ir",),
        generic_code="IR-AB-PH",
        version="2",
        inspection_class="personalisation",
        needs_model=True,
    ),
    Check(
        "photo.colour-mode",
        ("F",),
        ("white",),
        judge_colours,
        severity="strong",
        needs=("model.photo-colour",),
        version="2",
        inspection_class="personalisation",
        needs_model=True,
    ),
    Check(
        "photo.ghost",
        ("F",),
        ("white",),
        judge_ghost,
        severity="strong",
        needs=tuple(GHOST_WORDS),
        generic_code="VI-AB-SP",
        version="6",
        inspection_class="personalisation",
        needs_model=True,
    ),
)
