"""The layouts of machine readable zones: which field stands where, which digit proves what.

Sources: Doc 9303-4 (TD3), 9303-5 (TD1), 9303-6 (TD2), 9303-7 (MRV-A, MRV-B). The national layouts
are not ICAO's; `source` and `confirmed` say what each rests on. Lines and columns count from 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from docexam.mrz.alphabets import (
    ALNUM,
    ALNUM_FILLER,
    ALPHA,
    ALPHA_FILLER,
    DIGITS,
    DIGITS_FILLER,
    FILLER_ONLY,
    SEX,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Span = tuple[int, int, int]
"""(line, first column, last column), each counted from 1, ends included."""


@dataclass(frozen=True, slots=True)
class FieldSpan:
    """One field: its line, its first and last column, and the characters that it may hold."""

    name: str
    line: int
    first: int
    last: int
    alphabet: frozenset[str]


@dataclass(frozen=True, slots=True)
class CheckRule:
    """One check digit: the field that it proves, where it stands, and what it is computed over.

    `filler_allowed`: a filler may stand for the digit of an unused field (Doc 9303-4, 4.2.2.2).
    `long_number`: a filler in the digit's place says that the number goes on in `optional_data_1`
    (Doc 9303-5, note j; Doc 9303-6, note j).
    """

    field: str
    line: int
    column: int
    sources: tuple[Span, ...]
    filler_allowed: bool = False
    long_number: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of zone. `columns` is the length of each line, the longest where they differ."""

    name: str
    line_count: int
    columns: int
    fields: tuple[FieldSpan, ...]
    checks: tuple[CheckRule, ...]
    line_lengths: tuple[int, ...]
    source: str
    confirmed: bool = True

    def field(self, name: str) -> FieldSpan | None:
        """The span of a field, None where the layout has no such field."""
        return next((span for span in self.fields if span.name == name), None)


def _two_line(name: str, columns: int, source: str, *, optional_last: int) -> Layout:
    """TD2, TD3, MRV-A, MRV-B: one first line, and the same first 28 columns in the second."""
    visa = name.startswith("MRV")
    fields = [
        FieldSpan("document_code", 1, 1, 2, ALNUM_FILLER),
        FieldSpan("issuing_state", 1, 3, 5, ALPHA_FILLER),
        FieldSpan("name", 1, 6, columns, ALPHA_FILLER),
        FieldSpan("document_number", 2, 1, 9, ALNUM_FILLER),
        FieldSpan("document_number_digit", 2, 10, 10, DIGITS_FILLER if name == "TD2" else DIGITS),
        FieldSpan("nationality", 2, 11, 13, ALPHA_FILLER),
        FieldSpan("birth_date", 2, 14, 19, DIGITS_FILLER),
        FieldSpan("birth_date_digit", 2, 20, 20, DIGITS),
        FieldSpan("sex", 2, 21, 21, SEX),
        FieldSpan("expiry_date", 2, 22, 27, DIGITS_FILLER),
        FieldSpan("expiry_date_digit", 2, 28, 28, DIGITS),
        FieldSpan("optional_data_1", 2, 29, optional_last, ALNUM_FILLER),
    ]
    checks = [
        CheckRule("document_number", 2, 10, ((2, 1, 9),), long_number=name == "TD2"),
        CheckRule("birth_date", 2, 20, ((2, 14, 19),)),
        CheckRule("expiry_date", 2, 28, ((2, 22, 27),)),
    ]
    if name == "TD3":
        fields.append(FieldSpan("optional_data_digit", 2, 43, 43, DIGITS_FILLER))
        checks.append(CheckRule("optional_data", 2, 43, ((2, 29, 42),), filler_allowed=True))
    if not visa:
        fields.append(FieldSpan("composite_digit", 2, columns, columns, DIGITS))
        over = ((2, 1, 10), (2, 14, 20), (2, 22, columns - 1))
        checks.append(CheckRule("composite", 2, columns, over))
    return Layout(name, 2, columns, tuple(fields), tuple(checks), (columns, columns), source)


