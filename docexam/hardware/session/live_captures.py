"""Documents as they are laid on a rig, each an open capture set in memory: no picture on the disk.

for capture in live_captures(Path("rig.toml")):
    examine(capture, options)
"""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from docexam.capture.capture_set import OpenCapture
from docexam.capture.limits import Limits
from docexam.errors import InputError
from docexam.hardware.errors import DeviceFault, DeviceTimeout
from docexam.hardware.rig.load import read_any_rig
from docexam.hardware.rig.model import PageRig
from docexam.hardware.rig.page_station import PageStation
from docexam.hardware.rig.station import Station
from docexam.hardware.session.live import Glass, each_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from docexam.nouns.capture_set import CaptureSet

_LOOK_S = 0.5


@dataclass(frozen=True, slots=True)
class MemoryContainer:
    """The files of a capture set that was never written."""

    files: dict[str, bytes]

    def read(self, name: str, *, max_bytes: int) -> bytes:
        """The bytes of one file.

        Raises:
            InputError: there is none of that name, or it is too large.
        """
        data = self.files.get(name)
        if data is None or len(data) > max_bytes:
            raise InputError(
                f"The capture has no usable file {name[:80]!r}.",
                code="capture.file",
                hint="Capture it again.",
            )
        return data


def live_captures(
    rig: Path,
    *,
    wait_s: float = inf,
    limits: Limits | None = None,
    glass: Glass | None = None,
    told: Callable[[str], None] = lambda _: None,
) -> Iterator[OpenCapture]:
    """One capture for each document laid on the rig's glass, until nobody asks any more.

    The glass of a rig with lamps must be empty at the start, or have been seen empty by an earlier
    call with the same `glass`. A page reader that does not tell of documents is asked once (a
    scanner), or until it has no more (a folder); so is a simulated rig that names its document,
    which nobody can take away. `told` hears what the person at the desk has to do.

    Raises:
        RigError, HardwareError, DependencyMissing: the rig cannot be used.
        DeviceTimeout: no document came for `wait_s`.
    """
    chosen = limits or Limits()
    loaded = read_any_rig(rig)
    if isinstance(loaded, PageRig):
        yield from _from_page_reader(loaded, wait_s, chosen, told)
        return
    with Station(loaded) as station:
        if station.simulated is not None and loaded.simulated.document is not None:
            yield _opened(*station.capture_set(_name()), chosen)
            return
        for captured in each_document(station, wait_s=wait_s, glass=glass, told=told):
            yield _opened(*station.as_set(captured, _name()), chosen)


def _from_page_reader(
    rig: PageRig, wait_s: float, limits: Limits, told: Callable[[str], None]
) -> Iterator[OpenCapture]:
    with PageStation(rig) as station:
        station.reader.identify()
        nobody_there = station.is_simulated and rig.simulated.document is not None
        tells = station.reader.capabilities.presence and not nobody_there
        while True:
            if tells:
                told("Lay a document on the glass.")
                _await(station, "document-present", wait_s)
            try:
                page = station.take(_name())
            except DeviceFault as error:
                if error.fault == "empty":
                    return
                raise
            yield _opened(page.capture, page.files, limits)
            if tells:
                told("Take the document off the glass.")
                _await(station, "document-removed", wait_s)
            elif page.capture.device.kind != "recorded":
                return


def _await(station: PageStation, name: str, wait_s: float) -> None:
    end_s = time.monotonic() + wait_s
    while time.monotonic() < end_s:
        event = station.reader.next_event(min(_LOOK_S, max(0.0, end_s - time.monotonic())))
        if event is not None and event.name == name:
            return
    raise DeviceTimeout(
        f"{station.reader.info.driver} on {station.reader.info.port} told of no "
        f"{name.replace('-', ' ')} for {wait_s:g} s.",
        hint="Start again when you are ready.",
        device=station.reader.info.driver,
        port=station.reader.info.port,
    )


def _opened(capture: CaptureSet, files: dict[str, bytes], limits: Limits) -> OpenCapture:
    return OpenCapture(capture, MemoryContainer(files), limits)


def _name() -> str:
    return dt.datetime.now(dt.UTC).strftime("live-%Y%m%dT%H%M%S%f")[:-3]
