"""One document after another: wait for one to lie still, capture it, wait until it is gone."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docexam.hardware.errors import DeviceTimeout, HardwareError, InterlockOpen, RigError
from docexam.hardware.session.presence import PresenceWatch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docexam.hardware.rig.station import Station
    from docexam.hardware.session.capture import Captured

#: Our starting value: a document has settled when it is still for so many looks in a row.
_STILL_LOOKS = 3
_LOOK_S = 0.05
#: Our starting value: how long a document may lie under an open lid.
_LID_S = 30.0


@dataclass(slots=True)
class Glass:
    """The empty glass as the camera saw it; kept by the caller, it outlives a reopened rig."""

    watch: PresenceWatch | None = None


def each_document(
    station: Station,
    *,
    wait_s: float = float("inf"),
    glass: Glass | None = None,
    told: Callable[[str], None] = lambda _: None,
) -> Iterator[Captured]:
    """A capture for every document laid on the glass, which must be empty at the start.

    With a `glass` that has been seen empty before, whatever lies there must be taken away first.
    Between captures the white lamp burns, so that the camera can see; nothing else does. `told`
    hears what the person at the desk has to do.

    Raises:
        RigError: the plan has no white picture to watch by.
        DeviceTimeout: no document came, or one stayed, for `wait_s`.
        InterlockOpen: the lid was not closed over a document.
    """
    glass = glass or Glass()
    white = next((shot for shot in station.plan if shot.light == "white"), None)
    if white is None:
        raise RigError(
            "The rig cannot watch for documents: its plan has no white picture.",
            hint="Add one to the plan.",
            device="rig",
        )
    while True:
        lit_s = station.guard.on("white", white.level).from_s
        station.camera.configure(white.settings)
        ready_s = lit_s + station.heads["white"].rise_ms / 1000
        ready_s = max(ready_s, station.clock.now() + station.camera.capabilities.settles_s)
        try:
            first = station.camera.next_frame(deadline_s=3.0, not_before_s=ready_s)
            if glass.watch is None:
                glass.watch = PresenceWatch(first.pixels)
            elif glass.watch.look(first.pixels) != "empty":
                told("Take the document off the glass.")
                _wait(station, glass.watch, "empty", 1, wait_s)
            told("Lay a document on the glass.")
            _wait(station, glass.watch, "present", _STILL_LOOKS, wait_s)
        finally:
            with contextlib.suppress(HardwareError):
                station.guard.off("white")
        yield _under_the_lid(station, told)


def _under_the_lid(station: Station, told: Callable[[str], None]) -> Captured:
    """One capture, as soon as the lid is closed."""
    end_s = station.clock.now() + _LID_S
    asked = False
    while True:
        try:
            return station.capture()
        except InterlockOpen:
            if station.clock.now() > end_s:
                raise
        if not asked:
            told("Close the lid.")
            asked = True
        station.clock.sleep(10 * _LOOK_S)


def _wait(station: Station, watch: PresenceWatch, state: str, looks: int, wait_s: float) -> None:
    """Look until `state` was seen so many times in a row."""
    end_s = station.clock.now() + wait_s
    in_a_row = 0
    while in_a_row < looks:
        now_s = station.clock.now()
        if now_s > end_s:
            what = "No document was laid down" if state == "present" else "The document stayed"
            raise DeviceTimeout(
                f"{what} for {wait_s:g} s.", hint="Start again when you are ready.", device="rig"
            )
        frame = station.camera.next_frame(deadline_s=2.0, not_before_s=now_s)
        in_a_row = in_a_row + 1 if watch.look(frame.pixels) == state else 0
        station.clock.sleep(_LOOK_S)
