"""Read one zone: straighten its lines, recognise them, and say what is printed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from docexam.mrz.clean import clean
from docexam.nouns.zone import ZoneText
from docexam.vision.line_cells import Cells, find_cells
from docexam.vision.line_columns import NONE, Columns, look
from docexam.vision.line_strip import Image, LinePath, LineStrip, cut_strip
from docexam.vision.resolve import OPEN_BELOW, Resolution, resolve
from docexam.vision.zone_window import Window, fit_windows, plausibility

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.nouns.reading import Problem, Quad

FloatArray = NDArray[np.float64]
# a strip whose line strays further than this (capital heights) or differs in size is cut anew
STRAY_CAPS = 0.12
MISSIZED = 0.10
MAX_LOOKS = 4
EXTEND_CAPS = 9.0
MAX_LINES = 3
TILDE = 0.6
LEFT_OUT_COST = 12.0


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
        or abs(float(np.median(columns.log_height[lit]))) > MISSIZED
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
            if path is not None and (_strays(columns) or _cut_short(columns)):
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


def zone_text(views: Sequence[LineView]) -> tuple[ZoneText, float]:
    """The text of recognised lines from top to bottom, and the mean surety of its characters.

    Lines of other print above or below the zone are left out.
    """
    best: tuple[float, Sequence[LineView], Window, Resolution, list[Cells]] | None = None
    for run in _runs(views):
        for window in fit_windows([view.cells for view in run], _left_edges(run)):
            parts = [
                view.cells.part(first, count)
                for view, first, count in zip(run, window.first, window.count, strict=True)
            ]
            resolution = resolve([part.log_probability for part in parts])
            cost = window.cost + LEFT_OUT_COST * (len(views) - len(run))
            cost -= plausibility(resolution.lines)
            if best is None or cost < best[0]:
                best = (cost, run, window, resolution, parts)
    if best is None:
        raise ValueError("a zone has at least one line")
    _, run, window, resolution, parts = best
    surety = float(np.mean(np.concatenate(resolution.surety)))
    quad = _quad(run, window.first, window.count)
    return _as_text(resolution, parts, quad), surety


def _runs(views: Sequence[LineView]) -> list[Sequence[LineView]]:
    """All lines; or, where there are too many for any zone, each run of neighbours."""
    runs = [views] if len(views) <= MAX_LINES else []
    for count in range(min(MAX_LINES, len(views) - 1), 1, -1):
        runs += [views[i : i + count] for i in range(len(views) - count + 1)]
    return runs


def _left_edges(views: Sequence[LineView]) -> list[float]:
    """Where each line's first cell lies along the zone, in cells."""
    axis = np.array(views[0].path.axis)
    pitch = float(np.median([np.median(np.diff(view.u)) for view in views]))
    return [float(view.path.point(view.u[:1])[0] @ axis) / pitch for view in views]


def _as_text(resolution: Resolution, parts: Sequence[Cells], quad: Quad) -> ZoneText:
    blank = max(float(np.exp(part.log_probability[:, NONE]).max()) for part in parts)
    worst = min(float(surety.min()) for surety in resolution.surety)
    return ZoneText(
        lines=resolution.lines,
        problems=_foreign_letters(resolution.lines, parts),
        confident=worst >= OPEN_BELOW and blank < 0.5,
        confidence=round(min(worst, 1.0 - blank), 4),
        resolved=resolution.resolved,
        quad_px=quad,
    )


def _foreign_letters(lines: Sequence[str], parts: Sequence[Cells]) -> tuple[Problem, ...]:
    """The problems of printed letters outside the zone's alphabet: N with a tilde."""
    printed = [
        "".join("Ñ" if c == "N" and t > TILDE else c for c, t in zip(line, part.tilde, strict=True))
        for line, part in zip(lines, parts, strict=True)
    ]
    return clean(printed).problems if "Ñ" in "".join(printed) else ()


def _ends(view: LineView, first: int, count: int) -> tuple[float, float]:
    """Where along its path the text begins and ends, with half a cell at either side."""
    step = float(np.median(np.diff(view.u)))
    index = np.arange(len(view.u))
    at = np.polyfit(index, view.u, 1)
    return (
        float(np.polyval(at, first)) - step / 2,
        float(np.polyval(at, first + count - 1)) + step / 2,
    )


def _quad(views: Sequence[LineView], first: Sequence[int], count: Sequence[int]) -> Quad:
    corners = []
    for view, start, n, side in (
        (views[0], first[0], count[0], -0.5),
        (views[-1], first[-1], count[-1], 0.5),
    ):
        ends = np.array(_ends(view, start, n))
        tall = np.polyval(view.path.height, ends) * np.ones(2)
        corners.append(view.path.point(ends, tall * side))
    top, bottom = corners
    points = [top[0], top[1], bottom[1], bottom[0]]
    a, b, c, d = ((round(float(x), 1), round(float(y), 1)) for x, y in points)
    return (a, b, c, d)
