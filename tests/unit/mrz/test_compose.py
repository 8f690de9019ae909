"""Composing is strict, and the inverse of reading."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mrz_zones import FIVE, TODAY, ZONES, fields_for

from docexam.errors import DocexamError
from docexam.mrz.check_digits import check_digit
from docexam.mrz.compose import compose
from docexam.mrz.verify import verify
from docexam.nouns.reading import Fields

PERSON = Fields(
    document_code="P",
    issuing_state="UTO",
    document_number="L898902C3",
    surname="Eriksson",
    given_names="Anna Maria",
    nationality="UTO",
    birth_date="1974-08-12",
    sex="F",
    expiry_date="2032-04-15",
    optional_data_1="ZE184226B",
)


def test_a_passport_as_the_standard_prints_it() -> None:
    assert compose("TD3", replace(PERSON, expiry_date="2012-04-15")) == (
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
    )


@pytest.mark.parametrize("name", ZONES)
def test_composing_gives_a_read_zone_again(name: str) -> None:
    verification = verify(ZONES[name], today=TODAY)
    assert compose(name, verification.fields) == ZONES[name]


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(FIVE).flatmap(lambda name: st.tuples(st.just(name), fields_for(name))))
def test_reading_gives_the_composed_fields_again(drawn: tuple[str, Fields]) -> None:
    name, fields = drawn
    lines = compose(name, fields)
    verification = verify(lines, today=TODAY)
    assert verification.valid
    assert verification.format == name
    read = verification.fields
    for field in (
        "document_code", "issuing_state", "document_number", "surname", "given_names",
        "nationality", "birth_date", "sex", "expiry_date", "optional_data_1", "optional_data_2",
    ):  # fmt: skip
        assert getattr(read, field) == getattr(fields, field), field
    assert compose(name, read) == lines


@settings(deadline=None, max_examples=100)
@given(st.text("ABC<12", min_size=1, max_size=15), st.text("ABC<12", max_size=14))
def test_any_valid_zone_comes_back_line_by_line(number: str, optional: str) -> None:
    number = number[:9].ljust(9, "<")
    optional = optional.ljust(14, "<")
    empty_digit = "0" if number[0] == "A" else "<"
    digit = check_digit(optional) if optional.strip("<") else empty_digit
    second = f"{number}{check_digit(number)}UTO7408122F3204153{optional}{digit}"
    second += check_digit(second[:10] + second[13:20] + second[21:43])
    verification = verify(("PPUTOA<<B".ljust(44, "<"), second), today=TODAY)
    if verification.valid:
        composed = compose("TD3", verification.fields, empty_optional_digit=empty_digit)
        assert composed == verification.lines


@pytest.mark.parametrize("with_filler", [False, True])
def test_long_numbers(with_filler: bool) -> None:
    fields = replace(
        PERSON, document_code="I", document_number="D231458907349", optional_data_1="REST"
    )
    lines = compose("TD1", fields, filler_in_long_number=with_filler)
    digit = check_digit("D23145890<7349" if with_filler else "D231458907349")
    assert lines[0] == f"I<UTOD23145890<7349{digit}<REST<<<<<"
    read = verify(lines, today=TODAY)
    assert read.valid
    assert read.fields.document_number == "D231458907349"
    assert read.fields.optional_data_1 == "REST"


def test_names_are_transliterated_and_truncated() -> None:
    fields = replace(PERSON, surname="Щеглова", given_names="Юлия", optional_data_1=None)
    assert compose("TD3", fields)[0] == "P<UTOSHCHEGLOVA<<IULIIA".ljust(44, "<")
    ukrainian = replace(fields, surname="Гнатюк", given_names="Юрій")
    line = compose("TD3", ukrainian, language="uk")[0]
    assert line == "P<UTOHNATIUK<<YURII".ljust(44, "<")
    long = replace(PERSON, surname="Nilavadhanananda", given_names="Chayapa Dejthamrong Krasuang")
    assert compose("TD3", long)[0] == "P<UTONILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"document_number": "L898902C34"}, "document number"),
        ({"document_number": ""}, "document number"),
        ({"document_number": "l898902c3"}, "document number"),
        ({"document_number": "<898902C3"}, "document number"),
        ({"issuing_state": "YTO"}, "issuing state"),
        ({"issuing_state": ""}, "issuing state"),
        ({"nationality": "YTO"}, "nationality"),
        ({"birth_date": "1974-02-30"}, "birth date"),
        ({"birth_date": "12.08.1974"}, "birth date"),
        ({"birth_date": None}, "birth"),
        ({"birth_date_printed": "740813"}, "birth date"),
        ({"expiry_date": None}, "expiry"),
        ({"expiry_date": "2032"}, "expiry"),
        ({"sex": "X"}, "sex"),
        ({"sex": "FM"}, "sex"),
        ({"surname": "R2D2"}, "name"),
        ({"surname": ""}, "name"),
        ({"document_code": "V"}, "MRV-A"),
        ({"document_code": "PPP"}, "document code"),
        ({"optional_data_1": "A" * 15}, "optional data 1"),
        ({"optional_data_1": "ä"}, "optional data 1"),
        ({"optional_data_2": "A"}, "optional data 2"),
    ],
)
def test_strict(changes: dict[str, str | None], words: str) -> None:
    with pytest.raises(ValueError, match=r"\w") as caught:
        compose("TD3", replace(PERSON, **changes))
    assert words in str(caught.value)
    assert isinstance(caught.value, DocexamError)
    assert caught.value.hint


def test_an_unknown_layout_is_refused() -> None:
    with pytest.raises(ValueError, match="no layout"):
        compose("TD9", PERSON)


def test_a_field_without_a_place_is_refused() -> None:
    with pytest.raises(ValueError, match="no place for the nationality"):
        compose("FR-ID", replace(PERSON, document_code="ID", issuing_state="FRA"))
