"""Two readings of one zone, laid side by side: what both saw stays, what differs is shown.

A difference is never settled here. The surer engine's character stays in the text, the zone is not
confident any more, and `resolved` and `problems` say who read what.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.nouns.reading import Problem, Resolved

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.nouns.zone import ZoneText

SHARED = 0.3
"""Share of the smaller zone that must lie in the other for both to be one place (ours)."""

ALIKE = 0.5
"""Likeness (0..1) from which two lines are taken for the same printed one (ours)."""

Place = tuple[int, int]
"""Line and column, from 0."""
Voice = tuple[str, str, float]
"""Engine, character (empty for none), surety 0..1."""


@dataclass(frozen=True, slots=True)
class Witness:
    """What one engine read in one place of the picture."""

    engine: str
    zone: ZoneText

    def surety(self, line: int, column: int) -> float:
        """How sure the engine is of a character, 0..1: clear unless it says otherwise."""
        for entry in self.zone.resolved:
            if (entry.line - 1, entry.column - 1) == (line, column):
                return dict(entry.alternatives).get(entry.read, 0.0)
        return 1.0


def same_place(one: ZoneText, other: ZoneText) -> bool:
    """Whether two zones lie over each other; not, where one does not tell its place."""
    if one.quad_px is None or other.quad_px is None:
        return False
    a, b = np.array(one.quad_px, np.float32), np.array(other.quad_px, np.float32)
    area, _ = cv2.intersectConvexConvex(a, b)
    smaller = min(abs(cv2.contourArea(a)), abs(cv2.contourArea(b)))
    return bool(area > SHARED * max(smaller, 1.0))


def alone(witness: Witness, other: str) -> ZoneText:
    """A zone that the engine `other` did not see."""
    notice = Problem(
        id="engine.alone",
        severity="notice",
        message=f"Only {witness.engine} read this zone; {other} did not.",
    )
    zone = witness.zone
    return replace(zone, confident=False, problems=(*zone.problems, notice))


def differs(first: Witness, second: Witness) -> bool:
    """Whether the two engines read different text."""
    return first.zone.lines != second.zone.lines


def agreed(first: Witness, second: Witness) -> ZoneText:
    """The zone that both engines read alike: as sure as the surer of them."""
    sure, unsure = _surer_first(first, second)
    return replace(
        sure.zone,
        confident=sure.zone.confident or unsure.zone.confident,
        quad_px=first.zone.quad_px or second.zone.quad_px,
    )


def disputed(first: Witness, second: Witness, others: Sequence[Witness] = ()) -> ZoneText:
    """The zone that the engines read differently, with every difference named.

    `others` are heard and named, but change nothing.
    """
    base, rival = _base_first(first, second)
    seen = [_beside(base, witness) for witness in (rival, *others)]
    found: dict[Place, Resolved] = {}
    text = [list(line) for line in base.zone.lines]
    for number, line in enumerate(base.zone.lines):
        for column, character in enumerate(line):
            place = number, column
            if place in seen[0].extra or seen[0].characters.get(place, "") != character:
                voices = [_voice(base, place)]
                voices += [side.voice(place) for side in seen]
                found[place] = _entry(place, voices)
                text[number][column] = found[place].read
    kept = (e for e in base.zone.resolved if (e.line - 1, e.column - 1) not in found)
    return replace(
        base.zone,
        lines=tuple("".join(line) for line in text),
        confident=False,
        confidence=min(base.zone.confidence, rival.zone.confidence),
        resolved=tuple(sorted((*kept, *found.values()), key=lambda e: (e.line, e.column))),
        problems=(*base.zone.problems, *_notices(first, second, found)),
        quad_px=first.zone.quad_px or second.zone.quad_px,
    )


def _surer_first(first: Witness, second: Witness) -> tuple[Witness, Witness]:
    return (first, second) if first.zone.confidence >= second.zone.confidence else (second, first)


def _base_first(first: Witness, second: Witness) -> tuple[Witness, Witness]:
    """The witness whose lines are kept: equal lines as Doc 9303 has them, else the surer one."""
    shapely = [len({len(line) for line in w.zone.lines}) == 1 for w in (first, second)]
    if shapely[0] != shapely[1]:
        return (first, second) if shapely[0] else (second, first)
    if len(first.zone.lines) != len(second.zone.lines):
        more = len(first.zone.lines) > len(second.zone.lines)
        return (first, second) if more else (second, first)
    return _surer_first(first, second)


@dataclass(frozen=True, slots=True)
class _Side:
    """One engine's characters and their surety at the places of another engine's text.

    `extra` are the places beside which this engine has more characters than the other.
    """

    engine: str
    characters: dict[Place, str]
    surety: dict[Place, float]
    extra: frozenset[Place]

    def voice(self, place: Place) -> Voice:
        return self.engine, self.characters.get(place, ""), self.surety.get(place, 0.0)


def _beside(base: Witness, other: Witness) -> _Side:
    """What `other` reads at each place of `base`'s text, their lines aligned by likeness."""
    characters: dict[Place, str] = {}
    surety: dict[Place, float] = {}
    extra: set[Place] = set()
    for number, beside in enumerate(_lines_beside(base.zone.lines, other.zone.lines)):
        if beside is None:
            continue
        line = base.zone.lines[number]
        columns, more = _columns_beside(line, other.zone.lines[beside])
        for column, other_column in columns.items():
            characters[number, column] = other.zone.lines[beside][other_column]
            surety[number, column] = other.surety(beside, other_column)
        extra |= {(number, column) for column in more}
    return _Side(other.engine, characters, surety, frozenset(extra))


