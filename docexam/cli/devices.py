"""`docexam devices`: what is connected, who answers, and trying it out. Probing lights no lamp."""

from __future__ import annotations

import dataclasses
import inspect
import time
from pathlib import Path  # noqa: TC003 - typer reads it
from typing import TYPE_CHECKING, Annotated, Any

import typer

from docexam.cli.devices_simulated import record, replay, simulate
from docexam.cli.devices_view import (
    Baud,
    DriverName,
    Json,
    Options,
    PortName,
    Seconds,
    opened_device,
    parsed_options,
    print_json,
    print_table,
    row_of,
)
from docexam.cli.failure import printable, say
from docexam.cli.output import write_lines
from docexam.errors import ExitCode, UsageError

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
        lamps={"lamp": DevicePlan(driver, port, parsed_options(option))},
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
        print_json("selftest", rows)
    else:
        print_table(
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


for _command in (simulate, record, replay):
    app.command()(_command)
for _registered in app.registered_commands:
    # One line a paragraph: it is broken at the terminal's width.
    _paragraphs = inspect.cleandoc(_registered.callback.__doc__ or "").split("\n\n")
    _registered.help = "\n\n".join(" ".join(part.split()) for part in _paragraphs)
