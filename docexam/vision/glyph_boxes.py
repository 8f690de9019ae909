"""Where the ink of a zone stands: cells by the regular pitch, glyphs by the ink itself.

The zone's quad gives the first guess. Every place of a zone is printed, fillers included, so each
line's cells are then laid where gaps fall between its glyphs and no ink is left beside its ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from docexam.vision.glyph_rows import line_runs
from docexam.vision.page_format import CAPITAL_MM, GLYPH_WIDTH_MM, PITCH_MM
from docexam.vision.zone_view import CharacterView, LineView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.nouns.measurement import BoxMm
    from docexam.vision.glyph_rows import Run
    from docexam.vision.page import Linear, PageView
    from docexam.vision.plane import Points

FloatArray = NDArray[np.float64]
Ink = NDArray[np.float32]

# Our starting values.
AROUND_MM = 4.5
CELL_HEIGHT_MM = 3.8
LEAST_INK = 0.10
GROUND_MM = 4.9
FARTHEST_CELLS = 1.6
STRETCH = 0.03
MOVED_MM = 0.10
_SLIVER_MM2 = 0.04
_PROFILE_MM = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """The ink around a zone, (h, w) 0..1; its top-left corner lies at `origin_mm` of the page."""

    ink: Ink
    px_per_mm: float
    origin_mm: tuple[float, float]


def band_of(page: PageView, light: str, quad_mm: Points) -> Band:
    """The ink of one light around a zone."""
    low, high = quad_mm.min(0) - AROUND_MM, quad_mm.max(0) + AROUND_MM
    window = page.window((*low, *(high - low)))
    view = page.lights[light]
    part = view.pixels[window]
    grey = part if part.ndim == 2 else np.asarray(part.mean(axis=2), np.float32)
    x, y, _, _ = page.box_of(window)
    return Band(ink_map(grey, page.px_per_mm), page.px_per_mm, (x, y))


def ink_map(grey: Linear, px_per_mm: float) -> Ink:
    """How much of the local ground's light each point lacks, 0..1: (ground - level) / ground."""
    if min(grey.shape) < 8:
        return np.zeros(grey.shape, np.float32)
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    near = max(3, round(GROUND_MM * px_per_mm / 4) | 1)
    ground = cv2.dilate(small, np.ones((near, near), np.uint8))
    ground = cv2.GaussianBlur(ground, (0, 0), near / 4)
    ground = cv2.resize(ground, grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    lacking = (ground - grey) / np.maximum(ground, 1e-4)
    return np.asarray(np.clip(lacking, 0.0, 1.0), np.float32)


def find_glyphs(
    band: Band, quad_mm: Points, text: Sequence[str]
) -> tuple[tuple[CharacterView, ...], tuple[LineView, ...]]:
    """Every character of `text`, and its lines.

    `quad_mm` (4, 2) runs from half a cell before the first character to half a cell behind the
    last, from the top of the first line's capitals to the bottom of the last line's.
    """
    characters: list[CharacterView] = []
    lines: list[LineView] = []
    columns = max(len(each) for each in text)
    for number, line in enumerate(text):
        cells = _laid(band, line_runs(quad_mm, number, len(text), columns), len(line))
        boxes = [_glyph(band, cell) for cell in cells]
        settled, view = _settled(number + 1, line, cells, boxes)
        if max(abs(a[i] - b[i]) for a, b in zip(cells, settled, strict=True) for i in (0, 1)) > (
            MOVED_MM
        ):
            boxes = [_glyph(band, cell) for cell in settled]
        lines.append(view)
        characters += [
            CharacterView(number + 1, column + 1, line[column], cell, box)
            for column, (cell, box) in enumerate(zip(settled, boxes, strict=True))
        ]
    return tuple(characters), tuple(lines)


def _laid(band: Band, runs: tuple[Run, ...], count: int) -> list[BoxMm]:
    """The cells of one line where the ink's rhythm has them, along the run that suits it best."""
    tried = [(_rhythm(_profile(band, run, count), run.pitch_mm, count), run) for run in runs]
    (_, first, pitch), run = max(tried, key=lambda each: each[0][0])
    at = first + pitch * (np.arange(count, dtype=np.float64) + 0.5)
    return [_cell(middle, pitch) for middle in run.points(at / run.pitch_mm)]


def _profile(band: Band, run: Run, count: int) -> FloatArray:
    """The strongest ink across a line at steps of _PROFILE_MM from two cells before its start."""
    margin = (FARTHEST_CELLS + 1.2) * PITCH_MM
    steps = np.arange(0.0, count * run.pitch_mm + 2 * margin, _PROFILE_MM) - margin
    x, y = (run.points(steps / run.pitch_mm) - np.array(band.origin_mm)).T
    rise = np.arange(-0.9, 0.91, 0.15) * CAPITAL_MM / 2
    map_x = (x[None, :] - run.along[1] * rise[:, None]) * band.px_per_mm - 0.5
    map_y = (y[None, :] + run.along[0] * rise[:, None]) * band.px_per_mm - 0.5
    sampled = cv2.remap(
        band.ink, map_x.astype(np.float32), map_y.astype(np.float32), cv2.INTER_LINEAR
    )
    # the mean of the darkest third: a stroke, not a speck
    darkest = np.partition(sampled, -4, axis=0)[-4:]
    return np.asarray(darkest.mean(axis=0), np.float64)


def _rhythm(profile: FloatArray, guess_mm: float, count: int) -> tuple[float, float, float]:
    """How well the rhythm fits, where the first cell begins from the expected start, and the pitch.

    The latter two in millimetres.
    """
    margin = (FARTHEST_CELLS + 1.2) * PITCH_MM
    level = profile - profile.mean()
    best = (-np.inf, 0.0, guess_mm)
    for growth in np.arange(-STRETCH, STRETCH + 1e-9, STRETCH / 12):
        pitch = guess_mm * (1 + growth)
        template = _template(pitch, count)
        score = np.correlate(level, template, mode="valid")
        # the template begins one cell before the first
        starts = np.arange(len(score)) * _PROFILE_MM - margin + pitch
        near = np.abs(starts) <= FARTHEST_CELLS * guess_mm
        if not near.any():
            continue
        at = int(np.where(near, score, -np.inf).argmax())
        if score[at] > best[0]:
            best = (float(score[at]), float(starts[at]), pitch)
    return best


def _template(pitch: float, count: int) -> FloatArray:
    """What a line of `count` glyphs looks like along it: ink, gaps, and no ink at either end."""
    steps = np.arange(0.0, (count + 2) * pitch, _PROFILE_MM) / pitch
    cell, place = np.divmod(steps, 1.0)
    half = GLYPH_WIDTH_MM / PITCH_MM / 2
    inside = (np.abs(place - 0.5) <= half) & (cell >= 1) & (cell <= count)
    return np.asarray(np.where(inside, 1.0 / inside.sum(), -1.0 / (~inside).sum()), np.float64)


def _cell(middle: FloatArray, pitch: float) -> BoxMm:
    x, y = float(middle[0]), float(middle[1])
    return (x - pitch / 2, y - CELL_HEIGHT_MM / 2, pitch, CELL_HEIGHT_MM)


def _glyph(band: Band, cell: BoxMm) -> BoxMm | None:
    """The extent of the ink in a cell, halfway between it and its ground; None without ink."""
    scale, (ox, oy) = band.px_per_mm, band.origin_mm
    left, top = max(round((cell[0] - ox) * scale), 0), max(round((cell[1] - oy) * scale), 0)
    right = max(round((cell[0] + cell[2] - ox) * scale), 0)
    bottom = max(round((cell[1] + cell[3] - oy) * scale), 0)
    part = band.ink[top:bottom, left:right]
    if part.size < 16:
        return None
    flat = part.ravel()
    middle, upper = flat.size // 2, int(flat.size * 0.97)
    ranked = np.partition(flat, (middle, upper))
    ground, deep = float(ranked[middle]), float(ranked[upper])
    if deep - ground < LEAST_INK:
        return None
    level = (ground + deep) / 2
    marked = (part >= level).astype(np.uint8)
    count, labels, stats, centres = cv2.connectedComponentsWithStats(marked, connectivity=8)
    least = _SLIVER_MM2 * scale**2
    chosen = [
        i
        for i in range(1, count)
        if stats[i, cv2.CC_STAT_AREA] >= least and not _is_foreign(stats[i], centres[i], part)
    ]
    if not chosen:
        return None
    inside = part * (labels == chosen[0] if len(chosen) == 1 else np.isin(labels, chosen))
    x0, x1 = _extent(inside.max(0), part, level)
    y0, y1 = _extent(inside.max(1), part, level)
    x, y = left / scale + ox, top / scale + oy
    return (x + x0 / scale, y + y0 / scale, (x1 - x0) / scale, (y1 - y0) / scale)


def _is_foreign(stats: NDArray[np.int32], centre: FloatArray, part: Ink) -> bool:
    """Whether ink is no part of this glyph: the next one's rim, or what runs out of the cell."""
    rows, columns = part.shape
    left, width = int(stats[cv2.CC_STAT_LEFT]), int(stats[cv2.CC_STAT_WIDTH])
    top, height = int(stats[cv2.CC_STAT_TOP]), int(stats[cv2.CC_STAT_HEIGHT])
    at_side = left == 0 or left + width == columns
    off = abs(float(centre[0]) + 0.5 - columns / 2) / columns
    above_or_below = (top == 0 or top + height == rows) and height < rows / 2
    return bool((at_side and off > 0.33) or above_or_below)


def _extent(profile: Ink, part: Ink, level: float) -> tuple[float, float]:
    """First and last place at which a profile crosses `level`, to a part of a pixel (edges)."""
    above = np.flatnonzero(profile >= level)
    first, last = int(above[0]), int(above[-1])
    whole = part.max(0) if len(profile) == part.shape[1] else part.max(1)
    start, end = float(first), float(last + 1)
    if first > 0 and whole[first - 1] < level:
        start = first + 0.5 - (profile[first] - level) / (profile[first] - whole[first - 1])
    if last + 1 < len(profile) and whole[last + 1] < level:
        end = last + 0.5 + (profile[last] - level) / (profile[last] - whole[last + 1])
    return start, end


def _settled(
    number: int, text: str, cells: list[BoxMm], boxes: list[BoxMm | None]
) -> tuple[list[BoxMm], LineView]:
    """The cells laid on the ink: the middles of its glyphs give the line its place and pitch.

    What is fitted is how far the row of glyphs is from the row of cells.
    """
    index = np.arange(len(cells), dtype=np.float64)
    x = np.array([cell[0] + cell[2] / 2 for cell in cells])
    y = np.array([cell[1] + cell[3] / 2 for cell in cells])
    seen = np.array([box is not None for box in boxes])
    symmetric = np.array([c in _SYMMETRIC for c in text])
    tall = np.array([c != "<" for c in text])
    off_x = off_y = np.zeros(2)
    use = seen & symmetric
    if use.sum() >= 5:
        found = np.array([b[0] + b[2] / 2 if b else 0.0 for b in boxes])
        off_x = _robust_line(index[use], (found - x)[use], off_x)
    use = seen & tall
    if use.sum() >= 5:
        found = np.array([b[1] + b[3] / 2 if b else 0.0 for b in boxes])
        off_y = _robust_line(index[use], (found - y)[use], off_y)
    xs, ys = x + np.polyval(off_x, index), y + np.polyval(off_y, index)
    pitch = float(np.ptp(xs)) / max(len(xs) - 1, 1) if len(xs) > 1 else PITCH_MM
    middle = float(np.interp((len(cells) - 1) / 2, index, ys))
    laid = [_cell(np.array([px, py]), pitch) for px, py in zip(xs, ys, strict=True)]
    run = float(ys[-1] - ys[0]) / max(len(ys) - 1, 1)
    skew = float(np.degrees(np.arctan2(run, max(pitch, 1e-6))))
    return laid, LineView(number, middle, skew, pitch, float(xs[0]), float(xs[-1]))


_SYMMETRIC = frozenset("AHIMOTUVWXY08")
"""Characters whose ink stands in the middle of its cell in OCR-B."""


def _robust_line(x: FloatArray, y: FloatArray, guess: FloatArray) -> FloatArray:
    """A line through most points; `guess` where they do not agree."""
    error = y - np.polyval(guess, x)
    near = np.abs(error - np.median(error)) <= 0.35
    fit = guess
    for _ in range(2):
        if near.sum() < 5 or np.ptp(x[near]) < 0.4 * np.ptp(x):
            return guess
        fit = np.polyfit(x[near], y[near], 1)
        error = np.abs(y - np.polyval(fit, x))
        near = error <= max(0.10, 2.5 * float(np.median(error)))
    return np.asarray(fit)
