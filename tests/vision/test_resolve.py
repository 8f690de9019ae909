"""Evidence of the image, alphabets of the fields, and check digits between look-alikes only."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from docexam.vision.line_columns import ALPHABET, NONE
from docexam.vision.resolve import resolve
from tests.vision.drawing import TD3

Evidence = list[NDArray[np.float64]]


def _evidence(lines: tuple[str, ...], sure: float = 0.999) -> Evidence:
    """An image that shows `lines` clearly."""
    out = []
    for line in lines:
        rows = np.full((len(line), NONE + 1), (1 - sure) / NONE)
        rows[np.arange(len(line)), [ALPHABET.index(c) for c in line]] = sure
        out.append(np.log(rows))
    return out


def _show(evidence: Evidence, line: int, column: int, odds: dict[str, float]) -> None:
    row = np.full(NONE + 1, 1e-6)
    for character, probability in odds.items():
        row[ALPHABET.index(character)] = probability
    evidence[line][column] = np.log(row)


def test_clear_print_is_taken_as_it_stands() -> None:
    result = resolve(_evidence(TD3))
    assert result.lines == TD3
    assert result.resolved == ()
    assert min(surety.min() for surety in result.surety) > 0.99


def test_a_clear_wrong_digit_is_not_healed() -> None:
    evidence = _evidence(TD3)
    _show(evidence, 1, 9, {"3": 0.97, TD3[1][9]: 0.02})
    assert resolve(evidence).lines[1][9] == "3"


def test_a_clear_letter_in_a_date_is_not_healed() -> None:
    evidence = _evidence(TD3)
    _show(evidence, 1, 15, {"B": 0.995, "8": 0.004})
    assert resolve(evidence).lines[1][15] == "B"


def test_the_alphabet_decides_between_a_letter_and_a_digit_that_look_alike() -> None:
    evidence = _evidence(TD3)
    place = TD3[1].index("0", 13)
    _show(evidence, 1, place, {"O": 0.6, "0": 0.39})
    result = resolve(evidence)
    assert result.lines == TD3
    (choice,) = result.resolved
    assert (choice.line, choice.column, choice.read) == (2, place + 1, "0")
    assert dict(choice.alternatives)["O"] > dict(choice.alternatives)["0"]
    assert "alphabet" in choice.reason


def test_a_check_digit_decides_only_between_characters_left_open() -> None:
    evidence = _evidence(TD3)
    _show(evidence, 1, 3, {"B": 0.55, "8": 0.44})
    result = resolve(evidence)
    assert result.lines == TD3
    assert "check digits" in result.resolved[0].reason
    assert result.surety[1][3] < 0.9  # the image left it open: the reading is not confident


def test_two_equally_likely_ways_to_mend_leave_the_image_the_judge() -> None:
    evidence = _evidence(TD3)
    # either of two slips would explain the digit that does not hold: nothing is mended
    broken = (TD3[0], "X4F88" + TD3[1][5:])
    seen = "X4FB8" + broken[1][5:]
    evidence = _evidence((TD3[0], seen))
    _show(evidence, 1, 3, {"B": 0.5, "8": 0.49})
    _show(evidence, 1, 4, {"8": 0.51, "B": 0.48})
    result = resolve(evidence)
    assert result.surety[1][3] < 0.9 or result.surety[1][4] < 0.9


def test_a_digit_that_holds_vouches_for_an_open_character_it_covers() -> None:
    evidence = _evidence(TD3)
    place = TD3[1].index("8")
    _show(evidence, 1, place, {"8": 0.8, "B": 0.19})
    result = resolve(evidence)
    assert result.lines == TD3
    assert result.surety[1][place] > 0.95


def test_an_open_letter_in_a_name_stays_open() -> None:
    evidence = _evidence(TD3)
    _show(evidence, 0, 7, {"N": 0.6, "M": 0.39})
    result = resolve(evidence)
    assert result.lines == TD3
    assert result.surety[0][7] < 0.9
