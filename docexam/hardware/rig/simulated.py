"""The simulated devices of a rig on real ports, and the glass that couples them."""

from __future__ import annotations

import dataclasses
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from docexam.capture.capture_set import open_capture_set
from docexam.errors import InputError
from docexam.hardware.errors import RigError
from docexam.hardware.registry import SIMULATED_PORT, find_driver, simulator_of
from docexam.hardware.rig.model import DevicePart
from docexam.hardware.simulated.camera import SimulatedCamera
from docexam.hardware.simulated.device import SimulatedDevice
from docexam.hardware.simulated.light import LightTrace, SimulatedLamp
from docexam.hardware.simulated.numato import SimulatedNumato
from docexam.hardware.simulated.scene import Picture, Scene
from docexam.hardware.simulated.station import SimulatedStation

if TYPE_CHECKING:
    from docexam.hardware.clock import Clock
    from docexam.hardware.rig.model import RigFile
    from docexam.hardware.safety.plan import DevicePlan, GuardPlan
    from docexam.nouns.capture_set import ReferencePatch


_EMPTY_GLASS = (720, 1024)


class SimulatedRig:
    """Lamps, lid and relay on pseudo-terminals; `scene` and `camera` see what they do."""

    def __init__(self, rig: RigFile, clock: Clock) -> None:
        self._rig = rig
        self._stack = ExitStack()
        devices: dict[str, tuple[SimulatedDevice, str]] = {}
        for name, part in _simulated_parts(rig).items():
            driver = find_driver(part.driver)
            device = simulator_of(driver, part.options)
            if not isinstance(device, SimulatedDevice):
                raise RigError(
                    f"{part.driver} cannot be simulated on a port.",
                    hint="Name a real port.",
                    device=part.driver,
                )
            devices[name] = (device, driver.port_example)
        self.devices = {name: device for name, (device, _) in devices.items()}
        self._station = SimulatedStation(devices)
        traces: dict[str, LightTrace] = {}
        for head in rig.heads:
            lamp = self.devices.get(f"lamps.{head.lamp}")
            if isinstance(lamp, SimulatedLamp):
                if head.channel not in lamp.traces:
                    raise RigError(
                        f"The simulated {head.lamp} has no channel {head.channel}.",
                        hint=f"It has {', '.join(map(str, lamp.traces))}.",
                        device=head.lamp,
                    )
                trace = lamp.traces[head.channel]
                trace.rise_s, trace.fall_s = head.rise_ms / 1000, head.fall_ms / 1000
                traces[head.light] = trace
        seen = rig.simulated
        drawn = load_pictures(seen.document) if seen.document else Drawn({}, {}, None)
        size = next((one.shape[:2] for one in drawn.pictures.values()), _EMPTY_GLASS)
        shape = seen.shape or (int(size[0]), int(size[1]))
        scale = min(shape[0] / size[0], shape[1] / size[1])
        self.ppi = None if drawn.ppi is None else drawn.ppi * scale
        self.references = _fitted(drawn, shape)
        self.scene = Scene(shape, traces, ambient=seen.ambient, dirt=seen.dirt, noise=seen.noise)
        if drawn.pictures:
            self.scene.put(drawn.pictures)
        nominal_ms = rig.plan[0].exposure_ms
        self.camera = SimulatedCamera(
            self.scene, clock, fps=seen.fps, readout_ms=seen.readout_ms, nominal_ms=nominal_ms
        )

    def __enter__(self) -> Self:
        self._stack.enter_context(self._station)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def with_real_ports(self, plan: GuardPlan) -> GuardPlan:
        """The plan with the pseudo-terminals in place of `sim:`."""

        def real(name: str, device: DevicePlan) -> DevicePlan:
            served = self._station.served.get(name)
            return device if served is None else dataclasses.replace(device, port=served.port)

        return dataclasses.replace(
            plan,
            lamps={name: real(f"lamps.{name}", one) for name, one in plan.lamps.items()},
            lid=None if plan.lid is None else real("lid", plan.lid),
            supply=None
            if plan.supply is None
            else (real("supply", plan.supply[0]), plan.supply[1]),
        )

    def ports(self) -> dict[str, str]:
        """Name in the rig -> port."""
        return {name: one.port for name, one in self._station.served.items()}

    def tell(self, text: str) -> str:
        """Do one thing at the desk: `glass FOLDER`, `glass empty`, `lid open`, or a device's."""
        words = text.split(maxsplit=1)
        if words[:1] == ["glass"] and len(words) == 2:
            if words[1] == "empty":
                self.references = {}
                self.scene.take_away()
            else:
                drawn = load_pictures(Path(words[1]))
                self.references = _fitted(drawn, self.scene.shape)
                self.scene.put(drawn.pictures)
            return text
        lid = self.devices.get("lid")
        if words in (["lid", "open"], ["lid", "closed"]) and isinstance(lid, SimulatedNumato):
            lid.lid_closed = words[1] == "closed"
            return text
        return self._station.tell(text)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a capture set shows: pictures and reference patches by light, pixels an inch."""

    pictures: dict[str, Picture]
    references: dict[str, ReferencePatch]
    ppi: float | None


def load_pictures(path: Path) -> Drawn:
    """The first page of a capture set.

    Raises:
        InputError: it cannot be read.
    """
    try:
        opened = open_capture_set(path)
    except InputError as error:
        raise InputError(
            f"{path.name} cannot be laid on the simulated glass: {error.message}",
            code=error.code,
            hint=error.hint,
        ) from error
    images = [one for one in opened.capture.pages[0].images if one.light != "dark"]
    return Drawn(
        {one.light: opened.picture(one).pixels for one in images},
        {one.light: one.reference for one in images if one.reference is not None},
        next((one.ppi for one in images if one.ppi), None),
    )


def _fitted(drawn: Drawn, shape: tuple[int, int]) -> dict[str, ReferencePatch]:
    """The patches where the scene shows them: scaled and centred as its pictures are."""
    found = {}
    for light, patch in drawn.references.items():
        rows, columns = drawn.pictures[light].shape[:2]
        scale = min(shape[0] / rows, shape[1] / columns)
        top = (shape[0] - round(rows * scale)) // 2
        left = (shape[1] - round(columns * scale)) // 2
        x, y, width, height = patch.box_px
        box_px = (x * scale + left, y * scale + top, width * scale, height * scale)
        found[light] = dataclasses.replace(patch, box_px=box_px)
    return found


def _simulated_parts(rig: RigFile) -> dict[str, DevicePart]:
    parts: dict[str, DevicePart] = {f"lamps.{name}": part for name, part in rig.lamps.items()}
    if isinstance(rig.lid, DevicePart):
        parts["lid"] = rig.lid
    if rig.supply is not None:
        parts["supply"] = rig.supply
    return {name: part for name, part in parts.items() if part.port == SIMULATED_PORT}
