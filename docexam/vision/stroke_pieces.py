"""Pieces of ink within one row of letters that can only be strokes added to one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.vision.lost_ink import lost_ink, window_of
from docexam.vision.stroke_bridge import is_bridge
from docexam.vision.stroke_surround import AROUND_MM, Greyness, gone_around, is_glint

if TYPE_CHECKING:
    from docexam.vision.light_pair import LightPair
    from docexam.vision.lost_ink import PrintInk, Window
    from docexam.vision.page import Mask, PageView
    from docexam.vision.stroke_surround import Box
    from docexam.vision.viz_lines import TextLine

# Our starting values; heights are those of the row's letters.
LEAST_MM2 = 0.01
"""Less ink than this is none."""
_LOST = 0.3
_PIECE_DARK = 0.62
_STAYS_DARK, _STAYS_KEPT = 0.6, 0.7
_LEAST_STAYS_MM2, _LEAST_STAYS_SHARE = 0.15, 0.2
_PICTURE_MM2 = 20.0
"""Ink in one piece that stays: a word whose letters touch is half of that."""
_VANISHED_MM2 = 0.02
_ABOVE_HEIGHTS, _BELOW_HEIGHTS, _BESIDE_HEIGHTS = 0.15, 0.2, 0.6
_WITHIN_ROW = 0.95
_SHORTEST_MM = 0.8
"""A stroke that makes another letter is about half as long as a letter is high; what is shorter is
a speck of dirt, those of drawn worn pages came to 0.6 mm, unless it closes a gap as that which
makes a 5 a 6 does."""
_WIDEST_HEIGHTS, _TALLEST_HEIGHTS = 1.1, 1.2
_AROUND_MOST_MM2, _AROUND_SHARE = 0.5, 0.3
"""The blackest of captions and ground that vanish, about a character: at most 0.46 where the stroke
was 0.4 mm2, 0.62 where it was 1.1, on drawn pages."""


def band_of(pair: LightPair, window: Window, row: TextLine) -> Mask:
    """Which points of a window lie at the height of a row's letters, and beside none of them."""
    x, _, w, _ = row.box_mm
    tall, scale = row.letter_mm, pair.px_per_mm
    top = (row.cap_mm - _ABOVE_HEIGHTS * tall) * scale - window[0].start
    low = (row.cap_mm + (1 + _BELOW_HEIGHTS) * tall) * scale - window[0].start
    left = (x - _BESIDE_HEIGHTS * tall) * scale - window[1].start
    right = (x + w + _BESIDE_HEIGHTS * tall) * scale - window[1].start
    band = np.zeros((window[0].stop - window[0].start, window[1].stop - window[1].start), bool)
    band[max(round(top), 0) : max(round(low), 0), max(round(left), 0) : max(round(right), 0)] = True
    return band


def confined(
    page: PageView, pair: LightPair, row: TextLine, ink: PrintInk
) -> tuple[list[Box], Mask]:
    """Where lost ink joins ink of the row that stays, and can only be a stroke added to it.

    Also which points tell nothing: those of a picture, such as the hair of a portrait, that passed
    for letters, and letters no taller than the row's that vanish as a whole, as captions do.
    """
    window = window_of(row.box_mm, AROUND_MM + 1.0, pair)
    seen = pair.white[window] / ink.deep
    lost = lost_ink(pair, window, ink)
    stays = (seen >= _STAYS_DARK) & (
        pair.infrared[window] >= _STAYS_KEPT * ink.kept * seen * ink.deep
    )
    band = band_of(pair, window, row)
    pieces = (seen >= _PIECE_DARK).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(pieces, connectivity=8)
    per_mm2 = pair.px_per_mm**2
    colour = Greyness(page, pair, window)
    areas = np.bincount(labels.ravel(), lost.ravel(), count) / per_mm2
    kept = np.bincount(labels.ravel(), stays.ravel().astype(float), count) / per_mm2
    found = []
    for i in range(1, count):
        if areas[i] < LEAST_MM2:
            continue
        own = np.asarray((labels == i) & (lost > _LOST))
        if not (own & band).any():
            continue
        box = _box_of(own)
        is_stroke = (
            (max(box[2:]) >= _SHORTEST_MM * pair.px_per_mm or is_bridge(own, stays, pair.px_per_mm))
            and kept[i] >= max(_LEAST_STAYS_MM2, _LEAST_STAYS_SHARE * areas[i])
            and float(lost[own & band].sum()) >= _WITHIN_ROW * float(lost[own].sum())
            and box[2] <= _WIDEST_HEIGHTS * row.letter_mm * pair.px_per_mm
            and box[3] <= _TALLEST_HEIGHTS * row.letter_mm * pair.px_per_mm
            and gone_around(pair, window, ink, box, band, row.letter_mm)
            <= _AROUND_MOST_MM2 + _AROUND_SHARE * areas[i]
            and colour.is_as_grey(own, np.asarray(stays & band))
            and not is_glint(page, pair, window, ink, own)
        )
        if is_stroke:
            found.append(box)
    vanished = (kept < _VANISHED_MM2) & (areas >= LEAST_MM2)
    tallest = _TALLEST_HEIGHTS * row.letter_mm * pair.px_per_mm
    letters = vanished & (stats[:, cv2.CC_STAT_HEIGHT] <= tallest)
    return found, np.asarray(((kept > _PICTURE_MM2) | letters)[labels])


def _box_of(own: Mask) -> Box:
    rows, columns = np.flatnonzero(own.any(axis=1)), np.flatnonzero(own.any(axis=0))
    left, top = int(columns[0]), int(rows[0])
    return left, top, int(columns[-1]) + 1 - left, int(rows[-1]) + 1 - top
