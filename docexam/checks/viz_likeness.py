"""How a printed line is like what the zone says: numbers, dates and names that nearly agree."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from docexam.checks.viz_compare import compare_name, zone_text
from docexam.checks.viz_text import edit_distance, number_key, plain, read_date

if TYPE_CHECKING:
    from docexam.checks.zone_choice import ChosenZone
    from docexam.nouns.report import VizField

# Our starting values.
LONGEST_TERM_YEARS = 20
"""A date longer before the expiry is no date of issue."""
MOST_APART = 2
"""Figures of a date that may differ for it to be the zone's date still."""
NUMBER_APART_SHARE = 0.5
SECOND_APART_SHARE = 1 / 3
LETTERS_A_SLIP = 5
"""A name of so many letters may differ in one from the zone's and be that name still."""
MOST_SLIPS = 2
_SHORTEST_NUMBER = 6
_OLDEST_YEARS = 125
_EITHER = frozenset("OQDILZSGTB0125678")
"""Letters and figures that readers take for each other."""


def zone_day(name: str, chosen: ChosenZone) -> dt.date | None:
    """A date of the zone that is whole."""
    text = zone_text(name, chosen)
    return dt.date.fromisoformat(text) if len(text) == len("2026-01-01") else None


def is_near(text: str, day: dt.date | None) -> bool:
    """Whether a printed date is the zone's but for a figure or two."""
    printed = None if day is None else read_date(text, near=day)
    if printed is None or day is None:
        return False
    return edit_distance(printed.isoformat(), day.isoformat()) <= MOST_APART


def could_be_birth(text: str, expiry: dt.date | None) -> bool:
    """Whether a printed date can be no issue: its year, in each century, is too early for one."""
    if expiry is None:
        return False
    written = read_date(text)
    if written is not None:
        return written.year < expiry.year - LONGEST_TERM_YEARS
    short = read_date(text, near=expiry)
    if short is None:
        return False
    years_before = (expiry.year - short.year) % 100
    return years_before > LONGEST_TERM_YEARS


def is_late_date(text: str, expiry: dt.date) -> bool:
    """Whether a printed date, its year whole, may be an issue or an expiry."""
    printed = read_date(text)
    return printed is not None and abs(printed.year - expiry.year) <= LONGEST_TERM_YEARS


def is_near_number(text: str, number: str, *, second: bool = False) -> bool:
    """Whether a line has letters and figures where the zone's number has them, mostly the same.

    A `second` number must be nearer: a document may bear numbers of another kind as well.
    """
    printed, wanted = plain(text).replace(" ", ""), plain(number).replace(" ", "")
    if len(wanted) < _SHORTEST_NUMBER or not _same_kinds(printed, wanted):
        return False
    share = SECOND_APART_SHARE if second else NUMBER_APART_SHARE
    return edit_distance(number_key(printed), number_key(wanted)) <= share * len(wanted)


def _same_kinds(one: str, other: str) -> bool:
    return len(one) == len(other) and all(
        a.isdigit() == b.isdigit() or (a in _EITHER and b in _EITHER)
        for a, b in zip(one, other, strict=True)
    )


def number_in(text: str, number: str) -> str:
    """A line without the words before its number, which hold no figure; all of it for none."""
    words = text.split()
    first = next((at for at, word in enumerate(words) if any(c.isdigit() for c in word)), 0)
    endings = [" ".join(words[at:]) for at in range(first + 1)] or [text]
    wanted = number_key(number)
    return min(endings, key=lambda each: edit_distance(number_key(each), wanted))


def is_near_name(chosen: ChosenZone, name: str, line: VizField) -> bool:
    """Whether a line is the zone's name but for a slip or two, by its length."""
    zone = zone_text(name, chosen)
    if not zone or any(c.isdigit() for c in line.text) or line.text.upper() != line.text:
        return False
    result = compare_name(replace(line, name=name), chosen)
    slips = min(MOST_SLIPS, len(zone) // LETTERS_A_SLIP)
    return result.answer == "differs" and result.distance <= slips
