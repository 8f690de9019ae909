"""Where the lines of a zone run between the corners that its reader found, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from docexam.vision.page_format import CAPITAL_MM
from docexam.vision.plane import apply, homography

if TYPE_CHECKING:
    from collections.abc import Callable

    from docexam.vision.plane import Points

FloatArray = NDArray[np.float64]

ASKEW = 0.03
"""Ends of a zone that differ by more in height are seen askew; a reader errs by a third of it."""


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """The middle of one line: `points` says where (n,) cells from its start lie, (n, 2) mm."""

    points: Callable[[FloatArray], FloatArray]
    pitch_mm: float
    along: FloatArray


def line_runs(quad: Points, number: int, count: int, columns: int) -> tuple[Run, ...]:
    """How the line's middle may run, from half a cell before its first character.

    Evenly; and where the zone's ends differ in height, also with cells that grow towards the higher
    one. The ink tells which of the two it is: a reader may err about the height of small print.
    """
    start, end = _line_ends(quad, number, count)
    length = float(np.linalg.norm(end - start))
    along = (end - start) / max(length, 1e-9)
    pitch = length / columns
    heights = (float(np.linalg.norm(quad[3] - quad[0])), float(np.linalg.norm(quad[2] - quad[1])))
    even = Run(lambda cells: start + along * (cells[:, None] * pitch), pitch, along)
    if count < 2 or abs(heights[0] / max(heights[1], 1e-6) - 1) <= ASKEW:
        return (even,)
    unit = np.array([[0.0, 0.0], [columns, 0.0], [columns, 1.0], [0.0, 1.0]])
    onto = homography(unit, quad)
    down = _share_down(sum(heights) / 2, number, count)
    growing = Run(
        lambda cells: apply(onto, np.column_stack([cells, np.full(len(cells), down)])),
        pitch,
        along,
    )
    return even, growing


def _line_ends(quad: Points, number: int, count: int) -> tuple[FloatArray, FloatArray]:
    """Where the middle of one line begins and ends, half a cell beyond its characters."""
    ends = []
    for top, bottom in ((quad[0], quad[3]), (quad[1], quad[2])):
        down = bottom - top
        share = _share_down(float(np.linalg.norm(down)), number, count)
        ends.append(np.asarray(top + share * down, np.float64))
    return ends[0], ends[1]


def _share_down(height_mm: float, number: int, count: int) -> float:
    """How far down a zone the middle of one of its lines runs, 0..1."""
    half = min(CAPITAL_MM / 2, height_mm / 2) / max(height_mm, 1e-6)
    return 0.5 if count == 1 else half + (1 - 2 * half) * number / (count - 1)
