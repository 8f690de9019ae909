"""The conformance suite for every lamp in the box: in virtual time and over real wires."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from docexam.hardware.drivers import DRIVERS
from docexam.hardware.protocols import Lamp
from docexam.hardware.simulated.light import SimulatedLamp
from docexam.hardware.testing.lamp_suite import LampBench, LampConformance

if TYPE_CHECKING:
    from collections.abc import Callable

LAMPS = [driver.name for driver in DRIVERS if driver.kind == "lamp" and driver.simulator]


class TestInMemory(LampConformance):
    @pytest.fixture(params=LAMPS)
    def bench(self, request: pytest.FixtureRequest, in_memory: Callable) -> LampBench:
        lamp, simulated, clock = in_memory(request.param)
        assert isinstance(simulated, SimulatedLamp)
        return LampBench(
            lamp,
            light=lambda channel: simulated.traces[channel].light(clock.now()),
            unplug=simulated.unplug,
            wait_s=clock.sleep,
            now_s=clock.now,
        )


class TestOverAWire(LampConformance):
    @pytest.fixture(params=["gardasoft", "ccs", "ccs-ethernet", "opt", "s-hash", "usb-relay"])
    def bench(self, request: pytest.FixtureRequest, on_a_wire: Callable) -> LampBench:
        lamp, simulated = on_a_wire(request.param)
        assert isinstance(lamp, Lamp)
        assert isinstance(simulated, SimulatedLamp)
        return LampBench(
            lamp,
            light=lambda channel: simulated.traces[channel].light(time.monotonic()),
            unplug=simulated.unplug,
        )
