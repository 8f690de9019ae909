"""What genuine pages have in common in each light, for people to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.reference.page_sample import PageSample
    from docexam.reference.parts import Picture
    from docexam.vision.page import Linear, Mask

COARSER = 2
"""Than the model's grid: 100 pixels an inch are enough for people."""
BLANK = 0.18
_FULL_AT = 99.5


def common_looks(samples: Sequence[PageSample], fixed: Mask) -> dict[str, Picture]:
    """The median of the pages in each light that all have; grey where they differ in white light.

    Nothing personal may show: a portrait does so in most lights, so one mask is for all.
    """
    lights = [light for light in samples[0].pictures if all(light in s.pictures for s in samples)]
    return {light: _look([s.pictures[light] for s in samples], fixed) for light in lights}


def _look(pictures: Sequence[Linear], fixed: Mask) -> Picture:
    height, width = fixed.shape
    size = (width // COARSER, height // COARSER)
    small = [cv2.resize(each, size, interpolation=cv2.INTER_AREA) for each in pictures]
    shown = cv2.resize(fixed.astype(np.uint8), size, interpolation=cv2.INTER_AREA) > 0
    middle = np.median(small, axis=0).astype(np.float32)
    full = float(np.percentile(middle[shown], _FULL_AT)) if shown.any() else 1.0
    level = np.clip(middle / max(full, 1e-4), 0.0, 1.0)
    level[~shown] = BLANK
    srgb = np.where(level <= 0.0031308, 12.92 * level, 1.055 * level ** (1 / 2.4) - 0.055)
    return np.asarray(np.round(255 * srgb), np.uint8)
