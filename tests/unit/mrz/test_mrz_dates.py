from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docexam.mrz.dates import century_rule, read_birth, read_expiry

TODAY = dt.date(2026, 6, 15)


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("260615", "2026-06-15"),  # born today
        ("260616", "1926-06-16"),  # tomorrow: a hundred years ago
        ("260614", "2026-06-14"),
        ("270101", "1927-01-01"),
        ("000101", "2000-01-01"),
        ("991231", "1999-12-31"),
        ("000229", "2000-02-29"),  # 2000 was a leap year
        ("26<<<<", "2026"),
        ("27<<<<", "1927"),
        ("2606<<", "2026-06"),  # may be this month
        ("2607<<", "1926-07"),
        ("74<<12", "1974"),  # month unknown, day known
        ("<<<<<<", None),
        ("<<0812", None),
    ],
)
def test_birth(printed: str, iso: str | None) -> None:
    read = read_birth(printed, TODAY)
    assert read.iso == iso
    assert not read.fault
    assert (read.day is None) is ("<" in printed)


def test_nobody_is_born_after_the_document_expired() -> None:
    expired = dt.date(1995, 7, 12)
    assert read_birth("080101", TODAY).iso == "2008-01-01"
    assert read_birth("080101", TODAY, expired).iso == "1908-01-01"
    assert read_birth("950712", TODAY, expired).iso == "1995-07-12"
    assert read_birth("950713", TODAY, expired).iso == "1895-07-13"
    future = dt.date(2030, 1, 1)
    assert read_birth("270101", TODAY, future).iso == "1927-01-01"


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("760101", "1976-01-01"),  # fifty years back, the first year of the window
        ("751231", "2075-12-31"),  # its last year
        ("260615", "2026-06-15"),
        ("991231", "1999-12-31"),
        ("000101", "2000-01-01"),
    ],
)
def test_expiry(printed: str, iso: str) -> None:
    read = read_expiry(printed, TODAY)
    assert read.iso == iso
    assert read.day == dt.date.fromisoformat(iso)


@pytest.mark.parametrize(
    "printed",
    [
        *("740230", "741301", "740100", "740001", "000000", "7408<2", "74O812", "<40812"),
        *("-10101", "٧٤٠٨١٢", "+40812", " 40812"),
    ],
)
def test_what_is_no_date(printed: str) -> None:
    for read in (read_birth(printed, TODAY), read_expiry(printed, TODAY)):
        assert read.fault
        assert read.iso is None
        assert read.day is None


@pytest.mark.parametrize("printed", ["7413<<", "7400<<", "<<1301", "<<0832", "<<<<00"])
def test_impossible_parts_of_a_birth_date(printed: str) -> None:
    assert read_birth(printed, TODAY).fault


def test_an_unknown_expiry_date_is_a_fault() -> None:
    assert read_expiry("<<<<<<", TODAY).fault
    assert read_expiry("32<<<<", TODAY).fault


def test_partly_unknown_day_beyond_the_month() -> None:
    assert read_birth("<<0230", TODAY).fault
    assert read_birth("<<<<32", TODAY).fault
    assert not read_birth("<<0229", TODAY).fault  # the unknown year may be a leap year


@given(st.dates(dt.date(1927, 1, 1), TODAY))
def test_every_birth_of_the_last_99_years_comes_back(day: dt.date) -> None:
    assert read_birth(day.strftime("%y%m%d"), TODAY).day == day


@given(st.dates(dt.date(1976, 1, 1), dt.date(2075, 12, 31)))
def test_every_expiry_of_the_window_comes_back(day: dt.date) -> None:
    assert read_expiry(day.strftime("%y%m%d"), TODAY).day == day


@given(st.text(max_size=8), st.dates(dt.date(1985, 1, 1), dt.date(2099, 12, 31)))
def test_any_text_is_answered(text: str, today: dt.date) -> None:
    printed = text.ljust(6, "<")[:6]
    for read in (read_birth(printed, today), read_expiry(printed, today)):
        assert not (read.fault and read.iso)


def test_the_rule_is_stated_with_its_clock() -> None:
    rule = century_rule(TODAY)
    assert "2026-06-15" in rule
    assert "1976 to 2075" in rule
