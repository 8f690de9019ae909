"""Where the ink of a zone stands: cells by the regular pitch, glyphs by the ink itself.

The zone's quad gives the first guess. The ink then moves it: line by line the cells are laid where
most of the ink is, and each glyph is the ink that its own cell holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from docexam.vision.page_format import CAPITAL_MM, PITCH_MM
from docexam.vision.plane import apply, inverse
from docexam.vision.zone_view import CharacterView, LineView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.nouns.measurement import BoxMm
    from docexam.vision.page import Linear, PageView
    from docexam.vision.plane import Points

FloatArray = NDArray[np.float64]
Ink = NDArray[np.float32]

# Our starting values.
CELL_HEIGHT_MM = 3.8
INK_SHARE = 0.5
LEAST_INK = 0.10
GROUND_MM = 4.9
_SLIVER_MM2 = 0.03


def quad_on_page(page: PageView, light: str, quad_px: Points) -> Points:
    """(4, 2) a quad of that light's picture in millimetres."""
    return apply(inverse(page.lights[light].to_px), quad_px)


def find_glyphs(
    page: PageView, light: str, quad_mm: Points, text: Sequence[str]
) -> tuple[tuple[CharacterView, ...], tuple[LineView, ...]]:
    """Every character of `text` under one light, and its lines.

    `quad_mm` (4, 2) runs from half a cell before the first character to half a cell behind the
    last, from the top of the first line's capitals to the bottom of the last line's.
    """
    ink = ink_map(page.lights[light].grey, page.px_per_mm)
    characters: list[CharacterView] = []
    lines: list[LineView] = []
    for number, line in enumerate(text):
        start, end = _line_ends(quad_mm, number, len(text))
        cells = _cells(start, end, len(line), max(len(each) for each in text))
        boxes = [_glyph(ink, page.px_per_mm, cell) for cell in cells]
        cells, view = _settled(number + 1, line, cells, boxes)
        boxes = [_glyph(ink, page.px_per_mm, cell) for cell in cells]
        lines.append(view)
        characters += [
            CharacterView(number + 1, column + 1, line[column], cell, box)
            for column, (cell, box) in enumerate(zip(cells, boxes, strict=True))
        ]
    return tuple(characters), tuple(lines)


