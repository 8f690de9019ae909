"""Sizes of travel documents and where Doc 9303 puts their machine readable zone, for measuring.

Doc 9303-4, -5, -6 and -7. The vertical figures of TD2 are taken as those of MRV-B: the figure that
would give them has not been seen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docexam.nouns.measurement import BoxMm

PITCH_MM = 2.54
CAPITAL_MM = 2.46
GLYPH_WIDTH_MM = 1.76
"""Of the widest characters, so that the text extent is (n - 1) pitches and one of these."""


@dataclass(frozen=True, slots=True)
class PageFormat:
    """One size of document; `line_centres_mm` are heights above the bottom edge, top line first.

    `mrz_left_mm` is the left edge of the first character. All lengths in millimetres.
    """

    name: str
    width_mm: float
    height_mm: float
    columns: int
    mrz_left_mm: float
    line_centres_mm: tuple[float, ...]

    @property
    def zone_box_mm(self) -> BoxMm:
        """Where the text of the zone should stand, without overshoot."""
        top = self.height_mm - self.line_centres_mm[0] - CAPITAL_MM / 2
        bottom = self.height_mm - self.line_centres_mm[-1] + CAPITAL_MM / 2
        width = (self.columns - 1) * PITCH_MM + GLYPH_WIDTH_MM
        return (self.mrz_left_mm, top, width, bottom - top)


_TWO_LINES = (15.75, 9.40)
FORMATS: Mapping[str, PageFormat] = MappingProxyType(
    {
        each.name: each
        for each in (
            PageFormat("TD1", 85.60, 53.98, 30, 5.0, (15.73, 11.50, 7.27)),
            PageFormat("TD2", 105.0, 74.0, 36, 4.0, _TWO_LINES),
            PageFormat("TD3", 125.0, 88.0, 44, 6.0, _TWO_LINES),
            PageFormat("MRV-A", 120.0, 80.0, 44, 4.0, _TWO_LINES),
            PageFormat("MRV-B", 105.0, 74.0, 36, 4.0, _TWO_LINES),
        )
    }
)


def upright(place: PageFormat) -> PageFormat:
    """A page of that size in a book that is read along its shorter side, as visa pages are."""
    return replace(place, width_mm=place.height_mm, height_mm=place.width_mm)


_NATIONAL = {"FR-ID": "TD2", "FR-DL": "TD1", "CH-DL": "TD1"}
_BY_SHAPE = {(2, 44): "TD3", (2, 36): "TD2", (3, 30): "TD1"}


def format_of_zone(name: str | None, lines: Sequence[str]) -> PageFormat | None:
    """The format that a zone says its document has; None where the zone is of no known shape.

    `name` is the layout that was recognised, `lines` settle it where the layout is unknown.
    """
    if name is not None:
        known = FORMATS.get(_NATIONAL.get(name, name))
        if known is not None:
            return known
    longest = max((len(line) for line in lines), default=0)
    return FORMATS.get(_BY_SHAPE.get((len(lines), longest), ""))
