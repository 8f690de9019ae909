"""A strip of print around one line of text of the visual zone, and the letters in it.

A strip lies upright on the model's grid but has the page's own detail: it is cut from the page
where the model's box lies on it. Text is measured in the brightest channel of white light, in which
coloured print is pale and black is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from docexam.vision.glyph_boxes import ink_map

if TYPE_CHECKING:
    from docexam.nouns.measurement import BoxMm
    from docexam.reference.page_sample import PageSample

Ink = NDArray[np.float32]

# Our starting values.
STRIP_PX_PER_MM = 12.0
LEAST_INK = 0.15
GROUND_SHARE = 60
MOST_LEVEL = 0.72
"""Ink begins halfway between a strip's strokes and its ground, a percentile of all its points."""
LETTER_HEIGHTS = (0.72, 1.4)
"""Of a letter against the capitals of its line: what is less is a mark, a point or a caption."""
WIDEST_HEIGHTS = 2.2
SPECK_MM2 = 0.08
LEAST_RUNS = 5


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """Ink (h, w) of one line, 1 where it is as deep as this line's strokes; STRIP_PX_PER_MM fine.

    `origin_mm` is the top left of its first pixel on the model. `depth` is the share of the
    paper's light that the strokes keep away, before it was set to 1. `level` parts strokes from
    what is printed beneath them.
    """

    ink: Ink
    origin_mm: tuple[float, float]
    depth: float
    level: float


@dataclass(frozen=True, slots=True)
class Letter:
    """One piece of print of a letter's height: its ink's edges on the model, millimetres."""

    left: float
    top: float
    right: float
    bottom: float
    window: tuple[int, int, int, int]

    @property
    def height(self) -> float:
        """From its top to its bottom."""
        return self.bottom - self.top


def cut_strip(sample: PageSample, box_mm: BoxMm) -> Strip | None:
    """The strip over a box of the model; None where white light did not see it or has no ink."""
    view = sample.view.lights.get("white")
    if view is None:
        return None
    x, y, w, h = box_mm
    size = (max(round(w * STRIP_PX_PER_MM), 8), max(round(h * STRIP_PX_PER_MM), 8))
    scale = sample.view.px_per_mm
    to_mm = np.array(
        [
            [1 / STRIP_PX_PER_MM, 0, x + 0.5 / STRIP_PX_PER_MM],
            [0, 1 / STRIP_PX_PER_MM, y + 0.5 / STRIP_PX_PER_MM],
            [0, 0, 1],
        ]
    )
    to_px = np.array([[scale, 0, -0.5], [0, scale, -0.5], [0, 0, 1]])
    matrix = to_px @ sample.placing.to_page @ to_mm
    # only the part of the page under the strip is touched
    corners = matrix @ np.array([[0, size[0], size[0], 0], [0, 0, size[1], size[1]], [1, 1, 1, 1]])
    rows, columns = sample.view.shape
    left, top = (max(int(v.min()) - 2, 0) for v in corners[:2])
    right, bottom = min(int(corners[0].max()) + 3, columns), min(int(corners[1].max()) + 3, rows)
    if right - left < 8 or bottom - top < 8:
        return None
    part = view.pixels[top:bottom, left:right]
    level = part.max(axis=2) if part.ndim == 3 else part
    matrix[0, 2] -= left
    matrix[1, 2] -= top
    how = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    grey = cv2.warpAffine(
        np.asarray(level, np.float32), matrix[:2], size, flags=how, borderMode=cv2.BORDER_REPLICATE
    )
    mask = view.mask[top:bottom, left:right]
    if mask.mean() < 0.98:
        return None
    ink = ink_map(np.asarray(grey, np.float32), STRIP_PX_PER_MM)
    return _deep(ink, (x, y))


def _deep(ink: Ink, origin_mm: tuple[float, float]) -> Strip | None:
    """The strip with its strokes at 1; strokes cover a few hundredths of a line."""
    depth = float(np.percentile(ink, 98.5))
    if depth < LEAST_INK:
        return None
    ink = np.asarray(ink / depth, np.float32)
    level = min((1 + float(np.percentile(ink, GROUND_SHARE))) / 2, MOST_LEVEL)
    return Strip(ink, origin_mm, depth, level)


