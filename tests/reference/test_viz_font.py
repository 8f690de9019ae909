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
from docexam.reference.text_letters import (
    GLYPH_SHAPE,
    _in_words,
    _is_sound,
    _signs,
    printed_lines,
)
from docexam.reference.text_strip import Letter
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


def test_all_data_set_six_hundredths_larger_is_told_by_its_pitch(part: Part) -> None:
    found = values(part, page_of([replace(row, em=1.06 * row.em) for row in rows_of(5)]))
    assert found["viz.size"].value == pytest.approx(1.06, abs=0.015)
    assert "viz.size" in beyond(part, found)
    assert "viz.size-apart" not in beyond(part, found)


def test_a_page_that_was_read_amiss_makes_no_room_for_other_types() -> None:
    rows = rows_of(1)
    amiss = page_of(rows, seed=8)
    shifted = [
        replace(v, text=v.text[1:] + v.text[0]) if v.name in ("birth_date", "expiry_date") else v
        for v in amiss.viz
    ]
    pages = genuine()
    learned = learn([pages[0], replace(amiss, viz=tuple(shifted)), *pages[2:]])
    assert isinstance(learned, Part)
    for name, most in (("viz.letters", 0.03), ("viz.letters-apart", 0.04)):
        assert (learned.limits[name].high or 1.0) <= most
    other = [replace(row, font="serif-bold") for row in rows_of(5)]
    assert "viz.letters" in beyond(learned, values(learned, page_of(other)))


def test_letters_that_were_read_as_others_are_still_of_their_type(part: Part) -> None:
    sample = page_of(rows_of(5))
    amiss = [
        replace(v, text=v.text[::-1]) if v.name == "document_number" else v for v in sample.viz
    ]
    found = values(part, replace(sample, viz=tuple(amiss)))
    assert not beyond(part, found) & {"viz.letters", "viz.letters-apart"}


def test_a_marked_name_is_the_one_that_the_zone_writes_with_two_letters() -> None:
    sample = page_of(rows_of(5))
    marked = [replace(v, text="MÄKELÄ") if v.name == "surname" else v for v in sample.viz]
    for zone, sound in (("MAEKELAE", True), ("MAKELA", True), ("VIRTANEN", False)):
        fields = Fields(surname=zone, given_names=HOLDERS[5][4])
        (field,) = (v for v in marked if v.name == "surname")
        assert _is_sound(field, replace(sample, fields=fields)) is sound


@pytest.mark.parametrize(
    ("text", "signs", "joined"),
    [
        ("15 FEV/FEB", ["1", "5", "F", "E", "V", "", "F", "E", "B"], "010110011"),
        ("Ä-B", ["", "B"], "00"),
    ],
)
def test_a_slash_is_a_piece_of_print(text: str, signs: list[str], joined: str) -> None:
    assert _signs(text) == (signs, [each == "1" for each in joined])


def test_wide_gaps_elsewhere_than_the_blanks_are_another_text() -> None:
    lefts = (0.0, 1.0, 3.0, 4.0, 5.0)
    letters = [Letter(left, 0.0, left + 0.8, 2.0, (0, 0, 1, 1)) for left in lefts]
    joined = {"AB CDE": "01011", "ABC DE": "01101"}
    for text, sound in (("AB CDE", True), ("ABC DE", False)):
        assert _in_words(letters, [c == "1" for c in joined[text]], text) is sound


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


def test_letters_under_print_in_colour_are_left_out() -> None:
    sample = page_of(rows_of(5))
    field = next(each for each in sample.viz if each.name == "birth_date")
    x, y, w, h = (part * sample.view.px_per_mm for part in field.box_mm)
    seen = sample.view.lights["white"]
    pixels = np.repeat(seen.grey[..., None], 3, axis=2).astype(np.float32)
    # a stamp's broad stroke over the end of the date
    end = slice(round(x + w - 2.0 * sample.view.px_per_mm), round(x + w) + 3)
    pixels[round(y) - 20 : round(y + h) + 20, end] *= np.array((0.1, 0.05, 0.4), np.float32)
    lights = {**sample.view.lights, "white": replace(seen, pixels=pixels)}
    stamped = replace(sample, view=replace(sample.view, lights=lights))
    (line,) = (each for each in printed_lines(stamped) if each.name == "birth_date")
    (clear,) = (each for each in printed_lines(sample) if each.name == "birth_date")
    signs = [letter.sign for letter in line.letters]
    assert all(letter.sign for letter in clear.letters)
    assert signs[0] == clear.letters[0].sign
    assert signs[-1] == ""
