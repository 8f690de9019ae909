"""What a field's own text must look like to be that field: dates, numbers, a letter for the sex."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from docexam.mrz.printed_months import MONTH_OF

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docexam.nouns.report import VizField

_DATES = ("birth_date", "issue_date", "expiry_date")
_SEX = re.compile(r"(?:[MFXWHK]|FEMALE|MALE)(?:\s*/\s*(?:[MFXWHK]|FEMALE|MALE))?")
_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9 \-/.]{4,17}")
_ACCESS_NUMBER = re.compile(r"[0-9]{6}")  # as all that we know of print it
_FEWEST_DIGITS = 3
_ONE_SHAPE = str.maketrans(
    {
        "O": "0",
        "Q": "0",
        "D": "0",
        "I": "1",
        "L": "1",
        "Z": "2",
        "S": "5",
        "G": "6",
        "T": "7",
        "B": "8",
    }
)


def tidy(text: str) -> str:
    """Capitals without marks, letters and digits only: two readings of one print compare so."""
    bare = unicodedata.normalize("NFD", text.upper())
    return "".join(c for c in bare if c.isascii() and c.isalnum())


def same_print(one: str, other: str) -> bool:
    """Whether two readings are of one print: a letter and the figure of its shape count as one."""
    return _shapes(one) == _shapes(other)


def _shapes(text: str) -> str:
    return tidy(text.replace("$", "S")).translate(_ONE_SHAPE)


def date_key(text: str) -> tuple[int, int, int] | None:
    """(year, month, day) of a printed date, None where it is none; two digits make no century."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.upper()) if c.isascii())
    words = [MONTH_OF[w[:4]] if w[:4] in MONTH_OF else MONTH_OF.get(w[:3]) for w in
             re.findall(r"[A-Z]{3,}", bare)]  # fmt: skip
    numbers = re.findall(r"\d+", bare)
    months = {month for month in words if month is not None}
    if len(months) == 1 and len(numbers) in (2, 3):
        first, last = numbers[0], numbers[-1]
        day, year = (last, first) if len(first) == 4 else (first, last)
        return _date(year, months.pop(), day)
    if words or len(numbers) != 3:
        return None
    first, month, last = numbers
    day, year = (last, first) if len(first) == 4 else (first, last)
    return _date(year, int(month), day)


def _date(year: str, month: int, day: str) -> tuple[int, int, int] | None:
    if len(year) not in (2, 4) or len(day) > 2 or not 1 <= month <= 12:
        return None
    return (int(year), month, int(day)) if 1 <= int(day) <= 31 else None


def is_date(text: str) -> bool:
    """Whether a text is a date of any usual form."""
    return date_key(text) is not None


def fits_form(name: str, text: str) -> bool:
    """Whether a text can be the field that its caption names.

    Dates may be misread: for a date it is enough that most of it are figures or a month.
    """
    plain = "".join(c for c in unicodedata.normalize("NFD", text.upper()) if c.isascii()).strip()
    digits = sum(c.isdigit() for c in plain)
    if name in _DATES:
        return is_date(text)
    if name == "sex":
        return _SEX.fullmatch(plain) is not None
    if name == "card_access_number":
        return _ACCESS_NUMBER.fullmatch(plain) is not None
    if name in ("document_number", "passport_number", "personal_number"):
        return digits >= _FEWEST_DIGITS and _NUMBER.fullmatch(plain) is not None
    if name in ("surname", "given_names", "name", "nationality"):
        return digits == 0 and sum(c.isalpha() for c in text) >= 2
    return name in ("birth_place", "authority")


def fields_of_form(text: str) -> tuple[str, ...] | None:
    """The fields that a text can be by its form; None where its form does not tell."""
    if is_date(text):
        return _DATES
    if _SEX.fullmatch(text.upper().strip()):
        return ("sex", "document_code")
    return None


def sorted_dates(
    named: Mapping[str, VizField], nameless: Sequence[VizField]
) -> dict[str, VizField]:
    """Names for dates without a readable caption: birth comes before issue, issue before expiry.

    Only where all three dates are there, so that the order leaves nothing open; it then outweighs
    captions that were misread.
    """
    known = [named[name] for name in _DATES if name in named]
    every = [*known, *nameless]
    if not nameless or len(every) != len(_DATES):
        return {}
    keys = [date_key(field.text) for field in every]
    if any(key is None or key[0] < 100 for key in keys):
        return {}
    ranked = sorted(every, key=lambda field: date_key(field.text) or (0, 0, 0))
    return {name: replace(field, name=name) for field, name in zip(ranked, _DATES, strict=True)}
