"""The holes of a perforated number: what lets the lamp itself through in transmitted light."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from docexam.vision.once_a_page import once_a_page

if TYPE_CHECKING:
    from docexam.nouns.measurement import BoxMm
    from docexam.vision.page import PageView

Points = NDArray[np.float64]

LIGHT = "transmitted"
# Our starting values.
_LARGEST_MM = 1.0
"""Across; laser and needle holes are smaller, and a lens widens them."""
_STANDS_OUT = 0.25
"""A hole over the sheet around it, as a share of what the lamp gives over the sheet."""
_LEAST_STEP = 0.06
_RIM_MM = 2.0
_SMALLEST_MM = 0.12
_ROUND = 1.8
_TOGETHER = 6.0
"""In pitches: the gap between two characters of one number is smaller."""
_FEWEST = 20
_ALIKE = 1.6
MOST_SPOTS = 4000
"""No sheet has a tenth as many holes: so many bright spots are noise, dust or paper's clouds."""
_MOST_BRIGHT = 10 * MOST_SPOTS
_LINE_MM = 15.0
"""No line of characters is as high: holes spread wider than this say no number."""


@dataclass(frozen=True, slots=True, eq=False)
class Holes:
    """The holes of one number on the page's grid.

    `at_mm` (n, 2) are their middles and `diameter_mm` (n,) their width at half of their light.
    `pitch_mm` is the typical distance to the nearest other; `box_mm` lies around all of them.
    """

    at_mm: Points
    diameter_mm: Points
    pitch_mm: float
    box_mm: BoxMm


@once_a_page
def find_holes(page: PageView) -> tuple[Holes, ...] | None:
    """The groups of holes under transmitted light, the largest first; KeyError without it.

    None where more than MOST_SPOTS bright spots hide whatever holes there are.
    """
    view = page.lights[LIGHT]
    scale = page.px_per_mm
    level = np.where(view.mask, view.grey, 0.0).astype(np.float32)
    side = round(_LARGEST_MM * scale) | 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    sheet = cv2.morphologyEx(level, cv2.MORPH_OPEN, kernel)
    bright = level - sheet
    lamp = float(level.max())
    least = np.maximum(_STANDS_OUT * (lamp - sheet), _LEAST_STEP)
    count, _, stats, _ = cv2.connectedComponentsWithStats(
        (bright > least).astype(np.uint8), connectivity=4
    )
    if count > _MOST_BRIGHT:
        return None
    at, wide = [], []
    for number in range(1, count):
        found = _hole(bright, stats[number], scale)
        if found is not None:
            at.append(found[:2])
            wide.append(found[2])
        if len(at) > MOST_SPOTS:
            return None
    places, widths = np.array(at, np.float64).reshape(-1, 2), np.array(wide, np.float64)
    width, height = page.size_mm
    inside = ((places > _RIM_MM) & (places < (width - _RIM_MM, height - _RIM_MM))).all(axis=1)
    return _groups(places[inside], widths[inside])


def number_boxes(page: PageView) -> list[BoxMm]:
    """Where holes say a number, which is as personal as print; none without transmitted light.

    Holes that lie too wide apart for a line of characters have a box each: a page is not blanked
    for specks that let light through.
    """
    groups = (find_holes(page) or ()) if LIGHT in page.lights else ()
    return [box for holes in groups for box in _boxes(holes)]


def _boxes(holes: Holes) -> list[BoxMm]:
    if min(holes.box_mm[2:]) <= _LINE_MM:
        return [holes.box_mm]
    low, wide = holes.at_mm - holes.diameter_mm[:, None], 2 * holes.diameter_mm
    return [
        (float(x), float(y), float(side), float(side))
        for (x, y), side in zip(low, wide, strict=True)
    ]


def _hole(
    bright: NDArray[np.float32], stats: NDArray[np.int32], scale: float
) -> tuple[float, float, float] | None:
    """(x, y, diameter) of one bright spot in millimetres; None where it is no hole."""
    left, top, w, h = (int(part) for part in stats[:4])
    if max(w, h) > _LARGEST_MM * scale or max(w, h) > _ROUND * min(w, h) + 1:
        return None
    rows, columns = slice(max(top - 2, 0), top + h + 2), slice(max(left - 2, 0), left + w + 2)
    spot = bright[rows, columns]
    peak = float(bright[top : top + h, left : left + w].max())
    # a pixel at the rim counts by its share of the light
    cover = np.clip(spot / peak - 0.5, -0.5, 0.5) * 2
    area = float(np.clip(0.5 + cover, 0, 1).sum())
    diameter = 2 * np.sqrt(area / np.pi) / scale
    if diameter < _SMALLEST_MM:
        return None
    weight = np.maximum(spot - 0.2 * peak, 0)
    y, x = np.mgrid[0 : spot.shape[0], 0 : spot.shape[1]]
    total = float(weight.sum())
    middle = (float((weight * x).sum()) / total, float((weight * y).sum()) / total)
    return (
        (columns.start + middle[0] + 0.5) / scale,
        (rows.start + middle[1] + 0.5) / scale,
        float(diameter),
    )


def _groups(places: Points, widths: Points) -> tuple[Holes, ...]:
    """Holes that lie together, at one pitch and of one size."""
    if len(places) < _FEWEST:
        return ()
    nearest = np.sort(_nearest(places))
    reach = _TOGETHER * float(np.median(nearest[: max(_FEWEST, len(places) // 2)]))
    found = []
    left = np.arange(len(places))
    while len(left):
        group, edge = [], [int(left[0])]
        left = left[1:]
        while edge:
            at = edge.pop()
            group.append(at)
            near = _apart(places[left], places[at]) <= reach
            edge += left[near].tolist()
            left = left[~near]
        of_one = _alike(places, widths, sorted(group))
        if of_one is not None:
            found.append(of_one)
    return tuple(sorted(found, key=lambda each: -len(each.at_mm)))


def _apart(places: Points, of: Points) -> Points:
    return np.asarray(np.hypot(places[:, 0] - of[0], places[:, 1] - of[1]), np.float64)


def _nearest(places: Points) -> Points:
    """How far the nearest other place is from each, one at a time: all at once is a lot."""
    found = np.empty(len(places))
    for at, place in enumerate(places):
        apart = _apart(places, place)
        apart[at] = np.inf
        found[at] = apart.min()
    return found


def _alike(places: Points, widths: Points, group: list[int]) -> Holes | None:
    typical = float(np.median(widths[group]))
    kept = [at for at in group if typical / _ALIKE < widths[at] < typical * _ALIKE]
    if len(kept) < _FEWEST:
        return None
    at, wide = places[kept], widths[kept]
    low, high = at.min(axis=0) - typical / 2, at.max(axis=0) + typical / 2
    box = (float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1]))
    return Holes(at, wide, float(np.median(_nearest(at))), box)
