"""What check digits cannot see: exchanges of look-alike characters that leave all of them valid.

A valid digit is a filter, not a proof. One exchange is invisible where both characters have the
same value modulo 10 (1/L, 6/G, 8/S, ...), two where their weighted differences cancel.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docexam.mrz.check_digits import check_digits, digit_cells, value
from docexam.mrz.layouts import alphabet_at, identify
from docexam.nouns.reading import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docexam.mrz.layouts import Layout

# Our starting value: pairs that OCR-B readers and the eye mix up, and digits that a pen turns into
# one another.
LOOK_ALIKES = (
    *("0O", "0D", "0Q", "OD", "OQ", "DQ", "1I", "1L", "1T", "IL", "2Z", "3B", "4A", "5S", "6G"),
    *("7T", "7Y", "8B", "8S", "CG", "EF", "HN", "KX", "MN", "PR", "UV", "VY", "MW"),
    *("08", "06", "17", "14", "35", "38", "39", "49", "56", "58", "68", "69", "79", "89"),
)
_EXAMPLES = 3

_ALIKE: dict[str, frozenset[str]] = {
    character: frozenset(
        pair.replace(character, "", 1) for pair in LOOK_ALIKES if character in pair
    )
    for character in set("".join(LOOK_ALIKES))
}


@dataclass(frozen=True, slots=True)
class Exchange:
    """One character read or printed as another; line and column count from 1."""

    line: int
    column: int
    printed: str
    other: str


@dataclass(frozen=True, slots=True)
class BlindSpots:
    """Exchanges that no check digit sees.

    `singles`: each alone. `doubles`: examples of two together, of which neither is in `singles`;
    `double_count` says how many there are in all.
    """

    singles: tuple[Exchange, ...]
    doubles: tuple[tuple[Exchange, Exchange], ...]
    double_count: int


def blind_spots(layout: Layout, lines: Sequence[str]) -> BlindSpots:
    """Every blind exchange at places that a check digit covers; `lines` of the layout's lengths."""
    effects: dict[tuple[int, ...], list[Exchange]] = defaultdict(list)
    for exchange, effect in _effects(layout, lines):
        effects[effect].append(exchange)
    nothing = (0,) * len(layout.checks)
    singles = effects.pop(nothing, [])
    count = 0
    examples: list[tuple[Exchange, Exchange]] = []
    for effect, exchanges in effects.items():
        opposite = tuple(-part % 10 for part in effect)
        if opposite < effect or opposite not in effects:
            continue
        found = _pairs(exchanges, effects[opposite], same=opposite == effect)
        count += found
        if len(examples) < _EXAMPLES:
            examples += {
                (first, second) if _place(first) < _place(second) else (second, first): None
                for first in exchanges
                for second in effects[opposite]
                if _place(first) != _place(second)
            }
    return BlindSpots(tuple(singles), tuple(examples[:_EXAMPLES]), count)


def ambiguity(lines: Sequence[str]) -> Problem | None:
    """The notice `mrz.cd-ambiguity`: how much the check digits of a zone leave open.

    None where they prove nothing: for an unknown layout, one without check digits, digits that do
    not hold, or a zone without any blind exchange.
    """
    layout = identify(lines)
    if layout is None or not layout.checks:
        return None
    if not all(digit.ok for digit in check_digits(layout, lines)):
        return None
    found = blind_spots(layout, lines)
    if not found.singles and not found.double_count:
        return None
    message = (
        f"{_counted(len(found.singles), 'exchange')} of one look-alike character and "
        f"{_counted(found.double_count, 'exchange')} of two would leave every check digit valid"
    )
    if found.singles:
        first = found.singles[0]
        shown = "; ".join(_shown(exchange) for exchange in found.singles[:_EXAMPLES])
    else:
        first = found.doubles[0][0]
        shown = " together with ".join(_shown(exchange) for exchange in found.doubles[0])
    message += f" ({shown}). Characters outside the check digits are not counted."
    columns = (first.column, first.column)
    return Problem("mrz.cd-ambiguity", "notice", message, first.line, columns)


def _effects(layout: Layout, lines: Sequence[str]) -> Iterator[tuple[Exchange, tuple[int, ...]]]:
    """Each look-alike exchange with the change that it makes to each check, modulo 10."""
    factors: dict[tuple[int, int], list[int]] = {}
    for number, rule in enumerate(layout.checks):
        for place, factor in digit_cells(layout, rule, lines):
            factors.setdefault(place, [0] * len(layout.checks))[number] += factor
    # A changed document code or state makes another zone, or a code in no list: not a blind spot.
    fixed = [layout.field(name) for name in ("document_code", "issuing_state")]
    for span in filter(None, fixed):
        for column in range(span.first, span.last + 1):
            factors.pop((span.line, column), None)
    for (line, column), weights in sorted(factors.items()):
        printed = lines[line - 1][column - 1]
        allowed = alphabet_at(layout, line, column)
        for other in sorted(_ALIKE.get(printed, frozenset()) & allowed):
            change = value(other) - value(printed)
            effect = tuple(change * weight % 10 for weight in weights)
            yield Exchange(line, column, printed, other), effect


def _pairs(first: list[Exchange], second: list[Exchange], *, same: bool) -> int:
    """How many pairs at two different places there are."""
    here, there = Counter(map(_place, first)), Counter(map(_place, second))
    ordered = len(first) * len(second) - sum(n * there[place] for place, n in here.items())
    return ordered // 2 if same else ordered


def _place(exchange: Exchange) -> tuple[int, int]:
    return exchange.line, exchange.column


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _shown(exchange: Exchange) -> str:
    return (
        f"{exchange.other} for {exchange.printed} in line {exchange.line}, column {exchange.column}"
    )
