"""The sheen of a page: how much of coaxial light its surface sends straight back.

Coaxial light comes back from the surface (film, retro-reflective overlay) as well as from print
and paper below. Against the picture in white light, dark print tells both apart: what is still
bright there comes from the surface. A photograph that was glued on shines otherwise than the film
around it.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.vision.photo_place import find_portrait

if TYPE_CHECKING:
    from docexam.nouns.measurement import BoxMm
    from docexam.vision.page import Linear, Mask, PageView
    from docexam.vision.zone_view import ZoneView

SHEEN = "film.sheen"
PHOTO = "film.sheen-photo"
NAMES = (SHEEN, PHOTO)
LIGHTS = ("coaxial", "white")
# Our starting values.
_PX_PER_MM = 5.0
_TILE_MM = 14.0
_INSIDE_MM = 1.5
_FEWEST_TILES = 3
_CLIPPED, _MOST_CLIPPED = 0.95, 0.1
_STEPS = 8
_FEWEST_PX = 15
_RANGE = 0.45
"""The darkest print of a region against its ground, so that both can be told apart."""
_GROUND = 90.0
_LAMPS = 0.04
"""How far uneven lamps may shift the sheen of one region."""


@dataclass(frozen=True, slots=True, eq=False)
class _Page:
    """Both pictures on a coarse grid; `ground` is the level of the page's ground in white."""

    coaxial: Linear
    white: Linear
    seen: Mask
    ground: float

    def sheen(self, rows: slice, columns: slice) -> float | None:
        """Of one region: the share of the light of its ground that the surface sends back."""
        keep = self.seen[rows, columns]
        white, coaxial = self.white[rows, columns][keep], self.coaxial[rows, columns][keep]
        if len(white) < _STEPS * _FEWEST_PX:
            return None
        low, high = np.percentile(white, (1.0, _GROUND))
        if low > _RANGE * high:
            return None
        steps = np.linspace(low, high, _STEPS + 1)
        places, levels = [], []
        for left, right in itertools.pairwise(steps):
            at = (white >= left) & (white < right)
            if at.sum() >= _FEWEST_PX and (coaxial[at] >= _CLIPPED).mean() <= _MOST_CLIPPED:
                places.append(float(np.median(white[at])))
                levels.append(float(np.median(coaxial[at])))
        if len(places) < 3 or places[0] > _RANGE * high:
            return None
        grows, surface = np.polyfit(places, levels, 1)
        surface = max(float(surface), 0.0)
        whole = surface + max(float(grows), 0.0) * self.ground
        return surface / whole if whole > 0 else None


def measure(page: PageView, zone: ZoneView | None) -> list[Measurement | NotMeasured]:
    """`film.sheen` of the page, 0..1, and `film.sheen-photo`, how far the portrait's is off it."""
    missing = [light for light in LIGHTS if light not in page.lights]
    if missing:
        why = {"light": missing[0]}
        return [NotMeasured(name, page.page, LIGHTS, "no-light", why) for name in (SHEEN, PHOTO)]
    seen = _seen(page)
    portrait = find_portrait(page, zone)
    tiles = _tiles(page, seen, portrait)
    if len(tiles) < _FEWEST_TILES:
        code = "film.no-dark-print"
        return [NotMeasured(name, page.page, LIGHTS, code, {}, True) for name in (SHEEN, PHOTO)]
    usual = float(np.median(tiles))
    spread = 1.4826 * float(np.median(np.abs(np.array(tiles) - usual)))
    u = float(np.hypot(spread / np.sqrt(len(tiles)), _LAMPS / 2))
    whole = (0.0, 0.0, *page.size_mm)
    details: dict[str, float | str] = {"places": float(len(tiles))}
    found: list[Measurement | NotMeasured] = [
        Measurement(SHEEN, page.page, LIGHTS, usual, "1", u, whole, details=details)
    ]
    if portrait is None:
        return [*found, NotMeasured(PHOTO, page.page, LIGHTS, "photo.not-found")]
    own = seen.sheen(*_window(portrait, -_INSIDE_MM))
    if own is None:
        return [*found, NotMeasured(PHOTO, page.page, LIGHTS, "film.photo-too-pale", {}, True)]
    apart = float(np.hypot(spread, _LAMPS))
    details = {"photo": round(own, 3), "page_sheen": round(usual, 3)}
    found.append(
        Measurement(PHOTO, page.page, LIGHTS, own - usual, "1", apart, portrait, details=details)
    )
    return found


def _seen(page: PageView) -> _Page:
    width, height = (round(side * _PX_PER_MM) for side in page.size_mm)
    coaxial, white = (
        cv2.resize(page.lights[name].grey, (width, height), interpolation=cv2.INTER_AREA)
        for name in LIGHTS
    )
    masks = [page.lights[name].mask.astype(np.uint8) for name in LIGHTS]
    small = [cv2.resize(m, (width, height), interpolation=cv2.INTER_NEAREST) > 0 for m in masks]
    seen = np.asarray(small[0] & small[1])
    ground = float(np.percentile(white[seen], _GROUND)) if seen.any() else 1.0
    return _Page(np.asarray(coaxial), np.asarray(white), seen, ground)


def _tiles(page: PageView, seen: _Page, portrait: BoxMm | None) -> list[float]:
    """The sheen of every tile beside the portrait that shows dark print."""
    width, height = page.size_mm
    across, down = max(1, round(width / _TILE_MM)), max(1, round(height / _TILE_MM))
    found = []
    for column in range(across):
        for row in range(down):
            tile = (column * width / across, row * height / down, width / across, height / down)
            if portrait is not None and _touches(tile, portrait):
                continue
            sheen = seen.sheen(*_window(tile, 0.0))
            if sheen is not None:
                found.append(sheen)
    return found


def _touches(one: BoxMm, other: BoxMm) -> bool:
    return all(
        one[side] < other[side] + other[side + 2] and other[side] < one[side] + one[side + 2]
        for side in (0, 1)
    )


def _window(box: BoxMm, grown_mm: float) -> tuple[slice, slice]:
    x, y, w, h = box
    top, left = (max(round((part - grown_mm) * _PX_PER_MM), 0) for part in (y, x))
    bottom, right = (round((part + grown_mm) * _PX_PER_MM) for part in (y + h, x + w))
    return slice(top, max(bottom, top)), slice(left, max(right, left))
