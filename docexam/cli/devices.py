"""`docexam devices`: what is connected, who answers, and trying it out. Probing lights no lamp."""

from __future__ import annotations

import dataclasses
import inspect
from typing import TYPE_CHECKING, Annotated, Any

import typer

from docexam.cli.devices_simulated import record, replay, simulate
from docexam.cli.devices_trial import lamp, selftest
from docexam.cli.devices_view import (
    Baud,
    DriverName,
    Json,
    Options,
    PortName,
    Seconds,
    opened_device,
    print_json,
    print_table,
    row_of,
)
from docexam.cli.failure import printable, say
from docexam.cli.output import write_lines
from docexam.errors import ExitCode

if TYPE_CHECKING:
    from docexam.hardware.drivers import Driver
    from docexam.nouns.device import DeviceInfo

_EVER_S = 1e9

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Lamps, cameras and readers: list, ask, try, watch.",
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command(name="list")
def list_(
    *,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on, and tell which ports come and go.")
    ] = False,
    json: Json = False,
) -> None:
    """List the ports of this machine; none is opened.

    DOCEXAM_PORTS may name more, as patterns between colons.
    """
    from docexam.hardware.clock import SystemClock
    from docexam.hardware.discovery import list_ports, watch_ports

    ports = list_ports()
    if json:
        print_json("port", [dataclasses.asdict(port) for port in ports])
    else:
        print_table(
            ("port", "kind", "description", "stable name"),
            [(one.port, one.kind, one.description or one.usb_id, one.stable_name) for one in ports],
        )
        if not ports:
            say("No ports found. Network devices are named by their address; sim: is simulated.")
    if watch:
        for what, port in watch_ports(SystemClock()):
            row = {"event": what, **dataclasses.asdict(port)}
            print_json("port", [row]) if json else write_lines(f"{what}: {port.port}\n")


@app.command()
def info(
    driver: Annotated[str | None, typer.Argument(help="One driver; all by default.")] = None,
    port: Annotated[str | None, typer.Argument(help="Ask the device on this port.")] = None,
    *,
    option: Options = None,
    baud: Baud = None,
    json: Json = False,
) -> None:
    """Show the drivers and how well each is proven, or ask one device who it is.

    Evidence, from strong to weak: verified on hardware, vendor code, vendor manual, field code
    (third-party programs that work), unconfirmed. What a driver assumes is listed.
    """
    from docexam.hardware.registry import find_driver, known_drivers

    if driver is not None and port is not None:
        with opened_device(driver, port, option, baud) as device:
            _print_infos([device.identify(deadline_s=2.0)], json=json, long=True)
        return
    chosen = [find_driver(driver)] if driver else list(known_drivers().values())
    rows = [_describe(one) for one in chosen]
    if json:
        print_json("driver", rows)
    elif driver:
        for key, value in rows[0].items():
            shown = "; ".join(value) if isinstance(value, list) else value
            write_lines(f"{key.replace('_', ' ') + ':':<14}{shown}\n")
    else:
        print_table(
            ("driver", "kind", "evidence", "for"),
            [(one["driver"], one["kind"], one["evidence"], one["summary"]) for one in rows],
        )


@app.command()
def probe(
    ports: Annotated[
        list[str] | None, typer.Argument(metavar="PORT...", help="All serial ports by default.")
    ] = None,
    *,
    driver: Annotated[list[str] | None, typer.Option(help="Try only this one.")] = None,
    json: Json = False,
) -> None:
    """Ask ports who is there. Lights no lamp: only questions and "off" are sent."""
    from docexam.errors import DeviceError
    from docexam.hardware.discovery import list_ports
    from docexam.hardware.probing import probe as ask
    from docexam.hardware.registry import find_driver

    for name in driver or []:
        find_driver(name)
    names = ports or [one.port for one in list_ports() if one.kind == "serial"]
    found: list[dict[str, Any]] = []
    failed = False
    for name in names:
        row: dict[str, Any] = {"port": name, "driver": None, "baud": None, "model": "", "error": ""}
        try:
            answered = ask(name, tuple(driver or ()))
        except DeviceError as error:
            if ports:
                failed = True
            say(f"{error.message} {error.hint}")
            row["error"] = error.code
        else:
            if answered is not None:
                row.update(driver=answered.info.driver, baud=answered.baud)
                row["model"] = " ".join((answered.info.model, answered.info.version)).strip()
        found.append(row)
    if json:
        print_json("probe", found)
    else:
        print_table(
            ("port", "driver", "baud", "model"),
            [
                (one["port"], one["driver"] or "-", str(one["baud"] or "-"), one["model"])
                for one in found
            ],
        )
    if not names:
        say("No serial ports found. Name one, or see `docexam devices list`.")
    raise typer.Exit(ExitCode.DEVICE if failed else ExitCode.CLEAR)


@app.command()
def monitor(
    driver: DriverName,
    port: PortName,
    *,
    seconds: Seconds = None,
    option: Options = None,
    baud: Baud = None,
    json: Json = False,
) -> None:
    """Watch a device: zones read, events, changes of the lid. Prints personal data."""
    from docexam.hardware.clock import SystemClock
    from docexam.hardware.exercise import exercise

    with opened_device(driver, port, option, baud) as device:
        say(f"Watching {driver} on {port}; Ctrl-C ends.")
        for found in exercise(device, SystemClock(), seconds or _EVER_S):
            kind, row = row_of(found)
            if json:
                print_json(kind, [row])
            else:
                lines = row.get("lines")
                text = "\n".join(lines) + "\n" if lines else " ".join(map(str, row.values()))
                write_lines(text + "\n")
                for warning in row.get("warnings", ()):
                    say(warning)


def _describe(entry: Driver) -> dict[str, Any]:
    from docexam.errors import DependencyMissing
    from docexam.hardware.registry import describe

    try:
        return describe(entry)
    except DependencyMissing as error:
        return {
            "driver": entry.name,
            "kind": entry.kind,
            "evidence": entry.evidence,
            "summary": f"{entry.summary} ({error.message} {error.hint})",
        }


def _print_infos(infos: list[DeviceInfo], *, json: bool, long: bool) -> None:
    if json:
        print_json("device", [dataclasses.asdict(one) for one in infos])
        return
    for one in infos:
        for key, value in dataclasses.asdict(one).items():
            shown = "; ".join(value) if isinstance(value, tuple) else value
            if shown or not long:
                write_lines(f"{key.replace('_', ' ') + ':':<16}{printable(str(shown))}\n")


for _command in (lamp, selftest, simulate, record, replay):
    app.command()(_command)
for _registered in app.registered_commands:
    # One line a paragraph: it is broken at the terminal's width.
    _paragraphs = inspect.cleandoc(_registered.callback.__doc__ or "").split("\n\n")
    _registered.help = "\n\n".join(" ".join(part.split()) for part in _paragraphs)
