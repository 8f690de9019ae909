"""Letters of another type or size, against what genuine pages taught."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.nouns.reading import Fields
from docexam.reference import viz_font
from docexam.reference.font_shapes import typeface_of
from docexam.reference.parts import NotLearned, Part
from docexam.reference.text_letters import GLYPH_SHAPE, printed_lines
from docexam.reference.viz_font import learn, measure

from .text_pages import HOLDERS, genuine, page_of, rows_of

if TYPE_CHECKING:
    from docexam.reference.page_sample import PageSample


@pytest.fixture(scope="module")
def part() -> Part:
    learned = learn(genuine())
    assert isinstance(learned, Part)
    return learned


def values(part: Part, sample: PageSample) -> dict[str, Measurement]:
    return {each.name: each for each in measure(sample, part) if isinstance(each, Measurement)}


def beyond(part: Part, found: dict[str, Measurement]) -> set[str]:
    """What is above the learned limit by twice its uncertainty."""
    return {
        name
        for name, each in found.items()
        if each.value > (part.limits[name].high or 0.0) + 2 * each.uncertainty
    }


def test_two_types_are_told_apart_and_kept_as_pictures_of_single_letters(part: Part) -> None:
    types = part.facts["types"]
    assert [each["fields"] for each in types][1] == ["document_number"]
    assert set("0123456789") <= set(types[0]["letters"])
    for number, each in enumerate(types, 1):
        sheet = part.pictures[f"type-{number}"]
        assert sheet.shape == (GLYPH_SHAPE[0], GLYPH_SHAPE[1] * len(each["letters"]))
        # in the order of the alphabet: no word of a holder can be read from them
        assert each["letters"] == "".join(sorted(each["letters"]))
        face = typeface_of(each["fields"], each["letters"], sheet)
        assert all(glyph.max() > 0.5 for glyph in face.letters.values())


def test_a_letter_of_one_page_alone_is_not_kept() -> None:
    rows = rows_of(0)
    rows[1] = replace(rows[1], text="XXXXX")
    learned = learn([page_of(rows, seed=9), *genuine()[1:]])
    assert isinstance(learned, Part)
    others = "".join("".join(holder[1:]) for holder in HOLDERS[1:5])
    assert "X" not in others
    assert all("X" not in each["letters"] for each in learned.facts["types"])


def test_another_genuine_page_is_within_all_limits(part: Part) -> None:
    found = values(part, page_of(rows_of(5), seed=99, blur_px=1.2))
    assert set(found) == set(viz_font.NAMES)
    assert beyond(part, found) == set()


@pytest.mark.parametrize("font", ["serif-bold", "sans-bold"])
def test_the_letters_of_another_type_are_unlike(part: Part, font: str) -> None:
    other = [replace(row, font=font) for row in rows_of(5)]
    assert "viz.letters" in beyond(part, values(part, page_of(other)))


def test_one_field_in_another_type_is_named(part: Part) -> None:
    rows = [
        replace(row, font="serif-bold") if row.name == "birth_date" else row for row in rows_of(5)
    ]
    found = values(part, page_of(rows))
    assert "viz.letters-apart" in beyond(part, found)
    assert "viz.letters" not in beyond(part, found)
    assert found["viz.letters-apart"].details["field"] == "birth_date"


def test_one_date_set_six_hundredths_larger_is_named(part: Part) -> None:
    rows = [
        replace(row, em=1.06 * row.em) if row.name == "expiry_date" else row for row in rows_of(5)
    ]
    found = values(part, page_of(rows))
    assert found["viz.size-apart"].value == pytest.approx(0.06, abs=0.015)
    assert found["viz.size-apart"].details["field"] == "expiry_date"
    assert beyond(part, found) == {"viz.size-apart"}


def test_a_name_that_the_zone_tells_otherwise_teaches_and_proves_nothing() -> None:
    fields = Fields(surname="SOMEBODY", given_names=HOLDERS[5][4])
    names = {line.name for line in printed_lines(page_of(rows_of(5), fields=fields))}
    assert "surname" not in names
    assert {"given_names", "expiry_date", "document_number"} <= names


def test_letters_that_run_together_are_not_guessed() -> None:
    sample = page_of(rows_of(5))
    wrong = [replace(v, text=v.text + "7") if v.name == "birth_date" else v for v in sample.viz]
    names = {line.name for line in printed_lines(replace(sample, viz=tuple(wrong)))}
    assert "birth_date" not in names


def test_without_a_reading_nothing_is_measured(part: Part) -> None:
    lost = measure(replace(page_of(rows_of(5)), viz=()), part)
    assert [(e.name, e.code) for e in lost if isinstance(e, NotMeasured)] == [
        (name, "viz.no-viz") for name in viz_font.NAMES
    ]


def test_two_pages_teach_no_type() -> None:
    assert isinstance(learn(genuine(2)), NotLearned)


def test_glyphs_are_brought_to_one_height() -> None:
    (number,) = (x for x in printed_lines(page_of(rows_of(0))) if x.name == "document_number")
    rows = np.flatnonzero(number.letters[0].glyph.max(axis=1) > 0.5)
    # H: 20 pixels from foot to head, the foot 6 above the rim
    assert rows[-1] - rows[0] + 1 == pytest.approx(20, abs=2)
    assert rows[-1] == pytest.approx(GLYPH_SHAPE[0] - 6 - 1, abs=1)
