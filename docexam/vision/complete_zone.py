"""Find the lines that the finder missed: Doc 9303 says where they run beside those it found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from docexam.vision.line_columns import NONE
from docexam.vision.line_view import LineView, view_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.vision.line_strip import Image, LinePath

FloatArray = NDArray[np.float64]
# Line spacing over character pitch: 6.35 / 2.54 and 4.23 / 2.54 mm (Doc 9303-4 to -7)
SPACINGS = (6.35 / 2.54, 4.23 / 2.54)
MAX_LINES = 3
# Our starting values: a line is machine readable print when its characters are this sure
MEAN_SURETY = 0.72
SHORTEST = 9
LONGEST_OF_THREE = 32


def surety(view: LineView) -> float:
    """Mean probability of the likeliest character over the cells that hold one."""
    best = np.exp(view.cells.log_probability[:, :NONE].max(1))
    lit = view.cells.log_probability[:, NONE] < np.log(0.5)
    return float(best[lit].mean()) if lit.any() else 0.0


def length(view: LineView) -> int:
    """How many cells hold a character."""
    return int((view.cells.log_probability[:, NONE] < np.log(0.5)).sum())


def is_print(view: LineView | None) -> bool:
    """Whether a line looks like a line of a machine readable zone."""
    return view is not None and length(view) >= SHORTEST and surety(view) >= MEAN_SURETY


def complete(grey: Image, views: Sequence[LineView]) -> list[LineView]:
    """`views` with the lines above and below them that belong to the same zone, top to bottom."""
    found = sorted(views, key=lambda view: _height_in(views[0], view))
    if _is_whole(found):
        return found
    for way in (-1, 1):
        while len(found) < MAX_LINES:
            end = found[0] if way < 0 else found[-1]
            new = _neighbour(grey, end, way, found)
            if new is None:
                break
            found.insert(0 if way < 0 else len(found), new)
    return found


def _is_whole(views: Sequence[LineView]) -> bool:
    """Whether the lines are as many as a zone of their length has."""
    longest = max(length(view) for view in views)
    return len(views) >= (3 if longest <= LONGEST_OF_THREE else 2)


def _step(view: LineView) -> float:
    return float(np.median(np.diff(view.u)))


def _middle(view: LineView) -> FloatArray:
    middle = np.array([(view.path.first_u + view.path.last_u) / 2])
    return np.asarray(view.path.point(middle)[0])


def _height_in(reference: LineView, view: LineView) -> float:
    """How far below the reference's line another line runs, pixels."""
    ax, ay = reference.path.axis
    dx, dy = _middle(view) - _middle(reference)
    return float(-dx * ay + dy * ax)


def _neighbour(grey: Image, view: LineView, way: int, known: Sequence[LineView]) -> LineView | None:
    spacings: tuple[float, ...] = SPACINGS
    if len(known) > 1:
        gaps = [_height_in(known[i], known[i + 1]) / _step(view) for i in range(len(known) - 1)]
        spacings = (float(np.median(gaps)),)
    paths = [_beside(view.path, way * spacing * _step(view)) for spacing in spacings]
    for other in view_lines(grey, paths):
        if other is None or not is_print(other) or length(other) < 0.8 * length(view):
            continue
        if all(abs(_height_in(line, other)) > 0.8 * _step(view) for line in known):
            return other
    return None


def _beside(path: LinePath, offset_px: float) -> LinePath:
    return replace(path, bend=(*path.bend[:-1], path.bend[-1] + offset_px))
