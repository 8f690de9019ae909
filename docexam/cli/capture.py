"""`docexam capture --rig FILE OUT`: one document on the glass, light after light, to a folder."""

from __future__ import annotations

import json as json_module
from pathlib import Path  # noqa: TC003 - typer reads it
from typing import Annotated

import typer

from docexam.cli.failure import say
from docexam.cli.output import write_lines


def capture(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A new folder for the capture set.")],
    *,
    rig: Annotated[Path, typer.Option(help="The rig file (TOML).")],
    json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Capture the document on the rig's glass under every light of its plan.

    All lamps are dark before and after. Exit code 5 when a device fails.
    """
    from docexam.capture.save import save_capture_set
    from docexam.hardware.rig.load import read_rig
    from docexam.hardware.rig.station import Station

    loaded = read_rig(rig)
    for head in loaded.heads:
        if head.to_head().band:
            say(f"{head.light}: {head.to_head().irradiance_note}.")
    with Station(loaded) as station:
        if station.is_simulated:
            say("This rig is simulated.")
        captured = station.capture()
        for event in station.events():
            say(f"{event.name} {event.detail}".strip() + ".")
        capture_set, files = station.as_set(captured, out.resolve().name)
    save_capture_set(capture_set, files, out)
    lit = [taken.shot.light for taken in captured.taken]
    row = {
        "schema": "docexam.device/1",
        "row": "capture",
        "capture": str(out),
        "lights": lit,
        "elapsed_ms": round(captured.elapsed_s * 1000, 1),
        "wire_ms": round(captured.wire_s * 1000, 1),
        "frame_ms": round(captured.frame_s * 1000, 1),
        "code_ms": round(captured.code_s * 1000, 1),
    }
    if json:
        write_lines(json_module.dumps(row) + "\n")
    else:
        write_lines(
            f"{out}: {', '.join(lit)} in {row['elapsed_ms']} ms "
            f"(wire {row['wire_ms']}, frames {row['frame_ms']}, code {row['code_ms']})\n"
        )
