"""From columns to characters: follow the regular pitch of the print along the line.

Machine readable zones are printed at one pitch (Doc 9303-3, 4.4), so each column's place in its
cell, added up along the line, numbers the cells without any of them having to be separated.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from docexam.vision.line_columns import NONE, Columns
from docexam.vision.line_strip import STRIDE, STRIP_CAP

FloatArray = NDArray[np.float64]
# pitch over capital height is 1.03 in OCR-B size 1; wider and narrower print is still followed
PITCH_RANGE_PX = (0.70 * STRIP_CAP, 1.55 * STRIP_CAP)
LOOP_GAIN = 0.35
DRIFT_GAIN = 0.02
CELL_HALF_WIDTH = 0.34
INSIDE = 0.5


@dataclass(frozen=True, slots=True)
class Cells:
    """The characters of one line: `x` (n,) strip columns of their middles, `pitch_px` in the strip.

    `log_probability` (n, 38): the image's evidence for each character of the alphabet, and none.
    `tilde` (n,): probability that the character is an N with a tilde.
    """

    x: FloatArray
    log_probability: FloatArray
    pitch_px: float
    tilde: FloatArray

    def __len__(self) -> int:
        return len(self.x)

    def part(self, first: int, count: int) -> Cells:
        """`count` cells from index `first`; cells beyond the ends are taken as blank."""
        n = len(self)
        index = np.arange(first, first + count)
        known = (index >= 0) & (index < n)
        blank = np.full((count, NONE + 1), np.log(1e-4 / NONE))
        blank[:, NONE] = 0.0
        rows = np.where(known[:, None], self.log_probability[np.clip(index, 0, n - 1)], blank)
        ends = self.x[0] + index * self.pitch_px
        x = np.where(known, self.x[np.clip(index, 0, n - 1)], ends)
        tilde = np.where(known, self.tilde[np.clip(index, 0, n - 1)], 0.0)
        return Cells(x, rows, self.pitch_px, tilde)


def find_cells(columns: Columns) -> Cells | None:
    """The cells of a strip and one beyond either end of the text; None where nothing is read."""
    inside = columns.inside
    if (inside > INSIDE).sum() < 8:
        return None
    pitch = _pitch(columns.phase, inside)
    if pitch is None:
        return None
    count = _follow(columns.phase, inside, pitch)
    lit = np.flatnonzero(inside > INSIDE)
    first, last = round(float(count[lit[0]])), round(float(count[lit[-1]]))
    indices = np.arange(first - 1, last + 2)
    x = np.interp(indices, count, columns.x)
    # beyond the strip's ends the interpolation stands still: step on by the pitch
    x = np.where(indices < count[0], columns.x[0] - (count[0] - indices) * pitch, x)
    x = np.where(indices > count[-1], columns.x[-1] + (indices - count[-1]) * pitch, x)
    weight = _weights(columns, count, indices)
    evidence = _evidence(columns, weight)
    beyond = (indices < count[0] - 0.5) | (indices > count[-1] + 0.5)
    evidence[beyond] = np.log(1e-4 / NONE)
    evidence[beyond, NONE] = 0.0
    return Cells(x, evidence, pitch, np.asarray(weight @ columns.tilde))


def _pitch(phase: FloatArray, inside: FloatArray) -> float | None:
    """Strip pixels from character to character, from the typical step of the phase."""
    step = np.diff(phase)
    step -= np.round(step)
    weight = np.minimum(inside[1:], inside[:-1]) > INSIDE
    low, high = STRIDE / PITCH_RANGE_PX[1], STRIDE / PITCH_RANGE_PX[0]
    good = step[weight & (step > low * 0.6) & (step < high * 1.4)]
    if len(good) < 6:
        return None
    pitch = STRIDE / float(np.median(good))
    return pitch if PITCH_RANGE_PX[0] <= pitch <= PITCH_RANGE_PX[1] else None


def _follow(phase: FloatArray, inside: FloatArray, pitch: float) -> FloatArray:
    """Cell number (integer in the middle of a cell) at each column: a phase-locked loop.

    It starts in the surest stretch and runs out to both ends, so that a damaged or empty end
    cannot shift the whole line.
    """
    n = len(phase)
    window = np.convolve(inside, np.ones(15) / 15, mode="same")
    start = int(np.argmax(window))
    count = np.zeros(n)
    count[start] = phase[start]
    for way in (1, -1):
        rate = STRIDE / pitch
        low, high = rate * 0.93, rate * 1.07
        for i in range(start + way, n if way > 0 else -1, way):
            guess = count[i - way] + way * rate
            error = phase[i] - guess
            error -= np.round(error)
            trust = inside[i] if abs(error) < 0.3 else inside[i] * 0.3
            count[i] = guess + LOOP_GAIN * trust * error
            rate = min(high, max(low, rate + way * DRIFT_GAIN * trust * error))
    return np.maximum.accumulate(count + np.arange(n) * 1e-6)


def _weights(columns: Columns, count: FloatArray, indices: NDArray[np.int64]) -> FloatArray:
    """(cells, columns) share of each column in each cell: its middle counts most."""
    distance = np.abs(count[None, :] - indices[:, None])
    weight = np.clip(1 - distance / CELL_HALF_WIDTH, 0, None)
    total = weight.sum(1, keepdims=True)
    nearest = np.eye(len(columns.x))[distance.argmin(1)]
    return np.asarray(np.where(total > 0, weight / np.maximum(total, 1e-9), nearest))


def _evidence(columns: Columns, weight: FloatArray) -> FloatArray:
    """Mean log probability of the columns of each cell, normalised."""
    mean = weight @ columns.log_probability
    mean = mean - mean.max(1, keepdims=True)
    return np.asarray(mean - np.log(np.exp(mean).sum(1, keepdims=True)))
