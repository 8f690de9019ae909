"""Join the image's evidence with the alphabets and, between look-alikes only, the check digits.

What is printed is sacred: a character that the image shows clearly stays, whatever Doc 9303 would
rather have. Only where the image leaves two characters open does the field's alphabet choose, and
only between characters it cannot tell apart does a check digit. Every such choice is recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from docexam.mrz.check_digits import check_digits
from docexam.mrz.layouts import Layout, alphabet_at, identify
from docexam.nouns.reading import Resolved
from docexam.vision.digit_evidence import vouched
from docexam.vision.line_columns import ALPHABET, NONE

if TYPE_CHECKING:
    from collections.abc import Sequence

FloatArray = NDArray[np.float64]
# Shapes that print and scanning make alike; only between these may knowledge outweigh the image.
_ALIKE = (
    "0ODQ",
    "1IL",
    "2Z",
    "5S",
    "8B3",
    "6GC",
    "UV",
    "MNHW",
    "KX",
    "EF",
    "PRF",
    "7TY1",
    "4A",
    "CG0",
)
ALIKE: dict[str, frozenset[str]] = {
    c: frozenset("".join(group for group in _ALIKE if c in group)) - {c} for c in ALPHABET
}
# Our starting values, tried on drawn lines: beyond these odds the image is clear. 9 is 0.9 to 0.1,
# the same bound as OPEN_BELOW.
ALPHABET_ODDS = 9.0
ALPHABET_ODDS_UNLIKE = 3.0
DIGIT_ODDS = 4.0
OPEN_BELOW = 0.90
MAX_SWAPS = 2


@dataclass(frozen=True, slots=True)
class Resolution:
    """The text, what was decided and why, and the surety of each line's characters 0..1."""

    lines: tuple[str, ...]
    resolved: tuple[Resolved, ...]
    surety: tuple[FloatArray, ...]


def _normalised(evidence: FloatArray) -> FloatArray:
    """Log probabilities over the 37 characters, none left out."""
    rows = evidence[:, :NONE]
    rows = rows - rows.max(1, keepdims=True)
    return np.asarray(rows - np.log(np.exp(rows).sum(1, keepdims=True)))


def _penalty(chosen: str, allowed: frozenset[str]) -> FloatArray:
    """What the alphabet of a field takes from each character's log probability."""
    alike = ALIKE[chosen]
    return np.array(
        [
            0.0
            if c in allowed
            else np.log(ALPHABET_ODDS if alike & allowed else ALPHABET_ODDS_UNLIKE)
            for c in ALPHABET
        ]
    )


def _joined(layout: Layout | None, evidence: Sequence[FloatArray]) -> list[FloatArray]:
    """Evidence of each line weighed with the alphabets of the layout's fields, normalised."""
    if layout is None:
        return list(evidence)
    out = []
    for number, rows in enumerate(evidence, start=1):
        weighed = rows.copy()
        for column in range(len(rows)):
            chosen = ALPHABET[int(rows[column].argmax())]
            allowed = alphabet_at(layout, number, column + 1)
            if chosen not in allowed or _second_is_close(rows[column]):
                weighed[column] -= _penalty(chosen, allowed)
        out.append(_normalised(weighed))
    return out


def _second_is_close(row: FloatArray) -> bool:
    return bool(np.exp(row.max()) < 0.98)


def _text(rows: Sequence[FloatArray]) -> tuple[str, ...]:
    return tuple("".join(ALPHABET[i] for i in line.argmax(1)) for line in rows)


def resolve(cells: Sequence[FloatArray]) -> Resolution:
    """Text of a zone from its cells' log probabilities, (n, 38) for each line."""
    image = [_normalised(line) for line in cells]
    seen = _text(image)
    layout = identify(seen)
    joined = _joined(layout, image)
    lines = _text(joined)
    swaps: dict[tuple[int, int], str] = {}
    probability = tuple(np.exp(rows) for rows in joined)
    if layout is not None:
        swaps = _mend_ties(layout, lines, image, joined)
        lines = _swap(lines, swaps)
        if not swaps:
            probability = _let_digits_vouch(layout, lines, joined)
    surety = tuple(
        np.array([row[ALPHABET.index(c)] for c, row in zip(text, rows, strict=True)])
        for text, rows in zip(lines, probability, strict=True)
    )
    return Resolution(lines, _record(layout, image, seen, lines, swaps), surety)


def _swap(lines: Sequence[str], swaps: dict[tuple[int, int], str]) -> tuple[str, ...]:
    out = [list(line) for line in lines]
    for (line, column), char in swaps.items():
        out[line][column] = char
    return tuple("".join(line) for line in out)


