"""An open rig that is one page reader."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Self, cast

from docexam.hardware.clock import SystemClock
from docexam.hardware.registry import SIMULATED_PORT, build, find_driver, open_device
from docexam.hardware.simulated.iseries import SimulatedISeries
from docexam.hardware.simulated.station import encoded_pictures
from docexam.hardware.transports.memory import MemoryTransport
from docexam.nouns.capture_set import CaptureDevice

if TYPE_CHECKING:
    from docexam.hardware.page_readers.page import PageCapture, PageReader
    from docexam.hardware.rig.model import PageRig
    from docexam.nouns.capture_set import DeviceKind
    from docexam.nouns.device import DeviceEvent


class PageStation:
    """Use it as a context.

    Raises (when opened):
        HardwareError, DependencyMissing: the page reader cannot be used.
    """

    def __init__(self, rig: PageRig) -> None:
        self.rig = rig
        self.is_simulated = rig.page_reader.port == SIMULATED_PORT
        self.reader: PageReader

    def __enter__(self) -> Self:
        part = self.rig.page_reader
        driver = find_driver(part.driver)
        if self.is_simulated and driver.simulator:
            peer = SimulatedISeries()
            if self.rig.simulated.document is not None:
                peer.put(encoded_pictures(self.rig.simulated.document))
            transport = MemoryTransport(peer, SystemClock(), SIMULATED_PORT)
            opened = build(driver, transport, dict(part.options))
        else:
            opened = open_device(part.driver, part.port, **part.options)
        self.reader = cast("PageReader", opened)
        return self

    def __exit__(self, *_: object) -> None:
        self.reader.close()

    def take(self, name: str) -> PageCapture:
        """What lies on the glass, as a capture set called `name`, and what the reader says."""
        page = self.reader.capture()
        told = page.capture.device
        kind: DeviceKind = "simulated" if self.is_simulated else told.kind
        device = CaptureDevice(f"{self.rig.name} ({told.name})", kind)
        capture = dataclasses.replace(page.capture, name=name, device=device)
        return dataclasses.replace(page, capture=capture)

    def events(self) -> list[DeviceEvent]:
        """What the reader had to tell since the last call."""
        found = []
        while (event := self.reader.next_event(0.0)) is not None:
            found.append(event)
        return found
