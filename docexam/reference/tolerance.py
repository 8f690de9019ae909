"""Limits from a handful of genuine documents: how far the next one may be from them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from docexam.nouns.finding import Limit

if TYPE_CHECKING:
    from collections.abc import Sequence

# Student's t for one genuine document in a thousand beyond one side, by degrees of freedom.
_T_999 = {1: 318.3, 2: 22.33, 3: 10.21, 4: 7.17, 5: 5.89, 6: 5.21, 7: 4.79, 8: 4.50, 9: 4.30}
_T_MANY = 3.5
MOST_T = 8.0
"""So few documents say little of their spread: then the floor must speak; our starting value."""


def margin_of(values: Sequence[float], floor: float) -> float:
    """How far one more genuine document may lie from the mean of `values`.

    The prediction interval of a normal quantity (one in a thousand outside), never less than
    `floor`, which stands for what a handful cannot show: other devices, wear, other printers.
    """
    n = len(values)
    if n < 2:
        return floor
    factor = min(_T_999.get(n - 1, _T_MANY), MOST_T)
    spread = float(np.std(np.asarray(values, np.float64), ddof=1))
    return max(floor, factor * spread * math.sqrt(1 + 1 / n))


def learned_limit(values: Sequence[float], unit: str, *, floor: float, side: str = "low") -> Limit:
    """The limit that genuine `values` give, on side `low`, `high` or `both`; at least one value."""
    middle, margin = float(np.mean(values)), margin_of(values, floor)
    n = len(values)
    named = "" if unit == "1" else f" {unit}"
    source = f"enrolled: {n} genuine captures, mean {middle:.3g}{named}"
    return Limit(
        low=middle - margin if side in ("low", "both") else None,
        high=middle + margin if side in ("high", "both") else None,
        unit=unit,
        source=source,
    )
