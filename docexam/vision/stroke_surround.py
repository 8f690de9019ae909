"""What lies about ink that infrared does not show: more of it, other colours, reflections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from numpy.typing import NDArray

from docexam.vision.lost_ink import share_gone
from docexam.vision.zone_ink import paper_level

if TYPE_CHECKING:
    from docexam.vision.field_runs import Field
    from docexam.vision.light_pair import LightPair
    from docexam.vision.lost_ink import PrintInk, Window
    from docexam.vision.page import Mask, PageView

Numbers = NDArray[Any]
Box = tuple[int, int, int, int]
"""Left, top, width and height in pixels of a window."""

AROUND_MM = 3.0
# Our starting values.
_CLEAR_MM = 0.4
_PRINT, _DEEPEST_PERCENT = 0.7, 97.0
_AS_GREY = 0.85
_LEVEL_MM = 0.3
_BARE, _GLINT = 0.4, 1.08
_AROUND_DARK, _AROUND_GONE = 0.7, 0.2


def grown(box: Box, by_px: int) -> tuple[slice, slice]:
    """The rows and columns of a box with so much around it."""
    x, y, w, h = box
    return (
        slice(max(y - by_px, 0), y + h + by_px),
        slice(max(x - by_px, 0), x + w + by_px),
    )


def gone_around(
    pair: LightPair, window: Window, ink: PrintInk, box: Box, band: Mask, letter_mm: float
) -> float:
    """The dark ink, in mm2, that vanishes about a box of a window.

    Captions are black and may vanish by themselves: pieces above or below the `band` of the row
    that are less tall than its letters (`letter_mm`) do not count where they stand in one line as
    it does. Those of a note or a stamp that lies askew do.
    """
    near, cell = (grown(box, round(each * pair.px_per_mm)) for each in (AROUND_MM, _CLEAR_MM))
    gone = (pair.white[window] >= _AROUND_DARK * ink.deep) & (
        share_gone(pair, window, ink) >= _AROUND_GONE
    )
    count, labels, stats, middles = cv2.connectedComponentsWithStats(gone.astype(np.uint8))
    counts = stats[:, cv2.CC_STAT_HEIGHT] > letter_mm * pair.px_per_mm
    counts |= np.bincount(labels[band], minlength=count) > 0
    here = np.bincount(labels[near].ravel(), minlength=count)
    middle = box[1] + box[3] / 2
    for side in (middles[:, 1] < middle, middles[:, 1] >= middle):
        aside = side & ~counts & (here > 0)
        aside[0] = False
        counts[aside] = not _in_line(middles[aside, 1] / pair.px_per_mm, here[aside])
    counts[0] = False
    marks = counts[labels]
    about = int(marks[near].sum()) - int(marks[cell].sum())
    return about / pair.px_per_mm**2


def _in_line(middles_mm: Numbers, weights: Numbers) -> bool:
    """Whether pieces stand at one height, as the letters of a caption do."""
    if not len(middles_mm):
        return True
    mean = float(np.average(middles_mm, weights=weights))
    return float(np.average((middles_mm - mean) ** 2, weights=weights)) <= _LEVEL_MM**2


def is_glint(page: PageView, pair: LightPair, window: Window, ink: PrintInk, own: Mask) -> bool:
    """Whether bare ground beside some points is brighter in infrared than that farther off.

    Then a reflection lies there, as of an optical device, and it pales the print in infrared.
    """
    bare = pair.white[window] < _BARE * ink.deep
    beside, off = (
        cv2.dilate(own.astype(np.uint8), np.ones((2 * round(mm * pair.px_per_mm) + 1,) * 2)) > 0
        for mm in (_CLEAR_MM, AROUND_MM)
    )
    level = _level(page, "ir", pair, window)
    near, far = level[bare & beside], level[bare & off & ~beside]
    if not near.size or not far.size:
        return False
    return float(np.median(near)) > _GLINT * float(np.percentile(far, 75))


class Greyness:
    """How grey the print of a window is; worked out where it is asked for."""

    def __init__(self, page: PageView, pair: LightPair, window: Window) -> None:
        self._page, self._pair, self._window = page, pair, window
        self._darkest: Field | None = None

    def is_as_grey(self, own: Mask, print_: Mask) -> bool:
        """Whether some points lack as much of every colour, for their depth, as the print does."""
        if self._darkest is None:
            self._darkest = self._contrast_of_darkest()
        greyness = self._pair.white[self._window] / np.maximum(self._darkest, 1e-3)
        usual = float(np.median(greyness[print_])) if print_.any() else 1.0
        return float(np.median(greyness[own])) >= _AS_GREY * usual

    def of_print(self) -> float:
        """Of the print in the window, 0..1: black lacks every colour, coloured ink does not."""
        if self._darkest is None:
            self._darkest = self._contrast_of_darkest()
        deep = self._darkest >= _PRINT * float(np.percentile(self._darkest, _DEEPEST_PERCENT))
        greyness = self._pair.white[self._window] / np.maximum(self._darkest, 1e-3)
        return float(np.median(greyness[deep])) if deep.any() else 1.0

    def _contrast_of_darkest(self) -> Field:
        """The contrast of the colour that is darkest at each point."""
        level = _level(self._page, "white", self._pair, self._window)
        paper, _ = paper_level(level, self._pair.px_per_mm)
        return np.asarray(np.clip((paper - level) / np.maximum(paper, 1e-4), 0, 1), np.float32)


def _level(page: PageView, light: str, pair: LightPair, window: Window) -> Field:
    """The light itself in a window of the pair: of colours the one that is darkest."""
    rows, columns = window
    share = page.px_per_mm / pair.px_per_mm
    part = page.lights[light].pixels[
        round(rows.start * share) : round(rows.stop * share),
        round(columns.start * share) : round(columns.stop * share),
    ]
    size = (columns.stop - columns.start, rows.stop - rows.start)
    small = np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), np.float32)
    return small if small.ndim == 2 else np.ascontiguousarray(small.min(axis=2))
