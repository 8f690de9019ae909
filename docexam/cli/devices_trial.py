"""Trying devices out: one lamp for a moment, and every fault on every driver."""

from __future__ import annotations

import time
from pathlib import Path  # noqa: TC003 - typer reads it
from typing import Annotated, Any

import typer

from docexam.cli.devices_view import (
    DriverName,
    Json,
    Options,
    PortName,
    parsed_options,
    print_json,
    print_table,
)
from docexam.cli.failure import say
from docexam.cli.output import write_lines
from docexam.errors import ExitCode, UsageError


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
