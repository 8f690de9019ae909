"""The simulated devices of a rig on real ports, and the glass that couples them."""

from __future__ import annotations

import dataclasses
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Self

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


_EMPTY_GLASS = (720, 1024)


class SimulatedRig:
    """Lamps, lid and relay on pseudo-terminals; `scene` and `camera` see what they do."""

    def __init__(self, rig: RigFile, clock: Clock) -> None:
        self._rig = rig
        self._stack = ExitStack()
        devices: dict[str, tuple[SimulatedDevice, str]] = {}
        for name, part in _simulated_parts(rig).items():
            driver = find_driver(part.driver)
            device = simulator_of(driver)
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
        pictures, ppi = load_pictures(seen.document) if seen.document else ({}, None)
        drawn = next(iter(pictures.values())).shape[:2] if pictures else _EMPTY_GLASS
        shape = seen.shape or (int(drawn[0]), int(drawn[1]))
        self.ppi = None if ppi is None else ppi * min(shape[0] / drawn[0], shape[1] / drawn[1])
        self.scene = Scene(shape, traces, ambient=seen.ambient, dirt=seen.dirt, noise=seen.noise)
        if pictures:
            self.scene.put(pictures)
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
                self.scene.take_away()
            else:
                self.scene.put(load_pictures(Path(words[1]))[0])
            return text
        lid = self.devices.get("lid")
        if words in (["lid", "open"], ["lid", "closed"]) and isinstance(lid, SimulatedNumato):
            lid.lid_closed = words[1] == "closed"
            return text
        return self._station.tell(text)


def load_pictures(path: Path) -> tuple[dict[str, Picture], float | None]:
    """The pictures of a capture set's first page by light, and their resolution.

    Raises:
        InputError: it cannot be read.
    """
    from docexam.capture.capture_set import open_capture_set

    opened = open_capture_set(path)
    images = [one for one in opened.capture.pages[0].images if one.light != "dark"]
    pictures: dict[str, Picture] = {one.light: opened.picture(one).pixels for one in images}
    return pictures, next((one.ppi for one in images if one.ppi), None)


def _simulated_parts(rig: RigFile) -> dict[str, DevicePart]:
    parts: dict[str, DevicePart] = {f"lamps.{name}": part for name, part in rig.lamps.items()}
    if isinstance(rig.lid, DevicePart):
        parts["lid"] = rig.lid
    if rig.supply is not None:
        parts["supply"] = rig.supply
    return {name: part for name, part in parts.items() if part.port == SIMULATED_PORT}
