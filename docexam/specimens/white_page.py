"""A plain white page that carries only a machine readable zone: the smallest specimen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from docexam.specimens.formats import format_of_lines
from docexam.specimens.grid import Grid
from docexam.specimens.mrz_print import GENUINE_PRINT, MrzPrint, draw_mrz, zone_quad_mm

if TYPE_CHECKING:
    from numpy.typing import NDArray

Quad = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class WhitePage:
    """`picture` is grey (rows, columns) uint8; the quads run clockwise from the top left, in px."""

    picture: NDArray[np.uint8]
    text_quad_px: Quad
    page_quad_px: Quad


def draw_white_page(
    lines: tuple[str, ...] | list[str],
    ppi: float = 400.0,
    *,
    visa: bool = False,
    style: MrzPrint = GENUINE_PRINT,
    paper: int = 235,
    ink: int = 25,
) -> WhitePage:
    """Draw the page (of the lines' format) with `lines` at their place, as grey levels.

    `visa` takes the visa of that size instead of the passport or card. UsageError where the lines
    fit no format.
    """
    place = format_of_lines(lines, visa=visa)
    grid = Grid.at_ppi(place.width_mm, place.height_mm, ppi)
    coverage = grid.empty()
    draw_mrz(coverage, grid, place, lines, style)
    picture = np.rint(paper + (ink - paper) * coverage).astype(np.uint8)
    text = tuple(
        (x * grid.px_per_mm, y * grid.px_per_mm) for x, y in zone_quad_mm(place, lines, style)
    )
    right, bottom = float(grid.columns), float(grid.rows)
    return WhitePage(picture, text, ((0.0, 0.0), (right, 0.0), (right, bottom), (0.0, bottom)))
