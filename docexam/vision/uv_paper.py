"""The glow of the paper between the print, and the runs of text that stand on it.

Ink quenches what glows below it, and print that glows in green or red is no paper: both are left
out, so that what remains tells how the sheet itself glows from place to place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from docexam.vision.field_runs import black_contrast, text_depth
from docexam.vision.once_a_page import once_a_page

if TYPE_CHECKING:
    from docexam.nouns.measurement import BoxMm
    from docexam.vision.page import PageView
    from docexam.vision.zone_view import ZoneView

Field = NDArray[np.float32]
Places = NDArray[np.bool_]

CELLS_PER_MM = 4.0
# Our starting values.
_FINE_PER_MM = 10.0
_INK = 0.22
_LEAST_PAPER = 0.12
_COLOURED = 1.3
_OUTSHINES = 4.0
_TEXT_SHARE = 0.42
_LETTER_MM = (1.2, 4.5)
_WORD_GAP_MM = 1.6
_CLEAR_OF_ZONE_MM = 1.0
_LEAST_CONTRAST = 0.15
_FILLED = (0.12, 0.80)


@dataclass(frozen=True, slots=True, eq=False)
class PaperGlow:
    """A page in cells of 1 / CELLS_PER_MM.

    `glow` (h, w) is what blue has more than the stronger of green and red, linear and not clipped
    at 0, so that noise has no bias; `paper` (h, w) where enough bare paper was seen to tell it.
    `runs` are the boxes of lines of dark text above the machine readable zone.
    """

    glow: Field
    paper: Places
    runs: tuple[BoxMm, ...]

    def levels(self, box_mm: BoxMm) -> tuple[NDArray[np.float32], int]:
        """The glow of the paper cells of a box, and of how many cells the box is on the page."""
        rows, columns = self.window(box_mm)
        of = self.paper[rows, columns]
        return self.glow[rows, columns][of], int(of.size)

    def window(self, box_mm: BoxMm) -> tuple[slice, slice]:
        """The rows and columns of a box, cut to the page."""
        x, y, w, h = box_mm
        down, across = (
            slice(*(min(max(round(v * CELLS_PER_MM), 0), count) for v in (start, start + length)))
            for start, length, count in ((y, h, self.glow.shape[0]), (x, w, self.glow.shape[1]))
        )
        return down, across


@once_a_page
def paper_glow(page: PageView, zone: ZoneView | None) -> PaperGlow | None:
    """The glow of a page's paper; None without a colour picture under `uv` and one in white."""
    view = page.lights.get("uv")
    if view is None or view.pixels.ndim != 3 or "white" not in page.lights:
        return None
    contrast, scale = black_contrast(page, "white")
    size = tuple(round(side * _FINE_PER_MM) for side in page.size_mm)
    level = cv2.resize(view.pixels, size, interpolation=cv2.INTER_AREA)
    seen = cv2.resize(view.mask.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST)
    ink = cv2.dilate((contrast >= _INK).astype(np.uint8), np.ones((3, 3), np.uint8))
    bare = cv2.resize((1 - ink).astype(np.float32), size, interpolation=cv2.INTER_LINEAR)
    bare = np.asarray(bare * seen, np.float32)
    cells = (round(page.size_mm[0] * CELLS_PER_MM), round(page.size_mm[1] * CELLS_PER_MM))
    share = cv2.resize(bare, cells, interpolation=cv2.INTER_AREA)
    summed = cv2.resize(level * bare[..., None], cells, interpolation=cv2.INTER_AREA)
    colours = np.asarray(summed / np.maximum(share, 1e-3)[..., None], np.float32)
    strongest = colours.max(axis=2)
    others = colours[..., 1:].max(axis=2)
    motif = (others > _COLOURED * colours[..., 0]) & (strongest > _OUTSHINES * np.median(strongest))
    glow = np.asarray(colours[..., 0] - others, np.float32)
    paper = np.asarray((share > _LEAST_PAPER) & ~motif, np.bool_)
    return PaperGlow(glow, paper, _text(page, contrast, scale, zone))


def _text(
    page: PageView, contrast: Field, scale: float, zone: ZoneView | None
) -> tuple[BoxMm, ...]:
    """Lines of letters of one height, joined over the gaps between words."""
    if zone is not None:
        contrast = contrast[: max(round((zone.box_mm[1] - _CLEAR_OF_ZONE_MM) * scale), 1)]
    deep = text_depth(page, None if zone is None else contrast.shape[0])
    if deep < _LEAST_CONTRAST:
        return ()
    marked = (contrast >= _TEXT_SHARE * deep).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(marked, connectivity=8)
    tall = stats[:, cv2.CC_STAT_HEIGHT] / scale
    letter = (tall >= 0.8) & (tall <= _LETTER_MM[1])
    letter &= stats[:, cv2.CC_STAT_WIDTH] <= 6.0 * scale
    letter[0] = False
    letters = letter[labels].astype(np.uint8)
    reach = round(_WORD_GAP_MM * scale) | 1
    closed = cv2.morphologyEx(letters, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8))
    count, groups, boxes, _ = cv2.connectedComponentsWithStats(closed, connectivity=8)
    inked = np.bincount(groups.ravel(), weights=letters.ravel(), minlength=count)
    found = []
    for x, y, w, h, filled in zip(*(boxes[1:, i] for i in range(4)), inked[1:], strict=True):
        high = h / scale
        if _LETTER_MM[0] <= high <= _LETTER_MM[1] and _FILLED[0] <= filled / (w * h) <= _FILLED[1]:
            found.append((float(x / scale), float(y / scale), float(w / scale), float(high)))
    return tuple(found)
