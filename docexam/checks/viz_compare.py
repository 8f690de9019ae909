"""One printed field against the same field of the zone: equal, how far apart, or not comparable."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from docexam.checks.viz_marks import may_have_lost_marks
from docexam.checks.viz_script import may_be_other_script
from docexam.checks.viz_text import (
    SAME_NUMBER_SHARE,
    chance_alike,
    edit_distance,
    misread_letters,
    number_key,
    plain,
    read_date,
    sex_key,
)
from docexam.mrz.errors import MrzFormatError
from docexam.mrz.names import may_be_truncated
from docexam.mrz.states import lookup
from docexam.mrz.transliteration import can_compare, name_matches, transliterate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docexam.checks.zone_choice import ChosenZone
    from docexam.nouns.report import VizField

Answer = Literal["equal", "differs", "alike", "misplaced", "unreadable", "no-table", "no-field"]
_SAME_NATION = 4
"""A word for a nationality and the name of its state begin alike (our starting value)."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """`distance` in characters where the two differ; `zone_field` is the place in the zone.

    `alike`: only letters and figures differ that readers take for each other, marks on letters that
    readers lose, or one character is too many or missing. `misplaced`: the print is another part of
    the zone's name, or the code of a state, so its caption was misunderstood.
    """

    answer: Answer
    zone_field: str
    distance: int = 0


_NUMBERS = ("document_number", "passport_number")
_EVERY_NUMBER = (*_NUMBERS, "numbering")
_LEAST_PART = 4
"""Of a number, that tells that it is one (our starting value)."""
MOST_CHANCE = 0.001
"""A number of a visa that is the only one that was read is no other than the zone's, altered, where
another number is so like it at most so often; of two, SAME_NUMBER_SHARE holds (our starting
value)."""
NAME_FIELDS = ("surname", "given_names", "name")
DATA_FIELDS = (
    "document_number",
    "passport_number",
    "numbering",
    "nationality",
    "birth_date",
    "expiry_date",
    "sex",
)


def compare(field: VizField, chosen: ChosenZone) -> Comparison:
    """`field` (one of NAME_FIELDS or DATA_FIELDS) against the chosen reading."""
    if field.name in NAME_FIELDS:
        return compare_name(field, chosen)
    if field.name in _EVERY_NUMBER:
        return _number(field, chosen)
    printed = getattr(chosen.reading.fields, field.name)
    if not printed:
        return Comparison("no-field", field.name)
    if field.name == "sex":
        sex = sex_key(field.text)
        return _unreadable("sex") if sex is None else _told("sex", int(sex != printed))
    if field.name == "nationality":
        return _nationality(field.text, printed)
    return _date(field, printed)


def compare_page(fields: Sequence[VizField], chosen: ChosenZone) -> list[Comparison]:
    """`compare` of each field of one page, in their order.

    The zone of a visa has its own number or the passport's: where none that is printed is the
    zone's, the one that is mostly the same differs. Where only one was read it must be so like the
    zone's that chance does not make it so.
    """
    found = [compare(field, chosen) for field in fields]
    numbers = [at for at, field in enumerate(fields) if field.name in _EVERY_NUMBER]
    if numbers and all(found[at].answer == "no-field" and found[at].distance for at in numbers):
        nearest = min(numbers, key=lambda at: found[at].distance)
        number = zone_text("document_number", chosen)
        both = {fields[at].name for at in numbers}.issuperset(_NUMBERS)
        mostly = found[nearest].distance <= SAME_NUMBER_SHARE * len(number)
        alike = misread_letters(fields[nearest].text, number)
        alike = alike or _is_slip(*_keys(fields[nearest].text, number), found[nearest].distance)
        if mostly and alike:
            found[nearest] = replace(found[nearest], answer="alike")
        elif mostly and (both or chance_alike(fields[nearest].text, number) <= MOST_CHANCE):
            found[nearest] = replace(found[nearest], answer="differs")
    return found


def _number(field: VizField, chosen: ChosenZone) -> Comparison:
    """A visa's zone has its own number or the passport's (Doc 9303-7), so either may differ."""
    printed = chosen.reading.fields.document_number
    visa = (chosen.reading.format or "").startswith("MRV")
    if not printed or (field.name == "passport_number" and not visa):
        return Comparison("no-field", "document_number")
    one, other = number_key(field.text), number_key(printed)
    if not one:
        return _unreadable("document_number")
    distance = edit_distance(one, other)
    if distance and visa and not was_equal(field, other):
        return Comparison("no-field", "document_number", distance)
    if distance and (misread_letters(field.text, printed) or _is_slip(one, other, distance)):
        return Comparison("alike", "document_number", distance)
    return _told("document_number", distance)


def _keys(one: str, other: str) -> tuple[str, str]:
    return number_key(one), number_key(other)


def _is_slip(one: str, other: str, distance: int) -> bool:
    """Whether one character was read twice or not at all, or several at an end were not read.

    Forgers keep a number's length.
    """
    short, long = sorted((one, other), key=len)
    part = len(short) >= _LEAST_PART and (long.startswith(short) or long.endswith(short))
    return len(one) != len(other) and (distance == 1 or part)


def was_equal(field: VizField, number: str) -> bool:
    """Whether infrared shows this number, by its key, where white light shows another."""
    return field.apart is not None and number_key(field.apart.infrared) == number


def _told(field: str, distance: int) -> Comparison:
    return Comparison("differs" if distance else "equal", field, distance)


def _unreadable(field: str) -> Comparison:
    return Comparison("unreadable", field)


def _date(field: VizField, printed: str) -> Comparison:
    whole = len(printed) == len("2026-01-01")
    if not whole:
        # An unknown month or day: what is known must stand in the print.
        known = printed[:4] in field.text or printed[2:4] in field.text
        return Comparison("equal" if known else "no-table", field.name)
    day = dt.date.fromisoformat(printed)
    seen = read_date(field.text, near=day)
    if seen is None:
        return _unreadable(field.name)
    return _told(field.name, edit_distance(seen.strftime("%y%m%d"), day.strftime("%y%m%d")))


def _nationality(text: str, code: str) -> Comparison:
    words = plain(text).replace("/", " ").split()
    if code in words:
        return Comparison("equal", "nationality")
    state = lookup(code)
    codes = [word for word in words if len(word) == 3 and lookup(word) is not None]
    if codes and len(words) == 1:
        return _told("nationality", edit_distance(codes[0], code))
    if state is None or not words:
        return Comparison("no-table", "nationality")
    name = plain(state.name)
    alike = any(len(w) > _SAME_NATION and w[:_SAME_NATION] == name[:_SAME_NATION] for w in words)
    # A word such as DUTCH is in no table, so a difference proves nothing.
    return Comparison("equal" if alike else "no-table", "nationality")


def zone_text(name: str, chosen: ChosenZone) -> str:
    """What the zone says in a field, as the reading has it; "" for nothing."""
    fields = chosen.reading.fields
    if name in _EVERY_NUMBER:
        return fields.document_number or ""
    if name == "name":
        return f"{fields.surname or ''} {fields.given_names or ''}".strip()
    return getattr(fields, name) or ""


def compare_name(field: VizField, chosen: ChosenZone) -> Comparison:
    """Names by the transliteration tables and truncation (Doc 9303-3, 4.6 and section 6)."""
    zone_name = zone_text(field.name, chosen)
    if not can_compare(field.text):
        return Comparison("no-table", field.name)
    if not plain(field.text):
        return _unreadable(field.name)
    truncated = is_truncated(chosen)
    if name_matches(field.text, zone_name, truncated=truncated):
        return Comparison("equal", field.name)
    if any(name_matches(field.text, part, truncated=truncated) for part in _name_parts(chosen)):
        return Comparison("misplaced", field.name)
    if plain(field.text) in _states(chosen):
        return Comparison("misplaced", field.name)
    names = {zone_name, *_name_parts(chosen)}
    if any(may_be_other_script(field.text, name) for name in names) or _is_mixed(field.text):
        return Comparison("no-table", field.name)
    distance = max(1, _name_distance(field.text, zone_name))
    if may_have_lost_marks(field.text, zone_name, truncated=truncated):
        return Comparison("alike", field.name, distance)
    return Comparison("differs", field.name, distance)


def _is_mixed(text: str) -> bool:
    """Capitals with a small letter or a figure inside: letters of another script, most likely."""
    capitals = text.upper() == text or text.title() == text
    return not capitals or any(c.isdigit() for c in text)


def _name_parts(chosen: ChosenZone) -> tuple[str, ...]:
    """What else a line of the visual zone may print of a name, in either order."""
    surname, given = zone_text("surname", chosen), zone_text("given_names", chosen)
    return surname, given, f"{surname} {given}", f"{given} {surname}"


def _states(chosen: ChosenZone) -> set[str]:
    """The codes of states in the zone, which every document prints beside its number."""
    fields = chosen.reading.fields
    return {code for code in (fields.issuing_state, fields.nationality) if code}


def stands_elsewhere(field: VizField, fields: Sequence[VizField], chosen: ChosenZone) -> bool:
    """Whether another line of the page bears this name as the zone has it.

    Then the line that differs is hardly the name: its caption was misunderstood.
    """
    if field.name not in NAME_FIELDS:
        return False
    surname, given = zone_text("surname", chosen), zone_text("given_names", chosen)
    bearing = (zone_text(field.name, chosen), f"{surname} {given}", f"{given} {surname}")
    truncated = is_truncated(chosen)
    return any(
        name_matches(other.text, name, truncated=truncated)
        for other in fields
        if other is not field and can_compare(other.text) and plain(other.text)
        for name in bearing
        if name
    )


def date_stands_elsewhere(field: VizField, fields: Iterable[VizField], chosen: ChosenZone) -> bool:
    """Whether another line of the document, of whatever page, says this date as the zone has it.

    Nobody prints a date of birth or of expiry twice: the caption of one was misunderstood.
    """
    return field.name in ("birth_date", "expiry_date") and any(
        other is not field and other.name == field.name and compare(other, chosen).answer == "equal"
        for other in fields
    )


def is_truncated(chosen: ChosenZone) -> bool:
    """Whether the name field is full to its last column, so that names may be cut."""
    layout = chosen.layout
    span = layout.field("name") if layout is not None else None
    if span is None:
        return False
    return may_be_truncated(chosen.reading.lines[span.line - 1][span.first - 1 : span.last])


def _name_distance(printed: str, zone_name: str) -> int:
    """How far a printed name, written as for a zone, is from the zone's."""
    try:
        written = transliterate(printed)
    except MrzFormatError:
        written = plain(printed)
    return min(edit_distance(form, zone_name) for form in {written, plain(printed)})
