"""The lines of dark text in the visual zone: where they stand, freed of the printed ground.

Personal data is printed darker than the ground, in black or nearly so. The brightest channel shows
it best: coloured print is bright in one channel at least, black in none.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from docexam.vision.glyph_boxes import ink_map

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from docexam.capture.pixels import Pixels
    from docexam.nouns.measurement import BoxMm
    from docexam.vision.page import PageView

Ink = NDArray[np.float32]

# Our starting values.
PX_PER_MM = 15.0  # capitals of 2 mm are then as high as Tesseract likes them
LETTER_MM = (1.2, 5.5)
LONGEST_MM = 14.0
LARGEST_MM2 = 9.0
SPECK_MM2 = 0.02
STRONG = 0.62
VALUE_SHADES = (0.45, 0.85)
MARK_HEIGHTS = (0.08, 0.48)
MARK_INK = 0.5
MARK_MM2 = (0.02, 0.6)
GAP_HEIGHTS = 1.25
CELL_GAP_HEIGHTS, CELL_OFF = 1.7, 0.15
"""A blank of type whose letters all stand in cells of one width, as OCR-B's do, is a whole cell:
wider than other blanks, and just two cells from letter to letter."""
CORNER_MM = 3.0
ALONE_MM = (1.6, 3.6)
ALONE_WIDTH_MM = 0.4
CROWDED = 2
SAME_LINE = 0.45
LEAST_INK = 0.15
MOST_LINES = 32
FEWEST_BESIDE = 4
SAME_HEIGHT = 0.15
SAME_FOOT = 0.15
RUNS_ON_HEIGHTS = (0.1, 0.85)
RUNS_ON_INK = STRONG
RUNS_ON_ROWS = 0.8


@dataclass(frozen=True, slots=True)
class TextLine:
    """One run of dark text without a wide gap: its extent on the page, and its letters' height.

    `cap_mm` is the y of the letters' tops, marks on them not counted.
    """

    box_mm: BoxMm
    letter_mm: float
    pieces: int
    cap_mm: float


@dataclass(frozen=True, slots=True, eq=False)
class VizInk:
    """The visual zone of one light as ink, 0..1, PX_PER_MM a millimetre from the page's corner.

    `depth` is how deep the ink of its dark text is.
    """

    ink: Ink
    depth: float


def viz_ink(page: PageView, light: str, bottom_mm: float) -> VizInk | None:
    """The ink above `bottom_mm` under one light; None where there is no dark text."""
    ink = _ink_above(page, light, bottom_mm, np.max)
    depth = None if ink is None else _depth(ink)
    return None if ink is None or depth is None else VizInk(ink, depth)


def coloured_ink(page: PageView, bottom_mm: float) -> Ink | None:
    """The ink above `bottom_mm` in white light, coloured print as deep as black print."""
    return _ink_above(page, "white", bottom_mm, np.min)


def _ink_above(
    page: PageView, light: str, bottom_mm: float, channel: Callable[..., NDArray[np.float32]]
) -> Ink | None:
    part = page.crop(light, (0.0, 0.0, page.size_mm[0], bottom_mm))
    if min(part.shape[:2]) < 32:
        return None
    level = np.ascontiguousarray(channel(part, axis=2) if part.ndim == 3 else part)
    size = (round(page.size_mm[0] * PX_PER_MM), round(bottom_mm * PX_PER_MM))
    how = cv2.INTER_AREA if page.px_per_mm >= PX_PER_MM else cv2.INTER_CUBIC
    ink = ink_map(np.asarray(cv2.resize(level, size, interpolation=how), np.float32), PX_PER_MM)
    mask = page.lights[light].mask[: part.shape[0]].astype(np.uint8)
    seen = cv2.resize(mask, size, interpolation=cv2.INTER_NEAREST)
    ink *= cv2.erode(seen, np.ones((5, 5), np.uint8)).astype(np.float32)
    corner = round(CORNER_MM * PX_PER_MM)
    ink[:corner, :corner] = 0.0  # beyond a rounded corner lies the bed
    ink[:corner, -corner:] = 0.0
    return ink


def _depth(ink: Ink) -> float | None:
    """The depth of the darkest things of a letter's size."""
    marked = (ink > max(LEAST_INK, 0.6 * float(np.percentile(ink, 99.5)))).astype(np.uint8)
    _, labels, found, _ = cv2.connectedComponentsWithStats(marked, connectivity=8)
    stats = np.asarray(found, np.int32)
    chosen = np.flatnonzero(_is_letter(stats))
    chosen = chosen[chosen > 0][:400]
    if len(chosen) < 6:
        return None
    deepest = []
    for i in chosen:
        x, y, w, h = (int(v) for v in stats[i, :4])
        piece = ink[y : y + h, x : x + w]
        deepest.append(float(piece[labels[y : y + h, x : x + w] == i].max()))
    return float(np.percentile(deepest, 75))


