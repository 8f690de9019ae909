"""One frame under one lamp, by timestamp: its whole exposure lies between rise and fall.

Frames are never counted: how many old ones a camera hands out first depends on its speed, on the
wire's and on what happened before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from docexam.hardware.errors import DeviceTimeout, LightRefused

if TYPE_CHECKING:
    from docexam.hardware.cameras.frame import (
        Camera,
        CameraCapabilities,
        CameraFrame,
        CameraSettings,
    )
    from docexam.hardware.clock import Clock
    from docexam.hardware.safety.head import LampHead, Lit

#: Our starting value: between our command and the controller's answer, over a slow line.
_LATENCY_S = 0.02
_TRIES = 2


class Lights(Protocol):
    """The lamps behind their rules: the guard, or the keeper itself in virtual time."""

    def on(self, light: str, level: float, for_s: float | None) -> Lit:
        """Light; returns when it is lit for certain."""
        ...

    def off(self, light: str) -> float:
        """Darken; returns when the controller had accepted."""
        ...

    def disobeyed(self, light: str) -> None:
        """Report that a picture showed light that should be off."""
        ...


@dataclass(frozen=True, slots=True)
class Shot:
    """What to take: a light at a level, with an exposure."""

    light: str
    settings: CameraSettings
    level: float = 1.0


@dataclass(frozen=True, slots=True)
class Taken:
    """A frame, and the lamp's times around it; None for a dark frame's lamp.

    `skipped`: old frames that the camera handed out first. `wire_s`: waiting for the controller.
    """

    shot: Shot
    frame: CameraFrame
    lit_s: float | None
    dark_s: float
    skipped: int
    wire_s: float = 0.0


def light_needed_s(head: LampHead, capabilities: CameraCapabilities, exposure_ms: float) -> float:
    """How long the lamp must burn: rise, two frame periods, exposure, readout, and the line."""
    exposure_s = exposure_ms / 1000
    period_s = max(capabilities.period_s, exposure_s)
    told_s = exposure_s + capabilities.readout_s + capabilities.vague_s
    return head.rise_ms / 1000 + 2 * period_s + told_s + _LATENCY_S


def check_rating(head: LampHead, capabilities: CameraCapabilities, exposure_ms: float) -> None:
    """Refuse an exposure that the head is not made for.

    Raises:
        LightRefused: the light that it needs is longer than the rating.
    """
    needed_ms = light_needed_s(head, capabilities, exposure_ms) * 1000
    if head.longest_ms is not None and needed_ms > head.longest_ms:
        raise LightRefused(
            f"The {head.light} exposure of {exposure_ms:g} ms needs {needed_ms:.0f} ms of light; "
            f"the head's rating is {head.longest_ms:g} ms.",
            hint="Shorten the exposure, use a faster camera, or correct the rating.",
            device=head.lamp,
            fault=head.light,
        )


def take_lit(camera: Camera, lights: Lights, head: LampHead, shot: Shot, clock: Clock) -> Taken:
    """One frame under `head`; the lamp is dark again when this returns, or raises.

    Raises:
        DeviceTimeout: no frame fell between rise and fall, twice.
        HardwareError: lamp or camera failed.
    """
    used, set_s = _configured(camera, shot, clock)
    check_rating(head, camera.capabilities, used.exposure_ms)
    # Ultraviolet, and whatever has a rating, gets an end of its own; the rest is switched.
    needed_s = light_needed_s(head, camera.capabilities, used.exposure_ms)
    for_s = needed_s if head.band or head.longest_ms is not None else None
    for _ in range(_TRIES):
        asked_s = clock.now()
        lit = lights.on(shot.light, shot.level, for_s)
        waited_s = clock.now() - asked_s
        try:
            from_s = max(lit.from_s + head.rise_ms / 1000, set_s)
            to_s = float("inf") if lit.until_s is None else lit.until_s
            frame, skipped = _frame_between(camera, from_s, to_s, clock)
        finally:
            off_s = clock.now()
            dark_s = lights.off(shot.light)
        if frame is not None:
            wire_s = waited_s + (dark_s - off_s)
            done = Shot(shot.light, used, shot.level)
            return Taken(done, frame, lit.from_s, dark_s, skipped, wire_s)
        if for_s is not None:
            for_s += waited_s  # a slow line: this much of a pulse may be over when we learn it
    raise DeviceTimeout(
        f"No whole frame of {camera.info.driver} fell into the light of the {shot.light} lamp.",
        hint="Check the camera's frame rate in the rig, and the machine's load.",
        device=camera.info.driver,
        port=camera.info.port,
    )


def take_dark(camera: Camera, shot: Shot, dark_s: float, fall_ms: float, clock: Clock) -> Taken:
    """One frame with all lamps off, begun after the last of them had faded."""
    used, set_s = _configured(camera, shot, clock)
    from_s = max(dark_s + fall_ms / 1000, set_s)
    frame, skipped = _frame_between(camera, from_s, float("inf"), clock)
    if frame is None:
        raise DeviceTimeout(
            f"{camera.info.driver} gave no frame in the dark.",
            hint="Check the camera.",
            device=camera.info.driver,
            port=camera.info.port,
        )
    return Taken(Shot(shot.light, used, 0.0), frame, None, dark_s, skipped)


def _configured(camera: Camera, shot: Shot, clock: Clock) -> tuple[CameraSettings, float]:
    """What the camera uses, and from when on its frames show it."""
    used = camera.configure(shot.settings)
    return used, clock.now() + camera.capabilities.settles_s


def _frame_between(
    camera: Camera, from_s: float, to_s: float, clock: Clock
) -> tuple[CameraFrame | None, int]:
    """The first frame that begins after `from_s`; None when it ends after `to_s`."""
    # The wanted frame needs at most the settling, two periods and its exposure.
    wait_s = max(0.0, from_s - clock.now()) + 4 * camera.capabilities.period_s + 1.0
    frame = camera.next_frame(deadline_s=wait_s, not_before_s=from_s)
    return (frame if frame.end_s <= to_s else None), frame.skipped
