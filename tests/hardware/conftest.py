"""Makers of devices on simulated wires, shared by the suites of this folder."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from docexam.hardware.clock import VirtualClock
from docexam.hardware.protocols import Device
from docexam.hardware.registry import build, find_driver, simulator_of
from docexam.hardware.simulated.device import SimulatedDevice
from docexam.hardware.simulated.faults import Fault, Faulty
from docexam.hardware.simulated.station import serve
from docexam.hardware.transports.memory import MemoryTransport
from docexam.hardware.transports.opening import open_transport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docexam.hardware.drivers import Driver

Made = tuple[Device, SimulatedDevice, VirtualClock]


@pytest.fixture
def in_memory() -> Iterator[Callable[..., Made]]:
    """Make a device over memory in virtual time: (device, its simulator, the clock)."""
    with ExitStack() as stack:

        def make(name: str, *script: Fault, seed: int = 0, **options: object) -> Made:
            driver = find_driver(name)
            options = {**driver.example, **options}
            simulated = simulator_of(driver, options)
            assert isinstance(simulated, SimulatedDevice)
            clock = VirtualClock(100.0)
            peer = Faulty(simulated, list(script), seed=seed)
            transport = MemoryTransport(peer, clock, f"memory:{name}")
            device = build(driver, transport, {**options, "threaded": False})
            stack.callback(device.close)
            return device, simulated, clock

        yield make


@pytest.fixture
def on_a_wire() -> Iterator[Callable[..., tuple[Device, SimulatedDevice]]]:
    """Make a device over a real pseudo-terminal, or over TCP where the driver wants Ethernet."""
    with ExitStack() as stack:

        def make(name: str, **options: object) -> tuple[Device, SimulatedDevice]:
            driver: Driver = find_driver(name)
            options = {**driver.example, **options}
            simulated = simulator_of(driver, options)
            assert isinstance(simulated, SimulatedDevice)
            # A pseudo-terminal carries input events as well as an input device does.
            example = "" if name == "wedge" else driver.port_example
            server = stack.enter_context(serve(simulated, example))
            device = build(driver, open_transport(server.port, driver.line), options)
            stack.callback(device.close)
            return device, simulated

        yield make
