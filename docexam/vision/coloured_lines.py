"""Lines of coloured text: a number that the blank was printed with, in red more often than not.

Black is dark in every channel, a coloured ink in one or two only. So each channel is searched for
rows of letters that the dark text does not have, and infrared, where grounds vanish and the inks of
some numbers stay. Printed grounds and portraits make rows too; what is not regular in height is
none of ours, and the rest is the reader's to tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.vision.glyph_boxes import ink_map
from docexam.vision.row_ends import (
    DEEPEST_PERCENT,
    EVEN,
    MOST_LOST,
    SEARCH_PX_PER_MM,
    WIDEST,
    depth_of,
    with_ends,
)
from docexam.vision.viz_lines import PX_PER_MM, VALUE_SHADES, line_of, rows_of, shaded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.capture.pixels import Pixels
    from docexam.nouns.capture_set import Light
    from docexam.nouns.measurement import BoxMm
    from docexam.vision.page import Linear, PageView
    from docexam.vision.viz_lines import Ink, TextLine

    _Row = tuple[Light, int, TextLine]

# Our starting values.
COLOURED_INK = 0.42
AGAIN_INK = 0.3
FEWEST_PIECES = 6
CAPITAL_MM = (1.6, 4.6)
MOST_MARKS = 1500
BESIDE_HEIGHTS = 1.25
HIGHEST = 1.25
LEAST_STEP = 0.5
"""Of its height, from one letter to the next; lines of a printed ground stand closer."""
EVEN_SHARE = 0.75
COVERED_SHARE = 0.25
MOST_COLOURED = 4
SMALLER_PX = 30.0
GROUND_AROUND_MM = 5.0
_CHANNELS: tuple[tuple[Light, int], ...] = (("white", 0), ("white", 1), ("white", 2), ("ir", 0))
_LEAST_PX = 32


@dataclass(frozen=True, slots=True, eq=False)
class ColouredLine:
    """One row of coloured letters, and its pictures, black on white, for a reader.

    `smaller` has the letters at the height that readers like best: a second look at them. `again`
    is the line under the other light, None where its ink is not seen there.
    """

    light: Light
    line: TextLine
    picture: Pixels
    smaller: Pixels
    again: Pixels | None


def coloured_lines(
    page: PageView, bottom_mm: float, dark: Sequence[TextLine]
) -> list[ColouredLine]:
    """Rows of coloured letters above `bottom_mm` that are none of the `dark` lines.

    At most MOST_COLOURED, those of the most even height; none where white light has no colours.
    """
    whole = (0.0, 0.0, page.size_mm[0], bottom_mm)
    part = page.crop("white", whole)
    if part.ndim != 3 or min(part.shape[:2]) < _LEAST_PX:
        return []
    size = round(whole[2] * SEARCH_PX_PER_MM), round(bottom_mm * SEARCH_PX_PER_MM)
    found: list[tuple[float, _Row]] = []
    for light, channel in _CHANNELS:
        if light not in page.lights:
            continue
        plane = cv2.resize(_plane(page, light, channel, whole), size, interpolation=cv2.INTER_AREA)
        ink = ink_map(np.asarray(plane, np.float32), SEARCH_PX_PER_MM)
        for letters in rows_of(_letters(ink)):
            line = line_of(letters)
            if _is_even(letters, line) and not _is_covered(line, dark):
                whole_line = with_ends(ink, letters, line, COLOURED_INK)
                found.append((depth_of(ink, line), (light, channel, whole_line)))
    kept = _best([row for _, row in sorted(found, key=lambda each: -each[0])])
    found_lines = [_coloured(page, *row) for row in kept]
    return sorted(found_lines, key=lambda each: (each.line.box_mm[1], each.line.box_mm[0]))


def _best(rows: Sequence[_Row]) -> list[_Row]:
    """The first MOST_COLOURED rows that lie apart; of two of one place that with more letters."""
    kept: list[_Row] = []
    for row in rows:
        same = [i for i, each in enumerate(kept) if _is_covered(row[2], [each[2]])]
        if not same and len(kept) < MOST_COLOURED:
            kept.append(row)
        elif len(same) == 1 and 0 < row[2].pieces - kept[same[0]][2].pieces <= MOST_LOST:
            kept[same[0]] = row
    return kept


def _plane(page: PageView, light: Light, channel: int, box: BoxMm) -> Linear:
    """One channel of a place, (h, w)."""
    part = page.crop(light, box)
    return np.ascontiguousarray(part if part.ndim == 2 else part[:, :, channel])


def _letters(ink: Ink) -> list[tuple[float, ...]]:
    """The boxes of marks of a capital's size that have others of their height beside them."""
    marked = (ink >= COLOURED_INK).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(marked, connectivity=8)
    boxes = np.asarray(stats[1:, :4], np.float64) / SEARCH_PX_PER_MM
    height = boxes[:, 3]
    fits = (height >= CAPITAL_MM[0]) & (height <= CAPITAL_MM[1])
    boxes = boxes[fits & (boxes[:, 2] <= WIDEST * height)]
    if len(boxes) > MOST_MARKS:
        return []  # a net of lines, and no text in this channel that could be told from it
    x, y, width, tall = (boxes[:, i] for i in range(4))
    foot = y + tall
    apart = x[None, :] - (x + width)[:, None]
    beside = (apart > -0.2) & (apart <= BESIDE_HEIGHTS * tall[:, None])
    level = np.abs(foot[:, None] - foot[None, :]) <= EVEN * tall[:, None]
    alike = beside & level & (np.abs(tall[:, None] - tall[None, :]) <= EVEN * tall[:, None])
    return [tuple(map(float, box)) for box in boxes[alike.any(axis=0) | alike.any(axis=1)]]


