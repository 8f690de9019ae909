"""Numbers for people: no more digits than the uncertainty leaves meaning to."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docexam.nouns.finding import Limit, Measured

_WORD_UNITS = {"confidence": "", "ratio": "", "contrast": "", "1": "", "": "", "mm2": "mm²"}
_COUNTED = ("characters", "fields", "years", "pixels", "documents", "spots")


def shown_number(value: float) -> str:
    """A number by itself: whole where it is whole, else with three digits that count."""
    return str(int(value)) if float(value).is_integer() else f"{value:.3g}"


def shown_measured(measured: Measured | None) -> str:
    """Value, uncertainty and unit: `2.41 ± 0.02 mm`."""
    if measured is None:
        return ""
    unit = unit_of(measured.unit)
    if measured.uncertainty <= 0 or not math.isfinite(measured.uncertainty):
        return _counted(f"{shown_number(measured.value)}{unit}", measured)
    places = decimals_for(measured.uncertainty)
    return f"{measured.value:.{places}f} ± {measured.uncertainty:.{places}f}{unit}"


def _counted(text: str, measured: Measured) -> str:
    """`1 character`, not `1 characters`."""
    one = measured.value == 1 and measured.unit in _COUNTED
    return text.removesuffix("s") if one else text


def shown_limit(limit: Limit | None) -> str:
    """The bounds and their unit: `at least 0.6`, `2.3 to 2.8 mm`."""
    if limit is None:
        return ""
    unit = unit_of(limit.unit)
    if limit.low is not None and limit.high is not None:
        return f"{shown_number(limit.low)} to {shown_number(limit.high)}{unit}"
    if limit.low is not None:
        return f"at least {shown_number(limit.low)}{unit}"
    if limit.high is not None:
        if limit.high == 0 and limit.unit in _COUNTED:
            return f"no {limit.unit}"
        return f"at most {shown_number(limit.high)}{unit}"
    return ""


def decimals_for(uncertainty: float) -> int:
    """Decimal places so that the uncertainty shows two digits that count; 0 to 3."""
    return min(3, max(0, 1 - math.floor(math.log10(uncertainty))))


def unit_of(unit: str) -> str:
    """The unit behind a number, with its blank; none for pure numbers."""
    if unit == "deg":
        return "°"
    shown = _WORD_UNITS.get(unit, unit)
    return f" {shown}" if shown else ""
