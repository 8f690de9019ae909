"""The machine readable zone of one page: what was read, and where each character stands in mm."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docexam.nouns.measurement import BoxMm
    from docexam.nouns.reading import Reading
    from docexam.vision.page_format import PageFormat

ZONE_LIGHTS = ("ir", "white")


@dataclass(frozen=True, slots=True)
class CharacterView:
    """One character; `line` and `column` count from 1.

    `cell_mm` is its share of the line: one pitch wide about the place where the regular pitch
    has its middle, and as high as the line's clear area. `glyph_mm` is the extent of its ink at
    half of its contrast, None where no ink was found (in infrared: a print that vanished).
    """

    line: int
    column: int
    character: str
    cell_mm: BoxMm
    glyph_mm: BoxMm | None

    @property
    def centre_mm(self) -> tuple[float, float]:
        """The middle of the ink, or of the cell where there is none."""
        x, y, w, h = self.glyph_mm or self.cell_mm
        return x + w / 2, y + h / 2


@dataclass(frozen=True, slots=True)
class LineView:
    """One printed line under one light.

    `centre_mm` is the y of the line's middle (that of its capitals) at the middle of its length,
    `skew_deg` the turn of its baseline on the grid, clockwise positive; `pitch_mm` the distance of
    neighbouring cells; `first_x_mm` and `last_x_mm` the middles of the first and last cell.
    """

    line: int
    centre_mm: float
    skew_deg: float
    pitch_mm: float
    first_x_mm: float
    last_x_mm: float


@dataclass(frozen=True, slots=True, eq=False)
class ZoneView:
    """The zone of one page. The mappings are by light, `ir` and `white`, as far as it was read.

    `text` are the lines of the reading that places the characters: infrared's, else white's.
    `box_mm` is the extent of the text. `format` is that of the page as the zone has it.
    """

    page: str
    format: PageFormat | None
    text: tuple[str, ...]
    box_mm: BoxMm
    readings: Mapping[str, Reading]
    characters: Mapping[str, tuple[CharacterView, ...]] = field(default_factory=dict)
    lines: Mapping[str, tuple[LineView, ...]] = field(default_factory=dict)

    def character(self, light: str, line: int, column: int) -> CharacterView | None:
        """One character under one light; `line` and `column` count from 1."""
        for each in self.characters.get(light, ()):
            if each.line == line and each.column == column:
                return each
        return None

    def cells(self) -> Mapping[tuple[int, int], BoxMm]:
        """Each character's cell by (line, column), in the light that places the text."""
        light = next((each for each in ZONE_LIGHTS if each in self.characters), "")
        return {(c.line, c.column): c.cell_mm for c in self.characters.get(light, ())}
