"""Lay the picture of one light on that of another: by what both show, as far as they do.

Lights may be several pixels apart. Print that absorbs in both, the page's edges and the portrait
are common to most pairs; where nothing is, the light is taken to lie in the same frame.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from docexam.vision.outline import canvas_of
from docexam.vision.plane import Matrix, affine, shift

if TYPE_CHECKING:
    from docexam.capture.pixels import Pixels
    from docexam.vision.page import RegisteredBy

FloatArray = NDArray[np.float64]
Detail = NDArray[np.float32]

# Our starting values.
PX_PER_MM = 8.0
AROUND_MM = 2.0
TILE_MM = 20.0
STEP_MM = 10.0
FARTHEST_MM = 2.5
LEAST_RESPONSE = 0.06
AGREE_MM = 0.15
LEAST_TILES = 4
AFFINE_TILES = 12


@dataclass(frozen=True, slots=True, eq=False)
class Registered:
    """`to_px` of the other light; `residual_mm` is the spread of the tiles, None without any."""

    to_px: Matrix
    by: RegisteredBy
    residual_mm: float | None


def detail_of(pixels: Pixels, to_px: Matrix, size_mm: tuple[float, float]) -> Detail:
    """Strength of edges on a coarse grid with a little bed around the page, (h, w)."""
    canvas = canvas_of(pixels, to_px, size_mm, px_per_mm=PX_PER_MM, reach_mm=AROUND_MM)
    grey = cv2.GaussianBlur(_mean(canvas.pixels), (0, 0), 0.10 * PX_PER_MM)
    gx = cv2.Scharr(grey, cv2.CV_32F, 1, 0)
    gy = cv2.Scharr(grey, cv2.CV_32F, 0, 1)
    strength = np.sqrt(cv2.magnitude(gx, gy))
    near = cv2.erode(canvas.seen, np.ones((5, 5), np.uint8))
    return np.asarray(strength * near, np.float32)


def _mean(pixels: NDArray[np.float32]) -> NDArray[np.float32]:
    """(h, w) the mean of the channels; NumPy is slow along an axis of three."""
    channels = pixels.shape[2]
    if channels == 1:
        return pixels[..., 0]
    summed = cv2.transform(pixels, np.ones((1, channels), np.float32))
    return np.asarray(summed / np.float32(channels), np.float32)


def register(
    base: Detail, pixels: Pixels, to_px: Matrix, size_mm: tuple[float, float]
) -> Registered:
    """Where a light lies that is expected at `to_px`, against the details of the base light."""
    other = detail_of(pixels, to_px, size_mm)
    places, moves = _tile_shifts(base, other)
    agreed = _agreed(moves)
    if agreed.sum() < LEAST_TILES:
        # farther apart than tiles can tell: pictures that were cropped each for itself
        coarse = np.asarray(to_px @ shift(*_whole_shift(base, other)))
        places, moves = _tile_shifts(base, detail_of(pixels, coarse, size_mm))
        agreed = _agreed(moves)
        if agreed.sum() < LEAST_TILES:
            return Registered(to_px, "frame", None)
        to_px = coarse
    places, moves = places[agreed], moves[agreed]
    move = np.median(moves, axis=0)
    correction = shift(float(move[0]), float(move[1]))
    left = moves - move
    if len(places) >= AFFINE_TILES:
        fitted = affine(places, places + moves)
        rest = moves - (_carried(fitted, places) - places)
        if np.mean(rest**2) < 0.5 * np.mean(left**2):
            correction, left = fitted, rest
    # the mean of several tiles is better known than each
    residual = float(np.sqrt((left**2).sum(axis=1).mean()))
    return Registered(np.asarray(to_px @ correction), "content", residual)


def _whole_shift(base: Detail, other: Detail) -> tuple[float, float]:
    """By how much the other light seems to lie further as a whole, millimetres."""
    window = cv2.createHanningWindow((base.shape[1], base.shape[0]), cv2.CV_32F)
    (dx, dy), _ = cv2.phaseCorrelate(base - base.mean(), other - other.mean(), window)
    return dx / PX_PER_MM, dy / PX_PER_MM


def _carried(matrix: Matrix, points: FloatArray) -> FloatArray:
    return np.asarray(points @ matrix[:2, :2].T + matrix[:2, 2])


def _tile_shifts(base: Detail, other: Detail) -> tuple[FloatArray, FloatArray]:
    """(n, 2) middles of tiles and (n, 2) by how much the other light lies further, millimetres."""
    tile, step = round(TILE_MM * PX_PER_MM), round(STEP_MM * PX_PER_MM)
    rows, columns = base.shape
    window = cv2.createHanningWindow((tile, tile), cv2.CV_32F)
    places, moves = [], []
    for top in range(0, rows - tile + 1, step):
        for left in range(0, columns - tile + 1, step):
            one = base[top : top + tile, left : left + tile]
            two = other[top : top + tile, left : left + tile]
            if one.std() < 1e-3 or two.std() < 1e-3:
                continue
            (dx, dy), response = cv2.phaseCorrelate(one - one.mean(), two - two.mean(), window)
            if response < LEAST_RESPONSE or max(abs(dx), abs(dy)) > FARTHEST_MM * PX_PER_MM:
                continue
            half = tile / 2
            places.append(
                ((left + half) / PX_PER_MM - AROUND_MM, (top + half) / PX_PER_MM - AROUND_MM)
            )
            moves.append((dx / PX_PER_MM, dy / PX_PER_MM))
    return np.array(places).reshape(-1, 2), np.array(moves).reshape(-1, 2)


def _agreed(moves: FloatArray) -> NDArray[np.bool_]:
    """The largest set of tiles that lie alike."""
    if not len(moves):
        return np.zeros(0, np.bool_)
    apart = np.linalg.norm(moves[:, None] - moves[None, :], axis=2)
    return np.asarray(apart[int((apart <= AGREE_MM).sum(1).argmax())] <= AGREE_MM)
