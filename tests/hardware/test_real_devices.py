"""The conformance suites on real hardware, named by DOCEXAM_DEVICE:

    DOCEXAM_DEVICE=gardasoft=/dev/ttyUSB0 pytest -m device -s tests/hardware/test_real_devices.py

Lamps light up. For readers and lids, do what is asked on the screen.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from docexam.hardware.protocols import Device, Interlock, Lamp, MrzReader
from docexam.hardware.registry import open_device
from docexam.hardware.testing.interlock_suite import InterlockBench, InterlockConformance
from docexam.hardware.testing.lamp_suite import LampBench, LampConformance
from docexam.hardware.testing.reader_suite import ReaderBench, ReaderConformance

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [
    pytest.mark.device,
    pytest.mark.skipif("DOCEXAM_DEVICE" not in os.environ, reason="DOCEXAM_DEVICE names none"),
]


@pytest.fixture
def device() -> Iterator[Device]:
    driver, _, port = os.environ["DOCEXAM_DEVICE"].partition("=")
    with open_device(driver, port) as opened:
        yield opened


class TestLamp(LampConformance):
    @pytest.fixture
    def bench(self, device: Device) -> LampBench:
        if not isinstance(device, Lamp):
            pytest.skip("it is no lamp")
        return LampBench(device)


class TestReader(ReaderConformance):
    @pytest.fixture
    def bench(self, device: Device) -> ReaderBench:
        if not isinstance(device, MrzReader):
            pytest.skip("it is no reader")

        def ask(lines: tuple[str, ...]) -> None:
            input(f"Present this specimen, then press Enter: {lines}")

        return ReaderBench(device, ask, lambda: input("Take it away, then press Enter") and None)


class TestLid(InterlockConformance):
    @pytest.fixture
    def bench(self, device: Device) -> InterlockBench:
        if not isinstance(device, Interlock):
            pytest.skip("it is no lid switch")

        def ask(closed: bool) -> None:
            input(f"{'Close' if closed else 'Open'} the lid, then press Enter")

        return InterlockBench(device, ask)
