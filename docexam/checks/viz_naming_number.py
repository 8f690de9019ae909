"""The document's number among lines of the visual zone that no caption named."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from docexam.checks.viz_compare import zone_text
from docexam.checks.viz_likeness import (
    is_near_number,
    is_surely_number,
    number_in,
    stands_alone,
    zone_day,
)
from docexam.checks.viz_naming_lines import GUESS, called, is_equal
from docexam.checks.viz_text import number_key, read_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docexam.checks.viz_naming_lines import Lines, Names
    from docexam.checks.zone_choice import ChosenZone
    from docexam.nouns.report import VizField


def name_number(
    named: Names, left: Lines, chosen: ChosenZone, beside: Sequence[VizField] = (), *, alike: bool
) -> None:
    """The number by its likeness, and a second print of it, such as the blank's numbering.

    A second print that differs by a character or two counts before one that is equal, and one that
    differs by more after it, as a guess. Without `alike` only what equals the zone is named.
    `beside` are lines without a name on the document's other sides.
    """
    number = zone_text("document_number", chosen)
    if not number:
        return
    is_it = partial(is_equal, chosen, "document_number")
    if "document_number" not in named and alike:
        near = [line for line in left if is_near_number(line.text, number)]
        if len({number_key(line.text) for line in near}) == 1:
            sure = is_surely_number(near[0].text, number)
            sure = sure or stands_alone(near[0], [*left, *beside], chosen)
            left.remove(near[0])
            most = 1.0 if sure else GUESS
            named["document_number"] = called(near[0], "document_number", most)
    second = [line for line in left if is_near_number(line.text, number, second=True)]
    second = [line for line in second if alike or is_it(line)]
    if second:
        close = [line for line in second if is_surely_number(line.text, number)]
        line = max(close or second, key=lambda line: (not is_it(line), line.confidence))
        left.remove(line)
        most = 1.0 if close else GUESS
        named["numbering"] = called(line, "numbering", most)


def misnamed_number(named: Names, chosen: ChosenZone) -> Lines:
    """The number that a misread caption made the personal number; taken out of `named`."""
    number, other = zone_text("document_number", chosen), named.get("personal_number")
    if "document_number" in named or other is None or not number:
        return []
    if not is_near_number(other.text, number, second=True) or is_other_number(other, chosen):
        return []
    del named["personal_number"]
    return [replace(other, name="")]


def number_alone(line: VizField, chosen: ChosenZone) -> VizField:
    """The line without the words before its number, No. X1234567; a date stays as it is."""
    number = zone_text("document_number", chosen)
    if read_date(line.text, near=zone_day("expiry_date", chosen)) is not None:
        return line
    alone = number_in(line.text, number) if number else line.text
    return line if alone == line.text else replace(line, text=alone)


def is_other_number(line: VizField, chosen: ChosenZone) -> bool:
    """Whether a line is one of the zone's optional data, such as the personal number."""
    fields = chosen.reading.fields
    optional: Iterable[str | None] = (fields.optional_data_1, fields.optional_data_2)
    key = number_key(line.text)
    return any(key == number_key(each) for each in optional if each) and key != number_key(
        zone_text("document_number", chosen)
    )
