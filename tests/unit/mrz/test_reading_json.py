from __future__ import annotations

import json
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from mrz_zones import TD3, TODAY, ZONES

from docexam.cli.verify import reading_of
from docexam.mrz.layouts import LAYOUTS
from docexam.mrz.verify import verify
from docexam.nouns.reading import Reading, ReadingError, Resolved
from docexam.report.reading_json import reading_to_json, reading_to_line

SCHEMA = json.loads(files("docexam.schemas").joinpath("reading-1.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)

# The contract, word for word.
KEYS = [
    "schema", "file", "image", "index", "found", "format", "lines", "valid", "confident",
    "confidence", "fields", "check_digits", "resolved", "problems", "quad_px", "engine",
    "elapsed_ms", "error",
]  # fmt: skip
FIELD_KEYS = [
    "document_code", "issuing_state", "document_number", "surname", "given_names", "nationality",
    "birth_date", "birth_date_printed", "sex", "expiry_date", "expiry_date_printed",
    "century_rule", "optional_data_1", "optional_data_2",
]  # fmt: skip

SEEN = Reading(
    file="scan.png",
    found=True,
    image=2,
    index=3,
    format="TD3",
    lines=TD3,
    valid=True,
    confident=False,
    confidence=0.98765432,
    fields=verify(TD3, today=TODAY).fields,
    check_digits=verify(TD3, today=TODAY).check_digits,
    resolved=(Resolved(2, 1, "L", (("L", 0.61), ("1", 0.39)), "check digit"),),
    quad_px=((1.234567, 2), (3, 4), (5, 6), (7, 8)),
    engine="onnx",
    elapsed_ms=12.3456789,
)


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert set(SCHEMA["properties"]["format"]["enum"]) == {*LAYOUTS, "other", None}


def test_keys_and_values_are_those_of_the_contract() -> None:
    found = reading_to_json(SEEN)
    assert list(found) == KEYS
    assert list(found["fields"]) == FIELD_KEYS
    assert found["schema"] == "docexam.reading/1"
    assert found["confidence"] == 0.9877
    assert found["elapsed_ms"] == 12.346
    assert found["quad_px"] == [[1.23, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0]]
    assert found["resolved"][0]["alternatives"] == [["L", 0.61], ["1", 0.39]]
    VALIDATOR.validate(found)


def test_absence_and_failure() -> None:
    VALIDATOR.validate(reading_to_json(Reading("a.png", found=False)))
    error = ReadingError("input.not-an-image", "It is no picture.", "Give a picture.")
    found = reading_to_json(Reading("a.png", found=False, error=error))
    VALIDATOR.validate(found)
    assert found["error"] == {
        "code": "input.not-an-image",
        "message": "It is no picture.",
        "hint": "Give a picture.",
    }


@pytest.mark.parametrize("name", ZONES)
def test_every_format(name: str) -> None:
    VALIDATOR.validate(reading_to_json(reading_of(verify(ZONES[name], today=TODAY), 1, 0.1)))


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text(min_size=1, max_size=50), min_size=1, max_size=4))
def test_whatever_is_verified_fits_the_schema(lines: list[str]) -> None:
    line = reading_to_line(reading_of(verify(lines, today=TODAY), 1, 0.1))
    assert "\n" not in line
    assert line.isascii()
    VALIDATOR.validate(json.loads(line))


def test_a_file_name_that_is_no_unicode_survives() -> None:
    name = b"b\xe9b\xe9.png".decode("utf-8", "surrogateescape")
    line = reading_to_line(Reading(name, found=False))
    assert json.loads(line)["file"] == name


@pytest.mark.parametrize(
    "change",
    [
        {"valid": "yes"}, {"image": 0}, {"format": "TD4"}, {"lines": ["a"]}, {"extra": 1},
        {"quad_px": [[1, 2]]}, {"confidence": 1.5}, {"lines": []}, {"found": False},
        {"format": "other"}, {"problems": [{"id": "mrz.name", "severity": "error", "line": 1,
                                           "columns": [1, 2], "message": "x"}]},
    ],
)  # fmt: skip
def test_the_schema_refuses_what_is_wrong(change: dict[str, object]) -> None:
    found = reading_to_json(SEEN)
    VALIDATOR.validate(found)
    with pytest.raises(ValidationError):
        VALIDATOR.validate({**found, **change})


@pytest.mark.parametrize("key", KEYS)
def test_the_schema_misses_every_key(key: str) -> None:
    found = reading_to_json(SEEN)
    del found[key]
    with pytest.raises(ValidationError):
        VALIDATOR.validate(found)
