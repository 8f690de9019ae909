"""How numbers are built and for how long documents are issued, from a handful of genuine ones."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from docexam.nouns.reading import Fields
from docexam.nouns.report import VizField
from docexam.reference import number_pattern, terms
from docexam.reference.number_pattern_rules import fits, pattern_facts
from docexam.reference.parts import NotLearned, Part
from docexam.reference.terms_calendar import term_months
from docexam.vision.zone_view import ZoneView

from .text_pages import HOLDERS, LAID, page_of

if TYPE_CHECKING:
    from docexam.reference.page_sample import PageSample

NUMBERS = [holder[0] for holder in HOLDERS[:5]]
ZONE = ZoneView("data", None, (), (6.0, 30.0, 80.0, 9.0), {})


def test_letters_are_told_from_digits_and_no_letter_is_taken_for_fixed() -> None:
    facts = pattern_facts(["C1234567", "C7654321", "C1122334", "C9988776", "C5544332"])
    assert facts["patterns"] == ["@#######"]
    assert fits("K1234567", facts)
    assert not fits("71234567", facts)
    assert not fits("C12345678", facts)
    assert not fits("", facts)


def test_a_place_with_both_takes_either_and_each_length_has_its_pattern() -> None:
    facts = pattern_facts(["AB12", "A912", "ZZ3", "7Z4"])
    assert facts["patterns"] == ["*@#", "@*##"]
    assert fits("QQ55", facts)
    assert not fits("9Q55", facts)


def test_the_same_letter_on_very_many_is_fixed() -> None:
    facts = pattern_facts(f"C{101 * number:04d}" for number in range(1, 90))
    assert facts["patterns"] == ["C####"]
    assert not fits("D1234", facts)


@pytest.mark.parametrize(("count", "doubt"), [(5, 0.451), (59, 0.05)])
def test_doubt_is_what_none_of_n_leaves_open(count: int, doubt: float) -> None:
    numbers = [f"A{each:03d}" for each in range(count)]
    assert pattern_facts(numbers)["doubt"] == pytest.approx(doubt, abs=0.001)
    # one number told twice is one number
    assert pattern_facts(numbers * 2)["numbers"] == count


def _sample(number: str, issue: str, expires: str | None, confidence: float = 0.99) -> PageSample:
    fields = Fields(document_number=number, expiry_date=expires, optional_data_1="")
    viz = (VizField("issue_date", issue, confidence, (6.0, 29.0, 18.0, 2.0)),)
    return replace(_BLANK, zone=ZONE, fields=fields, viz=viz)


_BLANK = replace(page_of([]), placing=LAID)
DATES = [
    ("06 MAY 2024", "2034-05-05"),
    ("17 APR 2021", "2031-04-16"),
    ("29 FEB 2024", "2034-02-28"),
    ("20 JAN 2023", "2033-01-20"),
    ("17 DEC 2022", "2027-12-16"),
]


def learned(part: Any) -> Part:
    assert isinstance(part, Part)
    return part


def test_pages_teach_patterns_terms_and_years() -> None:
    samples = [_sample(n, *dates) for n, dates in zip(NUMBERS, DATES, strict=True)]
    pattern = learned(number_pattern.learn(samples)).facts["document_number"]
    assert (pattern["patterns"], pattern["numbers"]) == (["@########"], 5)
    facts = learned(terms.learn(samples)).facts
    assert facts["terms"] == [{"months": 60, "documents": 1}, {"months": 120, "documents": 4}]
    assert facts["issued"] == [2021, 2024]
    # no number and no whole date stays in the model
    assert not any(n[1:] in f"{pattern}{facts}" for n in NUMBERS)


def test_too_little_teaches_nothing() -> None:
    samples = [_sample(n, *dates) for n, dates in zip(NUMBERS[:2], DATES[:2], strict=True)]
    assert isinstance(number_pattern.learn(samples), NotLearned)
    assert isinstance(terms.learn(samples), NotLearned)
    unsure = [_sample(n, *dates, 0.6) for n, dates in zip(NUMBERS, DATES, strict=True)]
    assert isinstance(terms.learn(unsure), NotLearned)
    assert isinstance(number_pattern.learn([_BLANK] * 5), NotLearned)


@pytest.mark.parametrize(
    ("issued", "expires", "months"),
    [
        ("2024-05-06", "2034-05-05", 120),
        ("2024-05-06", "2034-05-06", 120),
        ("2024-02-29", "2029-03-01", 60),
        ("2024-12-31", "2025-02-28", 2),
        ("2024-05-06", "2034-05-20", None),
        ("2024-05-06", "2044-05-05", 240),
    ],
)
def test_terms_are_whole_months_to_the_day(issued: str, expires: str, months: int | None) -> None:
    span = dt.date.fromisoformat(issued), dt.date.fromisoformat(expires)
    assert term_months(*span) == months
