from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mrz_zones import FIVE, ZONES

from docexam.mrz.check_digits import check_digit, check_digits, digit_cells, long_number, value
from docexam.mrz.layouts import LAYOUTS, identify

ZONE_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"
SAME_VALUE = ("<0AKU", "1BLV", "2CMW", "3DNX", "4EOY", "5FPZ", "6GQ", "7HR", "8IS", "9JT")


def by_hand(text: str) -> str:
    """Doc 9303-3, 4.9, step by step."""
    total = 0
    for position, character in enumerate(text):
        if character == "<":
            worth = 0
        elif character in "0123456789":
            worth = int(character)
        else:
            worth = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(character) + 10
        total += worth * (7, 3, 1)[position % 3]
    return str(total % 10)


@pytest.mark.parametrize(
    ("text", "digit"),
    [
        ("520727", "3"),  # Doc 9303-3, appendix A, example 1
        ("AB2134<<<", "5"),  # the same, example 2
        ("HA672242<658022549601086<<<<<<<<<<<<<<0", "8"),  # the same, example 3
        ("D231458907<<<<<<<<<<<<<<<34071279507122<<<<<<<<<<", "2"),  # the same, example 4
        ("HA672242<658022549601086<<<<<<<", "8"),  # the same, example 5
        ("L898902C3", "6"),
        ("", "0"),
    ],
)
def test_examples(text: str, digit: str) -> None:
    assert check_digit(text) == digit


@given(st.text(ZONE_CHARACTERS, max_size=90))
def test_equals_the_standard_step_by_step(text: str) -> None:
    assert check_digit(text) == by_hand(text)


@pytest.mark.parametrize("text", ["ab", "A B", "\N{ARABIC-INDIC DIGIT ONE}", "«", "A" * 257])
def test_refuses_what_is_no_zone_text(text: str) -> None:
    with pytest.raises(ValueError, match="check digit"):
        check_digit(text)


@given(st.text(ZONE_CHARACTERS, min_size=1, max_size=40), st.data())
def test_one_substitution_is_seen_unless_the_values_are_equal_modulo_ten(
    text: str, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from(ZONE_CHARACTERS))
    changed = text[:place] + other + text[place + 1 :]
    blind = any(text[place] in same and other in same for same in SAME_VALUE)
    assert (check_digit(changed) == check_digit(text)) is blind


@pytest.mark.parametrize("name", [name for name in ZONES if name != "CH-DL"])
def test_every_digit_of_a_sound_zone_holds_and_every_wrong_one_shows(name: str) -> None:
    lines = ZONES[name]
    layout = identify(lines)
    assert layout is LAYOUTS[name]
    assert all(digit.ok for digit in check_digits(layout, lines))
    for rule in layout.checks:
        for wrong in set("0123456789") - {lines[rule.line - 1][rule.column - 1]}:
            changed = [list(line) for line in lines]
            changed[rule.line - 1][rule.column - 1] = wrong
            digits = check_digits(layout, ["".join(line) for line in changed])
            found = next(digit for digit in digits if digit.field == rule.field)
            assert not found.ok
            assert found.printed == wrong


def test_the_digit_of_an_unused_personal_number_is_zero_or_filler() -> None:
    layout = LAYOUTS["TD3"]
    for digit, ok in (("<", True), ("0", True), ("1", False)):
        line = f"L898902C36UTO7408122F3204153<<<<<<<<<<<<<<{digit}0"
        found = next(
            d for d in check_digits(layout, ("P" + "<" * 43, line)) if d.field == "optional_data"
        )
        assert found.ok is ok
    line = "L898902C36UTO7408122F3204153ZE184226B<<<<<<0"
    used = next(
        d for d in check_digits(layout, ("P" + "<" * 43, line)) if d.field == "optional_data"
    )
    assert not used.ok


def _long_td1(digit: str) -> tuple[str, ...]:
    return (f"I<UTOD23145890<7349{digit}<X<<<<<<<<", "7408122F3204153UTO<<<<<<<<<<<0", "A" * 30)


def test_long_number_counts_both_ways() -> None:
    layout = LAYOUTS["TD1"]
    standard = by_hand("D231458907349")
    belgian = by_hand("D23145890<7349")
    assert standard != belgian
    for digit in "0123456789":
        lines = _long_td1(digit)
        assert long_number(layout, lines) == ("7349", digit)
        found = check_digits(layout, lines)[0]
        assert found.ok is (digit in {standard, belgian})
    assert check_digits(layout, _long_td1(belgian))[0].computed == belgian
    wrong = next(d for d in "0123456789" if d not in {standard, belgian})
    assert check_digits(layout, _long_td1(wrong))[0].computed == standard


@pytest.mark.parametrize("name", FIVE)
def test_cells_of_a_check_sum_to_zero(name: str) -> None:
    lines = ZONES[name]
    for rule in LAYOUTS[name].checks:
        cells = digit_cells(LAYOUTS[name], rule, lines)
        total = sum(factor * value(lines[line - 1][column - 1]) for (line, column), factor in cells)
        assert total % 10 == 0


def test_cells_of_a_long_number_sum_to_zero() -> None:
    layout = LAYOUTS["TD1"]
    for text in ("D231458907349", "D23145890<7349"):
        lines = _long_td1(by_hand(text))
        cells = digit_cells(layout, layout.checks[0], lines)
        total = sum(factor * value(lines[line - 1][column - 1]) for (line, column), factor in cells)
        assert total % 10 == 0
