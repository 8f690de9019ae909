"""What the commands of `docexam devices` share: options in, rows and tables out."""

from __future__ import annotations

import contextlib
import dataclasses
import json as json_module
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from docexam.cli.failure import printable
from docexam.cli.output import write_lines
from docexam.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docexam.hardware.drivers import Driver
    from docexam.nouns.device import DeviceEvent, DeviceMrz

Json = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
DriverName = Annotated[str, typer.Argument(metavar="DRIVER", help="See `devices info`.")]
PortName = Annotated[str, typer.Argument(metavar="PORT", help="Port or URL; sim: is simulated.")]
Seconds = Annotated[
    float | None, typer.Option("--for", min=0.1, help="Seconds; until Ctrl-C by default.")
]
Options = Annotated[
    list[str] | None,
    typer.Option("--option", "-o", metavar="NAME=VALUE", help="An option of the driver."),
]
Baud = Annotated[int | None, typer.Option(min=50, max=4_000_000, help="Speed of the line.")]


def opened_device(driver: str, port: str, option: list[str] | None, baud: int | None) -> Any:  # noqa: ANN401 - a context manager of whatever device it is
    """The device, closed when the context is left."""
    from docexam.hardware.registry import find_driver, open_device

    entry = find_driver(driver)
    return contextlib.closing(
        open_device(driver, port, line=line_of(entry, baud), **parsed_options(option))
    )


def line_of(entry: Driver, baud: int | None) -> Any:  # noqa: ANN401 - SerialSettings, imported late
    """The driver's line settings at another speed; None for its own."""
    return None if baud is None else dataclasses.replace(entry.line, baud=baud)


def parsed_options(option: Iterable[str] | None) -> dict[str, Any]:
    """`name=value` pairs; numbers and true/false as such."""
    from docexam.hardware.registry import RESERVED

    out: dict[str, Any] = {}
    for text in option or ():
        name, sign, value = text.partition("=")
        if not sign or not name.isidentifier() or name in RESERVED:
            raise UsageError(
                f"The option {text!r} is not NAME=VALUE.",
                code="device.option",
                hint="For example: --option channels=8",
            )
        try:
            out[name] = json_module.loads(value)
        except ValueError:
            out[name] = value
    return out


def print_json(kind: str, rows: Iterable[dict[str, Any]]) -> None:
    """Rows of contract `docexam.device/1`: schemas/device-1.json."""
    for row in rows:
        whole = {"schema": "docexam.device/1", "row": kind, **row}
        write_lines(json_module.dumps(whole, ensure_ascii=False) + "\n")


def row_of(found: DeviceMrz | DeviceEvent | bool) -> tuple[str, dict[str, Any]]:
    """What was seen, as a kind of row and the row."""
    from docexam.nouns.device import DeviceMrz

    if isinstance(found, bool):
        return "lid", {"lid": "closed" if found else "open"}
    kind = "reading" if isinstance(found, DeviceMrz) else "event"
    return kind, dataclasses.asdict(found)


def print_table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """A table on standard output."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False, width=None if sys.stdout.isatty() else 140)
    table = Table(box=None, pad_edge=False)
    for name in head:
        table.add_column(name, overflow="fold", no_wrap=name == head[0])
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    with console.capture() as captured:
        console.print(table)
    write_lines(captured.get())
