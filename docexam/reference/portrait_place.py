"""Where the portrait stands: the largest full upright area that differs from holder to holder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.reference.ink_depth import DEPTH_PX_PER_MM, coarse, grey_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.nouns.measurement import BoxMm
    from docexam.reference.page_sample import PageSample
    from docexam.vision.page import Linear, Mask

LEAST_SAMPLES = 3
"""Holders without which nothing tells a portrait from fixed print."""
# Our starting values.
_DIFFERS = (0.10, 0.14, 0.19, 0.26)
_SOLID_MM = (6.5, 10.0)
"""Fields beside a portrait, a signature above it and stains join it or not: all are tried."""
_CLOSE_MM = 2.5
_LEAST_MM2 = 250.0
_LEAST_FULL = 0.7
_MOST_MM = (45.0, 58.0)
"""Wider and higher than the portraits of Doc 9303-2 to -7 with what may stand close to them."""
_HIGHEST = 2.0
_RIM_MM = 2.5
"""Next to a page's edge its cut and its shadow differ from capture to capture."""
_LOOK_PX_PER_MM = 2.0


def tones(sample: PageSample, light: str) -> Linear:
    """(h, w) logarithm of one light on the coarse grid, the page's median being 0."""
    level, seen = coarse(sample, light)
    tone = np.log(np.maximum(grey_of(level), 0.004))
    return np.asarray(tone - np.median(tone[seen] if seen.any() else tone), np.float32)


def portrait_place(samples: Sequence[PageSample]) -> BoxMm | None:
    """The portrait's box in millimetres of the model; None where no large area differs.

    `samples` are of several holders, in white light.
    """
    if len(samples) < LEAST_SAMPLES:
        return None
    spread = _spread(samples)
    rim = round(_RIM_MM * _LOOK_PX_PER_MM)
    inner = np.zeros_like(spread)
    inner[rim:-rim, rim:-rim] = spread[rim:-rim, rim:-rim]
    found = [
        each
        for differs in _DIFFERS
        for solid_mm in _SOLID_MM
        for each in _upright(_areas(inner, differs, solid_mm))
    ]
    return max(found, default=(0.0, None))[1]


def _upright(areas: Mask) -> list[tuple[float, BoxMm]]:
    """The boxes about areas that may be a portrait, each with its size, the less the emptier."""
    found = []
    _, _, boxes, _ = cv2.connectedComponentsWithStats(areas.astype(np.uint8))
    for left, top, width, height, area in boxes[1:]:
        box = tuple(float(side) / _LOOK_PX_PER_MM for side in (left, top, width, height))
        x, y, w, h = box
        full = float(area) / float(width * height)
        small = float(area) / _LOOK_PX_PER_MM**2 < _LEAST_MM2
        large = w > _MOST_MM[0] or h > _MOST_MM[1]
        if not (small or large or full < _LEAST_FULL or h < w or h > _HIGHEST * w):
            found.append((w * h * full**3, (x, y, w, h)))
    return found


def holder_areas(samples: Sequence[PageSample]) -> Mask:
    """(h, w) at two pixels a millimetre: solid areas that differ from holder to holder."""
    return _areas(_spread(samples), _DIFFERS[0], _SOLID_MM[0])


def _spread(samples: Sequence[PageSample]) -> Linear:
    """(h, w) at two pixels a millimetre: how far the tones are apart, one standard deviation."""
    share = _LOOK_PX_PER_MM / DEPTH_PX_PER_MM
    looks = [
        cv2.resize(tones(each, "white"), None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
        for each in samples
    ]
    spread = np.asarray(np.std(np.array(looks), axis=0), np.float32)
    return np.asarray(cv2.GaussianBlur(spread, (0, 0), 0.5 * _LOOK_PX_PER_MM), np.float32)


def _areas(spread: Linear, differs: float, solid_mm: float) -> Mask:
    close, solid = (
        np.ones((round(mm * _LOOK_PX_PER_MM),) * 2, np.uint8) for mm in (_CLOSE_MM, solid_mm)
    )
    closed = cv2.morphologyEx((spread > differs).astype(np.uint8), cv2.MORPH_CLOSE, close)
    return np.asarray(cv2.morphologyEx(closed, cv2.MORPH_OPEN, solid) > 0)
