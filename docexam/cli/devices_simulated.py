"""`docexam devices simulate`, `record` and `replay`: devices without devices."""

from __future__ import annotations

import contextlib
import sys
import time
from pathlib import Path  # noqa: TC003 - typer reads it
from typing import TYPE_CHECKING, Annotated

import typer

from docexam.cli.devices_view import (
    Baud,
    DriverName,
    Json,
    Options,
    PortName,
    Seconds,
    line_of,
    parsed_options,
    print_json,
    row_of,
)
from docexam.cli.failure import say
from docexam.cli.output import write_lines, write_private_file
from docexam.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

_EVER_S = 1e9


def simulate(
    drivers: Annotated[
        list[str] | None, typer.Argument(metavar="DRIVER...", help="NAME or NICKNAME=NAME.")
    ] = None,
    *,
    rig: Annotated[Path | None, typer.Option(help="A whole rig whose ports are sim:.")] = None,
    seconds: Seconds = None,
    option: Options = None,
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
        _simulate_rig(rig, seconds or _EVER_S)
        return
    from docexam.errors import DocexamError
    from docexam.hardware.registry import find_driver, simulator_of
    from docexam.hardware.simulated.device import SimulatedDevice
    from docexam.hardware.simulated.station import SimulatedStation

    devices: dict[str, tuple[SimulatedDevice, str]] = {}
    names: dict[str, str] = {}
    options = parsed_options(option)
    unused = set(options)
    for text in drivers or []:
        nickname, _, name = text.rpartition("=")
        entry = find_driver(name)
        device = simulator_of(entry, options)
        if not isinstance(device, SimulatedDevice):
            raise UsageError(
                f"{name} cannot be put on a port.", code="simulate.port", hint="Choose another."
            )
        unused -= set(entry.simulator_options)
        devices[nickname or name] = (device, entry.port_example)
        names[nickname or name] = name
    if unused:
        raise UsageError(
            f"None of these simulators has an option {min(unused)}.",
            code="simulate.option",
            hint="Leave it out.",
        )
    with SimulatedStation(devices) as station:
        rows = [
            {"name": one.name, "driver": names[one.name], "port": one.port}
            for one in station.served.values()
        ]
        if json:
            print_json("simulated", rows)
        else:
            for row in rows:
                write_lines(f"{row['name']}: {row['port']} ({row['driver']})\n")
        end_s = time.monotonic() + (seconds or _EVER_S)
        for line in _lines_until(end_s):
            try:
                say(station.tell(line))
            except DocexamError as error:
                say(f"{error.message} {error.hint}")


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
    options = parsed_options(option)
    recorder = RecordingTransport(
        open_port(entry, port, line=line_of(entry, baud), options=options)
    )
    count = 0
    try:
        with contextlib.closing(build(entry, recorder, options)) as device:
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
    device = build(entry, transport, {**parsed_options(option), "threaded": False})
    with contextlib.closing(device):
        try:
            for found in exercise(device, clock, length_s + 0.5):
                kind, row = row_of(found)
                print_json(kind, [row]) if json else write_lines(f"{row}\n")
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
