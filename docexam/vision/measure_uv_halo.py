"""A blotch that glows around one line of text: what a solvent leaves where print was washed out.

Doc 9303-2, appendix C.27 (chemical erasure). The paper between the letters of a line is held
against the paper at some distance on every side of it: a motif or a stained corner runs on to one
side at least, a blotch ends around the text. In units of ordinary office paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.vision.uv_glow import glow_map
from docexam.vision.uv_paper import paper_glow

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from docexam.nouns.measurement import BoxMm
    from docexam.vision.page import PageView
    from docexam.vision.uv_paper import PaperGlow
    from docexam.vision.zone_view import ZoneView

NAME = "uv.halo"
NAMES = (NAME,)
UNIT = "office paper"
# Our starting values.
_LEAST_WIDTH_MM = 9.0
_ROOM_MM = 0.4
_AWAY_MM = 3.0
_STRIP_MM = 1.5
_QUANTILE = 25
"""Fluorescent lines have paper between them: the darker quarter of a place is its paper."""
_AROUND_IT = 10
_CELLS_A_BLUR = 2.0
"""Neighbouring cells share the lens's blur."""
_LEAST_CELLS = 12
_LEAST_SEEN = 0.3
_LEAST_SIDES = 3
_UNEVEN = 0.05
"""Share by which paper glows unequally from place to place."""
_LEAST = 0.0015
_RING_MM = 0.6
_HALF = 0.4


@dataclass(frozen=True, slots=True)
class Halo:
    """One line of text: how much more its paper glows than that around it, linear.

    `around` is the share of the paper just around the line that shares in it: a liquid runs
    around the text, a motif seldom has its shape. `beyond` is the share of the paper some way off
    that does too, the mean of the sides: a motif has branches. `scatter` is the standard error of
    the two levels.
    """

    box_mm: BoxMm
    more: float
    scatter: float
    around: float
    beyond: float


def measure(page: PageView, zone: ZoneView | None) -> list[Measurement | NotMeasured]:
    """`uv.halo`: of the line of text with the brightest surround, 0 where none is brighter."""
    for light in ("uv", "white"):
        if light not in page.lights:
            return [NotMeasured(NAME, page.page, ("uv",), "no-light", {"light": light})]
    glow, paper = glow_map(page), paper_glow(page, zone)
    if glow is None or paper is None:
        return [NotMeasured(NAME, page.page, ("uv",), "uv.no-colour", {}, True)]
    found = [halo for box in paper.runs if (halo := halo_of(paper, box)) is not None]
    if not found:
        return [NotMeasured(NAME, page.page, ("uv",), "halo.no-text")]
    most = max(found, key=lambda each: each.more)
    value = max(most.more, 0.0) / glow.office
    # a line that is clearly darker than what surrounds it has no halo, however uneven that is
    scatter = max(most.scatter + min(most.more, 0.0), 0.0) / glow.office
    level = glow.page / glow.office
    u = float(np.sqrt(glow.scale_u(value) ** 2 + scatter**2 + (_UNEVEN * level) ** 2 + _LEAST**2))
    details: dict[str, float | str] = {
        "lines": float(len(found)),
        "around": most.around,
        "beyond": most.beyond,
        "length_mm": most.box_mm[2],
        "level": level,
    }
    box = _grown(most.box_mm, _AWAY_MM)
    return [Measurement(NAME, page.page, ("uv",), value, UNIT, u, box, details=details)]


def halo_of(paper: PaperGlow, run: BoxMm) -> Halo | None:
    """How a line's surround glows; None for short lines and where too little paper was seen."""
    x, y, w, h = run
    if w < _LEAST_WIDTH_MM:
        return None
    inside, cells = paper.levels(_grown(run, _ROOM_MM))
    if len(inside) < max(_LEAST_SEEN * cells, _LEAST_CELLS):
        return None
    near = _AWAY_MM + _STRIP_MM
    strips = (
        (x, y - near, w, _STRIP_MM),
        (x, y + h + _AWAY_MM, w, _STRIP_MM),
        (x - near, y - _ROOM_MM, _STRIP_MM, h + 2 * _ROOM_MM),
        (x + w + _AWAY_MM, y - _ROOM_MM, _STRIP_MM, h + 2 * _ROOM_MM),
    )
    sides = [seen for each in strips if len(seen := paper.levels(each)[0]) >= _LEAST_CELLS]
    if len(sides) < _LEAST_SIDES:
        return None
    level = float(np.percentile(inside, _QUANTILE))
    levels = [float(np.percentile(each, _QUANTILE)) for each in sides]
    brightest = sides[int(np.argmax(levels))]
    more = level - max(levels)
    scatter = float(np.hypot(_scatter(inside), _scatter(brightest)))
    half = max(levels) + _HALF * more
    beyond = float(np.mean([np.mean(each > half) for each in sides])) if more > 0 else 0.0
    return Halo(run, more, scatter, _around(paper, run, half), beyond)


def _scatter(cells: NDArray[np.float32]) -> float:
    """The standard error of the quantile, from how steeply the cells rise around it."""
    low, high = np.percentile(cells, (_QUANTILE - _AROUND_IT, _QUANTILE + _AROUND_IT))
    share = _QUANTILE / 100
    independent = max(len(cells) / _CELLS_A_BLUR, 1.0)
    error = np.sqrt(share * (1 - share) / independent)
    return float(error * (high - low) / (2 * _AROUND_IT / 100))


def _around(paper: PaperGlow, run: BoxMm, half: float) -> float:
    """The share of the paper just around a line that glows more than `half`."""
    rows, columns = paper.window(_grown(run, _RING_MM))
    ring = paper.paper[rows, columns].copy()
    within = paper.window(run)
    ring[
        within[0].start - rows.start : within[0].stop - rows.start,
        within[1].start - columns.start : within[1].stop - columns.start,
    ] = False
    around = paper.glow[rows, columns][ring]
    return float(np.mean(around > half)) if len(around) >= _LEAST_CELLS else 0.0


def _grown(box: BoxMm, by_mm: float) -> BoxMm:
    x, y, w, h = box
    left, top = max(x - by_mm, 0.0), max(y - by_mm, 0.0)
    return (left, top, x + w + by_mm - left, y + h + by_mm - top)
