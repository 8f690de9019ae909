"""Pictures of the captions above the lines of a visual zone: small print, pale or in colour."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.vision.viz_lines import PX_PER_MM, VizInk, part_of, shaded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.capture.pixels import Pixels
    from docexam.nouns.measurement import BoxMm
    from docexam.vision.viz_lines import Ink, TextLine

# Our starting values.
FAINT = 0.27
MOST_FAINT = 0.38
SHADE_RANGE = 0.33
ENLARGED = 1.5
CAPTION_LETTER_MM = (0.55, 6.0)
HIGHEST_MM = 2.2
CAPTION_MM = 3.6
CAPTION_WIDTH_MM = 48.0
LEAST_HEIGHT_MM = 0.9
COLOURED_PERCENT = (80.0, 97.5)
LEAST_DEEP = 0.06
MARKED = 0.35
WHITE_UP_TO = 0.25
_CLEAR_OF_GROUND = 0.08
_LEAST_PX = 8


def caption_picture(viz: VizInk, line: TextLine, lines: Sequence[TextLine]) -> Pixels | None:
    """What is printed small above one line, up to the next one to its right; None for nothing."""
    box = caption_box(line, lines)
    if box is None:
        return None
    part = part_of(viz, box)
    if min(part.shape) < _LEAST_PX:
        return None
    # captions are thin print on a printed ground that covers more than they do
    low = float(np.clip(np.percentile(part, 75), FAINT, MOST_FAINT))
    part = _letters_only(part, low + _CLEAR_OF_GROUND, math.inf)
    return shaded(_larger(part), low, low + SHADE_RANGE)


def coloured_caption_picture(ink: Ink, line: TextLine, lines: Sequence[TextLine]) -> Pixels | None:
    """As `caption_picture`, from `coloured_ink`: what is deepest there counts as letters."""
    box = caption_box(line, lines)
    if box is None:
        return None
    part = part_of(VizInk(ink, 1.0), box)
    if min(part.shape) < _LEAST_PX:
        return None
    ground, letters = (float(v) for v in np.percentile(part, COLOURED_PERCENT))
    deep = max(letters - ground, LEAST_DEEP)
    part = _letters_only(part, ground + MARKED * deep, HIGHEST_MM)
    return shaded(_larger(part), ground + WHITE_UP_TO * deep, ground + deep)


def caption_box(line: TextLine, lines: Sequence[TextLine]) -> BoxMm | None:
    """Where the caption above a line would stand; None where there is no room for one."""
    x, y, w, _ = line.box_mm
    right = x + max(w + 2.0, CAPTION_WIDTH_MM)
    for other in lines:
        ox, oy, _, oh = other.box_mm
        if ox > x + w and abs(oy + oh / 2 - y - line.box_mm[3] / 2) < line.letter_mm:
            right = min(right, ox - 0.6)
    top = y - CAPTION_MM
    for other in lines:
        ox, oy, ow, oh = other.box_mm
        above = oy + oh <= y - 1.2 and ox < right and ox + ow > x
        if above and other.letter_mm >= 0.8 * line.letter_mm:
            top = max(top, oy + oh + 0.15)
    height = y - 0.15 - top
    return (x - 1.2, top, right - x + 1.2, height) if height >= LEAST_HEIGHT_MM else None


def _letters_only(part: Ink, marked_from: float, highest_mm: float) -> Ink:
    """Without the pieces of printed lines: marks too low or too long to be letters."""
    marked = (part > marked_from).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(marked, connectivity=8)
    height = stats[:, cv2.CC_STAT_HEIGHT] / PX_PER_MM
    width = stats[:, cv2.CC_STAT_WIDTH] / PX_PER_MM
    letters = (height >= CAPTION_LETTER_MM[0]) & (width <= CAPTION_LETTER_MM[1])
    letters &= height <= highest_mm
    letters[0] = False
    near = cv2.dilate(letters[labels].astype(np.uint8), np.ones((5, 5), np.uint8))
    return np.asarray(part * near, np.float32)


def _larger(part: Ink) -> Ink:
    enlarged = cv2.resize(part, None, fx=ENLARGED, fy=ENLARGED, interpolation=cv2.INTER_CUBIC)
    return np.asarray(enlarged, np.float32)
