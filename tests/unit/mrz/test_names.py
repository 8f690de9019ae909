from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docexam.mrz.names import may_be_truncated, name_fault, split_name, write_name

WORDS = st.lists(st.text("ABCXYZ", min_size=1, max_size=14), max_size=9).map(" ".join)


@pytest.mark.parametrize(
    ("surname", "given_names", "field"),
    [
        # Doc 9303-4, 4.2.2.3 (usual names) and 4.2.3 (secondary identifier truncated)
        ("ERIKSSON", "ANNA MARIA", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"),
        ("VAN DER MUELLEN", "MARTIN", "VAN<DER<MUELLEN<<MARTIN<<<<<<<<<<<<<<<<"),
        ("ARKFREITH", "", "ARKFREITH<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<"),
        ("SATRIYA SUDARPA", "", "SATRIYA<SUDARPA<<<<<<<<<<<<<<<<<<<<<<<<"),
        (
            "NILAVADHANANANDA",
            "CHAYAPA DEJTHAMRONG KRASUANG",
            "NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K",
        ),
        (
            "NILAVADHANANANDA",
            "ARNPOL PETCH CHARONGUANG",
            "NILAVADHANANANDA<<ARNPOL<PETCH<CHARONGU",
        ),
        (
            "PAPANDROPOULOUS",
            "JONATHON WARREN TREVOR",
            "PAPANDROPOULOUS<<JONATHON<WARREN<TREVOR",
        ),
    ],
)
def test_examples_of_the_standard(surname: str, given_names: str, field: str) -> None:
    assert write_name(surname, given_names, 39) == field
    if not may_be_truncated(field):
        assert split_name(field) == (surname, given_names)


def test_a_long_primary_identifier_leaves_room_for_the_other() -> None:
    primary = "BENNELONG WOOLOOMOOLOO WARRANDYTE WARNAMBOOL"
    for width in (30, 31, 39):
        field = write_name(primary, "DINGO POTOROO", width)
        assert field.endswith("<<DINGO")
        parts = field.partition("<<")[0].split("<")
        assert len(parts) == 4
        assert all(
            whole.startswith(part) for whole, part in zip(primary.split(), parts, strict=True)
        )


@given(WORDS, WORDS, st.sampled_from([30, 31, 39]))
def test_a_written_name_fills_its_field_and_keeps_the_rules(
    surname: str, given_names: str, width: int
) -> None:
    if not surname:
        return
    field = write_name(surname, given_names, width)
    assert len(field) == width
    assert name_fault(field) is None
    whole = f"{surname.replace(' ', '<')}<<{given_names.replace(' ', '<')}".rstrip("<")
    parts = split_name(field)
    if len(whole) <= width:
        assert parts == (surname, given_names)
    else:
        assert bool(parts.given_names) is bool(given_names)
        assert surname.startswith(parts.surname.split()[0])


def test_single_letters_that_do_not_fit_are_left_out() -> None:
    letters = " ".join("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert split_name(write_name(letters, "BO", 30)).given_names == "BO"
    assert len(write_name("A", letters, 39)) == 39


@pytest.mark.parametrize(
    ("field", "fault"),
    [
        ("ERIKSSON<<ANNA<<<<", None),
        ("ERIKSSON<<<<<<<<<<", None),
        ("ERIKSSON<ANNA<<<<<", None),  # one name of two parts, as far as anybody can tell
        ("<<<<<", (0, 4)),
        ("<<ERIKSSON<<", (0, 1)),
        ("ERIKSSON<<<ANNA<<<", (8, 10)),
        ("A<<<<<<B", (1, 6)),
        ("A<<B<<C", (4, 5)),
        ("A<<B2C3<<", (4, 6)),
    ],
)
def test_faults_and_their_places(field: str, fault: tuple[int, int] | None) -> None:
    found = name_fault(field)
    assert (found and found[1:]) == fault


def test_one_identifier_has_no_separator() -> None:
    assert name_fault("ERIKSSON<<ANNA", separator_allowed=False) is not None
    assert name_fault("ERIKSSON<ANNA", separator_allowed=False) is None


@given(st.text("AB<7", max_size=39))
def test_splitting_takes_any_field(field: str) -> None:
    parts = split_name(field)
    for part in parts:
        assert "<" not in part
        assert part == " ".join(part.split())
