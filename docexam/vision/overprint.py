"""Broad print in colour, such as SPECIMEN or a stamp across the text.

Black print is blacker below it, and so seems to lose ink in infrared and to have other shapes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.vision.field_runs import black_contrast
from docexam.vision.once_a_page import once_a_page
from docexam.vision.zone_ink import paper_level

if TYPE_CHECKING:
    from docexam.nouns.measurement import BoxMm
    from docexam.vision.page import Mask, PageView

# Our starting values.
LONG_MM = 2.6
_BROAD_MM, _BESIDE_MM = 0.2, 0.6
_COLOURED = 0.15
"""How much more of one colour than of another is lacking: guilloches come to less, being fine."""


@once_a_page
def overprint(page: PageView, least_mm: float = 0.0) -> tuple[Mask, float]:
    """Where broad print in colour lies, or ends near by, and pixels to the millimetre.

    With `least_mm` only what runs on so far: what is no longer than a character, LONG_MM, may be a
    forger's pen or the fringe of a lens, and print that black text cuts up. KeyError where the page
    lacks white light.
    """
    black, scale = black_contrast(page, "white")
    pixels = page.lights["white"].pixels
    size = (black.shape[1], black.shape[0])
    small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.float32)
    if small.ndim == 2:
        return np.zeros(black.shape, np.bool_), scale
    blue, green, red = cv2.split(small)
    level = np.asarray(cv2.min(cv2.min(blue, green), red), np.float32)
    paper, _ = paper_level(level, scale)
    darkest = np.clip((paper - level) / np.maximum(paper, 1e-4), 0, 1)
    coloured = cv2.GaussianBlur(darkest - black, (0, 0), _BROAD_MM * scale) >= _COLOURED
    side = 2 * round(_BESIDE_MM * scale) + 1
    beside = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    wide = cv2.dilate(coloured.astype(np.uint8), beside)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(wide)
    sides = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    long = sides >= (least_mm + 2 * _BESIDE_MM) * scale
    long[0] = False
    return np.asarray(long[labels]), scale


def overprinted_share(page: PageView, box: BoxMm) -> float:
    """The part of a box over which print lies that runs on beyond a character."""
    mask, scale = overprint(page, LONG_MM)
    x, y, w, h = (round(part * scale) for part in box)
    part = mask[max(y, 0) : max(y + h, 0), max(x, 0) : max(x + w, 0)]
    return float(part.mean()) if part.size else 0.0
