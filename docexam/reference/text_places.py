"""Where personal data stands on the pages of one model: lines of text that differ by holder.

Lines of black text are looked for on each genuine page; those that stand at one place on most of
them, and do not say the same on all, are places of data. Titles say the same on all.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import cv2
import numpy as np

from docexam.reference.text_strip import STRIP_PX_PER_MM, cut_strip
from docexam.vision.viz_lines import find_lines, viz_ink

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from docexam.nouns.measurement import BoxMm
    from docexam.reference.page_sample import PageSample

Align = Literal["left", "right"]

# Our starting values.
ABOVE_ZONE_MM = 1.2
SAME_LINE_MM = 0.6
SAME_EDGE_MM = 0.9
SAME_HEIGHT = 1.3
LEAST_SHARE = 0.6
LEAST_PAGES = 3
ALIKE = 0.85
"""Correlation of two prints of one text; other text has less."""
ROOM_MM = 1.1
_COMPARED_PAGES = 6


@dataclass(frozen=True, slots=True)
class TextPlace:
    """One place of data on the model, millimetres: the edge that its text begins at, its baseline.

    `edge` is the left end of the text, for `align` "right" the right one; `far` is how far the
    longest text seen reached to the other side. `cap` is the height of its capitals.
    """

    name: str
    align: Align
    edge: float
    far: float
    baseline: float
    cap: float

    @property
    def strip_mm(self) -> BoxMm:
        """The box of the model to measure in, with room for misplaced text."""
        left, right = sorted((self.edge, self.far))
        top = self.baseline - self.cap - ROOM_MM
        return (left - ROOM_MM, top, right - left + 2 * ROOM_MM, self.cap + 2 * ROOM_MM)

    def as_facts(self) -> dict[str, Any]:
        """Plain JSON."""
        numbers = {
            key: round(float(getattr(self, key)), 3) for key in ("edge", "far", "baseline", "cap")
        }
        return {"name": self.name, "align": self.align, **numbers}


def place_of_facts(facts: Mapping[str, Any]) -> TextPlace:
    """The place that `as_facts` wrote."""
    return TextPlace(
        name=str(facts["name"]),
        align="right" if facts["align"] == "right" else "left",
        edge=float(facts["edge"]),
        far=float(facts["far"]),
        baseline=float(facts["baseline"]),
        cap=float(facts["cap"]),
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of one page on the model."""

    sample: int
    name: str
    left: float
    right: float
    baseline: float
    cap: float


def find_places(samples: Sequence[PageSample]) -> list[TextPlace]:
    """The places of data that most of these pages have, from the top down."""
    groups: list[list[_Line]] = []
    for number, sample in enumerate(samples):
        for line in _lines(number, sample):
            home = next((group for group in groups if _belongs(line, group)), None)
            if home is None:
                groups.append([line])
            elif all(other.sample != number for other in home):
                home.append(line)
    least = max(min(LEAST_PAGES, len(samples)), round(LEAST_SHARE * len(samples)))
    kept = [group for group in groups if len(group) >= least]
    places = []
    for number, group in enumerate(sorted(kept, key=lambda g: g[0].baseline), 1):
        place = _place(group, number)
        if _differs(place, [samples[line.sample] for line in group]):
            places.append(place)
    return places


def _lines(number: int, sample: PageSample) -> Iterable[_Line]:
    view, zone = sample.view, sample.zone
    bottom = view.size_mm[1] if zone is None else zone.box_mm[1] - ABOVE_ZONE_MM
    viz = viz_ink(view, "white", bottom) if "white" in view.lights and bottom > 5.0 else None
    for line in [] if viz is None else find_lines(viz):
        x, _, w, _ = line.box_mm
        names = [field.name for field in sample.viz if _covers(field.box_mm, line.box_mm)]
        # letters alone: marks above and tails below are not counted
        left, top, width, height = sample.model_box((x, line.cap_mm, w, line.letter_mm))
        yield _Line(number, names[0] if names else "", left, left + width, top + height, height)


def _covers(one: BoxMm, other: BoxMm) -> bool:
    x, y = other[0] + other[2] / 2, other[1] + other[3] / 2
    return one[0] <= x <= one[0] + one[2] and one[1] <= y <= one[1] + one[3]


def _belongs(line: _Line, group: Sequence[_Line]) -> bool:
    first = group[0]
    near = abs(line.baseline - first.baseline) <= SAME_LINE_MM
    alike = 1 / SAME_HEIGHT <= line.cap / first.cap <= SAME_HEIGHT
    beside = min(abs(line.left - first.left), abs(line.right - first.right)) <= SAME_EDGE_MM
    return near and alike and beside


def _place(group: Sequence[_Line], number: int) -> TextPlace:
    left, right = (np.array([getattr(line, side) for line in group]) for side in ("left", "right"))
    names = Counter(line.name for line in group if line.name)
    align: Align = "left" if left.std() <= right.std() else "right"
    edges, far = (left, right.max()) if align == "left" else (right, left.min())
    return TextPlace(
        name=names.most_common(1)[0][0] if names else f"line-{number}",
        align=align,
        edge=float(np.median(edges)),
        far=float(far),
        baseline=float(np.median([line.baseline for line in group])),
        cap=float(np.median([line.cap for line in group])),
    )


def _differs(place: TextPlace, samples: Sequence[PageSample]) -> bool:
    """Whether the print there is not one and the same on these pages."""
    strips = [cut_strip(sample, place.strip_mm) for sample in samples[:_COMPARED_PAGES]]
    room = round((ROOM_MM - 0.2) * STRIP_PX_PER_MM)
    inks = [
        cv2.GaussianBlur(strip.ink, (0, 0), 0.08 * STRIP_PX_PER_MM)[room:-room]
        for strip in strips
        if strip is not None
    ]
    likes = [
        float(np.corrcoef(inks[i].ravel(), inks[j].ravel())[0, 1])
        for i in range(len(inks))
        for j in range(i)
    ]
    return bool(likes) and float(np.median(likes)) < ALIKE
