"""Where Doc 9303 puts things on each format, in millimetres, with the clause.

The vertical figures of TD2 are taken as those of MRV-B: the figure that would give them has not
been seen. Some limits have no source; they are called "our starting value".
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

OURS = "our starting value"
NOT_SEEN = " (TD2 assumed equal to MRV-B)"


@dataclass(frozen=True, slots=True)
class FormatLimits:
    """One format's figures; pairs are (width, height) or (lowest, highest).

    `line_centres` are heights above the bottom edge, top line first, `centre_apart` how far a line
    may lie from its own; `source` is the part of Doc 9303.
    """

    inner: tuple[float, float]
    outer: tuple[float, float]
    columns: int
    left: float
    zone_width: float
    text_extent: float
    line_centres: tuple[float, ...]
    centre_apart: float
    line_spacing: float
    zone_height: float
    part: str
    note: str = ""
    has_round_corners: bool = True

    @property
    def source(self) -> str:
        """The part of Doc 9303 that the figures come from."""
        return f"{self.part}{self.note}"


# A digit of 2.66 mm stays inside its printing band of 4.3 mm while its line is off by 0.82 mm.
_IN_BAND = 0.82
_TWO_LINES = (15.75, 9.40)
LIMITS: Mapping[str, FormatLimits] = MappingProxyType(
    {
        "TD1": FormatLimits(
            (84.85, 53.25),
            (86.35, 54.75),
            30,
            5.0,
            77.7,
            75.4,
            (15.73, 11.50, 7.27),
            1.0,
            4.23,
            23.3,
            "Doc 9303-5",
        ),
        "TD2": FormatLimits(
            (104.25, 73.25),
            (105.75, 74.75),
            36,
            4.0,
            93.3,
            90.7,
            _TWO_LINES,
            _IN_BAND,
            6.35,
            23.2,
            "Doc 9303-6",
            NOT_SEEN,
        ),
        "TD3": FormatLimits(
            (124.25, 87.25),
            (125.75, 88.75),
            44,
            6.0,
            114.0,
            111.0,
            _TWO_LINES,
            _IN_BAND,
            6.35,
            23.2,
            "Doc 9303-4",
        ),
        "MRV-A": FormatLimits(
            (119.0, 79.0),
            (121.0, 81.0),
            44,
            4.0,
            114.0,
            111.0,
            _TWO_LINES,
            _IN_BAND,
            6.35,
            23.2,
            "Doc 9303-7",
            has_round_corners=False,
        ),
        "MRV-B": FormatLimits(
            (104.0, 73.0),
            (106.0, 75.0),
            36,
            4.0,
            93.3,
            90.7,
            _TWO_LINES,
            _IN_BAND,
            6.35,
            23.2,
            "Doc 9303-7",
            has_round_corners=False,
        ),
    }
)


def limits_of(name: float | str | None) -> FormatLimits | None:
    """The figures of a format, None where it is none of Doc 9303."""
    return LIMITS.get(str(name))
