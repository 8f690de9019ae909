"""What a page shows on both sides of the portrait's border, along each of its four sides."""

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

Field = NDArray[np.float32]

STRIPS_PER_MM = 8.0
# Our starting values.
_BESIDE_MM = 0.8
_FURTHER_MM = 1.2
_WIDE_MM = 0.5
_CORNER_MM = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class BorderSide:
    """One side of the border: means of narrow strips along it, (n, channels), linear.

    `outside` and `inside` lie at the same distance from the border, `further` beyond the former.
    Neighbouring places are 1 / STRIPS_PER_MM apart.
    """

    side: str
    further: Field
    outside: Field
    inside: Field


@dataclass(frozen=True, slots=True, eq=False)
class SidePlace:
    """One side of a portrait on a page turned so that the side is upright.

    `field` (n, across, channels) are the rows along the side; `edge_mm` is where it lies across,
    `away` the direction out of the portrait.
    """

    side: str
    field: Field
    edge_mm: float
    away: float


@once_a_page
def border_level(page: PageView, light: str) -> Field:
    """One light on a grid of STRIPS_PER_MM, (h, w, channels)."""
    width, height = (round(side * STRIPS_PER_MM) for side in page.size_mm)
    level = cv2.resize(page.lights[light].pixels, (width, height), interpolation=cv2.INTER_AREA)
    return np.asarray(level if level.ndim == 3 else level[..., None], np.float32)


def side_places(level: Field, portrait: BoxMm) -> list[SidePlace]:
    """The four sides of a portrait, without its corners."""
    x, y, w, h = portrait
    upright, lying = level, level.transpose(1, 0, 2)
    found = []
    for side, field, (start, length), edge, away in (
        ("left", upright, (y, h), x, -1.0),
        ("right", upright, (y, h), x + w, 1.0),
        ("top", lying, (x, w), y, -1.0),
        ("bottom", lying, (x, w), y + h, 1.0),
    ):
        first = round(max(start + _CORNER_MM, 0.0) * STRIPS_PER_MM)
        last = round((start + length - _CORNER_MM) * STRIPS_PER_MM)
        found.append(SidePlace(side, field[first:last], edge, away))
    return found


def border_strip(place: SidePlace, distance_mm: float, wide_mm: float) -> Field:
    """The mean of a strip along a side, (n, channels); empty where it leaves the page."""
    middle = place.edge_mm + place.away * distance_mm
    first = round((middle - wide_mm / 2) * STRIPS_PER_MM)
    last = round((middle + wide_mm / 2) * STRIPS_PER_MM)
    if first < 0 or last > place.field.shape[1] or last <= first:
        return np.empty((0, place.field.shape[2]), np.float32)
    return np.asarray(place.field[:, first:last].mean(axis=1), np.float32)


def border_sides(level: Field, portrait: BoxMm) -> list[BorderSide]:
    """The sides of a portrait's border that lie far enough within the page."""
    found = []
    for place in side_places(level, portrait):
        distances = (_BESIDE_MM + _FURTHER_MM, _BESIDE_MM, -_BESIDE_MM)
        strips = [border_strip(place, distance, _WIDE_MM) for distance in distances]
        if all(len(strip) for strip in strips):
            found.append(BorderSide(place.side, *strips))
    return found