_TD1 = Layout(
    name="TD1",
    line_count=3,
    columns=30,
    fields=(
        FieldSpan("document_code", 1, 1, 2, ALNUM_FILLER),
        FieldSpan("issuing_state", 1, 3, 5, ALPHA_FILLER),
        FieldSpan("document_number", 1, 6, 14, ALNUM_FILLER),
        FieldSpan("document_number_digit", 1, 15, 15, DIGITS_FILLER),
        FieldSpan("optional_data_1", 1, 16, 30, ALNUM_FILLER),
        FieldSpan("birth_date", 2, 1, 6, DIGITS_FILLER),
        FieldSpan("birth_date_digit", 2, 7, 7, DIGITS),
        FieldSpan("sex", 2, 8, 8, SEX),
        FieldSpan("expiry_date", 2, 9, 14, DIGITS_FILLER),
        FieldSpan("expiry_date_digit", 2, 15, 15, DIGITS),
        FieldSpan("nationality", 2, 16, 18, ALPHA_FILLER),
        FieldSpan("optional_data_2", 2, 19, 29, ALNUM_FILLER),
        FieldSpan("composite_digit", 2, 30, 30, DIGITS),
        FieldSpan("name", 3, 1, 30, ALPHA_FILLER),
    ),
    checks=(
        CheckRule("document_number", 1, 15, ((1, 6, 14),), long_number=True),
        CheckRule("birth_date", 2, 7, ((2, 1, 6),)),
        CheckRule("expiry_date", 2, 15, ((2, 9, 14),)),
        CheckRule("composite", 2, 30, ((1, 6, 30), (2, 1, 7), (2, 9, 15), (2, 19, 29))),
    ),
    line_lengths=(30, 30, 30),
    source="Doc 9303-5, 4.2",
)

_FR_ID = Layout(
    name="FR-ID",
    line_count=2,
    columns=36,
    fields=(
        FieldSpan("document_code", 1, 1, 2, ALNUM_FILLER),
        FieldSpan("issuing_state", 1, 3, 5, ALPHA_FILLER),
        FieldSpan("surname", 1, 6, 30, ALPHA_FILLER),
        FieldSpan("optional_data_1", 1, 31, 36, ALNUM_FILLER),
        FieldSpan("document_number", 2, 1, 12, ALNUM_FILLER),
        FieldSpan("document_number_digit", 2, 13, 13, DIGITS),
        FieldSpan("given_names", 2, 14, 27, ALPHA_FILLER),
        FieldSpan("birth_date", 2, 28, 33, DIGITS_FILLER),
        FieldSpan("birth_date_digit", 2, 34, 34, DIGITS),
        FieldSpan("sex", 2, 35, 35, SEX),
        FieldSpan("composite_digit", 2, 36, 36, DIGITS),
    ),
    checks=(
        CheckRule("document_number", 2, 13, ((2, 1, 12),)),
        CheckRule("birth_date", 2, 34, ((2, 28, 33),)),
        CheckRule("composite", 2, 36, ((1, 1, 36), (2, 1, 35))),
    ),
    line_lengths=(36, 36),
    source="published descriptions of the card of 1988 to 2021; the national text is not public",
)

_FR_DL = Layout(
    name="FR-DL",
    line_count=1,
    columns=30,
    fields=(
        FieldSpan("document_code", 1, 1, 2, ALNUM_FILLER),
        FieldSpan("issuing_state", 1, 3, 5, ALPHA_FILLER),
        FieldSpan("document_number", 1, 6, 14, ALNUM_FILLER),
        FieldSpan("document_number_digit", 1, 15, 15, DIGITS),
        FieldSpan("expiry_date", 1, 16, 21, DIGITS_FILLER),
        FieldSpan("surname", 1, 22, 29, ALPHA_FILLER),
        FieldSpan("composite_digit", 1, 30, 30, DIGITS),
    ),
    checks=(
        CheckRule("document_number", 1, 15, ((1, 1, 14),)),
        CheckRule("composite", 1, 30, ((1, 1, 29),)),
    ),
    line_lengths=(30,),
    source="published descriptions and one public specimen of the card of 2013",
    confirmed=False,
)