def _open_cells(
    lines: Sequence[str],
    image: Sequence[FloatArray],
    joined: Sequence[FloatArray],
    places: set[tuple[int, int]],
) -> list[tuple[tuple[int, int], str, float]]:
    """(place, other character, cost) of look-alikes that the image cannot tell apart.

    The alphabet's word and the digit's word together may not outweigh clear print: the image alone
    must leave the other character open, too.
    """
    found = []
    for line, column in sorted(places):
        chosen = ALPHABET.index(lines[line][column])
        for other in ALIKE[lines[line][column]]:
            index = ALPHABET.index(other)
            seen = float(image[line][column][chosen] - image[line][column][index])
            cost = float(joined[line][column][chosen] - joined[line][column][index])
            if cost < np.log(DIGIT_ODDS) and seen < np.log(ALPHABET_ODDS):
                found.append(((line, column), other, cost))
    return found


def _covered(layout: Layout) -> dict[str, set[tuple[int, int]]]:
    """The places (line, column from 0) that each check digit of the layout touches."""
    places = {}
    for rule in layout.checks:
        own = {
            (line - 1, column - 1)
            for line, first, last in rule.sources
            for column in range(first, last + 1)
        }
        places[rule.field] = own | {(rule.line - 1, rule.column - 1)}
    return places


def _failing(layout: Layout, lines: Sequence[str]) -> frozenset[str]:
    return frozenset(digit.field for digit in check_digits(layout, lines) if not digit.ok)


def _mend_ties(
    layout: Layout,
    lines: Sequence[str],
    image: Sequence[FloatArray],
    joined: Sequence[FloatArray],
) -> dict[tuple[int, int], str]:
    """The cheapest one or two swaps between look-alikes that make every failing digit hold.

    None where two different sets of swaps would do about as well: then the image stays the judge.
    """
    failing = _failing(layout, lines)
    if not failing:
        return {}
    covered = _covered(layout)
    places = set().union(*(covered[field] for field in failing))
    options = _open_cells(lines, image, joined, places)
    found: list[tuple[float, dict[tuple[int, int], str]]] = []
    for size in range(1, MAX_SWAPS + 1):
        for some in combinations(options, size):
            swaps = {place: char for place, char, _ in some}
            if len(swaps) == size and not _failing(layout, _swap(lines, swaps)):
                found.append((sum(cost for _, _, cost in some), swaps))
        if found:
            break
    found.sort(key=lambda way: way[0])
    if not found or (len(found) > 1 and found[1][0] - found[0][0] < np.log(3.0)):
        return {}
    return found[0][1]


def _let_digits_vouch(
    layout: Layout, lines: Sequence[str], joined: Sequence[FloatArray]
) -> tuple[FloatArray, ...]:
    """Probabilities of every line's characters, (n, 37), given the check digits that hold."""
    probability = [np.exp(rows) for rows in joined]
    holding = {digit.field for digit in check_digits(layout, lines) if digit.ok}
    for rule in layout.checks:
        if rule.field in holding and lines[rule.line - 1][rule.column - 1] != "<":
            for (line, column), row in vouched(rule, probability):
                probability[line][column] = row
    return tuple(probability)


def _record(
    layout: Layout | None,
    image: Sequence[FloatArray],
    seen: Sequence[str],
    lines: Sequence[str],
    swaps: dict[tuple[int, int], str],
) -> tuple[Resolved, ...]:
    records = []
    for number, (rows, before, after) in enumerate(zip(image, seen, lines, strict=True)):
        for column, (old, new) in enumerate(zip(before, after, strict=True)):
            clear = float(np.exp(rows[column].max())) >= OPEN_BELOW
            if old == new and clear:
                continue
            order = np.argsort(-rows[column])[:3]
            alternatives = [(ALPHABET[i], round(float(np.exp(rows[column][i])), 4)) for i in order]
            if new not in {char for char, _ in alternatives}:
                surety = round(float(np.exp(rows[column][ALPHABET.index(new)])), 4)
                alternatives.append((new, surety))
            if (number, column) in swaps:
                reason = "the image leaves both open; the check digits hold only with this one"
            elif old != new:
                reason = "the image leaves both open; the field's alphabet has only this one"
            elif layout is not None:
                reason = "the image leaves it open; the likeliest character that the field allows"
            else:
                reason = "the image leaves it open; the likeliest character"
            records.append(Resolved(number + 1, column + 1, new, tuple(alternatives), reason))
    return tuple(records)
