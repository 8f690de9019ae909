"""What a check digit that holds says about each character that it covers.

A digit that holds makes readings in which it would not hold less likely. The odds are worked out
over all characters that the image leaves open at once, so that two slips which cancel out in the
sum (Doc 9303-3, 4.9: modulus 10) keep their share of doubt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from docexam.mrz.check_digits import value, weight
from docexam.vision.line_columns import ALPHABET

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.mrz.layouts import CheckRule

FloatArray = NDArray[np.float64]
Place = tuple[int, int]
# Our starting value: how often a digit that holds is really the one that was meant to hold, and
# not an alteration that holds by chance.
TRUST = 0.97
_VALUES = np.array([value(character) for character in ALPHABET], np.int64)


def _residues(probability: FloatArray, factor: int) -> tuple[FloatArray, NDArray[np.int64]]:
    """A character's probabilities summed by what it adds to the sum modulo 10."""
    residue = (_VALUES * factor) % 10
    sums: FloatArray = np.bincount(residue, probability, minlength=10).astype(np.float64)
    return sums, residue


def _shift_table(residues: FloatArray) -> FloatArray:
    """(10, 10) matrix that adds one character's residue to a distribution of sums."""
    index = (np.arange(10)[:, None] - np.arange(10)[None]) % 10
    return np.asarray(residues[index])


def vouched(rule: CheckRule, probability: Sequence[FloatArray]) -> list[tuple[Place, FloatArray]]:
    """Probabilities (37,) of every character under `rule`, given that its digit holds.

    `probability` holds (n, 37) rows for each line; places are (line, column) from 0.
    """
    places = [
        (line - 1, column - 1)
        for line, first, last in rule.sources
        for column in range(first, last + 1)
    ]
    factors = [weight(i) for i in range(len(places))]
    places.append((rule.line - 1, rule.column - 1))
    factors.append(-1)
    rows = [probability[line][column] for line, column in places]
    split = [_residues(row, factor) for row, factor in zip(rows, factors, strict=True)]
    tables = [_shift_table(sums) for sums, _ in split]
    before = [np.eye(10)[0]]
    for table in tables:
        before.append(table @ before[-1])
    after = [np.eye(10)[0]]
    for table in reversed(tables):
        after.append(table.T @ after[-1])
    after.reverse()
    whole = float(before[-1][0])
    out = []
    for i, (place, row) in enumerate(zip(places, rows, strict=True)):
        # chance that all the other characters add up to what this residue needs
        needed = np.array([before[i] @ np.roll(after[i + 1], -r) for r in range(10)])
        held = row * needed[split[i][1]] / max(whole, 1e-12)
        out.append((place, TRUST * held / max(float(held.sum()), 1e-12) + (1 - TRUST) * row))
    return out
