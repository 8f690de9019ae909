"""What lies in the paper itself: fibres, planchettes, the security thread, cloudy formation."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.specimens.artwork.canvas import (
    ANTIALIASING_PX,
    SHIFT_BITS,
    pen,
    shape_px,
    shrink,
    smooth_noise,
)
from docexam.specimens.artwork.microtext import text_row

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Map = NDArray[np.float32]
    Points = NDArray[np.float64]


FIBRE_PX_PER_MM = 24.0  # fibres are thin and short: drawn at least this finely


def fibre_curves(
    size_mm: tuple[float, float],
    rng: np.random.Generator,
    *,
    per_cm2: float,
    length_mm: tuple[float, float],
    curl: float,
) -> list[Points]:
    """Fibres as curves of 9 points in mm; `curl` is the mean turn along one, in radians."""
    area_cm2 = size_mm[0] * size_mm[1] / 100
    count = int(rng.poisson(per_cm2 * area_cm2))
    middle = rng.uniform((0, 0), size_mm, (count, 2))
    start = rng.uniform(0, 2 * math.pi, count)
    turn = rng.normal(0, curl, count)
    wiggle = rng.normal(0, curl * 0.6, count)
    length = rng.uniform(*length_mm, count)
    along = np.linspace(-0.5, 0.5, 9)
    heading = start[:, None] + turn[:, None] * along + wiggle[:, None] * np.sin(along * 6.3)
    step = (length / 8)[:, None]
    x = np.cumsum(np.cos(heading) * step, 1)
    y = np.cumsum(np.sin(heading) * step, 1)
    x += (middle[:, 0] - x[:, 4])[:, None]
    y += (middle[:, 1] - y[:, 4])[:, None]
    return list(np.stack([x, y], 2))


def fibres(
    size_mm: tuple[float, float],
    px_per_mm: float,
    rng: np.random.Generator,
    *,
    kinds: int = 3,
    per_cm2: float = 1.0,
    length_mm: tuple[float, float] = (2.5, 5.0),
    width_mm: float = 0.08,
    curl: float = 1.1,
) -> tuple[Map, ...]:
    """Security fibres strewn at random: one map for each of `kinds` colours.

    `per_cm2` counts all kinds together. Each fibre dips into the sheet along its way, so its
    coverage comes and goes.
    """
    return tuple(
        _drawn_fibres(
            size_mm,
            px_per_mm,
            fibre_curves(size_mm, rng, per_cm2=per_cm2 / kinds, length_mm=length_mm, curl=curl),
            rng,
            width_mm,
        )
        for _ in range(kinds)
    )


def _drawn_fibres(
    size_mm: tuple[float, float],
    px_per_mm: float,
    curves: list[Points],
    rng: np.random.Generator,
    width_mm: float,
) -> Map:
    rows, columns = shape_px(size_mm, px_per_mm)
    fine = max(1, round(FIBRE_PX_PER_MM / px_per_mm))
    canvas = np.zeros((rows * fine, columns * fine), np.uint8)
    scale = px_per_mm * fine
    thickness, gain = pen(width_mm * scale, extra_px=ANTIALIASING_PX)
    for curve in curves:
        deep = 0.72 + 0.28 * np.sin(np.linspace(0, rng.uniform(1, 5), 8) + rng.uniform(0, 6.3))
        fixed = np.rint((curve * scale - 0.5) * (1 << SHIFT_BITS)).astype(np.int32)
        for part, share in enumerate(deep):
            piece = [fixed[part : part + 2]]
            level = round(255 * float(share) * gain)
            cv2.polylines(canvas, piece, False, level, thickness, cv2.LINE_AA, SHIFT_BITS)
    return shrink(canvas, (rows, columns)) * np.float32(1 / 255)


def planchettes(
    size_mm: tuple[float, float],
    px_per_mm: float,
    rng: np.random.Generator,
    *,
    per_cm2: float = 0.25,
    radius_mm: float = 0.6,
) -> Map:
    """Small discs strewn at random in the sheet."""
    canvas = np.zeros(shape_px(size_mm, px_per_mm), np.uint8)
    count = int(rng.poisson(per_cm2 * size_mm[0] * size_mm[1] / 100))
    for x, y, size in zip(
        rng.uniform(0, size_mm[0], count),
        rng.uniform(0, size_mm[1], count),
        rng.normal(1, 0.12, count),
        strict=True,
    ):
        scale = px_per_mm * (1 << SHIFT_BITS)
        centre = (round(x * scale), round(y * scale))
        # cv2 draws half a pixel too far out
        radius = max(1, round(radius_mm * abs(size) * scale - (1 << SHIFT_BITS) / 2))
        cv2.circle(canvas, centre, radius, 255, -1, cv2.LINE_AA, SHIFT_BITS)
    return canvas.astype(np.float32) * np.float32(1 / 255)


def thread(
    size_mm: tuple[float, float],
    px_per_mm: float,
    *,
    at: float = 0.5,
    width_mm: float = 1.2,
    text: str = "",
    window_mm: float = 0.0,
) -> Map:
    """An upright security thread at the share `at` of the width.

    `text` is left clear in the metal along the thread. `window_mm` above 0 lets the thread come
    to the surface in steps of that length.
    """
    rows, columns = shape_px(size_mm, px_per_mm)
    x = np.arange(columns, dtype=np.float32) + 0.5
    middle = at * size_mm[0] * px_per_mm
    half = width_mm * px_per_mm / 2
    band = np.clip(half - np.abs(x - middle) + 0.5, 0, 1).astype(np.float32)
    coverage = np.repeat(band[None, :], rows, 0)
    if text:
        row = text_row((size_mm[1], width_mm), px_per_mm, text=text, letter_mm=width_mm * 0.55)
        upright = np.rot90(row)[:rows]
        left = max(0, round(middle - upright.shape[1] / 2))
        area = coverage[: upright.shape[0], left : left + upright.shape[1]]
        area *= 1 - upright[:, : area.shape[1]]
    if window_mm > 0:
        y = (np.arange(rows, dtype=np.float32) + 0.5) / px_per_mm
        coverage *= ((y // window_mm) % 2 == 0).astype(np.float32)[:, None]
    return coverage


def formation(
    size_mm: tuple[float, float],
    px_per_mm: float,
    rng: np.random.Generator,
    *,
    grain_mm: float = 1.6,
    depth: float = 0.35,
) -> Map:
    """The cloudiness of the sheet in transmitted light: 0 to 1 around 0.5."""
    # clouds are soft: ten points a grain are enough, the rest is enlarging
    enough = min(px_per_mm, 10 / grain_mm)
    coarse = smooth_noise(size_mm, enough, rng, grain_mm)
    fine = smooth_noise(size_mm, enough, rng, grain_mm / 3)
    cloud = np.clip(0.5 + depth * (0.3 * coarse + 0.2 * fine), 0, 1)
    rows, columns = shape_px(size_mm, px_per_mm)
    return np.asarray(
        cv2.resize(cloud, (columns, rows), interpolation=cv2.INTER_LINEAR), np.float32
    )
