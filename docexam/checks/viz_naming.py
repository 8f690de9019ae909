"""Lines of the visual zone that no caption named, named by what the zone of the document says.

A caption that background print hides leaves its field without a name. A line that says the same as
the zone, or nearly so where nothing else can, is that field. Its text stays as it was read. A name
that is a guess, since the line may well be something else, makes the line unsure.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from docexam.checks.viz_compare import NAME_FIELDS, compare, compare_name, zone_text
from docexam.checks.viz_likeness import is_near_name, is_near_number
from docexam.checks.viz_naming_dates import misnamed_expiry, name_birth, name_expiry
from docexam.checks.viz_naming_lines import called, is_equal, only, take
from docexam.checks.viz_naming_number import (
    is_other_number,
    misnamed_number,
    name_number,
    number_alone,
)
from docexam.checks.viz_scripts_stacked import in_latin, surname_in_latin
from docexam.checks.viz_text import sex_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.checks.viz_naming_lines import Lines, Names
    from docexam.checks.zone_choice import ChosenZone
    from docexam.nouns.report import VizField

# Our starting values.
EVEN_CHANCE = 0.5
"""The most that a lone letter is sure of that may be the sex: every other one is the zone's."""
FEWEST_LETTERS = 3
_DATA = ("document_number", "birth_date", "expiry_date")
_BY_LIKENESS = (*_DATA, "sex", "surname", "given_names")


def named_by_zone(
    fields: Sequence[VizField],
    unnamed: Sequence[VizField],
    chosen: ChosenZone | None,
    other: Sequence[VizField] = (),
    beside: Sequence[VizField] = (),
    *,
    by_likeness: bool = True,
) -> tuple[VizField, ...]:
    """`fields` of one page with those of `unnamed` that the zone tells, from the top down.

    A field whose caption was misread gives its name to the line that says what the zone says. A
    second print of the number is `numbering`. `other` are the fields of the other pages: what one
    of them says as the zone does is no field of this page by mere likeness, but an older passport's
    number, say, or a relative's birth. `beside` are the lines without a name of its other sides.
    Without `by_likeness` only what equals the zone is named.
    """
    if chosen is None or chosen.layout is None or not (unnamed or fields):
        return tuple(fields)
    told = _told(other, chosen) if by_likeness else frozenset(_BY_LIKENESS)
    named = {field.name: field for field in fields}
    left = _lines(unnamed, chosen)
    if "document_number" not in told:
        left += misnamed_number(named, chosen)
    if "expiry_date" not in told:
        left += misnamed_expiry(named, left, chosen)
    _take_equal(named, left, chosen)
    name_number(named, left, chosen, beside, alike="document_number" not in told)
    if "birth_date" not in told:
        name_birth(named, left, chosen)
    if "expiry_date" not in told:
        name_expiry(named, left, chosen, other)
    if "sex" not in told:
        _name_sex(named, left, chosen)
    surname_in_latin(named, left, chosen)
    for name in NAME_FIELDS:
        if name in named:
            named[name] = in_latin(named[name], left, chosen)
            if not is_near_name(chosen, name, named[name]):
                take(named, left, name, partial(_says_name, chosen, name))
        elif name != "name" and "name" not in named:
            take(named, left, name, partial(_says_name, chosen, name))
    for name in ("surname", "given_names"):
        if name not in named and "name" not in named and name not in told:
            only(named, left, name, partial(is_near_name, chosen, name))
    return tuple(sorted(named.values(), key=lambda field: (field.box_mm[1], field.box_mm[0])))


def equal_to_zone(
    fields: Sequence[VizField], unnamed: Sequence[VizField], chosen: ChosenZone | None
) -> tuple[VizField, ...]:
    """`fields` of one page with its number and dates that stand there as the zone has them."""
    if chosen is None or chosen.layout is None:
        return tuple(fields)
    named = {field.name: field for field in fields}
    _take_equal(named, _lines(unnamed, chosen), chosen)
    return tuple(named.values())


def _told(other: Sequence[VizField], chosen: ChosenZone) -> frozenset[str]:
    """The fields that another page has, equal to the zone's."""
    return frozenset(
        field.name
        for field in other
        if field.name in _BY_LIKENESS and compare(field, chosen).answer == "equal"
    )


def _lines(unnamed: Sequence[VizField], chosen: ChosenZone) -> Lines:
    left = [number_alone(line, chosen) for line in unnamed]
    return [line for line in left if not is_other_number(line, chosen)]


def _take_equal(named: Names, left: Lines, chosen: ChosenZone) -> None:
    """Number and dates that equal the zone's; a captioned number that is nearly it stays one."""
    captioned, number = named.get("document_number"), zone_text("document_number", chosen)
    for name in _DATA:
        altered = captioned is not None and is_near_number(captioned.text, number, second=True)
        if name != "document_number" or not altered:
            take(named, left, name, partial(is_equal, chosen, name))


def _name_sex(named: Names, left: Lines, chosen: ChosenZone) -> None:
    """The one line that is a sex and nothing else; a guess: M may be a category or `multiple`."""
    if "sex" in named or not zone_text("sex", chosen):
        return
    found = [line for line in left if len(line.text) <= 3 and sex_key(line.text) is not None]
    if len(found) == 1:
        left.remove(found[0])
        named["sex"] = called(found[0], "sex", EVEN_CHANCE)


def _says_name(chosen: ChosenZone, name: str, line: VizField) -> bool:
    says = bool(zone_text(name, chosen)) and len(line.text) >= FEWEST_LETTERS
    return says and compare_name(replace(line, name=name), chosen).answer == "equal"
