"""The capture plan, run once: dark, each light, dark again, and proof that the lamps obeyed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from docexam.hardware.errors import LampDisobeys
from docexam.hardware.session.shots import Shot, Taken, take_dark, take_lit

if TYPE_CHECKING:
    from collections.abc import Callable

    from docexam.hardware.cameras.frame import Camera, CameraFrame
    from docexam.hardware.clock import Clock
    from docexam.hardware.safety.head import LampHead
    from docexam.hardware.session.shots import Lights

#: Our starting values, in grey levels of 255: more light than this in the dark frame after a lamp
#: than before it is one that did not obey; less under a lamp is one that did not light.
DISOBEYS_LEVELS = 3.0
UNLIT_LEVELS = 1.0
#: Our starting value: a page under ultraviolet may glow this little, so it only warns.
DULL_LEVELS = 0.3


@dataclass(frozen=True, slots=True)
class Captured:
    """All frames of one capture. `began_at` is the wall clock at the first frame's time."""

    taken: tuple[Taken, ...]
    dark: tuple[Taken, ...]
    began_at: dt.datetime
    began_s: float
    elapsed_s: float
    warnings: tuple[str, ...] = ()

    @property
    def wire_s(self) -> float:
        """Time between commands to lamps and their answers."""
        return sum(one.wire_s for one in self.taken)

    @property
    def code_s(self) -> float:
        """All the rest: reading the camera out, and our own code."""
        return self.elapsed_s - self.wire_s - self.frame_s

    @property
    def frame_s(self) -> float:
        """Time from when a lamp was ready until its frame had been exposed, and the dark ones."""
        lit = sum(one.frame.end_s - one.lit_s for one in self.taken if one.lit_s is not None)
        dark = sum(max(0.0, one.frame.end_s - one.dark_s) for one in self.dark)
        return lit + dark

    def at(self, frame: CameraFrame) -> dt.datetime:
        """The wall time at which a frame's exposure began."""
        return self.began_at + dt.timedelta(seconds=frame.start_s - self.began_s)


def capture(
    camera: Camera,
    lights: Lights,
    heads: dict[str, LampHead],
    plan: tuple[Shot, ...],
    clock: Clock,
    *,
    wall: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
) -> Captured:
    """Run `plan` once.

    The first dark frame of each exposure is what the room adds; the one after the lamps proves
    that they are off.

    Raises:
        LampDisobeys: a picture shows light that should be off, or none where it should be. The
            guard has been told, and lights no more ultraviolet.
        HardwareError: a device failed; all lamps of the plan were told to go dark.
    """
    began_s, began_at = clock.now(), wall()
    fall_ms = max((heads[shot.light].fall_ms for shot in plan), default=0.0)
    before: dict[tuple[float, float], Taken] = {}
    for shot in plan:
        key = (shot.settings.exposure_ms, shot.settings.gain)
        if key not in before:
            before[key] = take_dark(camera, shot, began_s, 0.0, clock)
    taken: list[Taken] = []
    warnings: list[str] = []
    for shot in plan:
        one = take_lit(camera, lights, heads[shot.light], shot, clock)
        room = before[shot.settings.exposure_ms, shot.settings.gain]
        rise = _rise(one.frame, room.frame)
        if heads[shot.light].band is not None and rise < DULL_LEVELS:
            warnings.append(
                f"the {shot.light} picture is as dark as without lamp: nothing glows, or the lamp "
                "did not light"
            )
        if heads[shot.light].band is None and rise < UNLIT_LEVELS:
            raise LampDisobeys(
                f"The {shot.light} lamp was switched on, but the picture is as dark as before.",
                hint="Check the lamp, its cable and its channel in the rig.",
                device=heads[shot.light].lamp,
                fault=shot.light,
            )
        taken.append(one)
    # The most sensitive exposure proves most; ultraviolet needs its dark frame most.
    most = max(
        taken,
        key=lambda one: (
            one.shot.settings.exposure_ms * one.shot.settings.gain,
            heads[one.shot.light].band is not None,
        ),
    )
    dark = [_proof(camera, lights, taken[-1], most.shot, before, fall_ms, clock)]
    rest = [one for one in before.values() if _key(one) != _key(dark[0])]
    return Captured(
        tuple(taken),
        (*dark, *rest),
        began_at,
        began_s,
        clock.now() - began_s,
        tuple(warnings),
    )


def _proof(
    camera: Camera,
    lights: Lights,
    last: Taken,
    shot: Shot,
    before: dict[tuple[float, float], Taken],
    fall_ms: float,
    clock: Clock,
) -> Taken:
    """The dark frame after the last lamp, with the exposure of `shot`."""
    dark = take_dark(camera, shot, last.dark_s, fall_ms, clock)
    room = next(
        (one for one in before.values() if _key(one) == _key(dark)), next(iter(before.values()))
    )
    if _rise(dark.frame, room.frame) > DISOBEYS_LEVELS:
        lights.disobeyed(last.shot.light)
        raise LampDisobeys(
            "The picture shows light though all lamps were switched off: one no longer obeys, or "
            "the lid was opened.",
            hint="Switch the lamps off by hand. No ultraviolet is lit before a restart.",
            device=camera.info.driver,
            port=camera.info.port,
            fault=last.shot.light,
        )
    return dark


def _key(taken: Taken) -> tuple[float, float]:
    return taken.shot.settings.exposure_ms, taken.shot.settings.gain


def _rise(frame: CameraFrame, room: CameraFrame) -> float:
    """How much brighter a frame is than the room alone, in grey levels of 255."""
    return float(np.mean(frame.pixels, dtype=np.float64) - np.mean(room.pixels, dtype=np.float64))
