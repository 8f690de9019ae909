"""Printed fields of the visual zone in a form that can be compared: dates, numbers, sex."""

from __future__ import annotations

import calendar
import datetime as dt
import math
import re
import unicodedata

from docexam.mrz.printed_months import MONTH_OF

SAME_NUMBER_SHARE = 0.5
"""Two numbers with fewer of their characters in common may be of different kinds, as a visa's own
and the passport's, or the document's and its blank's (our starting value)."""

LETTERS, FIGURES = 26, 10
_TWO_WORDS = 6

# Letters that are one shape in many faces: which one is printed cannot be told from the other.
_ONE_SHAPE = str.maketrans({"O": "0", "Q": "0", "I": "1", "L": "1"})


def plain(text: str) -> str:
    """Capitals without marks, single blanks."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.upper()) if c.isascii())
    return " ".join(bare.split())


def read_date(text: str, *, near: dt.date | None = None) -> dt.date | None:
    """A printed date: 14 AUG 1985, 14 AOUT/AUG 85, 14.08.1985, 1985-08-14; None for none of them.

    `near` settles the century of a year of two digits; without it such a date is none. It also
    settles which of two months is meant, as MEI/JUN: MEI is June here and May there.
    """
    bare = plain(text)
    numbers = re.findall(r"\d+", bare)
    words = re.findall(r"[A-Z]{3,}", bare)
    named = [month for word in words for month in _months(word)]
    months = set(named)
    if len(months) > 1 and near is not None:
        # in the state's own language first, then in another (Doc 9303-3, 3.8)
        months = {near.month if near.month in months else named[-1]}
    if len(months) == 1 and len(numbers) in (2, 3):
        # A document may print the month as a figure besides.
        day, year = numbers[0], numbers[-1]
        if len(day) == 4:
            day, year = year, day
        return _date(year, months.pop() or 0, day, near)
    if words or len(numbers) != 3:
        return None
    if len(numbers[0]) == 4:
        return _date(numbers[0], int(numbers[1]), numbers[2], near)
    return _date(numbers[2], int(numbers[1]), numbers[0], near)


def _months(word: str) -> list[int]:
    """The month that a word names; two where two words lost the stroke between them: MEIJUN."""
    found = [_month(word)]
    if len(word) >= _TWO_WORDS:
        found.append(MONTH_OF.get(word[-4:]) or MONTH_OF.get(word[-3:]))
    return [month for month in found if month is not None]


def _month(word: str) -> int | None:
    return MONTH_OF.get(word[:4]) or MONTH_OF.get(word[:3])


def _date(year: str, month: int, day: str, near: dt.date | None) -> dt.date | None:
    if len(year) == 2 and near is not None:
        year = str(near.year - near.year % 100 + int(year))
    if len(year) != 4 or not 1 <= month <= 12 or len(day) > 2:
        return None
    number = int(day)
    if int(year) < 1 or not 1 <= number <= calendar.monthrange(int(year), month)[1]:
        return None
    return dt.date(int(year), month, number)


def number_key(text: str) -> str:
    """A document number for comparing: letters and digits, those of one shape as one."""
    return "".join(c for c in plain(text) if c.isalnum()).translate(_ONE_SHAPE)


def misread_letters(text: str, number: str) -> bool:
    """Whether what a reader has differs from a number by shapes that readers confuse alone.

    Also where it has a small letter: numbers are printed in capitals, so it took a shape for
    another. And where a letter alone stands for another sign: forgers put figures for figures.
    """
    signs = [c for c in unicodedata.normalize("NFD", text) if c.isascii() and c.isalnum()]
    one, other = number_key(text), number_key(number)
    if not len(signs) == len(one) == len(other):
        return False
    wrong = [at for at in range(len(one)) if one[at] != other[at]]
    if len(wrong) == 1 and not (one[wrong[0]].isdigit() and other[wrong[0]].isdigit()):
        return True
    left = [at for at in wrong if not signs[at].islower()]
    return look_alike("".join(one[at] for at in left), "".join(other[at] for at in left))


def look_alike(one: str, other: str) -> bool:
    """Whether two numbers differ only where one has a letter and the other its figure (S and 5).

    Two figures are never alike: one of them put for the other is what forgers do.
    """
    pairs = [{a, b} for a, b in zip(one, other, strict=False) if a != b]
    return len(one) == len(other) and all(pair in _LETTER_AND_FIGURE for pair in pairs)


_LETTER_AND_FIGURE = [
    set(pair) for pair in ("S5", "B8", "Z2", "G6", "D0", "U0", "C0", "A4", "T7", "T1", "J1", "Z7")
]


def chance_alike(printed: str, number: str) -> float:
    """How likely another number of the form of `number` agrees with it in as many characters.

    Letters and figures are taken as drawn at random, but for zeros that both begin with; 1 where
    the two are not of one form.
    """
    form = "".join(c for c in plain(printed) if c.isalnum())
    wanted = "".join(c for c in plain(number) if c.isalnum())
    if not wanted or len(form) != len(wanted):
        return 1.0
    zeros = min(len(each) - len(each.lstrip("0")) for each in (form, wanted))
    agree: dict[int, list[bool]] = {LETTERS: [], FIGURES: []}
    pairs = list(zip(form, wanted, number_key(form), number_key(wanted), strict=True))
    for one, other, key, other_key in pairs[zeros:]:
        if one.isdigit() != other.isdigit() and key.isdigit() != other_key.isdigit():
            return 1.0
        # of a letter and the figure of its shape, the reader cannot say which it is
        agree[FIGURES if one.isdigit() or other.isdigit() else LETTERS].append(key == other_key)
    chance = 1.0
    for kinds, hits in agree.items():
        chance *= _at_least(sum(hits), len(hits), 1 / kinds)
    return chance


def _at_least(least: int, of: int, share: float) -> float:
    """The chance of at least so many hits."""
    return sum(
        math.comb(of, hits) * share**hits * (1 - share) ** (of - hits)
        for hits in range(least, of + 1)
    )


def sex_key(text: str) -> str | None:
    """F, M or < as the zone has it, None where the print does not say (Doc 9303-3, 7.1)."""
    words = re.findall(r"[A-Z<]+|-", plain(text))
    letters = {_SEX.get(word) for word in words} - {None}
    return letters.pop() if len(letters) == 1 else None


_SEX = {
    "F": "F", "FEMALE": "F", "FEMININ": "F", "W": "F", "K": "F",
    "M": "M", "MALE": "M", "MASCULIN": "M", "H": "M",
    "X": "<", "<": "<",
}  # fmt: skip


def edit_distance(one: str, other: str) -> int:
    """How many characters must be changed, put in or left out to get from one to the other."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        previous, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1]
