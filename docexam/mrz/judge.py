"""What is wrong or odd in a zone: the checks a1 and a2 on its text, each problem with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.mrz.check_digits import long_number
from docexam.mrz.document_codes import code_notice
from docexam.mrz.layouts import LAYOUTS, CheckRule, Layout
from docexam.mrz.names import name_fault
from docexam.mrz.states import lookup
from docexam.nouns.reading import CheckDigit, Problem

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from docexam.mrz.dates import PrintedDate

_CHECK_IDS = {
    "document_number": "mrz.cd-number",
    "birth_date": "mrz.cd-birth",
    "expiry_date": "mrz.cd-expiry",
    "optional_data": "mrz.cd-personal",
    "composite": "mrz.cd-composite",
}
_CHECK_NAMES = {
    "document_number": "document number",
    "birth_date": "birth date",
    "expiry_date": "expiry date",
    "optional_data": "personal number",
    "composite": "whole zone",
}
_PLACES = {
    layout.name: {span.name: (span.line, span.first, span.last) for span in layout.fields}
    for layout in LAYOUTS.values()
}
_FIXED_FILLERS = {
    layout.name: tuple(span for span in layout.fields if span.name == "filler")
    for layout in LAYOUTS.values()
}


def judge(
    layout: Layout,
    lines: Sequence[str],
    raw: Mapping[str, str],
    digits: Sequence[CheckDigit],
    *,
    birth: PrintedDate | None,
    expiry: PrintedDate | None,
    today: dt.date,
) -> list[Problem]:
    """Every problem of a zone whose lines have the layout's lengths, in the order of the checks."""
    problems = list(_codes(layout, raw, expiry.day if expiry else None))
    problems += _names(layout, raw)
    problems += _numbers(layout, lines, raw)
    problems += _digits(layout, lines, digits)
    problems += _dates(layout, birth, expiry, today)
    if "sex" in raw and raw["sex"] not in "FM<":
        problems.append(
            _error(layout, "mrz.sex", "sex", f"The sex is {raw['sex']}; a zone has F, M or <.")
        )
    return problems


def _error(layout: Layout, id_: str, field: str, message: str) -> Problem:
    line, first, last = _PLACES[layout.name][field]
    return Problem(id_, "error", message, line, (first, last))


def _codes(layout: Layout, raw: Mapping[str, str], expiry: dt.date | None) -> Iterator[Problem]:
    notice = code_notice(layout.name, raw["document_code"], expiry)
    if notice is not None:
        line, first, last = _PLACES[layout.name]["document_code"]
        yield Problem("mrz.doc-code", "notice", notice, line, (first, last))
    printed = raw["issuing_state"]
    state = lookup(printed)
    if state is None:
        message = f"{printed} is no code of an issuing state or organisation."
        yield _error(layout, "mrz.state-code", "issuing_state", message)
    elif state.status == "person":
        message = f"{printed} is a code for a person's nationality, not for an issuer."
        yield _error(layout, "mrz.state-code", "issuing_state", message)
    if "nationality" in raw and lookup(raw["nationality"]) is None:
        message = f"{raw['nationality']} is no code of a nationality."
        yield _error(layout, "mrz.nationality", "nationality", message)


def _names(layout: Layout, raw: Mapping[str, str]) -> Iterator[Problem]:
    for field in ("name", "surname", "given_names"):
        if field not in raw:
            continue
        # The French card separates its given names by two fillers each.
        text = raw[field].replace("<<", "<") if field == "given_names" else raw[field]
        fault = name_fault(text, separator_allowed=field == "name")
        if fault is not None:
            reason, first, last = fault
            line, start, end = _PLACES[layout.name][field]
            columns = (start, end) if text != raw[field] else (start + first, start + last)
            yield Problem("mrz.name", "error", f"{reason[0].upper()}{reason[1:]}.", line, columns)


def _numbers(layout: Layout, lines: Sequence[str], raw: Mapping[str, str]) -> Iterator[Problem]:
    number = raw["document_number"]
    if number[0] == "<":
        what = "is empty" if not number.strip("<") else "begins with a filler"
        yield _error(layout, "mrz.filler", "document_number", f"The document number {what}.")
    for span in _FIXED_FILLERS[layout.name]:
        if lines[span.line - 1][span.first - 1 : span.last].strip("<"):
            message = "A character stands where the layout has fillers."
            yield Problem("mrz.filler", "error", message, span.line, (span.first, span.last))
    tail = long_number(layout, lines)
    if tail is None:
        return
    line, first, _ = _PLACES[layout.name]["optional_data_1"]
    columns = (first, first + len(tail[0]))
    if not tail[0]:
        message = "A long document number needs at least one more character before its check digit."
        yield Problem("mrz.long-number", "error", message, line, columns)
    elif not tail[1].isdigit():
        message = "The rest of a long document number ends with its check digit, here it does not."
        yield Problem("mrz.long-number", "error", message, line, columns)
    if number[-1] == "<":
        message = (
            "The document number goes on in the optional data, though its nine places are not used."
        )
        yield _error(layout, "mrz.long-number", "document_number", message)


def _digit_place(layout: Layout, lines: Sequence[str], rule: CheckRule) -> tuple[int, int]:
    if rule.long_number and (tail := long_number(layout, lines)) is not None:
        line, first, _ = _PLACES[layout.name]["optional_data_1"]
        return line, first + len(tail[0])
    return rule.line, rule.column


def _digits(
    layout: Layout, lines: Sequence[str], digits: Sequence[CheckDigit]
) -> Iterator[Problem]:
    for rule, digit in zip(layout.checks, digits, strict=True):
        if digit.ok:
            continue
        line, column = _digit_place(layout, lines, rule)
        message = (
            f"The check digit of the {_CHECK_NAMES[rule.field]} is printed {digit.printed}, "
            f"computed {digit.computed}."
        )
        yield Problem(_CHECK_IDS[rule.field], "error", message, line, (column, column))


def _dates(
    layout: Layout, birth: PrintedDate | None, expiry: PrintedDate | None, today: dt.date
) -> Iterator[Problem]:
    for field, name, date in (
        ("birth_date", "birth", birth),
        ("expiry_date", "expiry", expiry),
    ):
        if date is not None and date.fault:
            message = f"The date of {name} is no date: {date.fault}."
            yield _error(layout, "date.valid", field, message)
    if expiry is not None and expiry.day is not None and expiry.day < today:
        line, first, last = _PLACES[layout.name]["expiry_date"]
        message = f"The document expired on {expiry.day.isoformat()}."
        yield Problem("date.expiry", "notice", message, line, (first, last))
