"""Look at printed lines: straighten each, recognise it, and correct how it runs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from docexam.vision.line_cells import Cells, find_cells
from docexam.vision.line_columns import NONE, Columns, look
from docexam.vision.line_strip import Image, LinePath, LineStrip, cut_strip

if TYPE_CHECKING:
    from collections.abc import Sequence

FloatArray = NDArray[np.float64]
# a strip whose line strays further than this (capital heights) or differs in size is cut anew
STRAY_CAPS = 0.15
MISSIZED = 0.13
MAX_LOOKS = 4
WORTH_ANOTHER_LOOK = 0.5
EXTEND_CAPS = 9.0


@dataclass(frozen=True, slots=True)
class LineView:
    """One recognised line: its path in the picture and its cells, `u` their places on the path."""

    path: LinePath
    cells: Cells
    u: FloatArray
    strength: float


def _strength(columns: Columns) -> float:
    """How much of a strip is surely machine readable text: sum over its columns."""
    best = np.exp(columns.log_probability[:, :NONE].max(1))
    return float((best**2).sum())


def _mean_surety(columns: Columns) -> float:
    """Mean probability of the likeliest character over the columns that hold one."""
    best = np.exp(columns.log_probability[:, :NONE].max(1))
    return float((best * columns.inside).sum() / max(float(columns.inside.sum()), 1e-6))


def _refined(strip: LineStrip, columns: Columns) -> LinePath | None:
    """The path corrected by where the network saw the line; None where it saw too little."""
    lit = columns.inside > 0.5
    if lit.sum() < 12:
        return None
    u = strip.u_at(columns.x)[lit]
    path = strip.path
    height = np.polyval(path.height, u) * np.ones_like(u)
    degree = 2 if lit.sum() > 60 else 1
    weight = columns.inside[lit]
    across = np.polyval(path.bend, u) + columns.offset[lit] * height
    bend = _robust_fit(u, across, weight, degree)
    tall = _robust_fit(u, height * np.exp(np.clip(columns.log_height[lit], -0.5, 0.5)), weight, 1)
    if np.min(np.polyval(tall, u)) < 1.0:
        return None
    return replace(
        path,
        bend=tuple(bend),
        height=tuple(tall),
        first_u=float(u.min()),
        last_u=float(u.max()),
    )


def _robust_fit(x: FloatArray, y: FloatArray, weight: FloatArray, degree: int) -> FloatArray:
    """Polynomial through points of which some are wrong: refitted without the far ones."""
    fit = np.polyfit(x, y, degree, w=weight)
    for _ in range(2):
        error = np.abs(y - np.polyval(fit, x))
        keep = error <= max(2.5 * float(np.median(error)), 1e-3)
        if keep.sum() <= degree + 4:
            break
        fit = np.polyfit(x[keep], y[keep], degree, w=weight[keep])
    return np.asarray(fit)


def _strays(columns: Columns) -> bool:
    lit = columns.inside > 0.5
    if lit.sum() < 12:
        return False
    return bool(
        np.percentile(np.abs(columns.offset[lit]), 80) > STRAY_CAPS
        or np.percentile(np.abs(columns.log_height[lit]), 80) > MISSIZED
    )


def view_lines(grey: Image, paths: Sequence[LinePath]) -> list[LineView | None]:
    """Recognise lines; each is straightened anew while a look shows that it lies otherwise."""
    seen: list[tuple[LineStrip, Columns, LinePath | None]] = []
    todo = list(enumerate(paths))
    for _ in range(MAX_LOOKS):
        strips = [cut_strip(grey, path) for _, path in todo]
        again: list[tuple[int, LinePath]] = []
        for (i, _), strip, columns in zip(
            todo, strips, look([strip.pixels for strip in strips]), strict=True
        ):
            path = _refined(strip, columns)
            if i == len(seen):
                seen.append((strip, columns, path))
            elif path is not None and _strength(columns) >= 0.9 * _strength(seen[i][1]):
                seen[i] = (strip, columns, path)
            else:
                continue
            unfit = _strays(columns) or _cut_short(columns)
            if path is not None and unfit and _mean_surety(columns) >= WORTH_ANOTHER_LOOK:
                again.append((i, _longer(path, columns)))
        todo = again
        if not todo:
            break
    return [_view(strip, columns, path) for strip, columns, path in seen]


def _cut_short(columns: Columns) -> bool:
    """Whether text runs on to the very end of the strip."""
    return _lit_at(columns, slice(0, 4)) or _lit_at(columns, slice(-4, None))


def _lit_at(columns: Columns, end: slice) -> bool:
    return bool(columns.inside[end].max() > 0.5)


def _longer(path: LinePath, columns: Columns) -> LinePath:
    """The path with more room at the ends where the text ran out of the strip."""
    more = EXTEND_CAPS * path.middle_height_px
    first = path.first_u - (more if _lit_at(columns, slice(0, 4)) else 0.0)
    last = path.last_u + (more if _lit_at(columns, slice(-4, None)) else 0.0)
    return replace(path, first_u=first, last_u=last)


def _view(strip: LineStrip, columns: Columns, path: LinePath | None) -> LineView | None:
    cells = find_cells(columns)
    if cells is None or path is None:
        return None
    return LineView(path, cells, strip.u_at(cells.x), _strength(columns))


def upright(grey: Image, paths: Sequence[LinePath]) -> list[LinePath]:
    """The lines in reading direction: the way round in which more of the text is recognised.

    The first third of every line is tried; the rest of the line only where that does not tell.
    """
    there, back = 0.0, 0.0
    for part in (0.35, 1.0):
        pieces = [
            replace(path, last_u=path.first_u + part * (path.last_u - path.first_u))
            for path in paths
        ]
        strips = [cut_strip(grey, piece).pixels for piece in pieces]
        turned = [np.ascontiguousarray(pixels[::-1, ::-1]) for pixels in strips]
        answers = look([*strips, *turned])
        there = sum(_strength(columns) for columns in answers[: len(paths)])
        back = sum(_strength(columns) for columns in answers[len(paths) :])
        if max(there, back) > 1.25 * min(there, back) + 10:
            break
    if there >= back:
        return list(paths)
    return [path.turned() for path in reversed(paths)]
