"""How a printed line is like what the zone says: numbers, dates and names that nearly agree."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from docexam.checks.viz_compare import MOST_CHANCE, compare_name, zone_text
from docexam.checks.viz_text import chance_alike, edit_distance, number_key, plain, read_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.checks.zone_choice import ChosenZone
    from docexam.nouns.report import VizField

# Our starting values.
LONGEST_TERM_YEARS = 20
"""A date longer before the expiry is no date of issue."""
MOST_APART = 2
"""Figures of a date that may differ for it to be the zone's date still."""
NUMBER_APART_SHARE = 0.5
"""Of a number named by its likeness, which then is a guess: numbers of one series begin alike, and
of two with the same two letters and a block of figures in common every other one is so near."""
SECOND_APART_SHARE = 1 / 3
SURELY_APART = 2
SURELY_APART_SHARE = 1 / 4
"""So few characters apart a number is the zone's, altered: where the first four of nine are common
to a series, another number of it is 1 in 120 times, and such a number must first stand there
without a caption, in the same form, while the document's own is not read."""
SURELY_READ = 0.8
FEWEST_FIGURES = 4
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


def is_one_figure_off(text: str, day: dt.date) -> bool:
    """Whether a printed date is the zone's but for exactly one figure."""
    printed = read_date(text, near=day)
    return printed is not None and edit_distance(printed.isoformat(), day.isoformat()) == 1


def can_be_prolonged(text: str, expiry: dt.date, chosen: ChosenZone) -> bool:
    """Whether a printed date after the zone's expiry, one figure from it, is that expiry altered.

    A visa bears other dates to come, see `is_last_day`. A permit may outlast its
    card by whole years; nothing of a passport outlasts the passport.
    """
    printed = read_date(text)
    kind = chosen.reading.format or ""
    if printed is None or printed <= expiry or not is_one_figure_off(text, expiry):
        return False
    return kind == "TD3" or (kind.startswith("TD") and printed.year == expiry.year)


def stands_alone(line: VizField, others: Sequence[VizField], chosen: ChosenZone) -> bool:
    """Whether a line like the zone's number can be no other number.

    Every document must bear its number beside the zone (Doc 9303-4, -5, -6 and -7), so the zone's
    own was read or is among what was not read surely. Where every line of figures was, and one
    alone is like the zone's far beyond chance, it is that one. Its reading must be sure as well.
    `others` are those of all sides of the document.
    """
    number = zone_text("document_number", chosen)
    if line.confidence < SURELY_READ or chance_alike(line.text, number) > MOST_CHANCE:
        return False
    own = number_key(line.text)
    if any(is_near_number(o.text, number) and number_key(o.text) != own for o in others):
        return False
    return all(
        other.confidence >= SURELY_READ
        for other in others
        if other is not line and sum(c.isdigit() for c in other.text) >= FEWEST_FIGURES
    )


def is_last_day(late: Sequence[dt.date], expiry: dt.date) -> bool:
    """Whether of the days from the issue on that a visa bears, the last is its expiry altered.

    It must bear the first and the last day (Doc 9303-7). Where two are printed, one before the
    zone's expiry and one a figure after it, no third is left that could be the last day.
    """
    first, last = (min(late), max(late)) if len(late) == 2 else (expiry, expiry)
    one_off = edit_distance(last.isoformat(), expiry.isoformat()) == 1
    return first < expiry < last and one_off


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


def is_surely_number(text: str, number: str) -> bool:
    """Whether a near number is too near the zone's to be another number of its series."""
    wanted = number_key(number)
    most = min(SURELY_APART, int(SURELY_APART_SHARE * len(wanted)))
    return edit_distance(number_key(text), wanted) <= most


def _same_kinds(one: str, other: str) -> bool:
    """Whether letters and figures stand in the same places, a letter of a figure's shape as one."""
    return len(one) == len(other) and all(
        a.isdigit() == b.isdigit()
        or number_key(a).isdigit() == number_key(b).isdigit()
        or (a in _EITHER and b in _EITHER)
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
