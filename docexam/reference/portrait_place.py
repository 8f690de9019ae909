"""Where the portrait stands: the largest upright area that differs from holder to holder."""

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
_DIFFERS = 0.10
_SOLID_MM = 6.5
_CLOSE_MM = 2.5
_LEAST_MM2 = 250.0
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
    best: tuple[float, BoxMm] | None = None
    _, _, boxes, _ = cv2.connectedComponentsWithStats(holder_areas(samples).astype(np.uint8))
    for left, top, width, height, area in boxes[1:]:
        scale = _LOOK_PX_PER_MM
        size = float(area) / scale**2
        if size < _LEAST_MM2 or height < width or (best is not None and best[0] >= size):
            continue
        box = (float(left) / scale, float(top) / scale, float(width) / scale, float(height) / scale)
        best = (size, box)
    return None if best is None else best[1]


def holder_areas(samples: Sequence[PageSample]) -> Mask:
    """(h, w) at two pixels a millimetre: solid areas that differ from holder to holder."""
    share = _LOOK_PX_PER_MM / DEPTH_PX_PER_MM
    looks = [
        cv2.resize(tones(each, "white"), None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
        for each in samples
    ]
    spread = np.asarray(np.std(np.array(looks), axis=0), np.float32)
    differs = cv2.GaussianBlur(spread, (0, 0), 0.5 * _LOOK_PX_PER_MM) > _DIFFERS
    close, solid = (
        np.ones((round(mm * _LOOK_PX_PER_MM),) * 2, np.uint8) for mm in (_CLOSE_MM, _SOLID_MM)
    )
    closed = cv2.morphologyEx(differs.astype(np.uint8), cv2.MORPH_CLOSE, close)
    return np.asarray(cv2.morphologyEx(closed, cv2.MORPH_OPEN, solid) > 0)
