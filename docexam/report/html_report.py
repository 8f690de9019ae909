"""One self-contained HTML file for the officer: no script, no other file, no network."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from docexam.report.html_view import report_view
from docexam.report.messages import FIELD_NAMES
from docexam.report.sentences import (
    ADVICE,
    VERDICTS,
    as_is,
    status_sentence,
    why_not_examined,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Template

    from docexam.nouns.reading import Reading
    from docexam.nouns.report import Report
    from docexam.report.page_picture import PagePicture
    from docexam.report.sentences import Translate

_VERDICT_SIGNS = {"REFER": "✗", "INCOMPLETE": "?", "CLEAR": "✓"}
_VERDICT_TONES = {"REFER": "bad", "INCOMPLETE": "open", "CLEAR": "good"}
_SHOWN_FIELDS = (
    ("document_code", "document code"),
    ("issuing_state", "issuing state"),
    ("document_number", "document number"),
    ("surname", "surname"),
    ("given_names", "given names"),
    ("nationality", "nationality"),
    ("birth_date", "birth date"),
    ("sex", "sex"),
    ("expiry_date", "expiry date"),
    ("optional_data_1", "optional data"),
    ("optional_data_2", "optional data 2"),
)


@dataclass(frozen=True, slots=True)
class Character:
    """One character of the zone and how it is marked: `open`, `wrong` or nothing."""

    text: str
    mark: str


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field as the zone has it and as the visual zone prints it."""

    name: str
    zone: str
    visual: str


def report_html(
    report: Report, pictures: Sequence[PagePicture], translate: Translate = as_is
) -> str:
    """The page of one report, as text of one HTML file.

    `pictures` are the pages under each light; the findings are drawn on them.
    """
    return _template().render(
        report=report,
        view=report_view(report, pictures, translate),
        sign_of_verdict=_VERDICT_SIGNS[report.verdict],
        tone=_VERDICT_TONES[report.verdict],
        verdict_sentence=translate(VERDICTS[report.verdict]),
        why_not_examined=why_not_examined(report, translate),
        advice=translate(ADVICE[report.verdict]),
        statuses=[status_sentence(status, translate) for status in report.status],
        lines=[] if report.reading is None else marked_lines(report.reading),
        fields=[] if report.reading is None else _field_rows(report, translate),
    )


def marked_lines(reading: Reading) -> list[list[Character]]:
    """The lines of the zone, character by character, with what is open or wrong."""
    wrong = {
        (problem.line, column)
        for problem in reading.problems
        if problem.severity == "error" and problem.line is not None and problem.columns is not None
        for column in range(problem.columns[0], problem.columns[1] + 1)
    }
    unsure = set() if reading.confident else {(r.line, r.column) for r in reading.resolved}
    return [
        [
            Character(
                text,
                "open"
                if (number, column) in unsure
                else "wrong"
                if (number, column) in wrong
                else "",
            )
            for column, text in enumerate(line, 1)
        ]
        for number, line in enumerate(reading.lines, 1)
    ]


def _field_rows(report: Report, translate: Translate) -> list[FieldRow]:
    reading = report.reading
    visual = {field.name: field.text for field in reversed(report.viz)}
    rows = []
    for key, name in _SHOWN_FIELDS:
        zone = (getattr(reading.fields, key) if reading is not None else None) or ""
        if zone or visual.get(key):
            rows.append(FieldRow(translate(name), zone, visual.pop(key, "")))
    shown = {key for key, _ in _SHOWN_FIELDS}
    rows += [
        FieldRow(translate(FIELD_NAMES.get(key, key.replace("_", " "))), "", text)
        for key, text in visual.items()
        if key not in shown
    ]
    return rows


@lru_cache(maxsize=1)
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("docexam.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.j2")
