"""Boxes of findings on a page's picture, with labels that do not cover one another."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.nouns.measurement import BoxMm

LABEL_HEIGHT_MM = 4.0
_CHARACTER_MM = 1.7
_MARGIN_MM = 1.6
_TONES = ("bad", "open", "note", "none")


@dataclass(frozen=True, slots=True)
class Marked:
    """What is to be marked: the number of a finding, its place and its tone."""

    number: int
    box_mm: BoxMm
    tone: str


@dataclass(frozen=True, slots=True)
class MarkView:
    """A box with the numbers of its findings; the label is a box of its own, in millimetres."""

    box_mm: BoxMm
    label: str
    label_mm: BoxMm
    tone: str
    first: int


def page_marks(marked: Sequence[Marked], size_mm: tuple[float, float]) -> tuple[MarkView, ...]:
    """One mark for each place, the largest first; findings of one place share a box and a label."""
    places: dict[tuple[int, ...], list[Marked]] = defaultdict(list)
    for each in sorted(marked, key=lambda one: one.number):
        places[tuple(round(side) for side in each.box_mm)].append(each)
    taken: list[BoxMm] = []
    marks = []
    for sharing in places.values():
        label = ", ".join(str(each.number) for each in sharing)
        box = sharing[0].box_mm
        place = _free_place(box, _CHARACTER_MM * len(label) + _MARGIN_MM, size_mm, taken)
        taken.append(place)
        tone = min((each.tone for each in sharing), key=_TONES.index)
        marks.append(MarkView(box, label, place, tone, sharing[0].number))
    # Large boxes are drawn first, so that small ones stay visible on them.
    return tuple(sorted(marks, key=lambda mark: -mark.box_mm[2] * mark.box_mm[3]))


def _free_place(
    box: BoxMm, width: float, size_mm: tuple[float, float], taken: Sequence[BoxMm]
) -> BoxMm:
    """Above the box at its left if there is room, else further right, else in the next row."""
    top = max(box[1] - LABEL_HEIGHT_MM, 0.0)
    left = max(0.0, min(box[0], size_mm[0] - width))
    while top <= size_mm[1] - LABEL_HEIGHT_MM:
        place = (left, top, width, LABEL_HEIGHT_MM)
        hit = next((other for other in taken if _overlap(place, other)), None)
        if hit is None:
            return place
        left = hit[0] + hit[2] + 0.3
        if left + width > size_mm[0]:
            left, top = max(0.0, min(box[0], size_mm[0] - width)), top + LABEL_HEIGHT_MM
    return (left, max(0.0, size_mm[1] - LABEL_HEIGHT_MM), width, LABEL_HEIGHT_MM)


def _overlap(one: BoxMm, other: BoxMm) -> bool:
    return (
        one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
    )