def ink_map(grey: Linear, px_per_mm: float) -> Ink:
    """How much of the local ground's light each point lacks, 0..1: (ground - level) / ground."""
    size = max(3, round(GROUND_MM * px_per_mm) | 1)
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    near = max(3, round(size / 4) | 1)
    kernel = np.ones((near, near), np.uint8)
    ground = cv2.GaussianBlur(cv2.dilate(small, kernel), (0, 0), near / 4)
    ground = cv2.resize(ground, grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    lacking = (ground - grey) / np.maximum(ground, 1e-4)
    return np.asarray(np.clip(lacking, 0.0, 1.0), np.float32)


def _line_ends(quad: Points, number: int, count: int) -> tuple[FloatArray, FloatArray]:
    """Where the middle of one line begins and ends, half a cell beyond its characters."""
    ends = []
    for top, bottom in ((quad[0], quad[3]), (quad[1], quad[2])):
        down = bottom - top
        length = float(np.linalg.norm(down))
        half = min(CAPITAL_MM / 2, length / 2) / max(length, 1e-6)
        share = 0.5 if count == 1 else half + (1 - 2 * half) * number / (count - 1)
        ends.append(top + share * down)
    return ends[0], ends[1]


def _cells(start: FloatArray, end: FloatArray, count: int, columns: int) -> list[BoxMm]:
    step = (end - start) / columns
    return [_cell(start + (i + 0.5) * step, float(np.linalg.norm(step))) for i in range(count)]


def _cell(middle: FloatArray, pitch: float) -> BoxMm:
    x, y = float(middle[0]), float(middle[1])
    return (x - pitch / 2, y - CELL_HEIGHT_MM / 2, pitch, CELL_HEIGHT_MM)


def _glyph(ink: Ink, px_per_mm: float, cell: BoxMm) -> BoxMm | None:
    """The extent of the ink in a cell at half of its contrast; None where there is none."""
    x, y, w, h = (round(v * px_per_mm) for v in cell)
    top, left = max(y, 0), max(x, 0)
    part = ink[top : max(y + h, 0), left : max(x + w, 0)]
    if part.size < 16:
        return None
    deep = float(np.percentile(part, 98))
    if deep < LEAST_INK:
        return None
    level = INK_SHARE * deep
    marked = (part >= level).astype(np.uint8)
    count, labels, stats, centres = cv2.connectedComponentsWithStats(marked, connectivity=8)
    least = _SLIVER_MM2 * px_per_mm**2
    chosen = [
        i
        for i in range(1, count)
        if stats[i, cv2.CC_STAT_AREA] >= least and not _is_neighbour(stats[i], centres[i], part)
    ]
    if not chosen:
        return None
    own = np.isin(labels, chosen)
    inside = np.where(own, part, 0.0)
    across, down = inside.max(0), inside.max(1)
    x0, x1 = _extent(across, level)
    y0, y1 = _extent(down, level)
    scale = px_per_mm
    return ((left + x0) / scale, (top + y0) / scale, (x1 - x0) / scale, (y1 - y0) / scale)


def _is_neighbour(stats: NDArray[np.int32], centre: FloatArray, part: Ink) -> bool:
    """Whether ink is the rim of the next character: at the cell's side and narrow."""
    columns = part.shape[1]
    left, width = int(stats[cv2.CC_STAT_LEFT]), int(stats[cv2.CC_STAT_WIDTH])
    at_side = left == 0 or left + width == columns
    off = abs(float(centre[0]) + 0.5 - columns / 2) / columns
    return bool(at_side and off > 0.33)


def _extent(profile: Ink, level: float) -> tuple[float, float]:
    """First and last place at which a profile crosses `level`, to a part of a pixel (edges)."""
    above = np.flatnonzero(profile >= level)
    first, last = int(above[0]), int(above[-1])
    start, end = float(first), float(last + 1)
    if first > 0 and profile[first] > profile[first - 1]:
        start = first + 0.5 - (profile[first] - level) / (profile[first] - profile[first - 1])
    if last + 1 < len(profile) and profile[last] > profile[last + 1]:
        end = last + 0.5 + (profile[last] - level) / (profile[last] - profile[last + 1])
    return start, end


def _settled(
    number: int, text: str, cells: list[BoxMm], boxes: list[BoxMm | None]
) -> tuple[list[BoxMm], LineView]:
    """The cells laid on the ink: the middles of its glyphs give the line its place and pitch."""
    index = np.arange(len(cells), dtype=np.float64)
    x = np.array([cell[0] + cell[2] / 2 for cell in cells])
    y = np.array([cell[1] + cell[3] / 2 for cell in cells])
    seen = np.array([box is not None for box in boxes])
    symmetric = np.array([c in _SYMMETRIC for c in text])
    tall = np.array([c != "<" for c in text])
    fit_x = np.polyfit(index, x, 1) if len(cells) > 1 else np.array([PITCH_MM, x[0]])
    fit_y = np.polyfit(index, y, 1) if len(cells) > 1 else np.array([0.0, y[0]])
    use = seen & symmetric
    if use.sum() >= 5:
        found = np.array([b[0] + b[2] / 2 if b else 0.0 for b in boxes])
        fit_x = _robust_line(index[use], found[use], fit_x)
    use = seen & tall
    if use.sum() >= 5:
        found = np.array([b[1] + b[3] / 2 if b else 0.0 for b in boxes])
        fit_y = _robust_line(index[use], found[use], fit_y)
    pitch = float(fit_x[0])
    middle = float(np.polyval(fit_y, (len(cells) - 1) / 2))
    xs, ys = np.polyval(fit_x, index), np.polyval(fit_y, index)
    laid = [_cell(np.array([px, py]), pitch) for px, py in zip(xs, ys, strict=True)]
    skew = float(np.degrees(np.arctan2(fit_y[0], max(pitch, 1e-6))))
    return laid, LineView(number, middle, skew, pitch, float(xs[0]), float(xs[-1]))


_SYMMETRIC = frozenset("AHIMOTUVWXY08<")
"""Characters whose ink stands in the middle of its cell."""


def _robust_line(x: FloatArray, y: FloatArray, guess: FloatArray) -> FloatArray:
    """A line through most points; `guess` where they do not agree."""
    error = y - np.polyval(guess, x)
    near = np.abs(error - np.median(error)) <= 0.35
    for _ in range(2):
        if near.sum() < 5:
            return guess
        fit = np.polyfit(x[near], y[near], 1)
        error = np.abs(y - np.polyval(fit, x))
        near = error <= max(0.10, 2.5 * float(np.median(error)))
    return np.asarray(fit)
