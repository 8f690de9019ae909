"""`docexam doctor`: what is installed, what is missing, and what to do about it."""

from __future__ import annotations

import json as json_text
from typing import TYPE_CHECKING, Annotated

import typer

from docexam.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.cli.health import Fact

_MARKS = {"ok": "ok", "missing": "MISSING", "optional": "absent"}
_STYLES = {"ok": "green", "missing": "bold red", "optional": "yellow"}


def doctor(
    *,
    json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Say what is installed, what is missing, and how to get it.

    Exit code 3 if something is missing that docexam cannot do without.
    """
    from docexam.cli.health import examine_installation
    from docexam.cli.output import write_lines

    facts = examine_installation()
    sound = all(fact.state != "missing" for fact in facts)
    if json:
        write_lines(json_text.dumps(_as_object(facts, sound=sound), ensure_ascii=False) + "\n")
    else:
        write_lines(_as_text(facts, sound=sound))
    raise typer.Exit(ExitCode.CLEAR if sound else ExitCode.MISSING)


def _as_object(facts: Sequence[Fact], *, sound: bool) -> dict[str, object]:
    return {
        "schema": "docexam.doctor/1",
        "ok": sound,
        "facts": [
            {
                "kind": fact.kind,
                "name": fact.name,
                "state": fact.state,
                "value": fact.value,
                "hint": fact.hint,
            }
            for fact in facts
        ],
    }


def _as_text(facts: Sequence[Fact], *, sound: bool) -> str:
    import sys

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from docexam.cli.failure import printable

    console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column()
    table.add_column(overflow="fold")
    table.add_column(overflow="fold")
    table.add_column(overflow="fold", ratio=1)
    for fact in facts:
        table.add_row(
            Text(_MARKS[fact.state], style=_STYLES[fact.state]),
            Text(f"{fact.kind} {fact.name}"),
            Text(printable(fact.value or "")),
            Text(printable(fact.hint or ""), style="dim" if fact.state == "ok" else ""),
        )
    with console.capture() as captured:
        console.print(table)
        console.print("All that docexam needs is here." if sound else "Something is missing.")
    return "".join(f"{row.rstrip()}\n" for row in captured.get().splitlines())
