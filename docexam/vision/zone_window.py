"""Which stretch of each line's cells is the printed text: lines of one zone have known lengths.

A smudge at either end of a line looks like a character, a faint last filler like none. The lengths
of Doc 9303 (30, 36, 44) and the common left edge of the lines decide; a zone that fits none of
them keeps its own lengths.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from docexam.mrz.check_digits import check_digits
from docexam.mrz.layouts import identify
from docexam.vision.line_columns import NONE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.vision.line_cells import Cells

FloatArray = NDArray[np.float64]
SHAPES: dict[int, tuple[int, ...]] = {2: (44, 36, 30), 3: (30,), 1: (30,)}
# costs are negative log likelihoods; one clearly wrong cell costs FLOOR
FLOOR = 4.0
EDGE_COST_PER_CELL = 1.5
WORST_COST_PER_LINE = 9.0
UNSURE_SHARE = 0.5
NEAR = 8.0
MAX_OPTIONS = 4
CODE_BONUS = 1.5
DIGIT_BONUS = 1.5


@dataclass(frozen=True, slots=True)
class Window:
    """`first` cell of each line and the length they share (or their own lengths)."""

    first: tuple[int, ...]
    count: tuple[int, ...]
    cost: float


def _costs(cells: Cells) -> tuple[FloatArray, FloatArray]:
    """Cost of calling each cell a character, and of calling it blank."""
    blank = cells.log_probability[:, NONE]
    character = np.log(np.maximum(1 - np.exp(blank), 1e-6))
    sharpness = cells.log_probability[:, :NONE].max(1) - character
    inside = np.minimum(-character - UNSURE_SHARE * sharpness, FLOOR)
    return inside, np.minimum(-blank, FLOOR)


def _line_options(cells: Cells, length: int) -> list[tuple[int, float]]:
    """(first cell, cost) of the best ways to lay `length` characters over the line."""
    inside, outside = _costs(cells)
    n = len(cells)
    total_outside = float(outside.sum())
    options = []
    for first in range(-3, n - length + 4):
        lo, hi = max(0, first), min(n, first + length)
        if hi <= lo:
            continue
        beyond = (length - (hi - lo)) * FLOOR
        cost = float(inside[lo:hi].sum()) + total_outside - float(outside[lo:hi].sum()) + beyond
        options.append((first, cost))
    options.sort(key=lambda option: option[1])
    return options[:MAX_OPTIONS]


def fit_windows(lines: Sequence[Cells], left_edges: Sequence[float]) -> list[Window]:
    """The likeliest stretches of every line, the cheapest first.

    `left_edges` are the places of the lines' first cells along the zone, in cells.
    """
    windows = [
        window
        for length in SHAPES.get(len(lines), ())
        for window in _fit_length(lines, left_edges, length)
        if window.cost <= WORST_COST_PER_LINE * len(lines)
    ]
    windows.sort(key=lambda window: window.cost)
    near = [window for window in windows if window.cost <= windows[0].cost + NEAR]
    return near or [_own_lengths(lines)]


def _fit_length(lines: Sequence[Cells], left_edges: Sequence[float], length: int) -> list[Window]:
    """One window for each likely place of the first line; the other lines follow its edge."""
    options = [_line_options(cells, length) for cells in lines]
    windows = []
    for first, cost in options[0]:
        edge = left_edges[0] + first
        firsts, total = [first], cost
        for line_options, left in zip(options[1:], left_edges[1:], strict=True):
            priced = [
                (own + EDGE_COST_PER_CELL * max(0.0, abs(left + other - edge) - 0.5), other)
                for other, own in line_options
            ]
            price, chosen = min(priced, default=(FLOOR * length, 0))
            firsts.append(chosen)
            total += price
        windows.append(Window(tuple(firsts), (length,) * len(lines), total))
    return windows


def plausibility(lines: Sequence[str]) -> float:
    """How much the text's form speaks for this stretch: its code, and digits that hold.

    It moves the frame of the text by a cell; it never changes a character.
    """
    layout = identify(lines)
    if layout is None:
        return 0.0
    digits = check_digits(layout, lines)
    code = CODE_BONUS if lines[0][0] in "PVIAC" else 0.0
    return code + DIGIT_BONUS * sum(digit.ok for digit in digits)


def _own_lengths(lines: Sequence[Cells]) -> Window:
    firsts, counts, cost = [], [], 0.0
    for cells in lines:
        lit = np.flatnonzero(cells.log_probability[:, NONE] < np.log(0.5))
        first, last = (int(lit[0]), int(lit[-1])) if len(lit) else (0, 0)
        inside, _ = _costs(cells)
        firsts.append(first)
        counts.append(last - first + 1)
        cost += float(inside[first : last + 1].sum())
    return Window(tuple(firsts), tuple(counts), cost + WORST_COST_PER_LINE * len(lines))
