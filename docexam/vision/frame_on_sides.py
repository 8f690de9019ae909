"""A page of known size laid on those of its sides that were seen, where not all four were."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from docexam.vision.outline import skew_deg
from docexam.vision.plane import scaling, shift

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docexam.vision.outline import Side, SideSeen
    from docexam.vision.plane import Matrix

FEWEST_SIDES = 2
# Our starting values.
SIZE_WITHIN_MM = 0.6
"""By how much two opposite sides may lie nearer or farther than the format has them."""
MOVED_WITHIN_MM = 2.0
"""By how much one side alone may move a page from where its rough shape has it."""


def laid_on_sides(
    expected: Matrix,
    growth: float,
    size_mm: tuple[float, float],
    sides: Mapping[Side, tuple[str, SideSeen]],
) -> Matrix | None:
    """Millimetres to pixels of a page whose sides were seen in the frame `expected`.

    A true millimetre is `growth` of that frame's. None where the seen sides are too few or cannot
    be those of a page of `size_mm`.
    """
    seen = {name: side for name, (_, side) in sides.items()}
    if len(seen) < FEWEST_SIDES:
        return None
    turn = float(np.median([skew_deg(side) for side in seen.values()]))
    half = size_mm[0] * growth / 2, size_mm[1] * growth / 2
    start = size_mm[0] / 2, size_mm[1] / 2
    x = _middle(seen.get("left"), seen.get("right"), start[1], half[0], start[0])
    y = _middle(seen.get("top"), seen.get("bottom"), start[0], half[1], start[1])
    if x is None or y is None:
        return None
    c, s = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    turned = np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])
    moved = shift(x, y) @ turned @ scaling(growth, growth) @ shift(-start[0], -start[1])
    return np.asarray(expected @ moved)


def _middle(
    low: SideSeen | None, high: SideSeen | None, along: float, half: float, start: float
) -> float | None:
    """The page's middle across two opposite sides; `start` where neither was seen."""
    if low is None and high is None:
        return start
    if low is not None and high is not None:
        a, b = low.value(along), high.value(along)
        return (a + b) / 2 if abs(b - a - 2 * half) <= SIZE_WITHIN_MM else None
    found = low.value(along) + half if low is not None else 0.0
    found = high.value(along) - half if high is not None else found
    return found if abs(found - start) <= MOVED_WITHIN_MM else None
