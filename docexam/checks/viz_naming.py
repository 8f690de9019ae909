"""Lines of the visual zone that no caption named, named by what the zone of the document says.

A caption that background print hides leaves its field without a name. A line that says the same as
the zone, or nearly so where nothing else can, is that field. Its text stays as it was read.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from docexam.checks.viz_compare import NAME_FIELDS, compare, compare_name, zone_text
from docexam.checks.viz_text import edit_distance, number_key, read_date

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from docexam.checks.zone_choice import ChosenZone
    from docexam.nouns.report import VizField

# Our starting values.
LONGEST_TERM_YEARS = 20
"""A date longer before the expiry is no date of issue."""
MOST_APART = 2
"""Figures of a date that may differ for it to be the zone's date still."""
NUMBER_APART_SHARE = 0.5
STACKED_MM = 5.0
SAME_LEFT_MM = 1.0
FEWEST_LETTERS = 3
_DATA = ("document_number", "birth_date", "expiry_date")


def named_by_zone(
    fields: Sequence[VizField], unnamed: Sequence[VizField], chosen: ChosenZone | None
) -> tuple[VizField, ...]:
    """`fields` of one page with those of `unnamed` that the zone tells, from the top down.

    A field whose caption was misread gives its name to the line that says what the zone says.
    """
    if chosen is None or chosen.layout is None or not unnamed:
        return tuple(fields)
    named = {field.name: field for field in fields}
    left = list(unnamed)
    for name in _DATA:
        _take(named, left, name, partial(_is_equal, chosen, name))
    for name, is_it in (
        ("birth_date", _near_birth(chosen)),
        ("expiry_date", _near_expiry(chosen, named)),
        ("document_number", _near_number(chosen)),
    ):
        if name not in named and sum(map(is_it, left)) == 1:
            _take(named, left, name, is_it)
    for name in NAME_FIELDS:
        if name in named:
            named[name] = _in_latin(named[name], left, chosen)
        elif name != "name" and "name" not in named:
            _take(named, left, name, partial(_says_name, chosen, name))
    return tuple(sorted(named.values(), key=lambda field: (field.box_mm[1], field.box_mm[0])))


def _take(
    named: dict[str, VizField],
    left: list[VizField],
    name: str,
    is_it: Callable[[VizField], bool],
) -> None:
    """Names the first line that is it, unless the one of that name is it already."""
    if name in named and is_it(named[name]):
        return
    line = next((line for line in left if is_it(line)), None)
    if line is not None:
        left.remove(line)
        named[name] = replace(line, name=name)


def _is_equal(chosen: ChosenZone, name: str, line: VizField) -> bool:
    if not zone_text(name, chosen):
        return False
    if name == "document_number":
        return number_key(line.text) == number_key(zone_text(name, chosen))
    return _day(line) is not None and compare(replace(line, name=name), chosen).answer == "equal"


def _day(line: VizField) -> dt.date | None:
    """A printed date whose year has four figures."""
    return read_date(line.text)


def _zone_day(name: str, chosen: ChosenZone) -> dt.date | None:
    text = zone_text(name, chosen)
    return dt.date.fromisoformat(text) if len(text) == len("2026-01-01") else None


def _near(line: VizField, day: dt.date | None) -> bool:
    printed = _day(line)
    if printed is None or day is None:
        return False
    return edit_distance(printed.isoformat(), day.isoformat()) <= MOST_APART


def _near_birth(chosen: ChosenZone) -> Callable[[VizField], bool]:
    """Dates near the zone's birth that are too long before the expiry to be a date of issue."""
    birth, expiry = _zone_day("birth_date", chosen), _zone_day("expiry_date", chosen)

    def is_it(line: VizField) -> bool:
        printed = _day(line)
        if printed is None or expiry is None or not _near(line, birth):
            return False
        return printed.year < expiry.year - LONGEST_TERM_YEARS

    return is_it


def _near_expiry(chosen: ChosenZone, named: dict[str, VizField]) -> Callable[[VizField], bool]:
    """Dates near the zone's expiry, after an issue that its own caption names."""
    expiry = _zone_day("expiry_date", chosen)
    issue = _day(named["issue_date"]) if "issue_date" in named else None

    def is_it(line: VizField) -> bool:
        printed = _day(line)
        if printed is None or issue is None or not _near(line, expiry):
            return False
        return printed > issue

    return is_it


def _near_number(chosen: ChosenZone) -> Callable[[VizField], bool]:
    """Lines with letters and figures where the zone's number has them, and mostly the same."""
    number = zone_text("document_number", chosen)

    def is_it(line: VizField) -> bool:
        printed = "".join(line.text.split())
        if not number or _kinds(printed) != _kinds(number):
            return False
        return edit_distance(printed, number) <= NUMBER_APART_SHARE * len(number)

    return is_it


def _kinds(text: str) -> list[bool]:
    return [sign.isdigit() for sign in text]


def _says_name(chosen: ChosenZone, name: str, line: VizField) -> bool:
    says = bool(zone_text(name, chosen)) and len(line.text) >= FEWEST_LETTERS
    return says and compare_name(replace(line, name=name), chosen).answer == "equal"


def _in_latin(field: VizField, left: list[VizField], chosen: ChosenZone) -> VizField:
    """Of a name printed in two scripts one below the other, the line that the zone transcribes."""
    own = compare_name(field, chosen)
    if own.answer == "equal":
        return field
    x, y, _, _ = field.box_mm
    for line in left:
        lx, ly, _, _ = line.box_mm
        if abs(lx - x) > SAME_LEFT_MM or abs(ly - y) > STACKED_MM:
            continue
        other = compare_name(replace(line, name=field.name), chosen)
        nearer = other.answer == "differs" and own.answer == "differs"
        if other.answer == "equal" or (nearer and other.distance < own.distance):
            left.remove(line)
            return replace(line, name=field.name)
    return field
