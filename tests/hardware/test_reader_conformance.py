"""The conformance suite for every reader in the box: in virtual time and over real wires."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from docexam.hardware.drivers import DRIVERS
from docexam.hardware.simulated.reader import SimulatedReader
from docexam.hardware.testing.reader_suite import ReaderBench, ReaderConformance

if TYPE_CHECKING:
    from collections.abc import Callable

READERS = [driver.name for driver in DRIVERS if driver.kind == "mrz-reader"]


def bench_of(reader: object, simulated: object) -> ReaderBench:
    assert isinstance(simulated, SimulatedReader)
    return ReaderBench(reader, simulated.put, simulated.take_away, simulated.unplug)  # type: ignore[arg-type]


class TestInMemory(ReaderConformance):
    @pytest.fixture(params=READERS)
    def bench(self, request: pytest.FixtureRequest, in_memory: Callable) -> ReaderBench:
        reader, simulated, _ = in_memory(request.param)
        return bench_of(reader, simulated)


class TestContinuousElyctis(ReaderConformance):
    @pytest.fixture
    def bench(self, in_memory: Callable) -> ReaderBench:
        reader, simulated, _ = in_memory("elyctis", continuous=True)
        return bench_of(reader, simulated)


class TestOverAWire(ReaderConformance):
    @pytest.fixture(params=READERS)
    def bench(self, request: pytest.FixtureRequest, on_a_wire: Callable) -> ReaderBench:
        return bench_of(*on_a_wire(request.param))
