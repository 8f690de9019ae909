"""Printing a machine readable zone: OCR-B size 1, 10 characters to the inch (Doc 9303-3, 4.2).

The font's own figures (1000 units to the em): characters lie between 113 and 613 units across,
flat capitals between 1 and 701, flat digits between 1 and 758, and the advance is 723. One scale
brings all of them to ISO 1073-2 size 1: pitch 2.54 mm, capitals 2.46, digits 2.66, zero 1.76 wide,
stroke 0.35. Round and pointed ends overshoot these heights, as they do in the standard's drawings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docexam.specimens.formats import CHARACTER_PITCH_MM, DocumentFormat
from docexam.specimens.text import draw_text

if TYPE_CHECKING:
    from docexam.specimens.grid import Coverage, Grid

_MM_PER_UNIT = 2.54 / 723
_LEFT_UNITS = 113
_RIGHT_UNITS = 613
_CENTRE_UNITS = 365
"""Halfway between the centres of capitals (351) and digits (379.5)."""


@dataclass(frozen=True)
class MrzPrint:
    """How the zone is printed; the defaults are the figures of Doc 9303.

    `scale` enlarges the characters and leaves the pitch; `shift_mm` moves the zone (x, y).
    """

    font: str = "ocr-b"
    pitch_mm: float = CHARACTER_PITCH_MM
    scale: float = 1.0
    shift_mm: tuple[float, float] = (0.0, 0.0)


GENUINE_PRINT = MrzPrint()


def character_origin_mm(
    place: DocumentFormat, line: int, column: int, style: MrzPrint = GENUINE_PRINT
) -> tuple[float, float]:
    """Where the origin of the character in (line, column), both from 0, lies on the page."""
    unit = _MM_PER_UNIT * style.scale
    x = place.mrz_left_mm - _LEFT_UNITS * unit + column * style.pitch_mm + style.shift_mm[0]
    centre = place.height_mm - place.line_centres_mm[line]
    return x, centre + _CENTRE_UNITS * unit + style.shift_mm[1]


def character_box_mm(
    place: DocumentFormat, line: int, column: int, style: MrzPrint = GENUINE_PRINT
) -> tuple[float, float, float, float]:
    """(x, y, w, h) of the cell that the ink of one character can reach."""
    unit = _MM_PER_UNIT * style.scale
    x, baseline = character_origin_mm(place, line, column, style)
    return x + 100 * unit, baseline - 785 * unit, 526 * unit, 812 * unit


def draw_mrz(
    target: Coverage,
    grid: Grid,
    place: DocumentFormat,
    lines: tuple[str, ...] | list[str],
    style: MrzPrint = GENUINE_PRINT,
) -> None:
    """Print `lines` into `target`, character by character on the pitch."""
    em_mm = 1000 * _MM_PER_UNIT * style.scale
    for number, line in enumerate(lines):
        for column, character in enumerate(line):
            x, baseline = character_origin_mm(place, number, column, style)
            draw_text(
                target,
                grid,
                character,
                x_mm=x,
                baseline_mm=baseline,
                font=style.font,
                em_mm=em_mm,
            )


def zone_quad_mm(
    place: DocumentFormat, lines: tuple[str, ...] | list[str], style: MrzPrint = GENUINE_PRINT
) -> tuple[tuple[float, float], ...]:
    """Corners of the printed text, clockwise from the top left, without overshoot.

    From the left edge of the first to the right edge of the last character, from the top of the
    first line's digits to the base of the last line.
    """
    unit = _MM_PER_UNIT * style.scale
    x, first = character_origin_mm(place, 0, 0, style)
    _, last = character_origin_mm(place, len(lines) - 1, 0, style)
    left = x + _LEFT_UNITS * unit
    right = x + (len(lines[0]) - 1) * style.pitch_mm + _RIGHT_UNITS * unit
    top, bottom = first - 773 * unit, last + 14 * unit
    return (left, top), (right, top), (right, bottom), (left, bottom)
