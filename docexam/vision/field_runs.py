"""Runs of black text in the visual zone, and which of them are fields: those below a caption.

The visual zone prints a small, paler caption above each datum (Doc 9303-3, 3.3); titles, signature
and portrait have none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from docexam.vision.once_a_page import once_a_page
from docexam.vision.zone_ink import paper_level

if TYPE_CHECKING:
    from docexam.nouns.measurement import BoxMm
    from docexam.vision.page import PageView
    from docexam.vision.zone_view import ZoneView

Field = NDArray[np.float32]

# Our starting values.
WORK_PX_PER_MM = 10.0
_BLACK_SHARE = 0.62
_PALE_SHARE = 0.40
_LETTER_HEIGHT_MM = (0.8, 4.5)
_LETTER_WIDTH_MM = 6.0
_CAPTION_HEIGHT_MM = (0.6, 2.2)
_WORD_GAP_MM = 1.6
_CAPTION_ABOVE_MM = 2.6
_CAPTION_BESIDE_MM = 1.2
_CLEAR_OF_ZONE_MM = 1.0
_LEAST_CONTRAST = 0.15
_HEIGHT_APART = 0.35
_LEAST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class TextRun:
    """A run of letters on one baseline."""

    box_mm: BoxMm
    letters: int


@dataclass(frozen=True, slots=True, eq=False)
class ContrastPair:
    """How black each point is in white and in infrared, and pixels to the millimetre."""

    white: Field
    infrared: Field
    px_per_mm: float


@once_a_page
def black_contrast(page: PageView, light: str) -> tuple[Field, float]:
    """How black each point is against its paper, in all channels, and pixels to the millimetre."""
    level = page.lights[light].pixels
    scale = min(page.px_per_mm, WORK_PX_PER_MM)
    if scale < page.px_per_mm:
        factor = scale / page.px_per_mm
        small = cv2.resize(level, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        level = np.asarray(small, np.float32)
    if level.ndim == 3:
        blue, green, red = cv2.split(level)
        level = np.asarray(cv2.max(cv2.max(blue, green), red), np.float32)
    paper, _ = paper_level(level, scale)
    contrast = np.clip((paper - level) / np.maximum(paper, 1e-4), 0, 1)
    return np.asarray(contrast, np.float32), scale


def contrast_pair(page: PageView) -> ContrastPair:
    """`black_contrast` in white and in infrared; KeyError where the page lacks one of them."""
    white, scale = black_contrast(page, "white")
    return ContrastPair(white, black_contrast(page, "ir")[0], scale)


@once_a_page
def text_depth(page: PageView, rows: int | None) -> float:
    """How black the blackest text in white light is, in the first rows of `black_contrast`."""
    contrast, _ = black_contrast(page, "white")
    return float(np.percentile(contrast[:rows], 99.8))


@once_a_page
def find_fields(page: PageView, zone: ZoneView | None) -> tuple[TextRun, ...]:
    """The data of the visual zone in white light, from the top down."""
    contrast, scale = black_contrast(page, "white")
    if zone is not None:
        top = zone.box_mm[1] - _CLEAR_OF_ZONE_MM
        contrast = contrast[: max(round(top * scale), 1)]
    deep = text_depth(page, None if zone is None else contrast.shape[0])
    if deep < _LEAST_CONTRAST:
        return ()
    data = _runs((contrast >= _BLACK_SHARE * deep).astype(np.uint8), scale, _LETTER_HEIGHT_MM)
    pale = (contrast >= _PALE_SHARE * deep).astype(np.uint8)
    for run in data:
        x, y, w, h = (v * scale for v in run.box_mm)
        pale[round(y) : round(y + h) + 1, round(x) : round(x + w) + 1] = 0
    captions = _runs(pale, scale, _CAPTION_HEIGHT_MM)
    found = [
        run
        for run in data
        if run.letters >= _LEAST_LETTERS and any(_is_caption(each, run) for each in captions)
    ]
    if not found:
        return ()
    usual = float(np.median([run.box_mm[3] for run in found]))
    found = [run for run in found if abs(run.box_mm[3] / usual - 1) <= _HEIGHT_APART]
    return tuple(run for run in found if _has_column(run, found))


def _runs(marked: NDArray[np.uint8], scale: float, heights: tuple[float, float]) -> list[TextRun]:
    """Letters beside each other, joined to runs."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(marked, connectivity=8)
    low, high = (v * scale for v in heights)
    height, width = stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_WIDTH]
    is_letter = (height >= low) & (height <= high) & (width <= _LETTER_WIDTH_MM * scale)
    is_letter[0] = False
    letters = is_letter.astype(np.uint8)[labels]
    reach = round(_WORD_GAP_MM * scale)
    joined = cv2.dilate(letters, np.ones((1, reach | 1), np.uint8))
    _, groups, boxes, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    of_group = np.zeros(len(boxes), np.int64)
    for i in np.flatnonzero(is_letter):
        x, y = int(stats[i, cv2.CC_STAT_LEFT]), int(stats[i, cv2.CC_STAT_TOP])
        part = labels[y : y + height[i], x : x + width[i]] == i
        row, column = np.argwhere(part)[0]
        of_group[groups[y + row, x + column]] += 1
    found = []
    for group in range(1, len(boxes)):
        x, y, w, h = (int(v) for v in boxes[group, :4])
        half = (reach | 1) // 2
        box = ((x + half) / scale, y / scale, max(w - 2 * half, 1) / scale, h / scale)
        if of_group[group] and h <= high * 1.3:
            found.append(TextRun(box, int(of_group[group])))
    return sorted(found, key=lambda run: (run.box_mm[1], run.box_mm[0]))


def _has_column(run: TextRun, found: list[TextRun]) -> bool:
    """Whether another field begins at the same left: what only looks like text stands alone."""
    return any(
        other is not run and abs(other.box_mm[0] - run.box_mm[0]) <= _CAPTION_BESIDE_MM
        for other in found
    )


def _is_caption(caption: TextRun, run: TextRun) -> bool:
    """Whether a run stands where the caption of another would: just above, on the same left."""
    x, y, _, _ = run.box_mm
    cx, cy, _, ch = caption.box_mm
    gap = y - (cy + ch)
    beside = abs(x - cx) <= _CAPTION_BESIDE_MM
    return beside and -0.3 <= gap <= _CAPTION_ABOVE_MM and caption.letters >= _LEAST_LETTERS
