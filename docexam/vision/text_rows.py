"""Rows of dark letters above the zone, found by their shape alone, read or not."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.vision.field_runs import black_contrast, text_depth
from docexam.vision.once_a_page import once_a_page
from docexam.vision.viz_lines import line_of, rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.vision.page import PageView
    from docexam.vision.viz_lines import TextLine
    from docexam.vision.zone_view import ZoneView

# Our starting values.
_DARK_SHARES = (0.55, 0.72)
"""Letters stand apart at the first, and on a dark ground at the second."""
_HEIGHT_MM = (1.0, 5.0)
_WIDTH_MM = 6.0
_LEAST_LETTERS = 2
_FEW_LETTERS = 4
_EVEN_HEIGHT, _EVEN_FOOT = 0.25, 0.15
_PITCH_HEIGHTS = 2.5
"""How wide a letter may be, or some that touch: what is wider is a part of a picture."""
_AS_BLACK = 0.85
_CLEAR_OF_ZONE_MM = 1.0
_LEAST_CONTRAST = 0.25


@once_a_page
def dark_rows(page: PageView, zone: ZoneView | None) -> tuple[TextLine, ...]:
    """The rows of letters in white light that are about as black as the blackest ones.

    A row ends at a gap that is wider than its letters are high. Above the zone, where there is
    one; KeyError where the page lacks white light.
    """
    contrast, scale = black_contrast(page, "white")
    rows = None
    if zone is not None:
        rows = max(round((zone.box_mm[1] - _CLEAR_OF_ZONE_MM) * scale), 1)
        contrast = contrast[:rows]
    deepest = text_depth(page, rows)
    if deepest < _LEAST_CONTRAST:
        return ()
    found: list[TextLine] = []
    for share in _DARK_SHARES:
        marked = (contrast >= share * deepest).astype(np.uint8)
        stats = np.asarray(cv2.connectedComponentsWithStats(marked, connectivity=8)[2])
        width, height = (stats[:, i] / scale for i in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT))
        letter = (height >= _HEIGHT_MM[0]) & (height <= _HEIGHT_MM[1]) & (width <= _WIDTH_MM)
        letter[0] = False
        boxes = [tuple(float(side) / scale for side in each[:4]) for each in stats[letter]]
        found += [line_of(row) for row in rows_of(boxes) if _like_text(row)]
    return _blackest(_as_tall_as_long_ones(_once_each(found)), contrast, scale)


def _like_text(row: Sequence[tuple[float, ...]]) -> bool:
    """Whether letters, (x, y, w, h), are a row of text; a few must be as even as figures are."""
    if len(row) < _LEAST_LETTERS:
        return False
    tall = median(h for *_, h in row)
    left, right = min(x for x, *_ in row), max(x + w for x, _, w, _ in row)
    if right - left > _PITCH_HEIGHTS * tall * len(row):
        return False
    if len(row) > _FEW_LETTERS:
        return True
    foot = median(y + h for _, y, _, h in row)
    return all(
        abs(h - tall) <= _EVEN_HEIGHT * tall and abs(y + h - foot) <= _EVEN_FOOT * tall
        for _, y, _, h in row
    )


def _once_each(found: list[TextLine]) -> list[TextLine]:
    """Of rows that lie on one another the one with the most letters."""
    kept: list[TextLine] = []
    for row in sorted(found, key=lambda row: -row.pieces):
        x, y = row.box_mm[0] + row.box_mm[2] / 2, row.box_mm[1] + row.box_mm[3] / 2
        if not any(_holds(other, x, y) for other in kept):
            kept.append(row)
    return kept


def _as_tall_as_long_ones(rows: list[TextLine]) -> list[TextLine]:
    """A row of a few letters is of a size that a longer one has, or it is a part of a picture."""
    sizes = [row.letter_mm for row in rows if row.pieces > _FEW_LETTERS]
    return [
        row
        for row in rows
        if row.pieces > _FEW_LETTERS
        or any(abs(row.letter_mm - size) <= _EVEN_HEIGHT * size for size in sizes)
    ]


def _holds(row: TextLine, x_mm: float, y_mm: float) -> bool:
    left, top, width, height = row.box_mm
    return left <= x_mm <= left + width and top <= y_mm <= top + height


def _blackest(
    rows: list[TextLine], contrast: np.ndarray[tuple[int, ...], np.dtype[np.float32]], scale: float
) -> tuple[TextLine, ...]:
    depths = []
    for row in rows:
        x, y, w, h = (round(side * scale) for side in row.box_mm)
        depths.append(float(np.percentile(contrast[y : y + h + 1, x : x + w + 1], 97)))
    if not depths:
        return ()
    # what looks like letters in a portrait or a motif is paler
    least = _AS_BLACK * float(np.percentile(depths, 75))
    kept = [row for row, depth in zip(rows, depths, strict=True) if depth >= least]
    return tuple(sorted(kept, key=lambda row: (row.box_mm[1], row.box_mm[0])))