def find_letters(strip: Strip, cap_mm: float, raised: float = 0.0) -> list[Letter]:
    """Letters of about `cap_mm` from left to right; those cut by the strip's rim are left out.

    `raised` above the strip's level, less is joined by what is printed beneath.
    """
    marked = (strip.ink >= strip.level + raised).astype(np.uint8)
    count, labels, found, _ = cv2.connectedComponentsWithStats(marked, connectivity=8)
    stats = np.asarray(found, np.int32)
    rows, columns = marked.shape
    low, high = (share * cap_mm * STRIP_PX_PER_MM for share in LETTER_HEIGHTS)
    of_piece = np.asarray(labels, np.int32)
    letters = []
    for i in range(1, count):
        x, y, w, h, area = (int(v) for v in stats[i])
        if not low <= h <= high or w > WIDEST_HEIGHTS * cap_mm * STRIP_PX_PER_MM:
            continue
        if x == 0 or y == 0 or x + w == columns or y + h == rows:
            continue
        if area < SPECK_MM2 * STRIP_PX_PER_MM**2:
            continue
        letters.append(_letter(strip, of_piece, i, (x, y, w, h)))
    return sorted(letters, key=lambda letter: letter.left)


def _letter(
    strip: Strip, labels: NDArray[np.int32], number: int, box: tuple[int, int, int, int]
) -> Letter:
    x, y, w, h = box
    part = strip.ink[y - 1 : y + h + 1, x - 1 : x + w + 1]
    own = labels[y - 1 : y + h + 1, x - 1 : x + w + 1]
    part = np.where((own == number) | (own == 0), part, 0.0)
    inside = np.zeros(part.shape, bool)
    inside[1:-1, 1:-1] = True
    across, down = part.max(axis=0), part.max(axis=1)
    left, right = _crossings(np.asarray(across, np.float64), strip.level)
    top, bottom = _crossings(np.asarray(down, np.float64), strip.level)
    ox, oy = strip.origin_mm
    scale = STRIP_PX_PER_MM
    return Letter(
        ox + (x - 1 + left) / scale,
        oy + (y - 1 + top) / scale,
        ox + (x - 1 + right) / scale,
        oy + (y - 1 + bottom) / scale,
        box,
    )


def _crossings(profile: NDArray[np.float64], level: float) -> tuple[float, float]:
    """Where a profile first rises to `level` and last falls below it, between pixels (edges)."""
    above = np.flatnonzero(profile >= level)
    first, last = int(above[0]), int(above[-1])
    start, end = first + 0.5, last + 0.5
    if first > 0:
        low, high = profile[first - 1], profile[first]
        start -= float((high - level) / max(high - low, 1e-6))
    if last + 1 < len(profile):
        low, high = profile[last + 1], profile[last]
        end += float((high - level) / max(high - low, 1e-6))
    return start, end


def strokes_mm(strip: Strip, letters: list[Letter]) -> list[float]:
    """For each letter the width of its upright strokes: the usual run of ink along a row."""
    widths = []
    for letter in letters:
        x, y, w, h = letter.window
        rows = slice(y + round(0.2 * h), y + round(0.8 * h) + 1)
        lengths = _runs(np.asarray(strip.ink[rows, x - 1 : x + w + 1], np.float64), strip.level)
        if len(lengths) >= LEAST_RUNS:
            # level strokes make long runs, thin ones of a serif face short ones
            widths.append(float(np.median(lengths)) / STRIP_PX_PER_MM)
    return widths


def _runs(part: NDArray[np.float64], level: float) -> NDArray[np.float64]:
    """Lengths in pixels of the runs above `level` along each row, to a part of a pixel."""
    above = part >= level
    steps = np.diff(above.astype(np.int8), axis=1)
    at_row, rise = np.nonzero(steps == 1)
    _, fall = np.nonzero(steps == -1)
    if len(rise) != len(fall):
        return np.zeros(0)
    low, high = part[at_row, rise], part[at_row, rise + 1]
    start = rise + (level - low) / np.maximum(high - low, 1e-6)
    low, high = part[at_row, fall + 1], part[at_row, fall]
    end = fall + (high - level) / np.maximum(high - low, 1e-6)
    return np.asarray(end - start)
