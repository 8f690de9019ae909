"""The strings on training pages: zones of invented people, and every other kind of print."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGITS = "0123456789"
ALNUM = LETTERS + DIGITS
SYLLABLES = tuple(
    re.findall(
        r"\S+",
        """an er in ma ko la ri so ta ne vi lo pe du ga hel mir sta bro ung ski ova gre tho lin bar
    mon dez que sha wen zhu yil oz fre el ar is or ka mi no su te ho ra lia dro pol cze""",
    )
)
LABELS = tuple(
    re.findall(
        r"\S+",
        """Surname Name Given names Nationality Date of birth Sex Place of birth Date of issue
        Authority Date of expiry Personal No. Document No. Type Code Holder's signature
        Height Eyes Address PASSPORT IDENTITY CARD RESIDENCE PERMIT VISA REPUBLIC OF UTOPIA
        SPECIMEN Total VAT Cash Invoice Energy Fat Protein Sugar Gate Flight Seat Page
        Chapter the and of to in for with from""",
    )
)


def pick(rng: np.random.Generator, text: str | list[str] | tuple[str, ...]) -> str:
    return text[int(rng.integers(len(text)))]


def chars(rng: np.random.Generator, alphabet: str, count: int) -> str:
    return "".join(alphabet[i] for i in rng.integers(len(alphabet), size=count))


def name(rng: np.random.Generator) -> str:
    return "".join(pick(rng, SYLLABLES) for _ in range(int(rng.integers(1, 4))))


def number(rng: np.random.Generator) -> str:
    """A document number, a price, a date or a telephone number."""
    kind = rng.integers(5)
    if kind == 0:
        return chars(rng, LETTERS, int(rng.integers(0, 4))) + chars(
            rng, DIGITS, int(rng.integers(5, 11))
        )
    if kind == 1:
        return f"{rng.integers(1, 999)}.{rng.integers(0, 99):02d}"
    if kind == 2:
        separator = pick(rng, ["/", ".", " ", "-"])
        return separator.join(f"{part:02d}" for part in rng.integers((1, 1, 1930), (31, 12, 2040)))
    if kind == 3:
        return " ".join(chars(rng, DIGITS, int(rng.integers(2, 5))) for _ in range(4))
    return chars(rng, ALNUM, int(rng.integers(4, 14)))


def phrase(rng: np.random.Generator, length: int) -> str:
    """Words and numbers, about `length` characters."""
    out: list[str] = []
    style = rng.integers(4)
    while sum(map(len, out)) + len(out) < length:
        draw = rng.random()
        word = name(rng) if draw < 0.5 else pick(rng, LABELS) if draw < 0.8 else number(rng)
        out.append(word.upper() if style == 0 else word.title() if style == 1 else word)
    return " ".join(out)[: max(length, 2)]


def _fill(text: str, width: int) -> str:
    return (text + "<" * width)[:width]


def _holder(rng: np.random.Generator) -> str:
    surname = "<".join(name(rng).upper() for _ in range(1 + int(rng.random() < 0.2)))
    given = "<".join(name(rng).upper() for _ in range(int(rng.integers(0, 4))))
    return f"{surname}<<{given}"


def zone_lines(rng: np.random.Generator, rows: int, width: int) -> list[str]:
    """Lines shaped like a machine readable zone; the check digits are random."""
    code = pick(rng, LETTERS) + pick(rng, "<<<" + LETTERS)
    state = chars(rng, LETTERS, 3) if rng.random() < 0.85 else pick(rng, LETTERS) + "<<"
    alphabet = ALNUM if rng.random() < 0.5 else DIGITS
    numbers = _fill(chars(rng, alphabet, int(rng.integers(6, 10))), 9)
    dates = f"{chars(rng, DIGITS, 7)}{pick(rng, 'MF<')}{chars(rng, DIGITS, 7)}"
    rest = width - 28 if rows == 2 else 11
    used = int(rng.integers(0, rest + 1)) if rng.random() < 0.5 else 0
    optional = _fill(chars(rng, ALNUM, used), rest)
    if rows == 1:
        return [_fill(code + numbers + chars(rng, DIGITS, 7) + _holder(rng), width)]
    if rows == 2:
        second = _fill(numbers + pick(rng, DIGITS) + state + dates + optional, width)
        if rng.random() < 0.6:
            second = second[:-1] + pick(rng, DIGITS)
        return [_fill(code + state + _holder(rng), width), second]
    free = chars(rng, ALNUM, int(rng.integers(0, 16)) if rng.random() < 0.5 else 0)
    lines = [
        _fill(code + state + numbers + pick(rng, DIGITS) + free, width),
        _fill(dates + state + optional, width - 1) + pick(rng, DIGITS),
        _fill(_holder(rng), width),
    ]
    return lines + [_fill(chars(rng, ALNUM, 20), width)] * (rows - 3)
