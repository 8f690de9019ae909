"""Collected vectors: specimens of real states, so they stay outside the repository."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

import pytest

from docexam.mrz.states import lookup
from docexam.mrz.verify import verify

VECTORS = Path(__file__).parents[4] / "shared" / "reference" / "mrz_vectors.tsv"
TODAY = dt.date(2026, 1, 1)
FORMATS = {"FRA-ID": "FR-ID"}


@pytest.fixture(scope="module")
def vectors() -> list[dict[str, str]]:
    if not VECTORS.exists():
        pytest.skip("the shared folder with the vectors is not beside this checkout")
    with VECTORS.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


def test_the_file_is_as_large_as_it_was(vectors: list[dict[str, str]]) -> None:
    assert len(vectors) >= 60


def test_formats_and_check_digits(vectors: list[dict[str, str]]) -> None:
    for vector in vectors:
        verification = verify(vector["mrz"].split("|"), today=TODAY)
        assert verification.format == FORMATS.get(vector["format"], vector["format"])
        assert verification.lines == tuple(vector["mrz"].split("|"))
        if vector["check_digits"] == "n/a":  # the French card, whose digits its vectors omit
            assert verification.valid
            continue
        held = all(digit.ok for digit in verification.check_digits)
        assert held is (vector["check_digits"] == "valid"), vector["mrz"]
        if held:  # then only a code that is in no list can be wrong
            errors = {p.id for p in verification.problems if p.severity == "error"}
            assert errors <= {"mrz.state-code", "mrz.nationality"}
            codes = (verification.fields.issuing_state, verification.fields.nationality)
            assert bool(errors) is any(lookup(code or "") is None for code in codes)


def test_fields(vectors: list[dict[str, str]]) -> None:
    compared = 0
    for vector in vectors:
        if vector["fields"] == "-":
            continue
        expected = json.loads(vector["fields"])
        fields = verify(vector["mrz"].split("|"), today=TODAY).fields
        # The vectors give the nine places of the number, and a name's empty components.
        number = (fields.document_number or "")[:9].rstrip("<")
        assert number == expected["number"]
        assert fields.document_code == expected["document_code"]
        assert fields.issuing_state == expected["issuer"]
        assert fields.nationality == expected["nationality"]
        assert fields.birth_date_printed == expected["birth"]
        assert fields.expiry_date_printed == expected["expiry"]
        assert (fields.sex or "").strip("<") == expected["sex"]
        assert fields.surname == " ".join(expected["surname"].split())
        assert fields.given_names == " ".join(expected["given"].split())
        compared += 1
    assert compared >= 60
