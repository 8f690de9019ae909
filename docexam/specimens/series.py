"""Making specimens: one job draws one document, takes its pictures and writes them with truth."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docexam.capture.save import save_capture_set, write_whole
from docexam.errors import OutputError, UsageError
from docexam.nouns.capture_set import (
    LIGHTS,
    CaptureDevice,
    CaptureImage,
    CapturePage,
    CaptureSet,
    Light,
)
from docexam.specimens.capturing.devices import Device, device_named
from docexam.specimens.capturing.sensor import to_file
from docexam.specimens.capturing.shoot import Shot, shoot
from docexam.specimens.design import Design, design_named
from docexam.specimens.document import Document, draw_document
from docexam.specimens.truth import TRUTH_FOLDER, Attack, truth_json
from docexam.specimens.wear import worn

if TYPE_CHECKING:
    from collections.abc import Callable

    from docexam.specimens.holders import Holder

DEFAULT_LIGHTS: tuple[Light, ...] = ("white", "ir", "uv")
CAPTURED_AT = "2026-06-01T10:00:00Z"
"""Drawn captures carry a fixed time, so that the same inputs give the same bytes.

The day of REFERENCE_DATE: no drawn document is issued after it is taken.
"""


@dataclass(frozen=True)
class Job:
    """One specimen to make; everything that decides its bytes."""

    name: str
    design: str
    seed: int
    lights: tuple[Light, ...] = DEFAULT_LIGHTS
    ppi: float = 400.0
    device: str = "flatbed"
    wear: float = 0.0
    degradation: float = 0.0
    pages: tuple[str, ...] | None = None
    holder: Holder | None = None
    sheet: bool = False
    turn_deg: float | None = None


@dataclass(frozen=True, eq=False)
class Specimen:
    """A drawn document with the pictures of its pages, before it is written."""

    job: Job
    document: Document
    shots: dict[str, list[Shot]]
    attacks: tuple[Attack, ...] = ()


def parse_lights(text: str) -> tuple[Light, ...]:
    """The lights of a comma-separated list; UsageError for an unknown one."""
    found: list[Light] = []
    for name in (part.strip() for part in text.split(",")):
        light = next((each for each in LIGHTS if each == name), None)
        if light is None:
            raise UsageError(
                f"There is no light {name!r}.",
                code="specimen.light",
                hint=f"Use some of {', '.join(LIGHTS)}.",
            )
        if light not in found:
            found.append(light)
    return tuple(found)


def check_job(job: Job) -> tuple[Design, Device]:
    """The design and the device of `job`; UsageError where something is not offered."""
    design = design_named(job.design)
    device = device_named(job.device).degraded(job.degradation)
    if not 0.0 <= job.wear <= 1.0:
        raise UsageError(
            f"A wear of {job.wear:g} is not offered.",
            code="specimen.wear",
            hint="Use 0 (new) to 1 (worn out).",
        )
    if job.turn_deg is not None:
        if not math.isfinite(job.turn_deg):
            raise UsageError(
                f"A turn of {job.turn_deg:g} degrees is none.",
                code="specimen.turn",
                hint="Use -360 to 360 degrees, clockwise.",
            )
        turn = math.fmod(job.turn_deg, 360.0)
        fixed = {"turn_deg": (turn, turn), "quarter_turns": False, "close_crop": 0.0}
        device = device.model_copy(update=fixed)
    for light in job.lights:
        if light not in device.lights:
            raise UsageError(
                f"The device {device.name!r} has no light {light!r}.",
                code="specimen.light",
                hint=f"It has {', '.join(device.lights)}.",
            )
    return design, device


def draw_specimen(
    job: Job,
    change: Callable[[Document], tuple[Document, tuple[Attack, ...]]] | None = None,
) -> Specimen:
    """Draw `job`; `change` forges the document before it wears and is taken.

    Raises:
        UsageError: something in `job` is not offered or not possible.
    """
    design, device = check_job(job)
    document = draw_document(design, job.seed, ppi=job.ppi, holder=job.holder, pages=job.pages)
    attacks: tuple[Attack, ...] = ()
    if change is not None:
        document, attacks = change(document)
    shots = {}
    for page, stack in document.pages.items():
        aged = worn(stack, job.wear, job.seed)
        seed = f"{job.design}/{job.seed}"
        shots[page] = shoot(aged, job.lights, device, ppi=job.ppi, seed=seed)
    return Specimen(job, document, shots, attacks)


def capture_of(specimen: Specimen, *, packed: bool = True) -> tuple[CaptureSet, dict[str, bytes]]:
    """The capture set and the bytes of its files by name; `packed` as in `sensor.to_file`."""
    job = specimen.job
    quality = device_named(job.device).degraded(job.degradation).jpeg_quality
    files: dict[str, bytes] = {}
    pages = []
    for page, shots in specimen.shots.items():
        images: list[CaptureImage] = []
        for shot in shots:
            mean = None if quality is None else sum(quality) / 2
            data, suffix = to_file(shot.picture, mean, packed=packed)
            prefix = "" if len(specimen.shots) == 1 else f"{page}-"
            name = f"{prefix}{shot.image.light}{suffix}"
            files[name] = data
            images.append(replace(shot.image, file=name))
        pages.append(CapturePage(page, tuple(images)))
    kind = device_named(job.device).kind
    device = CaptureDevice(job.device, kind)
    return CaptureSet(job.name, tuple(pages), CAPTURED_AT, device), files


def write_specimen(specimen: Specimen, out: Path) -> Path:
    """Write the capture set to `out`/<name> and its truth to `out`/truth/<name>.json.

    The truth is written first, so that a set that can be seen always has its truth.

    Raises:
        OutputError: the set exists, or something cannot be written; nothing half written remains.
    """
    job = specimen.job
    folder = out / job.name
    if folder.exists():
        raise OutputError(
            f"The capture set {job.name!r} exists already.",
            code="output.exists",
            hint="Choose another folder or another seed.",
        )
    capture, files = capture_of(specimen)
    truth = out / TRUTH_FOLDER / f"{job.name}.json"
    write_whole(truth, _text(truth_json(specimen)))
    try:
        save_capture_set(capture, files, folder)
    except BaseException:
        truth.unlink(missing_ok=True)
        raise
    if job.sheet:
        from docexam.specimens.contact_sheet import contact_sheet

        write_whole(truth.with_suffix(".png"), contact_sheet(specimen))
    return folder


def _text(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def make(job: Job, out: str) -> str:
    """Draw and write one genuine specimen; the name of its capture set."""
    write_specimen(draw_specimen(job), Path(out))
    return job.name