def _lines_beside(lines: Sequence[str], others: Sequence[str]) -> list[int | None]:
    """For each line the number of the other engine's line of the same text, in the same order."""
    if len(lines) == len(others):
        return list(range(len(lines)))
    beside: list[int | None] = []
    free = 0
    for line in lines:
        likeness = [SequenceMatcher(None, line, o, autojunk=False).ratio() for o in others[free:]]
        best = int(np.argmax(likeness)) if likeness else 0
        if likeness and likeness[best] > ALIKE:
            beside.append(free + best)
            free += best + 1
        else:
            beside.append(None)
    return beside


def _columns_beside(line: str, other: str) -> tuple[dict[int, int], set[int]]:
    """The column of `other` for each column of `line` (from 0), and where `other` has more."""
    if len(line) == len(other):
        return {i: i for i in range(len(line))}, set()
    columns: dict[int, int] = {}
    more: set[int] = set()
    opcodes = SequenceMatcher(None, line, other, autojunk=False).get_opcodes()
    for _, first, last, other_first, other_last in opcodes:
        columns |= dict(zip(range(first, last), range(other_first, other_last), strict=False))
        if other_last - other_first > last - first:
            more.add(max(0, min(last, len(line)) - 1))
    return columns, more


def _voice(witness: Witness, place: Place) -> Voice:
    line, column = place
    return witness.engine, witness.zone.lines[line][column], witness.surety(line, column)


def _entry(place: Place, voices: Sequence[Voice]) -> Resolved:
    """What each engine reads at a place; the surer one of the first two is kept."""
    base, rival = voices[:2]
    read = rival[1] if rival[1] and rival[2] > base[2] else base[1]
    alternatives: dict[str, float] = {}
    for _, character, surety in voices:
        if character:
            alternatives[character] = max(alternatives.get(character, 0.0), round(surety, 4))
    order = sorted(alternatives.items(), key=lambda a: (-a[1], a[0] != read))
    told = ", ".join(f"{engine} reads {character or 'nothing'}" for engine, character, _ in voices)
    if base[1] == rival[1]:
        told += f"; {rival[0]} has more characters beside it"
    return Resolved(place[0] + 1, place[1] + 1, read, tuple(order), f"the engines differ: {told}")


def _notices(first: Witness, second: Witness, found: dict[Place, Resolved]) -> list[Problem]:
    names = f"{first.engine} and {second.engine}"
    notices = []
    for number in sorted({line for line, _ in found}):
        columns = [column + 1 for line, column in found if line == number]
        count = "1 character" if len(columns) == 1 else f"{len(columns)} characters"
        notices.append(
            Problem(
                id="engine.differ",
                severity="notice",
                message=f"{names} differ in {count} of line {number + 1}: look at the document.",
                line=number + 1,
                columns=(min(columns), max(columns)),
            )
        )
    counts = len(first.zone.lines), len(second.zone.lines)
    if counts[0] != counts[1]:
        notices.append(
            Problem(
                id="engine.differ",
                severity="notice",
                message=f"{first.engine} read {counts[0]} lines, {second.engine} {counts[1]}.",
            )
        )
    return notices
