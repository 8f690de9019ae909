"""An open rig: camera and guarded lamps, ready to capture; simulated devices are served for it."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Self, cast

from docexam.hardware.cameras.frame import CameraSettings
from docexam.hardware.clock import Clock, SystemClock
from docexam.hardware.errors import RigError
from docexam.hardware.registry import SIMULATED_PORT, open_device
from docexam.hardware.rig.load import guard_plan
from docexam.hardware.rig.simulated import SimulatedRig
from docexam.hardware.safety.guard import LampGuard
from docexam.hardware.session.capture import Captured, capture
from docexam.hardware.session.shots import Shot, check_rating
from docexam.hardware.session.to_capture_set import to_capture_set

if TYPE_CHECKING:
    from docexam.hardware.cameras.frame import Camera
    from docexam.hardware.rig.model import RigFile
    from docexam.hardware.safety.head import LampHead
    from docexam.hardware.safety.plan import GuardPlan
    from docexam.nouns.capture_set import CaptureSet, DeviceKind
    from docexam.nouns.device import DeviceEvent


class Station:
    """Use it as a context: all lamps are dark before and after.

    Raises (when opened):
        RigError, HardwareError, DependencyMissing: a device of the rig cannot be used.
    """

    def __init__(self, rig: RigFile) -> None:
        self.rig = rig
        self.clock: Clock = SystemClock()
        self.heads: dict[str, LampHead] = {head.light: head.to_head() for head in rig.heads}
        self.plan = tuple(
            Shot(one.light, CameraSettings(one.exposure_ms, one.gain), one.level)
            for one in rig.plan
        )
        self.simulated: SimulatedRig | None = None
        self.camera: Camera
        self.guard: LampGuard
        self._stack = ExitStack()

    @property
    def is_simulated(self) -> bool:
        """At least one device of the rig is simulated."""
        return self.simulated is not None

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            plan = guard_plan(self.rig)
            if SIMULATED_PORT in _ports(plan, self.rig):
                self.simulated = stack.enter_context(SimulatedRig(self.rig, self.clock))
                plan = self.simulated.with_real_ports(plan)
            part = self.rig.camera
            if part.port == SIMULATED_PORT:
                assert self.simulated is not None  # noqa: S101 - made just above
                self.camera = stack.enter_context(self.simulated.camera)
            else:
                opened = open_device(part.driver, part.port, **part.options)
                self.camera = cast("Camera", stack.enter_context(opened))
            for shot in self.plan:
                check_rating(
                    self.heads[shot.light], self.camera.capabilities, shot.settings.exposure_ms
                )
            self.guard = stack.enter_context(LampGuard(plan))
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def capture(self) -> Captured:
        """Run the plan once."""
        return capture(self.camera, self.guard, self.heads, self.plan, self.clock)

    def capture_set(self, name: str) -> tuple[CaptureSet, dict[str, bytes]]:
        """Run the plan once; the capture set and its files."""
        return self.as_set(self.capture(), name)

    def as_set(self, captured: Captured, name: str) -> tuple[CaptureSet, dict[str, bytes]]:
        """A capture as a set and its files."""
        live: DeviceKind = "simulated" if self.is_simulated else "live"
        return to_capture_set(
            captured,
            self.heads,
            name=name,
            device=self.rig.name,
            kind=live if self.camera.capabilities.is_live else "recorded",
            ppi=self.rig.camera.ppi or (self.simulated.ppi if self.simulated else None),
            references={
                **(self.simulated.references if self.simulated else {}),
                **{one.light: one.reference.to_patch() for one in self.rig.plan if one.reference},
            },
        )

    def events(self) -> list[DeviceEvent]:
        """What the guard had to tell since the last call."""
        found = []
        while (event := self.guard.next_event(0.0)) is not None:
            found.append(event)
        return found


def _ports(plan: GuardPlan, rig: RigFile) -> set[str]:
    devices = [*plan.lamps.values()]
    devices += [plan.lid] if plan.lid else []
    devices += [plan.supply[0]] if plan.supply else []
    ports = {device.port for device in devices}
    if rig.camera.port == SIMULATED_PORT and ports != {SIMULATED_PORT}:
        raise RigError(
            "A simulated camera sees only simulated lamps, but the rig names real ones.",
            hint='Write port = "sim:" for all devices, or name a real camera.',
            device="rig",
        )
    return ports | {rig.camera.port}
