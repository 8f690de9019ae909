"""The millimetre grid: pixel centres, antialiased strokes and fills, and noise of a given grain."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Map = NDArray[np.float32]
    Points = NDArray[np.float64]

SHIFT_BITS = 6  # sub-pixel bits of cv2 drawing coordinates: 1/64 px
FINE_PX_PER_MM = 48.0  # strokes are rasterised at least this finely, then averaged down
ANTIALIASING_PX = 0.36  # what cv2.LINE_AA adds to the width of a line (measured)
MAX_PIXELS = 60_000_000


def shape_px(size_mm: tuple[float, float], px_per_mm: float) -> tuple[int, int]:
    """(rows, columns) of a map of (width, height) millimetres.

    Raises UsageError for a size that is not positive or a map above 60 million pixels.
    """
    width, height = size_mm
    if not (width > 0 and height > 0 and px_per_mm > 0 and math.isfinite(width * height)):
        raise UsageError(
            f"artwork of {width} x {height} mm at {px_per_mm} px/mm cannot be drawn",
            code="specimens.artwork-size",
            hint="give a width, a height and a resolution above zero",
        )
    rows, columns = max(1, round(height * px_per_mm)), max(1, round(width * px_per_mm))
    if rows * columns > MAX_PIXELS:
        raise UsageError(
            f"artwork of {columns} x {rows} pixels is too large",
            code="specimens.artwork-size",
            hint="lower the resolution; 600 ppi is enough for every format",
        )
    return rows, columns


def axes_mm(size_mm: tuple[float, float], px_per_mm: float) -> tuple[Map, Map]:
    """Pixel centres in millimetres: x as a row (1, columns), y as a column (rows, 1)."""
    rows, columns = shape_px(size_mm, px_per_mm)
    x = ((np.arange(columns, dtype=np.float32) + 0.5) * (size_mm[0] / columns)).astype(np.float32)
    y = ((np.arange(rows, dtype=np.float32) + 0.5) * (size_mm[1] / rows)).astype(np.float32)
    return x[None, :], y[:, None]


def band_coverage(distance_px: Map, half_width_px: Map | float) -> Map:
    """Share of a unit pixel at `distance_px` covered by a line of half width `half_width_px`.

    Exact for straight lines along the pixel grid, and true in the mean for any other, also where
    the line is thinner than a pixel.
    """
    upper = np.minimum(half_width_px, distance_px + np.float32(0.5))
    lower = np.maximum(-half_width_px, distance_px - np.float32(0.5))
    return np.asarray(np.maximum(upper - lower, np.float32(0)), np.float32)


def line_field(field: Map, half_width_px: Map | float) -> Map:
    """Lines where `field` is an integer, `half_width_px` wide to each side; slope is measured."""
    slope_x = cv2.Sobel(
        field, cv2.CV_32F, 1, 0, ksize=1, scale=0.5, borderType=cv2.BORDER_REPLICATE
    )
    slope_y = cv2.Sobel(
        field, cv2.CV_32F, 0, 1, ksize=1, scale=0.5, borderType=cv2.BORDER_REPLICATE
    )
    # not cv2.magnitude: its last bit depends on where the array lies in memory
    slope = np.sqrt(slope_x * slope_x + slope_y * slope_y)
    distance = np.abs(field - np.rint(field)) / np.maximum(slope, np.float32(1e-4))
    return band_coverage(distance.astype(np.float32), half_width_px)


def oversampling(px_per_mm: float) -> int:
    """How many fine rows make one pixel row when strokes and fills are rasterised."""
    return max(2, math.ceil(FINE_PX_PER_MM / px_per_mm))


def _fixed(points_mm: Points, scale: float) -> NDArray[np.int32]:
    # cv2 places integer coordinates on pixel centres; the map counts from the pixel's corner
    return np.rint((np.asarray(points_mm) * scale - 0.5) * (1 << SHIFT_BITS)).astype(np.int32)


def pen(width_px: float, *, extra_px: float = 0.0) -> tuple[int, float]:
    """The cv2 thickness for a line of `width_px`, and the gain that keeps the mean right.

    OpenCV draws a line of thickness 1 as one pixel, and of thickness 2 n or 2 n - 1 as 2 n + 1;
    antialiased ones are `ANTIALIASING_PX` wider (`extra_px`).
    """
    even = 2 * round((width_px - extra_px - 1) / 2)
    thickness, drawn = (even, even + 1) if even >= 2 else (1, 1)
    return thickness, min(1.0, width_px / (drawn + extra_px))


def strokes(
    size_mm: tuple[float, float],
    px_per_mm: float,
    curves_mm: Iterable[Points],
    width_mm: float,
    *,
    closed: bool = False,
) -> Map:
    """Coverage of open or closed curves, each an (n, 2) array of millimetres."""
    rows, columns = shape_px(size_mm, px_per_mm)
    fine = oversampling(px_per_mm)
    scale = px_per_mm * fine
    canvas = np.zeros((rows * fine, columns * fine), np.uint8)
    thickness, gain = pen(width_mm * scale)
    cv2.polylines(
        canvas,
        [_fixed(c, scale) for c in curves_mm],
        closed,
        255,
        thickness,
        cv2.LINE_8,
        SHIFT_BITS,
    )
    return shrink(canvas, (rows, columns)) * np.float32(gain / 255)


def fill(
    size_mm: tuple[float, float],
    px_per_mm: float,
    polygons_mm: Sequence[tuple[Points, float]],
) -> Map:
    """Coverage of filled polygons, each with its tone 0..1; a later one covers an earlier one."""
    rows, columns = shape_px(size_mm, px_per_mm)
    fine = min(4, oversampling(px_per_mm))
    canvas = np.zeros((rows * fine, columns * fine), np.uint8)
    for points, tone in polygons_mm:
        cv2.fillPoly(
            canvas, [_fixed(points, px_per_mm * fine)], round(255 * tone), cv2.LINE_8, SHIFT_BITS
        )
    return shrink(canvas, (rows, columns)) * np.float32(1 / 255)


def shrink(canvas: NDArray[np.uint8], shape: tuple[int, int]) -> Map:
    """Averages a finer canvas down to `shape`; grey levels 0..255 stay on that scale."""
    if canvas.shape == shape:
        return canvas.astype(np.float32)
    small = cv2.resize(canvas, (shape[1], shape[0]), interpolation=cv2.INTER_AREA)
    return small.astype(np.float32)


def smooth_noise(
    size_mm: tuple[float, float], px_per_mm: float, rng: np.random.Generator, grain_mm: float
) -> Map:
    """Noise of mean 0 and deviation near 1 whose blobs measure `grain_mm`, at any resolution."""
    rows, columns = shape_px(size_mm, px_per_mm)
    across = max(2, math.ceil(size_mm[0] / grain_mm))
    down = max(2, math.ceil(size_mm[1] / grain_mm))
    lattice = rng.standard_normal((down, across)).astype(np.float32)
    drawn = cv2.resize(lattice, (columns, rows), interpolation=cv2.INTER_CUBIC)
    return np.asarray(drawn * np.float32(1.25), np.float32)


def paste(base: Map, piece: Map, at_mm: tuple[float, float], px_per_mm: float) -> None:
    """Lays `piece` over `base` in place (the larger coverage wins), cut at the edges."""
    left, top = round(at_mm[0] * px_per_mm), round(at_mm[1] * px_per_mm)
    rows, columns = piece.shape
    x0, y0 = max(0, left), max(0, top)
    x1, y1 = min(base.shape[1], left + columns), min(base.shape[0], top + rows)
    if x1 <= x0 or y1 <= y0:
        return
    target = base[y0:y1, x0:x1]
    np.maximum(target, piece[y0 - top : y1 - top, x0 - left : x1 - left], out=target)
