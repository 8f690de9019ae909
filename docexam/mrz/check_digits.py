"""Check digits: weights 7-3-1, modulus 10 (Doc 9303-3, 4.9)."""

from __future__ import annotations

from functools import lru_cache
from operator import mul
from typing import TYPE_CHECKING

from docexam.mrz.layouts import LAYOUTS
from docexam.nouns.reading import CheckDigit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.mrz.layouts import CheckRule, Layout

_ZONE_CHARACTERS = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"
# 0-9 count as themselves, A-Z as 10 to 35, the filler as 0. Any other byte counts as 0 too: such
# text is reported as malformed before its digits are looked at.
_VALUE_OF_BYTE = bytes(
    _ZONE_CHARACTERS.index(byte) % 36 if byte in _ZONE_CHARACTERS else 0 for byte in range(256)
)
_LONGEST = 256
_WEIGHTS = (7, 3, 1) * (_LONGEST // 3 + 1)
_DIGITS = "0123456789"

# Each rule with its places counted from 0 and its slices, so that checking does no arithmetic.
_PLANS = {
    layout.name: tuple(
        (
            rule,
            rule.line - 1,
            rule.column - 1,
            tuple((line - 1, first - 1, last) for line, first, last in rule.sources),
        )
        for rule in layout.checks
    )
    for layout in LAYOUTS.values()
}
_LONG_NUMBERS = {
    layout.name: (rule.line - 1, rule.column - 1, span.line - 1, span.first - 1, span.last)
    for layout in LAYOUTS.values()
    for rule in layout.checks
    for span in layout.fields
    if rule.long_number and span.name == "optional_data_1"
}


def value(character: str) -> int:
    """The value 0..35 of one character of the zone."""
    return _VALUE_OF_BYTE[ord(character)]


def weight(position: int) -> int:
    """The weight of a position counted from 0."""
    return _WEIGHTS[position % 3]


def check_digit(text: str) -> str:
    """The check digit, one of 0..9, of a text within A-Z 0-9 <.

    Raises:
        ValueError: for a text of more than 256 characters or outside of the zone's alphabet.
    """
    if len(text) > _LONGEST:
        message = f"A check digit covers at most {_LONGEST} characters, not {len(text)}."
        raise ValueError(message)
    if text.encode("ascii", "replace").translate(None, _ZONE_CHARACTERS):
        message = "A check digit is computed over A-Z, 0-9 and < only."
        raise ValueError(message)
    return _digit(text)


def _digit(text: str) -> str:
    values = text.encode("latin-1", "replace").translate(_VALUE_OF_BYTE)
    return str(sum(map(mul, values, _WEIGHTS)) % 10)


def covered_text(rule: CheckRule, lines: Sequence[str]) -> str:
    """The characters that a check digit is computed over, in order."""
    return "".join([lines[line - 1][first - 1 : last] for line, first, last in rule.sources])


def long_number(layout: Layout, lines: Sequence[str]) -> tuple[str, str] | None:
    """The tail of a long document number and its digit as printed, None where there is none.

    The number is long where a filler stands in the digit's place and data follows in the optional
    field (Doc 9303-5 and 9303-6, note j). A tail without data before its digit gives ("", digit).
    """
    place = _LONG_NUMBERS.get(layout.name)
    if place is None or lines[place[0]][place[1]] != "<":
        return None
    tail = lines[place[2]][place[3] : place[4]].partition("<")[0]
    return (tail[:-1], tail[-1]) if tail else None


def _long_number_digit(rule: CheckRule, lines: Sequence[str], tail: str, printed: str) -> str:
    head = covered_text(rule, lines)
    standard = _digit(head + tail)
    # Belgium computes the digit over the text as it stands in the zone, with the filler in it.
    with_filler = _digit(f"{head}<{tail}")
    return with_filler if printed == with_filler else standard


def check_digits(layout: Layout, lines: Sequence[str]) -> tuple[CheckDigit, ...]:
    """Every check digit of a zone, as printed and as computed, in the layout's order.

    `lines` have the layout's lengths.
    """
    values = [line.encode("latin-1", "replace").translate(_VALUE_OF_BYTE) for line in lines]
    digits = []
    for rule, line, column, cuts in _PLANS[layout.name]:
        printed = lines[line][column]
        if printed == "<" and (rule.long_number or rule.filler_allowed):
            digits.append(_without_digit(layout, rule, lines))
            continue
        covered = b"".join([values[cut][first:last] for cut, first, last in cuts])
        computed = _DIGITS[sum(map(mul, covered, _WEIGHTS)) % 10]
        digits.append(_result(rule.field, printed, computed, printed == computed))
    return tuple(digits)


def _without_digit(layout: Layout, rule: CheckRule, lines: Sequence[str]) -> CheckDigit:
    """A filler stands for the digit: the number goes on elsewhere, or the field is not used."""
    number = long_number(layout, lines) if rule.long_number else None
    if number is not None:
        tail, printed = number
        computed = _long_number_digit(rule, lines, tail, printed)
        return _result(rule.field, printed, computed, printed == computed and tail != "")
    covered = covered_text(rule, lines)
    return _result(rule.field, "<", _digit(covered), rule.filler_allowed and not covered.strip("<"))


@lru_cache(maxsize=4096)
def _result(field: str, printed: str, computed: str, ok: bool) -> CheckDigit:
    """Few of these exist, and making one anew costs as much as computing the digit."""
    return CheckDigit(field, printed, computed, ok)


def digit_cells(
    layout: Layout, rule: CheckRule, lines: Sequence[str]
) -> list[tuple[tuple[int, int], int]]:
    """What a check is made of: each ((line, column), factor), the sum of factor x value being 0.

    The factor of a covered character is its weight, that of the digit -1; all modulo 10.
    """
    cells = [
        (line, column) for line, first, last in rule.sources for column in range(first, last + 1)
    ]
    place = (rule.line, rule.column)
    number = long_number(layout, lines) if rule.long_number else None
    span = layout.field("optional_data_1")
    weighted = [(cell, weight(position)) for position, cell in enumerate(cells)]
    if number is not None and span is not None:
        tail, printed = number
        skip = int(printed != _digit(covered_text(rule, lines) + tail))
        weighted += [
            ((span.line, span.first + i), weight(len(cells) + skip + i)) for i in range(len(tail))
        ]
        place = (span.line, span.first + len(tail))
    return [*weighted, (place, -1)]
