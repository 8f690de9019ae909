from __future__ import annotations

from itertools import combinations

import pytest
from mrz_zones import CH_DL, TD3, ZONES

from docexam.mrz.ambiguity import LOOK_ALIKES, Exchange, ambiguity, blind_spots
from docexam.mrz.check_digits import check_digits
from docexam.mrz.compose import compose
from docexam.mrz.layouts import LAYOUTS, alphabet_at, identify
from docexam.nouns.reading import Fields


def exchanged(lines: tuple[str, ...], *exchanges: Exchange) -> tuple[str, ...]:
    cells = [list(line) for line in lines]
    for exchange in exchanges:
        assert cells[exchange.line - 1][exchange.column - 1] == exchange.printed
        cells[exchange.line - 1][exchange.column - 1] = exchange.other
    return tuple("".join(line) for line in cells)


def holds(lines: tuple[str, ...]) -> bool:
    layout = identify(lines)
    assert layout is not None
    return all(digit.ok for digit in check_digits(layout, lines))


def candidates(lines: tuple[str, ...]) -> list[Exchange]:
    """Every look-alike exchange that changes what some check digit sees, or is a check digit."""
    layout = identify(lines)
    assert layout is not None
    covered = {
        (line, column)
        for rule in layout.checks
        for line, first, last in (*rule.sources, (rule.line, rule.column, rule.column))
        for column in range(first, last + 1)
    }
    return [
        Exchange(line, column, printed, pair.replace(printed, "", 1))
        for line, column in sorted(covered)
        if not (layout.name == "FR-DL" and column <= 5)  # the document code and the state
        for printed in [lines[line - 1][column - 1]]
        for pair in LOOK_ALIKES
        if printed in pair and pair.replace(printed, "", 1) in alphabet_at(layout, line, column)
    ]


@pytest.mark.parametrize("name", ["TD1", "TD2", "TD3", "MRV-B", "FR-DL"])
def test_counts_equal_those_of_trying_everything(name: str) -> None:
    lines = ZONES[name]
    layout = identify(lines)
    assert layout is not None
    found = blind_spots(layout, lines)
    tried = candidates(lines)
    singles = {e for e in tried if holds(exchanged(lines, e))}
    assert set(found.singles) == singles
    rest = [e for e in tried if e not in singles]
    doubles = [
        (a, b)
        for a, b in combinations(rest, 2)
        if (a.line, a.column) != (b.line, b.column) and holds(exchanged(lines, a, b))
    ]
    assert found.double_count == len(doubles)
    assert set(found.doubles) <= set(doubles)
    assert len(found.doubles) == min(3, len(doubles))
    for pair in found.doubles:
        assert holds(exchanged(lines, *pair))


def test_the_notice_names_an_exchange_that_no_digit_sees() -> None:
    problem = ambiguity(TD3)
    assert problem is not None
    assert (problem.id, problem.severity) == ("mrz.cd-ambiguity", "notice")
    assert (problem.line, problem.columns) == (2, (1, 1))
    assert "1 for L in line 2, column 1" in problem.message
    assert holds((TD3[0], "1" + TD3[1][1:]))


def test_nothing_is_said_where_digits_prove_nothing() -> None:
    assert ambiguity(CH_DL) is None
    assert ambiguity(("HELLO",)) is None
    assert ambiguity(()) is None
    assert ambiguity((TD3[0], TD3[1][:-1] + "0")) is None


def test_a_zone_without_a_blind_single_exchange_names_a_double_one() -> None:
    lines = verify_lines("222222222")
    assert blind_spots(LAYOUTS["TD3"], lines).singles == ()
    problem = ambiguity(lines)
    assert problem is not None
    assert " together with " in problem.message
    assert problem.message.startswith("0 exchanges of one")


def verify_lines(number: str) -> tuple[str, ...]:
    person = Fields(
        document_code="PP",
        issuing_state="UTO",
        document_number=number,
        surname="A",
        nationality="UTO",
        birth_date="1922-02-22",
        sex="F",
        expiry_date="2022-02-22",
    )
    return compose("TD3", person)
