"""A measured value on its scale: the allowed range, the value and its uncertainty, for an SVG."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docexam.nouns.finding import Limit, Measured

WIDTH = 100.0
_ROOM = 0.15


@dataclass(frozen=True, slots=True)
class ValueScale:
    """Places along the scale, 0 to `WIDTH`; `low` and `high` are None where there is no bound."""

    allowed_from: float
    allowed_to: float
    low: float | None
    high: float | None
    value: float
    spread_from: float
    spread_to: float


def value_scale(measured: Measured | None, limit: Limit | None) -> ValueScale | None:
    """The scale of a finding, None where it has no number, no bound, or nothing to spread over."""
    if measured is None or limit is None or (limit.low is None and limit.high is None):
        return None
    value, u = measured.value, max(measured.uncertainty, 0.0)
    bounds = [bound for bound in (limit.low, limit.high) if bound is not None]
    points = [value - 2 * u, value + 2 * u, *bounds]
    if limit.low is None and limit.high == 0:
        return None  # A count of what must not be: there is no room to show.
    if not all(math.isfinite(point) for point in points):
        return None
    first, last = min(points), max(points)
    if last <= first:
        first, last = first - 1.0, last + 1.0
    room = _ROOM * (last - first)
    if limit.low is None and first >= 0:
        first = 0.0  # A count or a level starts at nothing.
    else:
        first -= room
    last += room

    def place(number: float) -> float:
        return round(WIDTH * min(1.0, max(0.0, (number - first) / (last - first))), 2)

    return ValueScale(
        allowed_from=0.0 if limit.low is None else place(limit.low),
        allowed_to=WIDTH if limit.high is None else place(limit.high),
        low=None if limit.low is None else place(limit.low),
        high=None if limit.high is None else place(limit.high),
        value=place(value),
        spread_from=place(value - u),
        spread_to=place(value + u),
    )