_CH_DL = Layout(
    name="CH-DL",
    line_count=3,
    columns=30,
    fields=(
        FieldSpan("document_number", 1, 1, 7, ALNUM_FILLER),
        FieldSpan("filler", 1, 8, 9, FILLER_ONLY),
        FieldSpan("document_code", 2, 1, 2, ALPHA_FILLER),
        FieldSpan("issuing_state", 2, 3, 5, ALPHA_FILLER),
        FieldSpan("optional_data_1", 2, 6, 17, ALNUM_FILLER),
        FieldSpan("filler", 2, 18, 19, FILLER_ONLY),
        FieldSpan("birth_date", 2, 20, 25, DIGITS_FILLER),
        FieldSpan("filler", 2, 26, 30, FILLER_ONLY),
        FieldSpan("name", 3, 1, 30, ALPHA_FILLER),
    ),
    checks=(),
    line_lengths=(9, 30, 30),
    source="published descriptions and one public specimen; the card carries no check digit",
    confirmed=False,
)

LAYOUTS: Mapping[str, Layout] = MappingProxyType(
    {
        layout.name: layout
        for layout in (
            _TD1,
            _two_line("TD2", 36, "Doc 9303-6, 4.2", optional_last=35),
            _two_line("TD3", 44, "Doc 9303-4, 4.2", optional_last=42),
            _two_line("MRV-A", 44, "Doc 9303-7, 4.2", optional_last=44),
            _two_line("MRV-B", 36, "Doc 9303-7, 5.2", optional_last=36),
            _FR_ID,
            _FR_DL,
            _CH_DL,
        )
    }
)


def by_first_line(lengths: tuple[int, ...], first_line: str) -> Layout | None:
    """The layout with these line lengths whose first line begins so; None for an unknown kind."""
    if lengths == (44, 44):
        return LAYOUTS["MRV-A" if first_line[:1] == "V" else "TD3"]
    if lengths == (30, 30, 30):
        return _TD1
    if lengths == (36, 36):
        if first_line[:1] == "V":
            return LAYOUTS["MRV-B"]
        return _FR_ID if first_line[:5] == "IDFRA" else LAYOUTS["TD2"]
    if lengths == (30,) and first_line[:1] == "D" and first_line[2:5] == "FRA":
        return _FR_DL
    if lengths == (9, 30, 30):
        return _CH_DL
    return None


def identify(lines: Sequence[str]) -> Layout | None:
    """The layout of a zone, by the number and length of its lines and its document code.

    A code that begins with V makes a visa (Doc 9303-7, 4.2.2.1). None for any other shape.
    """
    return by_first_line(tuple(map(len, lines)), lines[0]) if lines else None


_BY_PLACE: dict[tuple[str, int, int], frozenset[str]] = {
    (layout.name, span.line, column): span.alphabet
    for layout in LAYOUTS.values()
    for span in layout.fields
    for column in range(span.first, span.last + 1)
}
# The first character of a document code is a letter; the second may be a digit on cards in the
# field, whatever the standard says.
_BY_PLACE |= {
    (layout.name, span.line, span.first): ALPHA
    for layout in LAYOUTS.values()
    for span in layout.fields
    if span.name in {"document_code", "issuing_state"}
}
_BY_PLACE |= {("CH-DL", 1, column): ALNUM for column in range(1, 8)}


def alphabet_at(layout: Layout, line: int, column: int) -> frozenset[str]:
    """The characters that may stand at one place; all of them where no field is.

    What is printed may still be another: a reader uses this only between characters that the image
    cannot tell apart.
    """
    return _BY_PLACE.get((layout.name, line, column), ALNUM_FILLER)
