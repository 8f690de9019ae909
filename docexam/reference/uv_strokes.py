"""Short bright strokes of a page under ultraviolet: fibres, and whatever looks like them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.reference.page_sample import GRID_PX_PER_MM

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from docexam.reference.uv_excess import Excess
    from docexam.vision.page import Linear, Mask

STROKE_PX_PER_MM = GRID_PX_PER_MM / 2
"""Of the grid on which strokes are looked for."""
DIRECTIONS = 8
# Our starting values, in pixels of that grid: the stroke's soft width, the ground beside it, and
# the length that is looked at in one piece.
_WIDTH_PX, _BESIDE_PX, _HALF_LENGTH_PX, _HALF_PX = 1.1, 2.6, 3.2, 5
_LIT_PX = 15.0
"""Lamps light places alike that are nearer than this, in millimetres."""
BEYOND_NOISE = 4.5
SHORTEST_MM = 1.5
WIDEST_MM = 1.0
"""Mean width, lens included: wider glow is a blot or a planchette."""
LEAST_PX = 8


@dataclass(frozen=True, slots=True, eq=False)
class Strokes:
    """The strokes of one page.

    `strength` (n,) is the glow across each at its brightest, per millimetre of its length and in
    the level of the page's brightest print; `channel` (n,) 0 blue, 1 green, 2 red, whichever is
    strongest; `places_mm` (n, 2) their middles. Each place (rows, columns) that belongs to a
    stroke is in `at` (m, 2), its stroke in `stroke` (m,). `hidden_below` is the strength
    from which strokes stand out of the noise, `area_cm2` what was looked at.
    """

    strength: NDArray[np.float64]
    channel: NDArray[np.int64]
    places_mm: NDArray[np.float64]
    at: NDArray[np.int64]
    stroke: NDArray[np.int64]
    hidden_below: float
    area_cm2: float

    def only(self, kept: NDArray[np.bool_]) -> Strokes:
        """Those of `kept` (n,)."""
        here = kept[self.stroke]
        return replace(
            self,
            strength=self.strength[kept],
            channel=self.channel[kept],
            places_mm=self.places_mm[kept],
            at=self.at[here],
            stroke=(np.cumsum(kept) - 1)[self.stroke[here]],
        )


@dataclass(frozen=True, slots=True, eq=False)
class Ridges:
    """What runs through each place of a page, (rows, columns): the strongest stroke.

    `strength` as that of `Strokes`; `channel` where it is strongest; `direction` the number of the
    filter that answers to it.
    """

    strength: Linear
    channel: NDArray[np.int64]
    direction: NDArray[np.int64]


def ridges_of(page: Excess, glow: Linear) -> Ridges:
    """The strokes through each place.

    `glow` is that of the model's motifs: how brightly they glow here is the measure of the page.
    """
    shape = (page.level.shape[1] // 2, page.level.shape[0] // 2)
    small = cv2.resize(page.picture, shape, interpolation=cv2.INTER_AREA)
    channels = cv2.split(small - page.ground.astype(np.float32))
    best = np.full(shape[::-1], -np.inf, np.float32)
    strongest = np.zeros(shape[::-1], np.int64)
    direction = np.zeros(shape[::-1], np.int64)
    # channel by channel: the strongest of three at each place would raise the ground by its noise
    for number, channel in enumerate(channels):
        for turn, kernel in enumerate(line_filters()):
            answer = cv2.filter2D(channel, -1, kernel)
            stronger = answer > best
            strongest[stronger] = number
            direction[stronger] = turn
            best = np.maximum(best, answer)
    strength = np.asarray(best / _lit(page, glow, shape), np.float32)
    return Ridges(strength, strongest, direction)


def strokes_of(found: Ridges, free: Mask, faintest: float) -> Strokes:
    """The strokes of `faintest` strength at least, where `free` lets them be looked for."""
    ridges, channels = found.strength, found.channel
    few = ridges[::3, ::3][free[::3, ::3]]
    middle = float(np.median(few)) if len(few) else 0.0
    noise = 1.4826 * float(np.median(np.abs(few - middle))) if len(few) else 1.0
    least = max(BEYOND_NOISE * noise, faintest)
    above = ridges - np.float32(middle)
    marked = ((above > least) & free).astype(np.uint8)
    count, marks, stats, middles = cv2.connectedComponentsWithStats(marked, connectivity=8)
    rows, columns = np.nonzero(marks)
    mark = np.asarray(marks[rows, columns], np.int64)
    strength = np.zeros(count)
    np.maximum.at(strength, mark, above[rows, columns])
    votes = np.zeros((count, 3))
    np.add.at(votes, (mark, channels[rows, columns]), above[rows, columns])
    area = stats[:, cv2.CC_STAT_AREA]
    extent = np.hypot(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    long = extent >= SHORTEST_MM * STROKE_PX_PER_MM
    thin = area / np.maximum(extent, 1) <= WIDEST_MM * STROKE_PX_PER_MM
    kept = long & thin & (area >= LEAST_PX)
    kept[0] = False
    of_kept = kept[mark]
    return Strokes(
        strength=strength[kept],
        channel=np.asarray(votes[kept].argmax(axis=1), np.int64),
        places_mm=np.asarray((middles[kept] + 0.5) / STROKE_PX_PER_MM, np.float64),
        at=np.stack([rows, columns], axis=1)[of_kept].astype(np.int64),
        stroke=(np.cumsum(kept) - 1)[mark[of_kept]],
        hidden_below=BEYOND_NOISE * noise,
        area_cm2=float(free.sum()) / STROKE_PX_PER_MM**2 / 100,
    )


def _lit(page: Excess, glow: Linear, shape: tuple[int, int]) -> Linear:
    """How bright the page's motifs are near each place, the model's being 1."""
    coarse = (max(page.level.shape[1] // 8, 1), max(page.level.shape[0] // 8, 1))
    known = (glow > 0).astype(np.float32)
    here, usual = (
        cv2.GaussianBlur(
            cv2.resize(each * known, coarse, interpolation=cv2.INTER_AREA), (0, 0), _LIT_PX
        )
        for each in (page.level, glow)
    )
    whole = max(float(page.level[glow > 0].sum() / max(float(glow.sum()), 1e-6)), 1e-4)
    # far from all motifs the page as a whole tells
    share = (here + np.float32(1e-3 * whole)) / (usual + np.float32(1e-3))
    return np.asarray(cv2.resize(np.maximum(share, 0.1 * whole), shape), np.float32)


@cache
def line_filters() -> tuple[NDArray[np.float32], ...]:
    """One filter a direction, (11, 11) each.

    Each answers 1 to a soft line of one unit of light per pixel of length, 0 to even ground.
    """
    y, x = np.mgrid[-_HALF_PX : _HALF_PX + 1, -_HALF_PX : _HALF_PX + 1].astype(np.float64)
    kernels = []
    for turn in np.arange(DIRECTIONS) * np.pi / DIRECTIONS:
        along = x * np.cos(turn) + y * np.sin(turn)
        across = y * np.cos(turn) - x * np.sin(turn)
        length = np.clip(_HALF_LENGTH_PX + 0.5 - np.abs(along), 0, 1)
        inner, outer = (length * np.exp(-0.5 * (across / s) ** 2) for s in (_WIDTH_PX, _BESIDE_PX))
        kernel = inner / inner.sum() - outer / outer.sum()
        line = np.exp(-0.5 * (across / 0.7) ** 2) / (0.7 * np.sqrt(2 * np.pi))
        kernels.append((kernel / (kernel * line).sum()).astype(np.float32))
    return tuple(kernels)
