"""How far apart the letters of a type stand, and from that the size in which a line is set.

The middles of two neighbours lie a right half of the first and a left half of the second apart,
whatever the text; over a date this tells its size far better than the height of its letters.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from docexam.reference.text_letters import PrintedLine

# Our starting values.
LEAST_PAIRS = 3
LEAST_SEEN = 3
"""Neighbours that a half must have been seen with to be known."""
ROUNDS = 4
HELD = 0.02
"""How firmly halves that were seldom seen are held to the usual one."""
USUAL = 0.45
"""Half of a letter's advance against the height of capitals, to begin with."""


@dataclass(frozen=True, slots=True)
class Advances:
    """`right` and `left` halves by letter, and the `sizes` of fields they are times of, mm."""

    right: Mapping[str, float] = field(default_factory=dict)
    left: Mapping[str, float] = field(default_factory=dict)
    sizes: Mapping[str, float] = field(default_factory=dict)

    def as_facts(self) -> dict[str, Any]:
        """Plain JSON."""
        return {
            name: {key: round(value, 4) for key, value in sorted(getattr(self, name).items())}
            for name in ("right", "left", "sizes")
        }


def advances_of_facts(facts: Mapping[str, Mapping[str, float]]) -> Advances:
    """What `as_facts` wrote."""
    return Advances(facts["right"], facts["left"], facts["sizes"])


def learn_advances(
    pages: Sequence[Sequence[PrintedLine]], fields: Iterable[str], known: Iterable[str]
) -> Advances:
    """The halves of the `known` letters, and the size of each of `fields`, from genuine pages."""
    signs, names = sorted(known), set(fields)
    lines = [line for page in pages for line in page if line.name in names]
    rows = [
        (line.name, *pair) for line in lines for pair in _pairs(line) if {*pair[:2]} <= {*signs}
    ]
    if not rows or not signs:
        return Advances()
    sizes = {line.name: line.cap_mm for line in lines}
    at = {sign: number for number, sign in enumerate(signs)}
    n = len(signs)
    halves = np.full(2 * n, USUAL)
    for _ in range(ROUNDS):
        design = np.zeros((len(rows), 2 * n))
        wanted = np.zeros(len(rows))
        for row, (name, first, second, apart) in enumerate(rows):
            design[row, at[first]] += 1
            design[row, n + at[second]] += 1
            wanted[row] = apart / sizes[name]
        held = np.sqrt(HELD) * np.eye(2 * n)
        usual = np.sqrt(HELD) * np.full(2 * n, float(np.median(wanted)) / 2)
        halves, *_ = np.linalg.lstsq(
            np.vstack([design, held]), np.concatenate([wanted, usual]), rcond=None
        )
        expected = design @ halves
        for name in {row[0] for row in rows}:
            own = np.array([row[0] == name for row in rows])
            apart = np.array([row[3] for row in rows])[own]
            sizes[name] = float(np.median(apart / expected[own]))
    firsts, seconds = (Counter(row[side] for row in rows) for side in (1, 2))
    right = {s: float(halves[at[s]]) for s in signs if firsts[s] >= LEAST_SEEN}
    left = {s: float(halves[n + at[s]]) for s in signs if seconds[s] >= LEAST_SEEN}
    seen = {row[0] for row in rows}
    return Advances(right, left, {name: size for name, size in sizes.items() if name in seen})


def size_of(line: PrintedLine, advances: Advances) -> tuple[float, float] | None:
    """The size of a line relative to the learned one of its field, and its uncertainty.

    None where the field is not known, or fewer than LEAST_PAIRS neighbours are.
    """
    usual = advances.sizes.get(line.name)
    pairs = [
        (advances.right[first] + advances.left[second], apart)
        for first, second, apart in _pairs(line)
        if first in advances.right and second in advances.left
    ]
    if usual is None or len(pairs) < LEAST_PAIRS:
        return None
    expected, apart = np.array(pairs).T
    ratios = apart / (expected * usual)
    size = float(np.median(ratios))
    scatter = 1.4826 * float(np.median(np.abs(ratios - size)))
    return size, 1.25 * scatter / float(np.sqrt(len(pairs)))


def _pairs(line: PrintedLine) -> list[tuple[str, str, float]]:
    """Neighbours without a blank between: both letters, and how far apart their middles are."""
    return [
        (one.sign, two.sign, two.middle_mm - one.middle_mm)
        for one, two in zip(line.letters, line.letters[1:], strict=False)
        if two.joined and one.sign and two.sign
    ]
