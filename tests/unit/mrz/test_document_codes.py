from __future__ import annotations

import datetime as dt

import pytest

from docexam.mrz.document_codes import PASSPORT_CODES, code_notice

BEFORE, HARMONISED = dt.date(2035, 12, 31), dt.date(2036, 1, 1)
LAST, REQUIRED = dt.date(2037, 12, 31), dt.date(2038, 1, 1)


@pytest.mark.parametrize("code", PASSPORT_CODES)
@pytest.mark.parametrize("expiry", [None, BEFORE, REQUIRED])
def test_listed_passport_codes_are_usual(code: str, expiry: dt.date | None) -> None:
    assert code_notice("TD3", code, expiry) is None


@pytest.mark.parametrize(
    ("code", "expiry", "noticed"),
    [
        # A second letter off the list was the issuer's choice for passports issued before 2026;
        # one that expires ten years later or after that was not.
        ("PA", BEFORE, False), ("PA", HARMONISED, True), ("PA", REQUIRED, True),
        ("P<", BEFORE, False), ("P<", HARMONISED, False), ("P<", LAST, False),
        ("P<", REQUIRED, True), ("P<", None, False), ("PA", None, False),
        ("P7", BEFORE, True), ("I<", BEFORE, True), ("<<", None, True),
    ],
)  # fmt: skip
def test_the_dated_rule(code: str, expiry: dt.date | None, noticed: bool) -> None:
    assert bool(code_notice("TD3", code, expiry)) is noticed


@pytest.mark.parametrize(
    ("layout", "code", "noticed"),
    [
        ("TD1", "I<", False), ("TD1", "ID", False), ("TD1", "AR", False), ("TD1", "CR", False),
        ("TD1", "AC", False), ("TD2", "AC", True), ("TD1", "AI", True), ("TD2", "AI", False),
        ("TD1", "IV", True), ("TD2", "CV", True), ("TD1", "C1", True), ("TD1", "XX", True),
        ("TD2", "P<", True), ("MRV-A", "V<", False), ("MRV-A", "VB", False), ("MRV-B", "V7", True),
        ("FR-ID", "ID", False), ("CH-DL", "FA", False),
    ],
)  # fmt: skip
def test_cards_and_visas(layout: str, code: str, noticed: bool) -> None:
    assert bool(code_notice(layout, code, None)) is noticed
