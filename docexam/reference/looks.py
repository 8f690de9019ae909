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
MOST_APART = 0.25
"""Mean difference from the median, of its level; our starting value."""


def common_looks(samples: Sequence[PageSample], fixed: Mask) -> dict[str, Picture]:
    """The median of the pages in each light that all have; grey where they differ.

    Nothing personal may show: a portrait does so in most lights, so what differs in white is
    blank in all, and what differs in one light, as a portrait in fluorescent ink, in that one.
    """
    lights = [light for light in samples[0].pictures if all(light in s.pictures for s in samples)]
    return {light: _look([s.pictures[light] for s in samples], fixed) for light in lights}


def _look(pictures: Sequence[Linear], fixed: Mask) -> Picture:
    height, width = fixed.shape
    size = (width // COARSER, height // COARSER)
    small = [
        np.asarray(cv2.resize(each, size, interpolation=cv2.INTER_AREA), np.float32)
        for each in pictures
    ]
    shown = cv2.resize(fixed.astype(np.uint8), size, interpolation=cv2.INTER_AREA) > 0
    middle = np.median(small, axis=0).astype(np.float32)
    shown &= ~_differing(small, middle)
    full = float(np.percentile(middle[shown], _FULL_AT)) if shown.any() else 1.0
    level = np.clip(middle / max(full, 1e-4), 0.0, 1.0)
    level[~shown] = BLANK
    srgb = np.where(level <= 0.0031308, 12.92 * level, 1.055 * level ** (1 / 2.4) - 0.055)
    return np.asarray(np.round(255 * srgb), np.uint8)


def _differing(pictures: Sequence[Linear], middle: Linear) -> Mask:
    """(h, w) where the pages are more unlike than noise, fibres and lamps make them."""
    apart = np.mean([np.abs(each - middle) for each in pictures], axis=0)
    apart, level = (each if each.ndim == 2 else each.max(axis=2) for each in (apart, middle))
    near, usual = (
        cv2.GaussianBlur(each.astype(np.float32), (0, 0), 2.0) for each in (apart, level)
    )
    unlike = near > MOST_APART * (usual + float(np.median(usual)))
    whole = cv2.morphologyEx(unlike.astype(np.uint8), cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    return np.asarray(cv2.dilate(whole, np.ones((9, 9), np.uint8)) > 0)
