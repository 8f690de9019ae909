"""Readings for people: in full for a few, as a table for many, whatever the width."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from docexam.cli.failure import printable
from docexam.cli.field_labels import LABELS
from docexam.vision.reading_state import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docexam.nouns.reading import Problem, Reading

_IN_FULL = 3  # As many readings as fit a screen with all their fields.
_IN_A_ROW = 3  # Remarks of one reading among many.
_TABLE_WIDTH = 120  # Columns that the table needs before it squeezes its text.


def show_readings(readings: Sequence[Reading], console: Console) -> None:
    """Print the readings of one run."""
    if len(readings) <= _IN_FULL:
        for reading in readings:
            console.print(_in_full(reading))
    elif console.width >= _TABLE_WIDTH:
        console.print(_table(readings))
    else:
        for reading in readings:
            console.print(_in_short(reading))


def _in_full(reading: Reading) -> Group:
    parts: list[Text | Padding] = [_headline(reading)]
    if reading.found:
        lines = _marked_lines(reading)
        parts.append(Padding(Text("\n").join(lines), (0, 2)))
        grid = Table.grid(padding=(0, 2))
        for label, name in LABELS:
            value = getattr(reading.fields, name)
            if value:
                grid.add_row(Text(label, style="dim"), Text(value))
        parts.append(Padding(grid, (0, 2)))
    parts += [Padding(Text(sentence), (0, 2)) for sentence in _sentences(reading)]
    parts.append(Text())
    return Group(*parts)


def _in_short(reading: Reading) -> Group:
    parts: list[Text | Padding] = [_headline(reading)]
    fields = reading.fields
    facts = (fields.document_number, fields.surname, fields.given_names, fields.birth_date)
    if any(facts):
        parts.append(Padding(Text("  ".join(fact for fact in facts if fact)), (0, 2)))
    remarks = _sentences(reading, at_most=_IN_A_ROW)
    parts += [Padding(Text(sentence), (0, 2)) for sentence in remarks]
    return Group(*parts)


def _table(readings: Sequence[Reading]) -> Table:
    folder = _common_folder(readings)
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.title = f"in {printable(folder)}" if folder else None
    table.title_justify = "left"
    table.add_column("file", overflow="fold")
    table.add_column("result")
    for heading in ("format", "number"):
        table.add_column(heading, no_wrap=True)
    table.add_column("name", overflow="fold")
    for heading in ("born", "expires"):
        table.add_column(heading, no_wrap=True)
    table.add_column("remarks")
    for reading in readings:
        fields = reading.fields
        name = ", ".join(part for part in (fields.surname, fields.given_names) if part)
        table.add_row(
            Text(_place(reading, below=folder)),
            Text(in_words(reading), style=_style(reading)),
            Text(reading.format or ""),
            Text(fields.document_number or ""),
            Text(name),
            Text(fields.birth_date or ""),
            Text(fields.expiry_date or ""),
            Text(" ".join(_sentences(reading, at_most=_IN_A_ROW))),
        )
    return table


def _headline(reading: Reading) -> Text:
    text = Text(_place(reading), style="bold")
    text.append(": ")
    text.append(in_words(reading), style=_style(reading))
    if reading.format:
        text.append(f" ({reading.format})", style="dim")
    return text


def _common_folder(readings: Sequence[Reading]) -> str:
    """The folder that all files share, with its last slash; empty for none."""
    folders = {os.path.dirname(reading.file) for reading in readings}  # noqa: PTH120 - as given
    try:
        folder = os.path.commonpath(folders)
    except ValueError:  # Absolute and relative ones, or several drives.
        return ""
    return os.path.join(folder, "") if folder else ""  # noqa: PTH118


def _place(reading: Reading, *, below: str = "") -> str:
    place = printable(reading.file.removeprefix(below))
    if reading.image > 1:
        place += f", page {reading.image}"
    if reading.index > 1:
        place += f", zone {reading.index}"
    return place


def _style(reading: Reading) -> str:
    if reading.valid:
        return "bold green" if reading.confident else "bold yellow"
    return "bold red" if reading.found else "yellow"


def _marked_lines(reading: Reading) -> Iterator[Text]:
    """The lines as printed; open characters yellow, those of a problem red and underlined."""
    for number, line in enumerate(reading.lines, start=1):
        text = Text(line, no_wrap=True, overflow="fold")
        for resolved in reading.resolved:
            if resolved.line == number:
                text.stylize("reverse yellow", resolved.column - 1, resolved.column)
        for problem in reading.problems:
            if problem.line == number and problem.columns and problem.severity == "error":
                text.stylize("underline red", problem.columns[0] - 1, problem.columns[1])
        yield text


def _sentences(reading: Reading, *, at_most: int = 12) -> list[str]:
    """What to say about a reading, what is wrong first; beyond `at_most` only how many more."""
    if reading.error is not None:
        return [f"{reading.error.message} {reading.error.hint}".strip()]
    problems = sorted(reading.problems, key=lambda problem: problem.severity != "error")
    in_full = at_most > _IN_A_ROW
    sentences = [_with_place(p) if in_full else p.message for p in problems]
    for r in reading.resolved:
        choices = " or ".join(character for character, _ in r.alternatives)
        sentences.append(f"Look at line {r.line}, column {r.column}: {choices}, read as {r.read}.")
    if len(sentences) > at_most:
        rest = len(sentences) - at_most
        sentences[at_most:] = [f"And {rest} more remarks: see --json."]
    return sentences


def _with_place(problem: Problem) -> str:
    if problem.line is None:
        return problem.message
    place = f"line {problem.line}"
    if problem.columns:
        first, last = problem.columns
        place += f", column {first}" if first == last else f", columns {first} to {last}"
    return f"{problem.message} ({place})"