def _is_letter(stats: NDArray[np.int32]) -> NDArray[np.bool_]:
    height = stats[:, cv2.CC_STAT_HEIGHT] / PX_PER_MM
    width = stats[:, cv2.CC_STAT_WIDTH] / PX_PER_MM
    area = stats[:, cv2.CC_STAT_AREA] / PX_PER_MM**2
    low, high = LETTER_MM
    return np.asarray(
        (height >= low) & (height <= high) & (width <= LONGEST_MM) & (area <= LARGEST_MM2)
    )


def find_lines(viz: VizInk) -> list[TextLine]:
    """The lines of dark text, from the top down."""
    marked = (viz.ink >= STRONG * viz.depth).astype(np.uint8)
    _, _, found_stats, _ = cv2.connectedComponentsWithStats(marked, connectivity=8)
    stats = np.asarray(found_stats, np.int32)
    letters = stats[np.flatnonzero(_is_letter(stats))]
    letters = letters[letters[:, cv2.CC_STAT_WIDTH] < marked.shape[1] // 2]
    boxes = [tuple(float(v) / PX_PER_MM for v in row[:4]) for row in letters]
    found = _text_like([line_of(row) for row in rows_of(boxes)])
    found.sort(key=lambda line: (-line.pieces, line.box_mm[1]))
    return sorted(found[:MOST_LINES], key=lambda line: (line.box_mm[1], line.box_mm[0]))


def rows_of(boxes: Sequence[tuple[float, ...]]) -> list[list[tuple[float, ...]]]:
    """Letters, (x, y, w, h) in mm, by the row in which they stand next to one another."""
    lines: list[list[tuple[float, ...]]] = []
    for box in sorted(boxes, key=lambda box: box[0]):
        home = next((line for line in lines if _continues(line, box)), None)
        if home is None:
            lines.append([box])
        else:
            home.append(box)
    return lines


def _text_like(lines: Sequence[TextLine]) -> list[TextLine]:
    """Without what is no text: marks heaped on one another, or alone and of no letter's size."""
    kept = []
    for line in lines:
        x, y, w, h = line.box_mm
        low, high = ALONE_MM
        if line.pieces == 1 and not (
            (low <= h or _is_beside_text(line, lines)) and h <= high and ALONE_WIDTH_MM <= w <= high
        ):
            continue
        crowd = sum(
            other is not line
            and x < other.box_mm[0] + other.box_mm[2]
            and other.box_mm[0] < x + w
            and y < other.box_mm[1] + other.box_mm[3]
            and other.box_mm[1] < y + h
            for other in lines
        )
        if crowd < CROWDED:
            kept.append(line)
    return kept


def _is_beside_text(alone: TextLine, lines: Sequence[TextLine]) -> bool:
    """Whether a lone mark has the height and the foot of a line of text: a letter for the sex."""
    _, y, _, h = alone.box_mm
    return any(
        line.pieces >= FEWEST_BESIDE
        and abs(line.letter_mm - h) <= SAME_HEIGHT * h
        and abs(line.cap_mm + line.letter_mm - y - h) <= SAME_FOOT * h
        for line in lines
    )


def _continues(line: list[tuple[float, ...]], box: tuple[float, ...]) -> bool:
    """Whether a letter stands on the line's foot, next to its last letters."""
    end = max(x + w for x, _, w, _ in line)
    # not by NumPy: short lists, asked thousands of times
    tall = median(h for *_, h in line)
    foot = median(y + h for _, y, _, h in line[-3:])
    x, y, _, h = box
    gap = (x - end) / max(tall, h)
    near = gap <= GAP_HEIGHTS or (gap <= CELL_GAP_HEIGHTS and _two_cells_on(line, box))
    near = near and x + box[2] - end > -0.5
    alike = 0.55 <= h / tall <= 1.8
    return near and alike and abs(y + h - foot) <= SAME_LINE * min(tall, h)


def _two_cells_on(line: list[tuple[float, ...]], box: tuple[float, ...]) -> bool:
    """Whether a letter stands two cells behind the last one, by the cells of the line so far."""
    middles = [x + w / 2 for x, _, w, _ in line]
    steps = [two - one for one, two in pairwise(middles)]
    if not steps:
        return False
    cell = min(steps)
    return abs(box[0] + box[2] / 2 - middles[-1] - 2 * cell) <= CELL_OFF * 2 * cell


def line_of(letters: Sequence[tuple[float, ...]]) -> TextLine:
    """The line of text that these letters' boxes make."""
    left, top = min(b[0] for b in letters), min(b[1] for b in letters)
    right = max(b[0] + b[2] for b in letters)
    bottom = max(b[1] + b[3] for b in letters)
    tall = float(np.median([b[3] for b in letters]))
    cap = float(np.median([b[1] for b in letters]))
    return TextLine((left, top, right - left, bottom - top), tall, len(letters), cap)


def has_marks(viz: VizInk, line: TextLine) -> bool:
    """Whether ink stands right above the letters, as accents do, that belongs to nothing higher."""
    x, _, w, _ = line.box_mm
    low, high = MARK_HEIGHTS
    box = (x, line.cap_mm - high * line.letter_mm, w, (high - low) * line.letter_mm)
    marked = (part_of(viz, box) >= MARK_INK).astype(np.uint8)
    if not marked.size:
        return False
    count, _, stats, _ = cv2.connectedComponentsWithStats(marked, connectivity=8)
    for i in range(1, count):
        area = int(stats[i, cv2.CC_STAT_AREA]) / PX_PER_MM**2
        if stats[i, cv2.CC_STAT_TOP] > 0 and MARK_MM2[0] <= area <= MARK_MM2[1]:
            return True
    return False


def runs_on(viz: VizInk, line: TextLine) -> bool:
    """Whether ink as high as the letters follows a line, or comes before it, closer than a blank.

    The print of a motif then hides its first or last letters, so what was read may be a part. A
    caption in front of a value is lower.
    """
    x, _, w, _ = line.box_mm
    tall = line.letter_mm
    near, far = RUNS_ON_HEIGHTS
    for left in (x + w + near * tall, x - far * tall):
        part = part_of(viz, (left, line.cap_mm, (far - near) * tall, tall))
        if part.size and float((part >= RUNS_ON_INK).any(axis=1).mean()) >= RUNS_ON_ROWS:
            return True
    return False


def value_picture(viz: VizInk, line: TextLine) -> Pixels:
    """One line as black on white, its marks above and below included."""
    x, y, w, h = line.box_mm
    part = part_of(viz, (x - 0.7, y - 0.45 * line.letter_mm, w + 1.4, h + 0.8 * line.letter_mm))
    return shaded(part, *VALUE_SHADES)


def part_of(viz: VizInk, box: BoxMm) -> Ink:
    """A piece of the ink, relative to that of the dark text."""
    rows, columns = viz.ink.shape
    x0, y0 = max(0, round(box[0] * PX_PER_MM)), max(0, round(box[1] * PX_PER_MM))
    x1 = min(columns, max(x0, round((box[0] + box[2]) * PX_PER_MM)))
    y1 = min(rows, max(y0, round((box[1] + box[3]) * PX_PER_MM)))
    return np.asarray(viz.ink[y0:y1, x0:x1] / viz.depth, np.float32)


def shaded(part: Ink, low: float, high: float) -> Pixels:
    """Ink as black on white: white up to `low`, black from `high`."""
    shade = np.clip((part - low) / (high - low), 0.0, 1.0)
    return np.asarray(255 - 255 * shade, np.uint8)
