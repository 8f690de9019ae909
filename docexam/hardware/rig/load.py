"""Reading a rig file; whatever is wrong with it is said in one sentence that names file and key."""

from __future__ import annotations

import dataclasses
import tomllib
from collections import Counter
from typing import TYPE_CHECKING

from pydantic import ValidationError

from docexam.errors import DocexamError
from docexam.hardware.errors import RigError
from docexam.hardware.registry import SIMULATED_PORT, find_driver
from docexam.hardware.rig.model import DevicePart, PageRig, RigFile
from docexam.hardware.safety.limits import UvRules
from docexam.hardware.safety.paths import ledger_path
from docexam.hardware.safety.plan import DevicePlan, GuardPlan

if TYPE_CHECKING:
    from pathlib import Path


def read_rig(path: Path) -> RigFile:
    """The rig of lamps and a camera in `path`. Paths in it count from the file's folder.

    Raises:
        RigError: it cannot be read, or makes no sense.
    """
    rig = read_any_rig(path)
    if isinstance(rig, PageRig):
        raise _bad(path, "is a page reader", "Name a rig with lamps and a camera.")
    return rig


def read_any_rig(path: Path) -> RigFile | PageRig:
    """The rig in `path`, of either kind.

    Raises:
        RigError: it cannot be read, or makes no sense.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise _bad(path, f"cannot be read ({error.strerror})", "Check the name.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _bad(path, f"is no TOML ({error})", "Correct the place that is named.") from error
    rig: RigFile | PageRig
    try:
        rig = (PageRig if "page_reader" in data else RigFile).model_validate(data)
    except ValidationError as error:
        raise _invalid(path, error) from error
    if isinstance(rig, RigFile):
        _check(path, rig)
    else:
        _check_kind(path, "page_reader", rig.page_reader, "page-reader")
    base = path.resolve().parent
    simulated = rig.simulated
    if simulated.document is not None:
        document = base / simulated.document
        simulated = simulated.model_copy(update={"document": document})
    if isinstance(rig, PageRig):
        return rig.model_copy(update={"simulated": simulated})
    ledger = None if rig.ledger is None else base / rig.ledger
    return rig.model_copy(update={"simulated": simulated, "ledger": ledger})


def _invalid(path: Path, error: ValidationError) -> RigError:
    faults = error.errors(include_url=False, include_input=False)
    # A misspelt key explains what is missing because of it.
    first = next((one for one in faults if one["type"] == "extra_forbidden"), faults[0])
    place = ".".join(str(part) for part in first["loc"]) or "the file"
    is_unknown = first["type"] == "extra_forbidden"
    what = "this key is unknown" if is_unknown else first["msg"].lower()
    hint = "See docs/hardware.md for the keys of a rig."
    return _bad(path, f"has a fault at {place}: {what}", hint)


def guard_plan(rig: RigFile) -> GuardPlan:
    """What the guard has to keep; simulated ports are filled in by the station."""
    supply = rig.supply
    simulated = all(lamp.port == SIMULATED_PORT for lamp in rig.lamps.values())
    return GuardPlan(
        lamps={name: _device(part) for name, part in rig.lamps.items()},
        heads=tuple(head.to_head() for head in rig.heads),
        ledger=str(rig.ledger or ledger_path(simulated=simulated)),
        lid=_device(rig.lid) if isinstance(rig.lid, DevicePart) else None,
        runs_without_lid=rig.lid == "none",
        supply=None if supply is None else (_device(supply), supply.channel),
        rules=dataclasses.replace(UvRules(), shot_s=rig.uv.shot_s, duty=rig.uv.duty),
    )


def _device(part: DevicePart) -> DevicePlan:
    return DevicePlan(part.driver, part.port, dict(part.options))


def _check(path: Path, rig: RigFile) -> None:
    devices: list[tuple[str, DevicePart, str]] = [("camera", rig.camera, "camera")]
    devices += [(f"lamps.{name}", part, "lamp") for name, part in rig.lamps.items()]
    if isinstance(rig.lid, DevicePart):
        devices.append(("lid", rig.lid, "interlock"))
    if rig.supply is not None:
        devices.append(("supply", rig.supply, "lamp"))
    for place, part, kind in devices:
        if place != "camera" or part.port != SIMULATED_PORT:
            _check_kind(path, place, part, kind)
    ports = Counter(part.port for _, part, _ in devices if part.port != SIMULATED_PORT)
    for port, count in ports.items():
        if count > 1:
            raise _bad(path, f"names the port {port} {count} times", "One device a port.")
    _check_lights(path, rig)


def _check_kind(path: Path, place: str, part: DevicePart, kind: str) -> None:
    try:
        driver = find_driver(part.driver)
    except DocexamError as error:
        raise _bad(path, f"has a fault at {place}: {error.message}", error.hint) from error
    if driver.kind != kind:
        raise _bad(
            path, f"names {part.driver} as {place}, but it is a {driver.kind}", "Correct it."
        )


def _check_lights(path: Path, rig: RigFile) -> None:
    lights = Counter(head.light for head in rig.heads)
    for light, count in lights.items():
        if count > 1 or light == "dark":
            raise _bad(path, f"has {count} heads for {light}", "One head a light; dark has none.")
    outputs = Counter((head.lamp, head.channel) for head in rig.heads)
    for (lamp, channel), count in outputs.items():
        if count > 1:
            raise _bad(path, f"uses channel {channel} of {lamp} twice", "One head a channel.")
        if lamp not in rig.lamps:
            raise _bad(path, f"has a head on {lamp}, which is no lamp", "Add [lamps.NAME].")
    for shot in rig.plan:
        if shot.light not in lights:
            raise _bad(path, f"plans {shot.light}, but no head gives it", "Add a head.")
        head = next(one for one in rig.heads if one.light == shot.light)
        if head.longest_ms is not None and shot.exposure_ms > head.longest_ms:
            raise _bad(
                path,
                f"exposes {shot.light} for {shot.exposure_ms:g} ms; the head's rating is "
                f"{head.longest_ms:g} ms",
                "Shorten the exposure.",
            )
        if head.to_head().band and shot.exposure_ms > rig.uv.shot_s * 1000:
            raise _bad(
                path,
                f"exposes {shot.light} for {shot.exposure_ms:g} ms; one shot of ultraviolet may "
                f"last {rig.uv.shot_s * 1000:g} ms",
                "Shorten the exposure or raise the gain.",
            )
    doubled = [light for light, n in Counter(shot.light for shot in rig.plan).items() if n > 1]
    if doubled:
        raise _bad(path, f"plans {doubled[0]} twice", "One picture a light.")


def _bad(path: Path, what: str, hint: str) -> RigError:
    return RigError(f"The rig {path.name} {what}.", hint=hint, device="rig")
