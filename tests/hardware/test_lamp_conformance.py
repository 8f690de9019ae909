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
    from pathlib import Path

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


# Tables of users: silent, with a sum and one "off" a channel; lit by a command of its own.
TABLES = {
    "silent": """
steps = 255
on = "C{channel}{value:02X}"
off = "C{channel}00"
all_off = "CT00"
end = "\\r\\n"
""",
    "sum": """
steps = 255
on = "#{channel}={value:04d}"
off = "#{channel}={value:04d}"
checksum = "sum"
end = ";"
reply = 'ack \\d+'
reply_example = "ack 17"
reply_end = "\\r\\n"
""",
    "switch": """
steps = 1
on = "S{channel}1"
off = "S{channel}0"
""",
    "light-up": """
steps = 255
on = ">B{channel}{value}"
light_up = ">L{channel}{value:03d}"
off = ">D{channel}{value:03d}"
end = "\\r"
reply = "OK"
reply_end = "\\n"
""",
}


class TestUserTables(LampConformance):
    @pytest.fixture(params=TABLES)
    def bench(
        self, request: pytest.FixtureRequest, in_memory: Callable, tmp_path: Path
    ) -> LampBench:
        path = tmp_path / "lamp.toml"
        head = '[lamp]\nname = "mine"\nchannels = "1234"\n'
        path.write_text(head + TABLES[request.param], encoding="utf-8")
        lamp, simulated, clock = in_memory("lamp-table", file=str(path))
        return LampBench(
            lamp,
            light=lambda channel: simulated.traces[channel].light(clock.now()),
            unplug=simulated.unplug,
            wait_s=clock.sleep,
            now_s=clock.now,
        )


class TestOverAWire(LampConformance):
    @pytest.fixture(
        params=["gardasoft", "ccs", "ccs-ethernet", "opt", "s-hash", "usb-relay", "lamp-table"]
    )
    def bench(self, request: pytest.FixtureRequest, on_a_wire: Callable) -> LampBench:
        lamp, simulated = on_a_wire(request.param)
        assert isinstance(lamp, Lamp)
        assert isinstance(simulated, SimulatedLamp)
        return LampBench(
            lamp,
            light=lambda channel: simulated.traces[channel].light(time.monotonic()),
            unplug=simulated.unplug,
        )
