from __future__ import annotations

import pytest
from mrz_zones import ZONES

from docexam.mrz.alphabets import ALNUM_FILLER, ALPHA, DIGITS
from docexam.mrz.layouts import LAYOUTS, alphabet_at, identify

# The places of reference Doc 9303-4 to -7, written out by hand: (line, first, last).
PLACES = {
    "TD1": {
        "document_code": (1, 1, 2), "issuing_state": (1, 3, 5), "name": (3, 1, 30),
        "document_number": (1, 6, 14), "document_number_digit": (1, 15, 15),
        "nationality": (2, 16, 18), "birth_date": (2, 1, 6), "birth_date_digit": (2, 7, 7),
        "sex": (2, 8, 8), "expiry_date": (2, 9, 14), "expiry_date_digit": (2, 15, 15),
        "optional_data_1": (1, 16, 30), "optional_data_2": (2, 19, 29),
        "composite_digit": (2, 30, 30),
    },
    "TD2": {
        "document_code": (1, 1, 2), "issuing_state": (1, 3, 5), "name": (1, 6, 36),
        "document_number": (2, 1, 9), "document_number_digit": (2, 10, 10),
        "nationality": (2, 11, 13), "birth_date": (2, 14, 19), "birth_date_digit": (2, 20, 20),
        "sex": (2, 21, 21), "expiry_date": (2, 22, 27), "expiry_date_digit": (2, 28, 28),
        "optional_data_1": (2, 29, 35), "composite_digit": (2, 36, 36),
    },
    "TD3": {
        "document_code": (1, 1, 2), "issuing_state": (1, 3, 5), "name": (1, 6, 44),
        "document_number": (2, 1, 9), "document_number_digit": (2, 10, 10),
        "nationality": (2, 11, 13), "birth_date": (2, 14, 19), "birth_date_digit": (2, 20, 20),
        "sex": (2, 21, 21), "expiry_date": (2, 22, 27), "expiry_date_digit": (2, 28, 28),
        "optional_data_1": (2, 29, 42), "optional_data_digit": (2, 43, 43),
        "composite_digit": (2, 44, 44),
    },
    "MRV-A": {
        "document_code": (1, 1, 2), "issuing_state": (1, 3, 5), "name": (1, 6, 44),
        "document_number": (2, 1, 9), "document_number_digit": (2, 10, 10),
        "nationality": (2, 11, 13), "birth_date": (2, 14, 19), "birth_date_digit": (2, 20, 20),
        "sex": (2, 21, 21), "expiry_date": (2, 22, 27), "expiry_date_digit": (2, 28, 28),
        "optional_data_1": (2, 29, 44),
    },
    "MRV-B": {
        "document_code": (1, 1, 2), "issuing_state": (1, 3, 5), "name": (1, 6, 36),
        "document_number": (2, 1, 9), "document_number_digit": (2, 10, 10),
        "nationality": (2, 11, 13), "birth_date": (2, 14, 19), "birth_date_digit": (2, 20, 20),
        "sex": (2, 21, 21), "expiry_date": (2, 22, 27), "expiry_date_digit": (2, 28, 28),
        "optional_data_1": (2, 29, 36),
    },
}  # fmt: skip
COMPOSITES = {
    "TD1": ((1, 6, 30), (2, 1, 7), (2, 9, 15), (2, 19, 29)),
    "TD2": ((2, 1, 10), (2, 14, 20), (2, 22, 35)),
    "TD3": ((2, 1, 10), (2, 14, 20), (2, 22, 43)),
}


@pytest.mark.parametrize("name", PLACES)
def test_fields_stand_where_the_standard_has_them(name: str) -> None:
    found = {span.name: (span.line, span.first, span.last) for span in LAYOUTS[name].fields}
    assert found == PLACES[name]


@pytest.mark.parametrize("name", PLACES)
def test_composite_covers_what_the_standard_says(name: str) -> None:
    composites = [rule.sources for rule in LAYOUTS[name].checks if rule.field == "composite"]
    assert composites == ([COMPOSITES[name]] if name in COMPOSITES else [])


@pytest.mark.parametrize("name", LAYOUTS)
def test_fields_cover_every_place_once(name: str) -> None:
    layout = LAYOUTS[name]
    places = [
        (span.line, column) for span in layout.fields for column in range(span.first, span.last + 1)
    ]
    every = [
        (line, column)
        for line, length in enumerate(layout.line_lengths, 1)
        for column in range(1, length + 1)
    ]
    assert sorted(places) == every
    assert layout.line_count == len(layout.line_lengths)
    assert layout.columns == max(layout.line_lengths)


@pytest.mark.parametrize("name", ZONES)
def test_a_zone_fits_its_own_alphabets(name: str) -> None:
    layout = LAYOUTS[name]
    for line, text in enumerate(ZONES[name], 1):
        for column, character in enumerate(text, 1):
            assert character in alphabet_at(layout, line, column)


def test_alphabets_narrow_what_a_reader_may_choose() -> None:
    layout = LAYOUTS["TD3"]
    assert alphabet_at(layout, 1, 1) == ALPHA
    assert "0" not in alphabet_at(layout, 1, 20)
    assert "O" not in alphabet_at(layout, 2, 14)
    assert alphabet_at(layout, 2, 20) == DIGITS
    assert alphabet_at(layout, 2, 21) == frozenset("FMX<")
    assert alphabet_at(layout, 9, 9) == ALNUM_FILLER


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        *((zone, name) for name, zone in ZONES.items()),
        (("V" * 44, "0" * 44), "MRV-A"),
        (("P" * 44, "0" * 44), "TD3"),
        (("IDROU" + "<" * 31, "0" * 36), "TD2"),
        (("D1UTO" + "<" * 25,), None),
        (("A" * 43, "A" * 44), None),
        (("A" * 36,), None),
        ((), None),
    ],
)
def test_identify(lines: tuple[str, ...], name: str | None) -> None:
    layout = identify(lines)
    assert (layout and layout.name) == name


def test_what_is_not_confirmed_says_so() -> None:
    assert {name for name, layout in LAYOUTS.items() if not layout.confirmed} == {"FR-DL", "CH-DL"}
