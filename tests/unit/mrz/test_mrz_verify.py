"""What verifying says of sound zones, and of zones with one thing wrong."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mrz_zones import FIVE, FR_ID, TD1, TD2, TD3, TODAY, ZONES

from docexam.mrz.check_digits import check_digit
from docexam.mrz.verify import Verification, verify

NOTICES = {"mrz.doc-code", "date.expiry", "mrz.cd-ambiguity"}


def ids(verification: Verification) -> set[str]:
    return {problem.id for problem in verification.problems}


def put(lines: tuple[str, ...], line: int, column: int, text: str) -> tuple[str, ...]:
    """The lines with `text` written over them from a place on, which counts from 1."""
    changed = list(lines)
    old = changed[line - 1]
    changed[line - 1] = old[: column - 1] + text + old[column - 1 + len(text) :]
    return tuple(changed)


def td3(*, name: str = "ERIKSSON<<ANNA<MARIA", code: str = "P<", **fields: str) -> tuple[str, ...]:
    """A TD3 zone with right check digits, whatever stands in its fields."""
    number = fields.get("number", "L898902C3")
    birth, expiry = fields.get("birth", "740812"), fields.get("expiry", "320415")
    optional = fields.get("optional", "").ljust(14, "<")
    second = number + check_digit(number) + fields.get("nationality", "UTO")
    second += birth + check_digit(birth) + fields.get("sex", "F")
    second += expiry + check_digit(expiry) + optional + check_digit(optional)
    second += check_digit(second[:10] + second[13:20] + second[21:43])
    return (f"{code}{fields.get('state', 'UTO')}{name}".ljust(44, "<"), second)


@pytest.mark.parametrize("name", ZONES)
def test_sound_zones_are_valid(name: str) -> None:
    verification = verify(ZONES[name], today=dt.date(2016, 1, 1))
    assert verification.format == name
    assert verification.lines == ZONES[name]
    assert verification.problems == ()
    assert verification.valid


def test_fields_of_a_passport() -> None:
    fields = verify(TD3, today=TODAY).fields
    assert (fields.document_code, fields.issuing_state) == ("P", "UTO")
    assert (fields.document_number, fields.nationality) == ("L898902C3", "UTO")
    assert (fields.surname, fields.given_names) == ("ERIKSSON", "ANNA MARIA")
    assert (fields.birth_date, fields.birth_date_printed) == ("1974-08-12", "740812")
    assert (fields.expiry_date, fields.expiry_date_printed) == ("2032-04-15", "320415")
    assert (fields.sex, fields.optional_data_1, fields.optional_data_2) == ("F", "ZE184226B", None)
    assert fields.century_rule is not None


def test_fields_of_the_french_card() -> None:
    fields = verify(FR_ID, today=TODAY).fields
    assert (fields.surname, fields.given_names) == ("EXEMPLE", "NICOLAS PAUL")
    assert (fields.document_number, fields.optional_data_1) == ("050995201874", "952042")
    assert (fields.nationality, fields.expiry_date, fields.birth_date) == (None, None, "1982-06-15")


@pytest.mark.parametrize(
    ("lines", "id_", "line", "columns"),
    [
        (put(TD3, 2, 10, "5"), "mrz.cd-number", 2, (10, 10)),
        (put(TD3, 2, 20, "5"), "mrz.cd-birth", 2, (20, 20)),
        (put(TD3, 2, 28, "5"), "mrz.cd-expiry", 2, (28, 28)),
        (put(TD3, 2, 43, "5"), "mrz.cd-personal", 2, (43, 43)),
        (put(TD3, 2, 44, "<"), "mrz.cd-composite", 2, (44, 44)),
        (put(TD1, 1, 15, "<"), "mrz.cd-number", 1, (15, 15)),
        (put(TD1, 2, 30, "9"), "mrz.cd-composite", 2, (30, 30)),
        (put(FR_ID, 2, 36, "9"), "mrz.cd-composite", 2, (36, 36)),
        (td3(state="QLZ"), "mrz.state-code", 1, (3, 5)),
        (td3(state="XXA"), "mrz.state-code", 1, (3, 5)),
        (td3(nationality="YTO"), "mrz.nationality", 2, (11, 13)),
        (td3(nationality="<<<"), "mrz.nationality", 2, (11, 13)),
        (td3(birth="740230"), "date.valid", 2, (14, 19)),
        (td3(birth="740000"), "date.valid", 2, (14, 19)),
        (td3(expiry="<<<<<<"), "date.valid", 2, (22, 27)),
        (td3(sex="X"), "mrz.sex", 2, (21, 21)),
        (td3(sex="1"), "mrz.sex", 2, (21, 21)),
        (td3(number="<L898902C"), "mrz.filler", 2, (1, 9)),
        (td3(number="<<<<<<<<<"), "mrz.filler", 2, (1, 9)),
        (td3(name=""), "mrz.name", 1, (6, 44)),
        (td3(name="<ERIKSSON<<ANNA"), "mrz.name", 1, (6, 6)),
        (td3(name="ERIKS50N<<ANNA"), "mrz.name", 1, (11, 12)),
        (td3(name="ERIKSSON<<<ANNA"), "mrz.name", 1, (14, 16)),
        (td3(name="ERIKSSON<<ANNA<<MARIA"), "mrz.name", 1, (20, 21)),
    ],
)
def test_one_fault_is_named_with_its_place(
    lines: tuple[str, ...], id_: str, line: int, columns: tuple[int, int]
) -> None:
    verification = verify(lines, today=TODAY)
    assert not verification.valid
    found = [(p.id, p.severity, p.line, p.columns) for p in verification.problems]
    # A wrong digit is itself covered by the composite digit.
    if id_ in {"mrz.cd-number", "mrz.cd-birth", "mrz.cd-expiry", "mrz.cd-personal"}:
        assert found.pop()[0] == "mrz.cd-composite"
    assert found == [(id_, "error", line, columns)]


@pytest.mark.parametrize(
    ("lines", "id_"),
    [
        (td3(expiry="260614"), "date.expiry"),
        (td3(code="PX", expiry="370101"), "mrz.doc-code"),
        (td3(code="P<", expiry="380101"), "mrz.doc-code"),
        (td3(code="I<"), "mrz.doc-code"),
        (put(TD2, 1, 1, "AC"), "mrz.doc-code"),
        (put(TD1, 1, 1, "C1"), "mrz.doc-code"),
    ],
)
def test_notices_leave_a_zone_valid(lines: tuple[str, ...], id_: str) -> None:
    verification = verify(lines, today=TODAY)
    assert verification.valid
    assert [(p.id, p.severity) for p in verification.problems] == [(id_, "notice")]


@pytest.mark.parametrize(
    "lines",
    [
        td3(expiry="260615"),  # the day itself still counts
        td3(birth="74<<<<"),
        td3(birth="<<<<<<"),
        td3(sex="<"),
        td3(name="ARKFREITH"),
        td3(name="A" * 39),
        td3(state="ZAR", nationality="YUG"),
        td3(state="D<<", nationality="D<<"),
        td3(state="UNO", nationality="XXB"),
        td3(number="123456<AA"),
        td3(optional="<<1234"),
        put(td3(), 1, 1, "PP"),
    ],
)
def test_what_is_unusual_and_right(lines: tuple[str, ...]) -> None:
    verification = verify(lines, today=TODAY)
    assert verification.problems == ()
    assert verification.valid


def long_td1(optional: str, number: str = "D23145890") -> tuple[str, ...]:
    first = f"I<UTO{number}<{optional}".ljust(30, "<")
    second = "7408122F3204153UTO<<<<<<<<<<<"
    second += check_digit(first[5:30] + second[:7] + second[8:15] + second[18:29])
    return (first, second, "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")


def test_long_numbers() -> None:
    digit = check_digit("D231458907349")
    verification = verify(long_td1(f"7349{digit}<REST"), today=TODAY)
    assert verification.problems == ()
    assert verification.fields.document_number == "D231458907349"
    assert verification.fields.optional_data_1 == "REST"
    belgian = check_digit("D23145890<7349")
    assert verify(long_td1(f"7349{belgian}"), today=TODAY).problems == ()
    wrong = next(d for d in "0123456789" if d not in {digit, belgian})
    found = verify(long_td1(f"7349{wrong}"), today=TODAY).problems
    assert [(p.id, p.line, p.columns) for p in found] == [("mrz.cd-number", 1, (20, 20))]
    assert wrong in found[0].message


@pytest.mark.parametrize(
    "lines", [long_td1("7"), long_td1("7349X"), long_td1("73498", "D23<<<<<<")]
)
def test_malformed_long_numbers(lines: tuple[str, ...]) -> None:
    verification = verify(lines, today=TODAY)
    assert "mrz.long-number" in ids(verification)
    assert not verification.valid


def test_personal_number_unused() -> None:
    for digit in "0<":
        second = f"L898902C36UTO7408122F3204153<<<<<<<<<<<<<<{digit}"
        second += check_digit(second[:10] + second[13:20] + second[21:43])
        assert verify((TD3[0], second), today=TODAY).valid


def test_visas_have_no_composite() -> None:
    for name in ("MRV-A", "MRV-B"):
        fields = [digit.field for digit in verify(ZONES[name], today=TODAY).check_digits]
        assert fields == ["document_number", "birth_date", "expiry_date"]


@pytest.mark.parametrize("lines", [("HELLO",), ("A" * 44,) * 3, ("A" * 20, "B" * 20), ()])
def test_other_is_never_valid(lines: tuple[str, ...]) -> None:
    verification = verify(lines, today=TODAY)
    assert verification.format == "other"
    assert not verification.valid
    assert ids(verification) == {"mrz.structure"}
    assert verification.lines == lines


def test_a_wrong_length_is_reported_and_the_rest_is_read() -> None:
    short = (TD3[0].rstrip("<"), TD3[1])
    verification = verify(short, today=TODAY)
    assert verification.format == "TD3"
    assert verification.lines == short
    assert [(p.id, p.line, p.columns) for p in verification.problems] == [
        ("mrz.structure", 1, (26, 44))
    ]
    assert verification.fields.given_names == "ANNA MARIA"
    longer = verify((TD3[0] + "<", TD3[1]), today=TODAY)
    assert [(p.id, p.columns) for p in longer.problems] == [("mrz.structure", (45, 45))]


_characters = st.one_of(
    st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<", max_size=50), st.text(max_size=60)
)


@settings(deadline=None)
@given(st.lists(_characters, max_size=5))
def test_any_text_is_answered_and_valid_says_what_the_problems_say(lines: list[str]) -> None:
    verification = verify(lines, today=TODAY)
    errors = [p for p in verification.problems if p.severity == "error"]
    assert verification.valid is (not errors)
    assert all((p.severity == "notice") is (p.id in NOTICES) for p in verification.problems)
    assert not (verification.valid and verification.format == "other")
    for problem in verification.problems:
        assert problem.message
        assert problem.line is None or problem.line >= 1
        assert problem.columns is None or 1 <= problem.columns[0] <= problem.columns[1]


@settings(deadline=None)
@given(st.sampled_from(FIVE), st.data())
def test_any_change_of_a_covered_character_shows_or_has_the_same_value(
    name: str, data: st.DataObject
) -> None:
    zone = ZONES[name]
    line = data.draw(st.integers(1, len(zone)))
    column = data.draw(st.integers(1, len(zone[0])))
    other = data.draw(st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"))
    verification = verify(put(zone, line, column, other), today=TODAY)
    assert verification.lines[line - 1][column - 1] == other
    held = all(digit.ok for digit in verification.check_digits)
    assert held is not any(id_.startswith("mrz.cd-") for id_ in ids(verification))


def test_huge_text_takes_bounded_time() -> None:
    started = time.perf_counter()
    for text in ("<" * 1_000_000, "\N{CJK UNIFIED IDEOGRAPH-4E00}" * 1_000_000, "\n" * 1_000_000):
        assert verify([text], today=TODAY).format == "other"
    assert verify(["A" * 44] * 100_000, today=TODAY).format == "other"
    assert time.perf_counter() - started < 2