def _is_even(letters: Sequence[tuple[float, ...]], line: TextLine) -> bool:
    """Whether the letters are of one height and on one foot, as capitals and figures are."""
    tall = line.letter_mm
    if len(letters) < FEWEST_PIECES or line.box_mm[3] > HIGHEST * tall:
        return False
    if line.box_mm[2] < LEAST_STEP * tall * len(letters):
        return False
    even = sum(abs(h - tall) <= EVEN * tall for *_, h in letters)
    return even >= EVEN_SHARE * len(letters)


def _is_covered(line: TextLine, others: Sequence[TextLine]) -> bool:
    x, y, w, h = line.box_mm
    return any(
        max(0.0, min(x + w, ox + ow) - max(x, ox)) * max(0.0, min(y + h, oy + oh) - max(y, oy))
        > COVERED_SHARE * w * h
        for ox, oy, ow, oh in (other.box_mm for other in others)
    )


def _coloured(page: PageView, light: Light, channel: int, line: TextLine) -> ColouredLine:
    picture, _ = _picture(page, light, channel, line)
    scale = SMALLER_PX / (line.letter_mm * PX_PER_MM)
    how = cv2.INTER_AREA if scale < 1.0 else cv2.INTER_CUBIC
    smaller = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=how)
    others = [each for each in _CHANNELS if each[0] != light and each[0] in page.lights]
    seen = [_picture(page, *each, line) for each in others]
    again, depth = max(seen, key=lambda each: each[1], default=(picture, 0.0))
    return ColouredLine(
        light, line, picture, np.asarray(smaller, np.uint8), again if depth >= AGAIN_INK else None
    )


def _picture(page: PageView, light: Light, channel: int, line: TextLine) -> tuple[Pixels, float]:
    """One line in its channel at the scale of the dark text, and how deep its ink is."""
    x, y, w, h = line.box_mm
    box = (x - 0.7, y - 0.45 * line.letter_mm, w + 1.4, h + 0.8 * line.letter_mm)
    ink, (left, top) = _ink_around(page, light, channel, box)
    x0, y0 = max(0, round((box[0] - left) * PX_PER_MM)), max(0, round((box[1] - top) * PX_PER_MM))
    part = ink[y0 : y0 + round(box[3] * PX_PER_MM), x0 : x0 + round(box[2] * PX_PER_MM)]
    deepest = float(np.percentile(part, DEEPEST_PERCENT))
    shade = np.asarray(part / max(deepest, COLOURED_INK), np.float32)
    return shaded(shade, *VALUE_SHADES), deepest


def _ink_around(
    page: PageView, light: Light, channel: int, box: BoxMm
) -> tuple[Ink, tuple[float, float]]:
    """The ink of a place, with enough ground around it to tell, and where its corner lies."""
    left, top = max(0.0, box[0] - GROUND_AROUND_MM), max(0.0, box[1] - GROUND_AROUND_MM)
    right = min(page.size_mm[0], box[0] + box[2] + GROUND_AROUND_MM)
    bottom = min(page.size_mm[1], box[1] + box[3] + GROUND_AROUND_MM)
    level = _plane(page, light, channel, (left, top, right - left, bottom - top))
    size = round((right - left) * PX_PER_MM), round((bottom - top) * PX_PER_MM)
    how = cv2.INTER_AREA if page.px_per_mm >= PX_PER_MM else cv2.INTER_CUBIC
    return ink_map(np.asarray(cv2.resize(level, size, interpolation=how), np.float32), PX_PER_MM), (
        left,
        top,
    )
