"""Reads and proves the text of one zone: fields, check digits, and every problem with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docexam.mrz.check_digits import check_digits
from docexam.mrz.clean import clean
from docexam.mrz.dates import read_birth, read_expiry
from docexam.mrz.fit import fit, nearest_layout
from docexam.mrz.judge import judge
from docexam.mrz.layouts import Layout, identify
from docexam.mrz.parse import fields_of, raw_fields
from docexam.nouns.reading import CheckDigit, Fields, Problem

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Verification:
    """What the text of one zone says and whether it holds (contract `docexam.reading/1`).

    `lines` are as given, within A-Z 0-9 <. `valid` is False exactly when a problem has severity
    `error`. `format` is the name of a layout, or `other`, which is never valid.
    """

    format: str
    lines: tuple[str, ...]
    valid: bool
    fields: Fields
    check_digits: tuple[CheckDigit, ...]
    problems: tuple[Problem, ...]


def verify(lines: Sequence[str] | str, *, today: dt.date) -> Verification:
    """Reads and proves the lines of one zone. Takes any text and never raises on it.

    Args:
        lines: one string a line, as printed, or one text with line breaks. Blanks, small letters,
            missing line breaks and foreign characters are read as their nearest and reported.
        today: the clock, for the century rule and the expiry date.
    """
    text = clean(lines)
    problems = list(text.problems)
    printed = text.lines
    layout = identify(printed)
    if layout is None:
        layout = nearest_layout(printed) if printed else None
        if layout is None:
            problems.append(Problem("mrz.structure", "error", _unknown_shape(printed)))
            return Verification(OTHER, printed, False, Fields(), (), tuple(problems))
        fitted, misfits = fit(layout, printed)
        problems += misfits
    else:
        fitted = printed
    return _verify_fitted(layout, printed, fitted, problems, today)


def _verify_fitted(
    layout: Layout,
    printed: tuple[str, ...],
    fitted: tuple[str, ...],
    problems: list[Problem],
    today: dt.date,
) -> Verification:
    raw = raw_fields(layout, fitted)
    digits = check_digits(layout, fitted)
    expiry = read_expiry(raw["expiry_date"], today) if "expiry_date" in raw else None
    birth = None
    if "birth_date" in raw:
        birth = read_birth(raw["birth_date"], today, expiry.day if expiry else None)
    problems += judge(layout, fitted, raw, digits, birth=birth, expiry=expiry, today=today)
    fields = fields_of(layout, fitted, raw, birth=birth, expiry=expiry, today=today)
    valid = all(problem.severity != "error" for problem in problems)
    return Verification(layout.name, printed, valid, fields, digits, tuple(problems))


def _unknown_shape(lines: tuple[str, ...]) -> str:
    if not lines:
        return "There is no text of a machine readable zone."
    lengths = ", ".join(str(len(line)) for line in lines)
    many = "lines" if len(lines) > 1 else "line"
    return (
        f"{len(lines)} {many} of {lengths} characters: no layout of Doc 9303 and no national "
        "layout that is known."
    )
