"""What vision measured on one page: a value with its unit, its uncertainty and its place.

Vision measures, checks judge: no limit and no verdict lives here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

BoxMm = tuple[float, float, float, float]
"""x, y, width, height in millimetres; origin top-left of the nominal page, y down."""


@dataclass(frozen=True, slots=True)
class Crop:
    """The piece of a straightened picture that proves a measurement, as PNG bytes.

    `personal` tells that it shows the portrait, the zone or the visual zone, and so must not be
    kept without consent.
    """

    page: str
    light: str
    box_mm: BoxMm
    png: bytes
    personal: bool = True


@dataclass(frozen=True, slots=True)
class Measurement:
    """One measured quantity. `name` is stable and unique within a page, e.g. `ir.contrast.worst`.

    `uncertainty` is one standard deviation, in `unit`. `details` are further numbers and words that
    a reason may name (such as the wavelength, or how many characters were measured).
    """

    name: str
    page: str
    light: tuple[str, ...]
    value: float
    unit: str
    uncertainty: float
    box_mm: BoxMm
    crops: tuple[Crop, ...] = ()
    details: Mapping[str, float | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NotMeasured:
    """A quantity that could not be measured, and why, as a code with parameters.

    `inconclusive` tells apart what was there but not good enough (blur, glare, low resolution)
    from what was absent (no such light, no such page, another step failed).
    """

    name: str
    page: str
    light: tuple[str, ...]
    code: str
    params: Mapping[str, float | str] = field(default_factory=dict)
    inconclusive: bool = False
