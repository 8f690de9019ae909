"""Read one zone: lay the lengths of Doc 9303 over its lines, and say what is printed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from docexam.mrz.clean import clean
from docexam.nouns.zone import ZoneText
from docexam.vision.line_columns import NONE
from docexam.vision.line_view import LineView, view_lines
from docexam.vision.resolve import OPEN_BELOW, Resolution, resolve
from docexam.vision.zone_window import Window, fit_windows, plausibility

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.nouns.reading import Problem, Quad
    from docexam.vision.line_cells import Cells
    from docexam.vision.line_strip import Image

FloatArray = NDArray[np.float64]
MAX_LINES = 3
TILDE = 0.6
LEFT_OUT_COST = 12.0
# Our starting values, as tangents: print that leans less is read as well as it stands; more is no
# document seen from the side.
LEANING = 0.05
WORST_LEAN = 1.2
LOST_SURETY = 0.05
TOO_WIDE = 1.06
PITCH_OVER_CAPS = 2.54 / 2.46  # Doc 9303-3, 4.4; OCR-B size 1
SPACINGS = {2: 6.35 / 2.54, 3: 4.23 / 2.54}  # lines over pitch, Doc 9303-4 to -7


@dataclass(frozen=True, slots=True)
class ZoneRead:
    """A zone's text with the lines that it was read from.

    `surety` is the mean probability of its characters; `first` and `count` are the stretch of each
    line's cells that is the text.
    """

    text: ZoneText
    surety: float
    views: tuple[LineView, ...]
    first: tuple[int, ...]
    count: tuple[int, ...]


def read_zone(grey: Image, views: Sequence[LineView]) -> ZoneRead:
    """The text of a zone; print seen from the side is set upright and read again."""
    read = zone_read(views)
    slants, wide = _slants(read), _width(read)
    if slants is None and wide == 1.0:
        return read
    paths = [
        replace(view.path, slant=slant, wide=view.path.wide * wide)
        for view, slant in zip(
            read.views, slants or [view.path.slant for view in read.views], strict=True
        )
    ]
    again = [view for view in view_lines(grey, paths) if view is not None]
    if len(again) != len(read.views):
        return read
    upright = zone_read(again)
    # distorted print can be read wrongly and yet surely: upright it counts even if less sure
    return upright if upright.surety > read.surety - LOST_SURETY else read


def _slants(read: ZoneRead) -> list[tuple[float, ...]] | None:
    """How far the print of each line leans, along the line; None where it stands upright.

    The lines of a zone begin at one edge and have one pitch (Doc 9303-3), so characters of the same
    column stand above one another on the document, whatever the picture makes of it.
    """
    if len(read.views) < 2 or len(set(read.count)) != 1:
        return None
    columns = np.arange(read.count[0])
    top, bottom = (
        view.path.point(_places(view, first + columns))
        for view, first in ((read.views[0], read.first[0]), (read.views[-1], read.first[-1]))
    )
    slants, worst = [], 0.0
    for view, first in zip(read.views, read.first, strict=True):
        axis = np.array(view.path.axis)
        down = np.array([-axis[1], axis[0]])
        lean = ((bottom - top) @ axis) / np.maximum((bottom - top) @ down, 1e-6)
        fit = np.polyfit(_places(view, first + columns), lean, 1)
        slants.append(tuple(float(c) for c in fit))
        worst = max(worst, float(np.abs(lean).max()))
    return slants if LEANING < worst < WORST_LEAN else None


def _width(read: ZoneRead) -> float:
    """How much wider than printed the zone looks against its height; 1 where that is not sure.

    Told by pitch against capitals (2.54 to 2.46 mm) and by pitch against line spacing: both must
    say so, for issuers print neither of them quite to the standard.
    """
    if len(read.views) < 2 or len(set(read.count)) != 1:
        return 1.0
    steps = [float(np.median(np.diff(view.u))) for view in read.views]
    pitch = float(np.median(steps))
    caps = float(np.median([view.path.middle_height_px for view in read.views]))
    middle = np.array([read.count[0] // 2])
    top, bottom = (
        view.path.point(_places(view, first + middle))[0]
        for view, first in ((read.views[0], read.first[0]), (read.views[-1], read.first[-1]))
    )
    ax, ay = read.views[0].path.axis
    dx, dy = bottom - top
    spacing = float(dy * ax - dx * ay) / (len(read.views) - 1)
    by_caps = pitch / (caps * PITCH_OVER_CAPS)
    by_lines = pitch * SPACINGS[len(read.views)] / max(spacing, 1e-6)
    if (by_caps - 1) * (by_lines - 1) <= 0:
        return 1.0
    nearest = min((by_caps, by_lines), key=lambda ratio: abs(np.log(ratio)))
    return nearest if abs(np.log(nearest)) > np.log(TOO_WIDE) else 1.0


def _places(view: LineView, cells: NDArray[np.int64]) -> FloatArray:
    """Where along its path the cells of these numbers lie, by a smooth fit to all of them."""
    fit = np.polyfit(np.arange(len(view.u)), view.u, 2)
    return np.asarray(np.polyval(fit, cells), np.float64)


def zone_read(views: Sequence[LineView]) -> ZoneRead:
    """The text of recognised lines from top to bottom.

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
    text = _as_text(resolution, parts, _quad(run, window.first, window.count))
    return ZoneRead(text, surety, tuple(run), window.first, window.count)


def _runs(views: Sequence[LineView]) -> list[Sequence[LineView]]:
    """All lines; or, where there are too many for any zone, each run of neighbours."""
    runs = [views] if len(views) <= MAX_LINES else []
    for count in range(min(MAX_LINES, len(views) - 1), 1, -1):
        runs += [views[i : i + count] for i in range(len(views) - count + 1)]
    return runs


def _left_edges(views: Sequence[LineView]) -> list[float]:
    """Where each line's first cell lies along the zone, in cells."""
    ax, ay = views[0].path.axis
    pitch = float(np.median([np.median(np.diff(view.u)) for view in views]))
    edges = []
    for view in views:
        x, y = view.path.point(view.u[:1])[0]
        lean = float(np.polyval(view.path.slant, view.u[0]))
        edges.append((x * ax + y * ay - lean * (y * ax - x * ay)) / pitch)
    return edges


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
