"""What the holes of a page say, against the number of the zone: for every check that asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from docexam.checks.viz_text import SAME_NUMBER_SHARE, look_alike, number_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.nouns.measurement import Measurement

Answer = Literal["equal", "differs", "other", "unsure", "length"]


@dataclass(frozen=True, slots=True)
class HoleReading:
    """`read` are the likeliest characters; `distance` is how many of them are not the number's.

    `answer`: `equal`; `differs` where a surely read character is another; `other` where most are;
    `unsure` where a character that is not the number's may be misread, or the number stands as
    well another way round; `length` where there are more or fewer characters.
    """

    answer: Answer
    read: str
    distance: int


def hole_reading(text: Measurement, number: str) -> HoleReading:
    """The measurement `perforation.text` of one page against a number of the zone."""
    ways = [way.split() for way in str(text.details.get("possible", "")).split("  ") if way]
    others = [way.split() for way in str(text.details.get("other_ways", "")).split("  ") if way]
    wanted = number_key(number)
    best = ways[0] if ways else []
    for way in (best, *others):
        if len(way) == len(wanted) and not _differing(way, wanted):
            return HoleReading("equal", _likeliest(way), 0)
    read = _likeliest(best)
    if len(best) != len(wanted):
        return HoleReading("length", read, abs(len(best) - len(wanted)))
    differing = _differing(best, wanted)
    sure = [
        at
        for at in differing
        if len(best[at]) == 1 and not look_alike(number_key(read[at]), wanted[at])
    ]
    if not sure or others:
        return HoleReading("unsure", read, len(differing))
    alike = 1 - len(differing) / len(wanted)
    return HoleReading("other" if alike < SAME_NUMBER_SHARE else "differs", read, len(differing))


def _likeliest(way: Sequence[str]) -> str:
    return "".join(possible[0] for possible in way)


def _differing(way: Sequence[str], wanted: str) -> list[int]:
    """The places whose likeliest character is not the number's, where the two can be told apart."""
    return [
        at
        for at, (possible, character) in enumerate(zip(way, wanted, strict=True))
        if number_key(possible[0]) != character
    ]
