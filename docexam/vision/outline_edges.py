"""Where scan lines that run inwards over a page's side leave the bed, and the line they make."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

# Our starting values.
LEAST_CONTRAST = 7.0  # sRGB levels
NOISE_TIMES = 6.0
LEAST_BED_MM = 0.35
EDGE_WITHIN_MM = 1.2
ON_LINE_MM = 0.20
STEEPEST = 0.16
NEAR_LINE_MM = 0.45
WAVE_WINDOW_MM = 6.0
LEAST_WINDOWS = 6
_TRIALS = 80


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """What each scan line shows, in pixels from its outer end.

    `places` and `steepness` of the edge, NaN where it does not leave the bed; `starts`, where the
    picture begins.
    """

    places: FloatArray
    steepness: FloatArray
    starts: NDArray[np.intp]
    bed: tuple[float, ...]
    bed_spread: float


def find_edges(bands: FloatArray, seen: NDArray[np.bool_], scale: float) -> Edges | None:
    """Where each scan line leaves the bed; None where there is no bed."""
    count, depth = seen.shape
    start = np.where(seen.any(1), seen.argmax(1), depth)
    bed_px = max(2, round(LEAST_BED_MM * scale))
    index = np.minimum(start[:, None] + np.arange(bed_px)[None, :], depth - 1)
    outer = np.take_along_axis(bands, index[..., None], axis=1)
    own = np.median(outer, axis=1)
    usable = start < depth - 2 * bed_px
    places, steep = np.full(count, np.nan), np.full(count, np.nan)
    if usable.sum() < 8:
        return None
    bed = np.median(own[usable], axis=0)
    spread = 1.48 * np.median(np.abs(own[usable] - bed), axis=0)
    noise = float(np.median(np.abs(np.diff(outer[usable], axis=1)))) * 1.05
    threshold = max(LEAST_CONTRAST, NOISE_TIMES * noise)
    # the lamp falls off along the side, so each scan line is held against its own bed
    is_bed = np.abs(own - bed).max(1) <= np.maximum(3 * spread.max(), 2 * threshold)
    off = (_largest(bands - own[:, None, :]) > threshold) & seen
    slope = _largest(np.gradient(bands, axis=1)) * seen
    reach = max(3, round(EDGE_WITHIN_MM * scale))
    for i in np.flatnonzero(usable & is_bed):
        left = int(off[i].argmax())
        if not off[i, left] or left - start[i] < bed_px:
            continue
        places[i] = _steepest(slope[i], max(left - 2, 1), min(left + reach, depth - 2))
        steep[i] = slope[i, min(max(int(places[i]), 0), depth - 1)]
    level = tuple(float(v) for v in np.atleast_1d(bed))
    wander = own[usable] - _smooth(own[usable])
    return Edges(places, steep, start, level, float(1.48 * np.median(np.abs(wander), axis=0).max()))


def _largest(values: FloatArray) -> FloatArray:
    """The largest magnitude of the channels; NumPy is slow along an axis of three."""
    return np.asarray(np.maximum.reduce([np.abs(values[..., i]) for i in range(values.shape[2])]))


def _smooth(levels: FloatArray) -> FloatArray:
    """Levels along a side as a slope: a lamp falls off, a printed field jumps."""
    index = np.linspace(-1.0, 1.0, len(levels))
    return np.stack([np.polyval(np.polyfit(index, c, 2), index) for c in levels.T], axis=1)


def _steepest(slope: FloatArray, low: int, high: int) -> float:
    """The first steep place between two columns, to a part of a pixel, as an edge between cells."""
    part = slope[low:high]
    strong = np.flatnonzero(part >= 0.6 * part.max())
    peak = low + int(strong[0])
    while peak + 1 < high and slope[peak + 1] > slope[peak]:
        peak += 1
    a, b, c = (float(slope[peak + d]) for d in (-1, 0, 1))
    bend = a - 2 * b + c
    off = 0.5 * (a - c) / bend if bend < 0 else 0.0
    return peak + 0.5 + min(max(off, -0.5), 0.5)


def robust_line(along: FloatArray, across: FloatArray) -> tuple[float, float, float, int] | None:
    """A line through most of the points: (at, slope, scatter, how many lie on it)."""
    rng = np.random.default_rng(0)
    pairs = rng.integers(0, len(along), (_TRIALS, 2))
    run = along[pairs[:, 1]] - along[pairs[:, 0]]
    far = np.abs(run) > 0.2 * np.ptp(along)
    if not far.any():
        return None
    slopes = (across[pairs[far, 1]] - across[pairs[far, 0]]) / run[far]
    starts = across[pairs[far, 0]] - slopes * along[pairs[far, 0]]
    miss = np.abs(across[None, :] - starts[:, None] - slopes[:, None] * along[None, :])
    best = int(np.minimum(miss, ON_LINE_MM).sum(1).argmin())
    at, slope = float(starts[best]), float(slopes[best])
    on = miss[best] <= ON_LINE_MM
    for _ in range(2):
        if on.sum() < 6:
            return None
        slope, at = (float(c) for c in np.polyfit(along[on], across[on], 1))
        on = np.abs(across - at - slope * along) <= ON_LINE_MM
    if abs(slope) > STEEPEST or on.sum() < 6:
        return None
    scatter = float(np.sqrt(np.mean((across[on] - at - slope * along[on]) ** 2)))
    return at, slope, scatter, int(on.sum())


def wave_of(
    along: FloatArray, across: FloatArray, line: tuple[float, float]
) -> tuple[float, float] | None:
    """How far an edge swings about its own gentle bow, peak to peak, and how sure that is, mm.

    `line` is (at, slope). The median of each WAVE_WINDOW_MM counts, and not the outermost of these
    on either side, so that no nick or tear does; a bow is taken out, because lenses and pages that
    do not lie flat bend straight edges. None where too little of the edge was seen.
    """
    off = across - line[0] - line[1] * along
    near = np.abs(off) <= NEAR_LINE_MM
    window = np.floor((along - along.min()) / WAVE_WINDOW_MM).astype(int)
    middles, levels, scatter = [], [], []
    for each in range(int(window.max()) + 1):
        own = off[near & (window == each)]
        if len(own) < 0.5 * max((window == each).sum(), 6):
            continue
        level = float(np.median(own))
        middles.append(float(each))
        levels.append(level)
        scatter.append(1.4826 * float(np.median(np.abs(own - level))) / np.sqrt(len(own)))
    if len(levels) < LEAST_WINDOWS:
        return None
    place, level_of = np.array(middles), np.array(levels)
    left_over = np.sort(level_of - np.polyval(np.polyfit(place, level_of, 2), place))
    # the extremes of several windows lie about two standard deviations either way
    return float(left_over[-2] - left_over[1]), max(2.5 * float(np.median(scatter)), 0.01)
