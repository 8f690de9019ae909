"""The printed lines of a zone as straight, regular rows, and what its characters leave over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from docexam.nouns.measurement import BoxMm
    from docexam.vision.glyph_fit import GlyphFit
    from docexam.vision.page_scale import Ruler
    from docexam.vision.zone_ink import ZoneInk

FloatArray = NDArray[np.float64]

LEAST_LIKENESS = 0.5
_LEAST_CHARACTERS = 8
LEFT_OF_MIDDLE_MM = 0.873
RIGHT_OF_MIDDLE_MM = 0.884
"""How far the widest characters of OCR-B reach left and right of their cell's middle."""


@dataclass(frozen=True, slots=True, eq=False)
class PrintLine:
    """One line on the grid: x = `first_x_mm` + `pitch_mm` (column - 1), y likewise by `slope`.

    `columns`, `x_left_over`, `y_left_over` (n,): the characters that could be placed, and how far
    each lies from the regular row. `pitch_u`, `x_u`, `y_u`: standard deviations of the fit.
    """

    line: int
    fits: tuple[GlyphFit, ...]
    first_x_mm: float
    pitch_mm: float
    middle_y_mm: float
    slope: float
    columns: FloatArray
    x_left_over: FloatArray
    y_left_over: FloatArray
    pitch_u: float
    x_u: float
    y_u: float

    @property
    def box_mm(self) -> BoxMm:
        """The text from the first to the last character that was placed."""
        first = self.first_x_mm + self.pitch_mm * (self.columns[0] - 1)
        last = self.first_x_mm + self.pitch_mm * (self.columns[-1] - 1)
        width = float(last - first) + LEFT_OF_MIDDLE_MM + RIGHT_OF_MIDDLE_MM
        return (float(first) - LEFT_OF_MIDDLE_MM, self.middle_y_mm - 1.5, width, 3.0)


@dataclass(frozen=True, slots=True, eq=False)
class ZonePrint:
    """A zone's print under one light; `ruler` is None where the zone would be its own ruler."""

    light: str
    ruler: Ruler | None
    ink: ZoneInk
    fits: tuple[GlyphFit, ...]
    lines: tuple[PrintLine, ...]

    @property
    def box_mm(self) -> BoxMm:
        """The text of all lines."""
        boxes = [line.box_mm for line in self.lines]
        left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
        right = max(b[0] + b[2] for b in boxes)
        return (left, top, right - left, max(b[1] + b[3] for b in boxes) - top)


def line_fits(fits: tuple[GlyphFit, ...]) -> tuple[PrintLine, ...]:
    """A straight regular row through most characters of each line that has enough of them."""
    found = []
    for number in sorted({fit.line for fit in fits}):
        placed = tuple(f for f in fits if f.line == number and f.likeness >= LEAST_LIKENESS)
        if len(placed) >= _LEAST_CHARACTERS:
            found.append(_line(number, placed))
    return tuple(found)


def _line(number: int, fits: tuple[GlyphFit, ...]) -> PrintLine:
    columns = np.array([fit.column for fit in fits], np.float64)
    x, y = np.array([fit.x_mm for fit in fits]), np.array([fit.y_mm for fit in fits])
    across, spread_x = robust_line(columns - 1, x)
    down, spread_y = robust_line(columns - 1, y)
    middle = float(np.mean(columns - 1))
    run = float(np.sqrt(((columns - 1 - middle) ** 2).sum()))
    root = np.sqrt(len(columns))
    return PrintLine(
        line=number,
        fits=fits,
        first_x_mm=float(across[1]),
        pitch_mm=float(across[0]),
        middle_y_mm=float(np.polyval(down, middle)),
        slope=float(down[0] / across[0]),
        columns=columns,
        x_left_over=x - np.polyval(across, columns - 1),
        y_left_over=y - np.polyval(down, columns - 1),
        pitch_u=spread_x / run,
        x_u=float(spread_x / root * 2),
        y_u=float(spread_y / root),
    )


def robust_line(at: FloatArray, value: FloatArray) -> tuple[FloatArray, float]:
    """(slope, start) through most points, and the standard deviation of those about it."""
    far = max(1, len(at) // 2)
    slopes = (value[far:] - value[: len(at) - far]) / (at[far:] - at[: len(at) - far])
    slope = float(np.median(slopes))
    fit = np.array([slope, float(np.median(value - slope * at))])
    for _ in range(3):
        error = np.abs(value - np.polyval(fit, at))
        scale = max(1.4826 * float(np.median(error)), 0.004)
        near = error <= 3 * scale
        fit = np.polyfit(at[near], value[near], 1)
    error = value - np.polyval(fit, at)
    return fit, max(1.4826 * float(np.median(np.abs(error))), 0.004)
