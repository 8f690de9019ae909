"""Writes a zone out of its fields: strict, the inverse of reading a zone that holds.

For every valid zone, `compose(v.format, v.fields)` gives its lines again, but for what the fields
leave out: whether an unused TD3 personal number has `<` or `0` for its digit, and how the French
card separates given names.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal

from docexam.mrz.alphabets import ALNUM_FILLER
from docexam.mrz.check_digits import check_digit, covered_text
from docexam.mrz.errors import MrzFormatError
from docexam.mrz.layouts import LAYOUTS, CheckRule, FieldSpan, Layout, identify
from docexam.mrz.names import write_name
from docexam.mrz.transliteration import transliterate
from docexam.mrz.verify import verify

if TYPE_CHECKING:
    from docexam.nouns.reading import Fields

_FIELD_NAMES = (
    "document_code", "issuing_state", "document_number", "surname", "given_names", "nationality",
    "birth_date", "sex", "expiry_date", "optional_data_1", "optional_data_2",
)  # fmt: skip


def compose(
    layout_name: str,
    fields: Fields,
    *,
    language: str | None = None,
    empty_optional_digit: Literal["<", "0"] = "<",
    filler_in_long_number: bool = False,
) -> tuple[str, ...]:
    """The lines of a zone.

    Args:
        layout_name: a name of `LAYOUTS`.
        fields: as reading gives them. Names may be in Latin, Cyrillic or Arabic script, and are
            truncated where they do not fit. Where `birth_date_printed` or `expiry_date_printed` is
            given, it is written as it is; otherwise the date is YYYY-MM-DD, YYYY-MM or YYYY.
        language: for the exceptions of the Cyrillic table.
        empty_optional_digit: the digit of an unused TD3 personal number (Doc 9303-4, 4.2.2.2).
        filler_in_long_number: compute a long number's digit as Belgium does, with the filler in it.

    Raises:
        MrzFormatError: a ValueError that says which field cannot stand in such a zone, and why.
    """
    layout = LAYOUTS.get(layout_name)
    if layout is None:
        message = f"There is no layout {layout_name!r}."
        raise MrzFormatError(message, hint=f"Use one of {', '.join(LAYOUTS)}.")
    texts = _texts(layout, fields, language)
    _reject_homeless(layout, fields)
    grid = [["<"] * length for length in layout.line_lengths]
    long_rule = next((rule for rule in layout.checks if rule.long_number), None)
    number = texts["document_number"]
    if long_rule is not None and len(number) > 9:
        head, tail = number[:9], number[9:]
        digit = check_digit(f"{head}<{tail}" if filler_in_long_number else head + tail)
        rest = texts.get("optional_data_1", "")
        texts["document_number"] = head
        texts["optional_data_1"] = f"{tail}{digit}" + (f"<{rest}" if rest else "")
    else:
        long_rule = None
    for span in layout.fields:
        if span.name in texts:
            _put(grid, span, texts[span.name])
    for rule in layout.checks:
        if rule is not long_rule:
            grid[rule.line - 1][rule.column - 1] = _digit(grid, rule, empty_optional_digit)
    lines = tuple("".join(line) for line in grid)
    _prove(layout, lines)
    return lines


def _digit(grid: list[list[str]], rule: CheckRule, empty_optional_digit: str) -> str:
    covered = covered_text(rule, ["".join(line) for line in grid])
    if rule.filler_allowed and not covered.strip("<"):
        return empty_optional_digit
    return check_digit(covered)


def _put(grid: list[list[str]], span: FieldSpan, text: str) -> None:
    width = span.last - span.first + 1
    if len(text) > width:
        message = f"The {_plain(span.name)} has {len(text)} characters, its field has {width}."
        raise MrzFormatError(message, hint="Shorten it, or choose another layout.")
    outside = sorted(set(text) - ALNUM_FILLER)
    if outside:
        message = f"The {_plain(span.name)} has characters outside A-Z, 0-9 and <."
        raise MrzFormatError(message, hint=f"Leave out {' '.join(outside)!a}.")
    grid[span.line - 1][span.first - 1 : span.first - 1 + len(text)] = text


def _texts(layout: Layout, fields: Fields, language: str | None) -> dict[str, str]:
    """What stands in each field of the layout, fillers at the end left out."""
    texts = {
        "document_code": fields.document_code or "",
        "issuing_state": fields.issuing_state or "",
        "document_number": (fields.document_number or "").rstrip("<"),
        "nationality": fields.nationality or "",
        "sex": fields.sex or "<",
        "optional_data_1": (fields.optional_data_1 or "").rstrip("<"),
        "optional_data_2": (fields.optional_data_2 or "").rstrip("<"),
        "birth_date": _date("birth date", fields.birth_date, fields.birth_date_printed),
        "expiry_date": _date("expiry date", fields.expiry_date, fields.expiry_date_printed),
    }
    if layout.field("birth_date") and not texts["birth_date"]:
        message = "The birth date is missing."
        raise MrzFormatError(message, hint="For an unknown one give birth_date_printed as <<<<<<.")
    surname = transliterate(fields.surname or "", language=language)
    given = transliterate(fields.given_names or "", language=language)
    widths = {span.name: span.last - span.first + 1 for span in layout.fields}
    if "name" in widths:
        texts["name"] = write_name(surname, given, widths["name"])
    else:
        texts["surname"] = write_name(surname, "", widths["surname"])
    if "given_names" in widths:
        # The French card separates given names by two fillers.
        texts["given_names"] = given.replace(" ", "<<")[: widths["given_names"]]
    return texts


def _date(name: str, iso: str | None, printed: str | None) -> str:
    if iso is None:
        return printed or ""
    parts = iso.split("-")
    try:
        dt.date.fromisoformat("-".join([*parts, "01", "01"][:3]))
    except ValueError:
        message = f"The {name} is no date."
        raise MrzFormatError(message, hint="Write YYYY-MM-DD, YYYY-MM or YYYY.") from None
    written = (iso[2:4] + "".join(parts[1:])).ljust(6, "<")
    if printed is not None and printed != written:
        if not (len(parts) == 1 and len(printed) == 6 and printed[:4] == f"{written[:2]}<<"):
            message = f"The {name} and its printed form are two different dates."
            raise MrzFormatError(message, hint="Give one of them, or both alike.")
        return printed
    return written


def _reject_homeless(layout: Layout, fields: Fields) -> None:
    """Strict: a field that the layout has no place for is not left out in silence."""
    places = {span.name for span in layout.fields}
    if "name" in places:
        places |= {"surname", "given_names"}
    for name in _FIELD_NAMES:
        if getattr(fields, name) and name not in places:
            message = f"A zone of {layout.name} has no place for the {_plain(name)}."
            raise MrzFormatError(message, hint="Leave it out, or choose another layout.")


def _prove(layout: Layout, lines: tuple[str, ...]) -> None:
    """What was composed must hold; the first error that verifying finds says why it does not."""
    found = identify(lines)
    if found is not layout:
        other = "no known layout" if found is None else f"a zone of {found.name}"
        message = f"The document code and issuing state make {other}, not of {layout.name}."
        raise MrzFormatError(message, hint="A visa's code begins with V, no other's does.")
    # The clock decides only the century here, which the zone does not print.
    verification = verify(lines, today=dt.date(2000, 1, 1))
    error = next((p for p in verification.problems if p.severity == "error"), None)
    if error is not None:
        raise MrzFormatError(error.message, code=error.id, hint="Correct this field.")


def _plain(name: str) -> str:
    return name.replace("_", " ")
