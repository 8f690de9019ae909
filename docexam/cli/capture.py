"""`docexam capture --rig FILE OUT`: one document on the glass, light after light, to a folder."""

from __future__ import annotations

import json as json_module
import time
from pathlib import Path  # noqa: TC003 - typer reads it
from typing import TYPE_CHECKING, Annotated, Any

import typer

from docexam.cli.failure import say
from docexam.cli.output import write_lines

if TYPE_CHECKING:
    from docexam.hardware.rig.model import PageRig, RigFile
    from docexam.nouns.capture_set import CaptureSet


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
    from docexam.hardware.rig.load import read_any_rig
    from docexam.hardware.rig.model import PageRig

    loaded = read_any_rig(rig)
    name = out.resolve().name
    if isinstance(loaded, PageRig):
        capture_set, files, row = _by_page_reader(loaded, name)
    else:
        capture_set, files, row = _by_lamps(loaded, name)
    save_capture_set(capture_set, files, out)
    row = {"schema": "docexam.device/1", "row": "capture", "capture": str(out), **row}
    if json:
        write_lines(json_module.dumps(row) + "\n")
    else:
        shares = f" (wire {row['wire_ms']}, frames {row['frame_ms']}, code {row['code_ms']})"
        write_lines(
            f"{out}: {', '.join(row['lights'])} in {row['elapsed_ms']} ms"
            f"{'' if row['wire_ms'] is None else shares}\n"
        )


def _by_lamps(rig: RigFile, name: str) -> tuple[CaptureSet, dict[str, bytes], dict[str, Any]]:
    from docexam.hardware.rig.station import Station

    for head in rig.heads:
        if head.to_head().band:
            say(f"{head.light}: {head.to_head().irradiance_note}.")
    with Station(rig) as station:
        if station.is_simulated:
            say("This rig is simulated.")
        captured = station.capture()
        for event in station.events():
            say(f"{event.name} {event.detail}".strip() + ".")
        for warning in captured.warnings:
            say(f"{warning}.")
        capture_set, files = station.as_set(captured, name)
    row = {
        "lights": [taken.shot.light for taken in captured.taken],
        "elapsed_ms": round(captured.elapsed_s * 1000, 1),
        "wire_ms": round(captured.wire_s * 1000, 1),
        "frame_ms": round(captured.frame_s * 1000, 1),
        "code_ms": round(captured.code_s * 1000, 1),
    }
    return capture_set, files, row


def _by_page_reader(rig: PageRig, name: str) -> tuple[CaptureSet, dict[str, bytes], dict[str, Any]]:
    from docexam.hardware.rig.page_station import PageStation

    with PageStation(rig) as station:
        if station.is_simulated:
            say("This rig is simulated.")
        started_s = time.monotonic()
        page = station.take(name)
        elapsed_ms = round((time.monotonic() - started_s) * 1000, 1)
        for event in station.events():
            say(f"{event.name}.")
    for warning in page.warnings:
        say(warning)
    lights = [image.light for image in page.capture.pages[0].images]
    nothing = {"wire_ms": None, "frame_ms": None, "code_ms": None}
    return page.capture, page.files, {"lights": lights, "elapsed_ms": elapsed_ms, **nothing}
