"""Dates in the zone: six characters YYMMDD (Doc 9303-3, 4.8), and the century that they leave out.

The rule is stated, not guessed (`century_rule`), and its clock is an argument:

- expiry: the year within 50 years before and 49 years after the current year. The first documents
  with a zone are of 1980, and no term runs for 50 years.
- birth: the latest year that is not after today, nor after the expiry date of the document.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

EXPIRY_YEARS_BACK = 50
_UNKNOWN = "<<"


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """What six printed characters say.

    `iso`: YYYY-MM-DD, YYYY-MM or YYYY as far as known, None for an unknown year or no date at all.
    `day`: the full calendar date where all parts are known. `fault`: why it is no date, else "".
    """

    iso: str | None
    day: dt.date | None = None
    fault: str = ""


@lru_cache(maxsize=64)
def century_rule(today: dt.date) -> str:
    """The rule in words, for the reading."""
    first = today.year - EXPIRY_YEARS_BACK
    return (
        f"birth: latest year not after {today.isoformat()} nor after the expiry date; "
        f"expiry: year within {first} to {first + 99}"
    )


def read_expiry(printed: str, today: dt.date) -> PrintedDate:
    """An expiry date; it has no unknown parts (Doc 9303-3, 4.8)."""
    if not (printed.isascii() and printed.isdigit()):
        return PrintedDate(None, fault=_not_digits(printed, "expiry"))
    first = today.year - EXPIRY_YEARS_BACK
    year = first + (int(printed[:2]) - first) % 100
    return _calendar_date(year, int(printed[2:4]), int(printed[4:]))


def read_birth(printed: str, today: dt.date, expiry: dt.date | None = None) -> PrintedDate:
    """A birth date; unknown year, month or day are two fillers each (Doc 9303-3, 4.8)."""
    limit = expiry if expiry is not None and expiry < today else today
    if printed.isascii() and printed.isdigit():
        month, day = int(printed[2:4]), int(printed[4:])
        return _calendar_date(_birth_year(printed, month, day, limit), month, day)
    parts = (printed[:2], printed[2:4], printed[4:])
    if not all(part == _UNKNOWN or (part.isascii() and part.isdigit()) for part in parts):
        return PrintedDate(None, fault=_not_digits(printed, "birth"))
    return _partial_birth(printed, limit)


def _partial_birth(printed: str, limit: dt.date) -> PrintedDate:
    month = 0 if printed[2:4] == _UNKNOWN else int(printed[2:4])
    day = 0 if printed[4:] == _UNKNOWN else int(printed[4:])
    if printed[2:4] != _UNKNOWN and not 1 <= month <= 12:
        return PrintedDate(None, fault=f"there is no month {printed[2:4]}")
    year_known = printed[:2] != _UNKNOWN
    year = _birth_year(printed, month or 1, 1, limit) if year_known else 2000
    longest = calendar.monthrange(year, month)[1] if month else 31
    if printed[4:] != _UNKNOWN and not 1 <= day <= longest:
        return PrintedDate(None, fault=f"there is no day {printed[4:]} in that month")
    if not year_known:
        return PrintedDate(None)
    return PrintedDate(f"{year:04}-{month:02}" if month else f"{year:04}")


def _birth_year(printed: str, month: int, day: int, limit: dt.date) -> int:
    year = limit.year - (limit.year - int(printed[:2])) % 100
    if year == limit.year and (month, day) > (limit.month, limit.day):
        return year - 100
    return year


def _calendar_date(year: int, month: int, day: int) -> PrintedDate:
    try:
        date = dt.date(year, month, day)
    except ValueError:
        if not 1 <= month <= 12:
            return PrintedDate(None, fault=f"there is no month {month:02}")
        return PrintedDate(None, fault=f"there is no day {day:02} in month {month:02} of {year}")
    return PrintedDate(date.isoformat(), date)


def _not_digits(printed: str, kind: str) -> str:
    if kind == "expiry" and not printed.strip("<"):
        return "it is empty, and only parts of a birth date may be unknown"
    if "<" in printed:
        return "fillers may only stand for a whole unknown year, month or day of birth"
    return "it has a character that is not a digit"
