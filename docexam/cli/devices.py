"""`docexam devices`: what is connected, who answers, and trying it out. Probing lights no lamp."""

from __future__ import annotations

import contextlib
import dataclasses
import json as json_module
import sys
import time
from pathlib import Path  # noqa: TC003 - typer reads it
from typing import TYPE_CHECKING, Annotated, Any

import typer

from docexam.cli.failure import printable, say
from docexam.cli.output import write_lines, write_private_file
from docexam.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docexam.hardware.drivers import Driver
    from docexam.nouns.device import DeviceEvent, DeviceInfo, DeviceMrz

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Lamps, cameras and readers: list, ask, try, watch.",
    context_settings={"help_option_names": ["-h", "--help"]},
)

Json = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
DriverName = Annotated[str, typer.Argument(metavar="DRIVER", help="See `devices info`.")]
PortName = Annotated[str, typer.Argument(metavar="PORT", help="Port or URL; sim: is simulated.")]
Options = Annotated[
    list[str] | None,
    typer.Option("--option", "-o", metavar="NAME=VALUE", help="An option of the driver."),
]
Baud = Annotated[int | None, typer.Option(min=50, max=4_000_000, help="Speed of the line.")]


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
        _print_json("port", [dataclasses.asdict(port) for port in ports])
    else:
        _print_table(
            ("port", "kind", "description", "stable name"),
            [(one.port, one.kind, one.description or one.usb_id, one.stable_name) for one in ports],
        )
        if not ports:
            say("No ports found. Network devices are named by their address; sim: is simulated.")
    if watch:
        for what, port in watch_ports(SystemClock()):
            row = {"event": what, **dataclasses.asdict(port)}
            _print_json("port", [row]) if json else write_lines(f"{what}: {port.port}\n")


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
        with _opened(driver, port, option, baud) as device:
            _print_infos([device.identify(deadline_s=2.0)], json=json, long=True)
        return
    chosen = [find_driver(driver)] if driver else list(known_drivers().values())
    rows = [_describe(one) for one in chosen]
    if json:
        _print_json("driver", rows)
    elif driver:
        for key, value in rows[0].items():
            shown = "; ".join(value) if isinstance(value, list) else value
            write_lines(f"{key.replace('_', ' ') + ':':<14}{shown}\n")
    else:
        _print_table(
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
        _print_json("probe", found)
    else:
        _print_table(
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
def lamp(
    driver: DriverName,
    port: PortName,
    *,
    channel: Annotated[int, typer.Option(help="As the controller counts.")] = 1,
    level: Annotated[float, typer.Option(min=0.0, max=1.0, help="0 dark to 1 full.")] = 0.2,
    seconds: Annotated[
        float, typer.Option("--for", min=0.001, max=60.0, help="Seconds of light.")
    ] = 0.5,
    light: Annotated[str, typer.Option(help="What it emits: white, ir, uv, uv254, ...")] = "white",
    irradiance: Annotated[
        float | None, typer.Option(min=0.0, help="W/m2 at full level; 100 assumed without.")
    ] = None,
    lid: Annotated[
        str | None, typer.Option(metavar="PORT", help="Port of the Numato lid switch.")
    ] = None,
    lid_pin: Annotated[int, typer.Option(min=0, max=127, help="Its pin.")] = 0,
    no_lid: Annotated[
        bool, typer.Option("--no-lid", help="Say that ultraviolet shines without a lid.")
    ] = False,
    ledger: Annotated[Path | None, typer.Option(help="The dose ledger's file.")] = None,
    option: Options = None,
) -> None:
    """Light one channel for a moment, behind the guard.

    Say --light uv for ultraviolet: it then keeps to on-time, duty, dose and lid. A lamp that emits
    ultraviolet must never be called anything else.
    """
    from docexam.hardware.safety.guard import LampGuard
    from docexam.hardware.safety.head import LampHead
    from docexam.hardware.safety.paths import ledger_path
    from docexam.hardware.safety.plan import DevicePlan, GuardPlan
    from docexam.nouns.capture_set import LIGHTS

    if light not in LIGHTS or light == "dark":
        raise UsageError(
            f"There is no light {light!r}.",
            code="device.light",
            hint=f"Use one of {', '.join(one for one in LIGHTS if one != 'dark')}.",
        )
    head = LampHead(light, "lamp", channel, irradiance_w_m2=irradiance, irradiance_source="told")
    plan = GuardPlan(
        lamps={"lamp": DevicePlan(driver, port, _parsed(option))},
        heads=(head,),
        ledger=str(ledger or ledger_path()),
        lid=DevicePlan("numato", lid, {"pin": lid_pin}) if lid else None,
        runs_without_lid=no_lid,
    )
    if head.band:
        say(f"Ultraviolet: do not look into it. Irradiance {head.irradiance_note}.")
    with LampGuard(plan) as guard:
        lit_s = guard.on(light, level, seconds).from_s
        time.sleep(max(0.0, lit_s + seconds - time.monotonic()))
        dark_s = guard.off(light)
        dose = guard.doses_j_m2()
    write_lines(f"lit for {dark_s - lit_s:.3f} s at level {level:g}, now dark\n")
    if head.band:
        write_lines(f"{head.band.upper()} dose of the last 8 h: {dose[head.band]:.1f} J/m2\n")


@app.command()
def monitor(
    driver: DriverName,
    port: PortName,
    *,
    seconds: Annotated[
        float, typer.Option("--for", min=0.1, help="Seconds; until Ctrl-C by default.")
    ] = 1e9,
    option: Options = None,
    baud: Baud = None,
    json: Json = False,
) -> None:
    """Watch a device: zones read, events, changes of the lid. Prints personal data."""
    from docexam.hardware.clock import SystemClock
    from docexam.hardware.exercise import exercise

    with _opened(driver, port, option, baud) as device:
        say(f"Watching {driver} on {port}; Ctrl-C ends.")
        for found in exercise(device, SystemClock(), seconds):
            kind, row = _row_of(found)
            if json:
                _print_json(kind, [row])
            else:
                lines = row.get("lines")
                text = "\n".join(lines) + "\n" if lines else " ".join(map(str, row.values()))
                write_lines(text + "\n")
                for warning in row.get("warnings", ()):
                    say(warning)


@app.command()
def selftest(
    drivers: Annotated[
        list[str] | None, typer.Argument(metavar="DRIVER...", help="All by default.")
    ] = None,
    *,
    answers: Annotated[int, typer.Option(min=1, max=50, help="Answers that a fault hits.")] = 8,
    json: Json = False,
) -> None:
    """Try every fault on every driver, against its simulator, and print what became of it.

    Exit code 5 where a lamp stayed lit that still obeys, or a deadline was broken.
    """
    from docexam.hardware.registry import find_driver, known_drivers
    from docexam.hardware.testing.fault_table import (
        CALL_DEADLINE_S,
        GRACE_S,
        faults_of,
        try_fault,
    )

    chosen = [find_driver(name) for name in drivers or known_drivers()]
    rows: list[dict[str, Any]] = []
    for one in chosen:
        if not one.simulator or one.style == "own":
            continue
        for fault in faults_of(one):
            tried = [try_fault(one, fault, at, seed=at) for at in range(answers)]
            hit = [each for each in tried if each.hits]
            if hit:
                slowest_s = max(each.slowest_s for each in hit)
                dark = not any(each.lamp_dark is False for each in hit)
                rows.append(
                    {
                        "driver": one.name,
                        "fault": fault,
                        "outcomes": sorted({each.outcome for each in hit}),
                        "slowest_s": round(slowest_s, 3),
                        "dark": dark,
                        "ok": dark and slowest_s <= CALL_DEADLINE_S + GRACE_S,
                    }
                )
    if json:
        _print_json("selftest", rows)
    else:
        _print_table(
            ("driver", "fault", "slowest", "dark", "became"),
            [
                (
                    one["driver"],
                    one["fault"],
                    f"{one['slowest_s']:.2f} s",
                    "yes" if one["dark"] else "NO",
                    ", ".join(one["outcomes"]),
                )
                for one in rows
            ],
        )
    raise typer.Exit(ExitCode.CLEAR if all(one["ok"] for one in rows) else ExitCode.DEVICE)


@app.command()
def simulate(
    drivers: Annotated[
        list[str] | None, typer.Argument(metavar="DRIVER...", help="NAME or NICKNAME=NAME.")
    ] = None,
    *,
    rig: Annotated[Path | None, typer.Option(help="A whole rig whose ports are sim:.")] = None,
    seconds: Annotated[
        float, typer.Option("--for", min=0.1, help="Seconds; until Ctrl-C by default.")
    ] = 1e9,
    json: Json = False,
) -> None:
    """Put simulated devices, or a whole rig, on real ports and print the ports.

    Commands are read from standard input, one a line: NAME put TD3 / take / lid open / lid closed /
    mood M / recover / unplug. For a rig also: glass CAPTURE-SET / glass empty. A rig's camera is
    served as an MJPEG stream, and a rig file that uses all these ports is printed.
    """
    if (rig is None) == (not drivers):
        raise UsageError(
            "Name drivers or a rig.", code="simulate.what", hint="See docexam devices info."
        )
    if rig is not None:
        _simulate_rig(rig, seconds)
        return
    from docexam.errors import DocexamError
    from docexam.hardware.registry import find_driver, simulator_of
    from docexam.hardware.simulated.device import SimulatedDevice
    from docexam.hardware.simulated.station import SimulatedStation

    devices: dict[str, tuple[SimulatedDevice, str]] = {}
    names: dict[str, str] = {}
    for text in drivers or []:
        nickname, _, name = text.rpartition("=")
        entry = find_driver(name)
        device = simulator_of(entry)
        if not isinstance(device, SimulatedDevice):
            raise UsageError(
                f"{name} cannot be put on a port.", code="simulate.port", hint="Choose another."
            )
        devices[nickname or name] = (device, entry.port_example)
        names[nickname or name] = name
    with SimulatedStation(devices) as station:
        rows = [
            {"name": one.name, "driver": names[one.name], "port": one.port}
            for one in station.served.values()
        ]
        if json:
            _print_json("simulated", rows)
        else:
            for row in rows:
                write_lines(f"{row['name']}: {row['port']} ({row['driver']})\n")
        end_s = time.monotonic() + seconds
        for line in _lines_until(end_s):
            try:
                say(station.tell(line))
            except DocexamError as error:
                say(f"{error.message} {error.hint}")


@app.command()
def record(
    driver: DriverName,
    port: PortName,
    out: Annotated[Path, typer.Argument(metavar="OUT.jsonl", help="A new file.")],
    *,
    seconds: Annotated[float, typer.Option("--for", min=0.1, max=3600.0, help="Seconds.")] = 10.0,
    keep_personal_data: Annotated[
        bool, typer.Option("--keep-personal-data", help="Do not redact what was read.")
    ] = False,
    option: Options = None,
    baud: Baud = None,
) -> None:
    """Record the bytes of a device in use, lighting nothing; what it read is redacted."""
    from docexam.hardware.exercise import exercise
    from docexam.hardware.registry import build, find_driver, open_port
    from docexam.hardware.traces import RecordingTransport, redacted, to_text

    entry = find_driver(driver)
    recorder = RecordingTransport(open_port(entry, port, line=_line(entry, baud)))
    count = 0
    try:
        with contextlib.closing(build(entry, recorder, _parsed(option))) as device:
            say(f"Recording {driver} on {port} for {seconds:g} s; Ctrl-C ends earlier.")
            with contextlib.suppress(KeyboardInterrupt):
                for _ in exercise(device, recorder.clock, seconds):
                    count += 1
    finally:
        recorder.close()
        pieces = recorder.pieces
        if not keep_personal_data:
            pieces = redacted(pieces, driver=driver)
        write_private_file(out, to_text(pieces, driver=driver).encode("ascii"))
    write_lines(f"{len(pieces)} pieces, {count} results, {out}\n")


@app.command()
def replay(
    trace: Annotated[Path, typer.Argument(metavar="TRACE.jsonl", help="From `record`.")],
    *,
    driver: Annotated[str | None, typer.Option(help="Another than the recorded one.")] = None,
    option: Options = None,
    json: Json = False,
) -> None:
    """Play a recorded trace to its driver, in virtual time.

    Exit code 5 when the driver sends other commands than it did, or fails.
    """
    from docexam.hardware.clock import VirtualClock
    from docexam.hardware.errors import DeviceTimeout
    from docexam.hardware.exercise import exercise
    from docexam.hardware.registry import build, find_driver
    from docexam.hardware.traces import ReplayedDevice, from_file
    from docexam.hardware.transports.memory import MemoryTransport

    recorded, pieces = from_file(trace)
    played = ReplayedDevice(pieces)
    clock = VirtualClock()
    transport = MemoryTransport(played, clock, str(trace))
    entry = find_driver(driver or recorded)
    length_s = pieces[-1].t_ns / 1e9 if pieces else 0.0
    device = build(entry, transport, {**_parsed(option), "threaded": False})
    with contextlib.closing(device):
        try:
            for found in exercise(device, clock, length_s + 0.5):
                kind, row = _row_of(found)
                _print_json(kind, [row]) if json else write_lines(f"{row}\n")
        except DeviceTimeout:
            if not played.is_over:
                raise  # else the trace is at its end, as it should be
        deviations = played.deviations
    if deviations:
        say(f"{deviations} commands differ from the recorded ones.")
        raise typer.Exit(ExitCode.DEVICE)


def _simulate_rig(path: Path, seconds: float) -> None:
    from docexam.errors import DocexamError
    from docexam.hardware.clock import SystemClock
    from docexam.hardware.rig.load import read_rig
    from docexam.hardware.rig.simulated import SimulatedRig
    from docexam.hardware.rig.write import rig_with_ports
    from docexam.hardware.simulated.mjpeg import MjpegServer

    rig = read_rig(path)
    with SimulatedRig(rig, SystemClock()) as desk, MjpegServer(desk.camera) as stream:
        write_lines(rig_with_ports(rig, desk.ports(), stream.port))
        say("Ctrl-C ends. Commands: glass CAPTURE-SET, glass empty, lid open, lid closed.")
        for line in _lines_until(time.monotonic() + seconds):
            try:
                say(desk.tell(line))
            except DocexamError as error:
                say(f"{error.message} {error.hint}")


def _lines_until(end_s: float) -> Iterator[str]:
    """Lines of standard input as they come; after its end, only time passes."""
    import queue
    import threading

    lines: queue.SimpleQueue[str] = queue.SimpleQueue()

    def read() -> None:
        for line in sys.stdin:
            lines.put(line.strip())

    # Windows cannot wait for the console with a deadline: a thread can.
    threading.Thread(target=read, name="docexam stdin", daemon=True).start()
    while (left_s := end_s - time.monotonic()) > 0:
        with contextlib.suppress(queue.Empty):
            line = lines.get(timeout=min(left_s, 0.5))
            if line:
                yield line


def _opened(driver: str, port: str, option: list[str] | None, baud: int | None) -> Any:  # noqa: ANN401 - a context manager of whatever device it is
    from docexam.hardware.registry import find_driver, open_device

    entry = find_driver(driver)
    return contextlib.closing(open_device(driver, port, line=_line(entry, baud), **_parsed(option)))


def _line(entry: Driver, baud: int | None) -> Any:  # noqa: ANN401 - SerialSettings, imported late
    return None if baud is None else dataclasses.replace(entry.line, baud=baud)


def _parsed(option: Iterable[str] | None) -> dict[str, Any]:
    """`name=value` pairs; numbers and true/false as such."""
    out: dict[str, Any] = {}
    for text in option or ():
        name, sign, value = text.partition("=")
        if not sign or not name.isidentifier():
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
        _print_json("device", [dataclasses.asdict(one) for one in infos])
        return
    for one in infos:
        for key, value in dataclasses.asdict(one).items():
            shown = "; ".join(value) if isinstance(value, tuple) else value
            if shown or not long:
                write_lines(f"{key.replace('_', ' ') + ':':<16}{printable(str(shown))}\n")


def _print_json(kind: str, rows: Iterable[dict[str, Any]]) -> None:
    """Rows of contract `docexam.device/1`: schemas/device-1.json."""
    for row in rows:
        whole = {"schema": "docexam.device/1", "row": kind, **row}
        write_lines(json_module.dumps(whole, ensure_ascii=False) + "\n")


def _row_of(found: DeviceMrz | DeviceEvent | bool) -> tuple[str, dict[str, Any]]:
    """What was seen, as a kind of row and the row."""
    from docexam.nouns.device import DeviceMrz

    if isinstance(found, bool):
        return "lid", {"lid": "closed" if found else "open"}
    kind = "reading" if isinstance(found, DeviceMrz) else "event"
    return kind, dataclasses.asdict(found)


def _print_table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
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
