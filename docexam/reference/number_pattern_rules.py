"""How the numbers of one kind of document are built: letters and digits, place by place.

A handful of numbers cannot prove that a place always holds one and the same letter: series change
theirs. So a pattern tells letters from digits, and a single letter only where very many agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

FIELDS = ("document_number", "optional_data_1")
"""Of the zone: what has a pattern."""
MANY = 60
"""From so many on, a character that all of them share is taken for a fixed one (our starting
value)."""
LETTER, DIGIT, EITHER = "@", "#", "*"


def pattern_facts(numbers: Iterable[str]) -> dict[str, Any]:
    """The patterns of different numbers, one for each length, and how sure they are.

    `doubt` is the share of genuine documents that may still have another pattern: with 95 %
    confidence no more of them do, since none of these did.
    """
    different = sorted(set(numbers))
    by_length: dict[int, list[str]] = {}
    for number in different:
        by_length.setdefault(len(number), []).append(number)
    return {
        "patterns": [_pattern(group, len(different)) for _, group in sorted(by_length.items())],
        "numbers": len(different),
        "doubt": round(1 - 0.05 ** (1 / len(different)), 3),
    }


def _pattern(group: Sequence[str], known: int) -> str:
    return "".join(_place({number[at] for number in group}, known) for at in range(len(group[0])))


def _place(signs: set[str], known: int) -> str:
    if len(signs) == 1 and known >= MANY:
        return next(iter(signs))
    if all(sign.isdigit() for sign in signs):
        return DIGIT
    return LETTER if all(sign.isalpha() for sign in signs) else EITHER


def fits(number: str, facts: Mapping[str, Any]) -> bool:
    """Whether a number has one of the learned patterns."""
    return any(_fits(number, str(pattern)) for pattern in facts["patterns"])


def _fits(number: str, pattern: str) -> bool:
    return len(number) == len(pattern) and all(
        wanted in (EITHER, sign)
        or (wanted == LETTER and sign.isalpha())
        or (wanted == DIGIT and sign.isdigit())
        for sign, wanted in zip(number, pattern, strict=True)
    )
