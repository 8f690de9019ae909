"""A proven zone for a person: what is printed, what it says, what holds and what does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from docexam.cli.field_labels import LABELS
from docexam.mrz.states import lookup

if TYPE_CHECKING:
    from docexam.mrz.verify import Verification
    from docexam.nouns.reading import CheckDigit, Problem


def zone_view(verification: Verification, index: int) -> Group:
    """All of one zone, for a rich console; `index` counts the zones of the run from 1."""
    headline = Text(f"Zone {index}: ", style="bold")
    headline.append(
        "valid" if verification.valid else "NOT VALID",
        style="bold green" if verification.valid else "bold red",
    )
    headline.append(f" ({verification.format})", style="dim")
    parts: list[Text | Padding] = [headline, Padding(_lines(verification), (0, 2))]
    grid = Table.grid(padding=(0, 2))
    for label, name in LABELS:
        value = getattr(verification.fields, name)
        if value:
            grid.add_row(Text(label, style="dim"), Text(value + _meaning(name, value)))
    if verification.check_digits:
        grid.add_row(Text("check digits", style="dim"), _digits(verification.check_digits))
    parts.append(Padding(grid, (0, 2)))
    parts += [Padding(_sentence(problem), (0, 2)) for problem in verification.problems]
    parts.append(Text())
    return Group(*parts)


def _meaning(field: str, value: str) -> str:
    """What a code stands for; a former code says so."""
    state = lookup(value) if field in {"issuing_state", "nationality"} else None
    if state is None:
        return ""
    return f" ({state.name}, former code)" if state.status == "former" else f" ({state.name})"


def _lines(verification: Verification) -> Text:
    lines = []
    for number, line in enumerate(verification.lines, 1):
        text = Text(line, no_wrap=True, overflow="fold")
        for problem in verification.problems:
            if problem.line == number and problem.columns and problem.severity == "error":
                text.stylize("underline red", problem.columns[0] - 1, problem.columns[1])
        lines.append(text)
    return Text("\n").join(lines)


def _digits(digits: tuple[CheckDigit, ...]) -> Text:
    text = Text()
    for digit in digits:
        if text:
            text.append(", ")
        text.append(digit.field.replace("_", " "))
        if digit.ok:
            text.append(" holds", style="green")
        else:
            text.append(f" is {digit.printed}, not {digit.computed}", style="red")
    return text


def _sentence(problem: Problem) -> Text:
    text = Text()
    if problem.line is not None:
        place = f"line {problem.line}"
        if problem.columns is not None:
            first, last = problem.columns
            place += f", column {first}" if first == last else f", columns {first} to {last}"
        text.append(f"{place}: ", style="dim")
    text.append(problem.message, style="red" if problem.severity == "error" else "yellow")
    text.append(f" [{problem.id}]", style="dim")
    return text
