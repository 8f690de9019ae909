"""Fields whose print differs from the rest of their page: another type, place or ink."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from docexam.checks.against_model import judge_by_model
from docexam.checks.ir_field_ink import APART_MOST
from docexam.checks.judging import FAIL_AT

if TYPE_CHECKING:
    from docexam.checks.check import Check
    from docexam.checks.examined import Examined
    from docexam.nouns.measurement import BoxMm

TYPE_OF_ONE = ("viz.letters-apart", "viz.stroke-apart", "viz.size-apart", "viz.line-apart")
"""What the model says of the one field that differs most."""
INK_OF_ONE = "viz.ink-apart"


@dataclass(frozen=True, slots=True)
class ChangedField:
    """One field of a page, where it stands, and what is surely other about its print."""

    page: str
    box_mm: BoxMm
    what: Literal["type", "ink"]


def changed_fields(check: Check, examined: Examined) -> list[ChangedField]:
    """The fields beyond a limit by the guard band, whatever that weighs by itself."""
    of_type = [
        ChangedField(one.page, one.box_mm, "type")
        for name in TYPE_OF_ONE
        for one in judge_by_model(check, examined, name)
        if one.outcome == "failed" and one.box_mm is not None
    ]
    of_ink = [
        ChangedField(one.page, one.box_mm, "ink")
        for one in examined.measured(INK_OF_ONE)
        if one.value - FAIL_AT * one.uncertainty > APART_MOST and one.box_mm is not None
    ]
    return [*of_type, *of_ink]


def share_a_place(one: BoxMm, other: BoxMm) -> bool:
    """Whether either box holds the middle of the other."""
    return _holds(one, other) or _holds(other, one)


def _holds(outer: BoxMm, inner: BoxMm) -> bool:
    x, y = inner[0] + inner[2] / 2, inner[1] + inner[3] / 2
    return outer[0] <= x <= outer[0] + outer[2] and outer[1] <= y <= outer[1] + outer[3]
