"""Sizes of travel documents and the place of their machine readable zone (Doc 9303-4 to -7).

All figures are millimetres. The vertical figures of TD2 are taken as those of MRV-B: the figure
that would give them has not been seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from docexam.errors import UsageError

FormatName = Literal["TD1", "TD2", "TD3", "MRV-A", "MRV-B"]

CHARACTER_PITCH_MM = 2.54
CORNER_RADIUS_MM = 3.18
MARGIN_MM = 2.0


@dataclass(frozen=True)
class DocumentFormat:
    """One size of document.

    `mrz_left_mm` is the left edge of the first character; `line_centres_mm` are the heights of the
    lines' centres above the bottom edge, first line first.
    """

    name: FormatName
    width_mm: float
    height_mm: float
    lines: int
    characters: int
    mrz_left_mm: float
    line_centres_mm: tuple[float, ...]
    corner_radius_mm: float

    @property
    def size_mm(self) -> tuple[float, float]:
        """(width, height)."""
        return self.width_mm, self.height_mm


_TWO_LINES = (15.75, 9.40)

FORMATS: dict[str, DocumentFormat] = {
    each.name: each
    for each in (
        DocumentFormat("TD1", 85.60, 53.98, 3, 30, 5.0, (15.73, 11.50, 7.27), CORNER_RADIUS_MM),
        DocumentFormat("TD2", 105.0, 74.0, 2, 36, 4.0, _TWO_LINES, CORNER_RADIUS_MM),
        DocumentFormat("TD3", 125.0, 88.0, 2, 44, 6.0, _TWO_LINES, CORNER_RADIUS_MM),
        DocumentFormat("MRV-A", 120.0, 80.0, 2, 44, 4.0, _TWO_LINES, 0.0),
        DocumentFormat("MRV-B", 105.0, 74.0, 2, 36, 4.0, _TWO_LINES, 0.0),
    )
}


def format_named(name: str) -> DocumentFormat:
    """The format called `name`; UsageError with the known names otherwise."""
    try:
        return FORMATS[name]
    except KeyError:
        known = ", ".join(FORMATS)
        raise UsageError(
            f"There is no document format {name!r}.",
            code="specimen.format",
            hint=f"Use one of {known}.",
        ) from None


def format_of_lines(lines: tuple[str, ...] | list[str], *, visa: bool = False) -> DocumentFormat:
    """The format that has this many lines of this length; UsageError where none has."""
    lengths = {len(line) for line in lines}
    for each in FORMATS.values():
        fits = each.lines == len(lines) and lengths == {each.characters}
        if fits and each.name.startswith("MRV") == visa:
            return each
    raise UsageError(
        f"No format has {len(lines)} lines of {sorted(lengths)} characters.",
        code="specimen.mrz-lines",
        hint="Use 3 x 30, 2 x 36 or 2 x 44 characters.",
    )
