"""The conformance suites for lid switches, cameras and page readers."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from test_cameras import needs_pylon, needs_sane, third_party
from test_rig import document

from docexam.hardware.cameras.frame import Camera
from docexam.hardware.clock import SystemClock, VirtualClock
from docexam.hardware.page_readers.page import PageReader
from docexam.hardware.protocols import Interlock
from docexam.hardware.registry import open_device
from docexam.hardware.simulated.camera import SimulatedCamera
from docexam.hardware.simulated.iseries import SimulatedISeries
from docexam.hardware.simulated.light import LightTrace
from docexam.hardware.simulated.mjpeg import MjpegServer
from docexam.hardware.simulated.numato import SimulatedNumato
from docexam.hardware.simulated.scene import Scene
from docexam.hardware.testing.camera_suite import CameraBench, CameraConformance
from docexam.hardware.testing.interlock_suite import InterlockBench, InterlockConformance
from docexam.hardware.testing.page_reader_suite import PageReaderBench, PageReaderConformance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PNG = cv2.imencode(".png", np.zeros((8, 8, 3), np.uint8))[1].tobytes()


def lid_bench(lid: object, simulated: object, **more: Callable[[], float]) -> InterlockBench:
    assert isinstance(lid, Interlock)
    assert isinstance(simulated, SimulatedNumato)

    def move(closed: bool) -> None:
        simulated.lid_closed = closed

    return InterlockBench(lid, move, simulated.unplug, **more)


class TestNumatoInMemory(InterlockConformance):
    @pytest.fixture
    def bench(self, in_memory: Callable) -> InterlockBench:
        lid, simulated, clock = in_memory("numato")
        return lid_bench(lid, simulated, now_s=clock.now)


class TestNumatoOverAWire(InterlockConformance):
    @pytest.fixture
    def bench(self, on_a_wire: Callable) -> InterlockBench:
        return lid_bench(*on_a_wire("numato"))


def scene() -> Scene:
    return Scene((48, 64), {"white": LightTrace()}, ambient=0.5)


class TestSimulatedCamera(CameraConformance):
    @pytest.fixture
    def bench(self) -> CameraBench:
        clock = VirtualClock(10.0)
        camera = SimulatedCamera(scene(), clock)
        return CameraBench(camera, lambda: setattr(camera, "is_frozen", True), clock.now)


class TestOpenCvOnAStream(CameraConformance):
    @pytest.fixture
    def bench(self) -> Iterator[CameraBench]:
        simulated = SimulatedCamera(scene(), SystemClock(), fps=60.0)
        with MjpegServer(simulated) as server:
            camera = open_device("opencv", server.port, fps=60)
            assert isinstance(camera, Camera)
            yield CameraBench(camera, server.__exit__)
            camera.close()


@needs_pylon
class TestPylonEmulation(CameraConformance):
    @pytest.fixture
    def bench(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[CameraBench]:
        monkeypatch.setenv("PYLON_CAMEMU", "1")
        with open_device("pylon", "first") as camera:
            assert isinstance(camera, Camera)
            yield CameraBench(camera)


def has_aravis() -> bool:
    try:
        importlib.import_module("docexam.hardware.cameras.aravis")
    except ImportError:
        return False
    return True


@third_party("aravis", found=has_aravis())
class TestAravisFakeCamera(CameraConformance):
    @pytest.fixture
    def bench(self) -> Iterator[CameraBench]:
        with open_device("aravis", "Fake_1") as camera:
            assert isinstance(camera, Camera)
            yield CameraBench(camera)


def put(simulated: object) -> SimulatedISeries:
    assert isinstance(simulated, SimulatedISeries)
    simulated.put({"white": PNG, "ir": PNG, "uv": PNG})
    return simulated


class TestISeriesInMemory(PageReaderConformance):
    @pytest.fixture
    def bench(self, in_memory: Callable) -> PageReaderBench:
        reader, simulated, _ = in_memory("iseries")
        return PageReaderBench(reader, put(simulated).unplug)


class TestISeriesOverAWebSocket(PageReaderConformance):
    @pytest.fixture
    def bench(self, on_a_wire: Callable) -> PageReaderBench:
        reader, simulated = on_a_wire("iseries")
        return PageReaderBench(reader, put(simulated).unplug)


class TestFolder(PageReaderConformance):
    @pytest.fixture
    def bench(self, tmp_path: Path) -> PageReaderBench:
        document(tmp_path)
        reader = open_device("folder", str(tmp_path))
        assert isinstance(reader, PageReader)
        return PageReaderBench(reader)


@needs_sane
class TestSane(PageReaderConformance):
    @pytest.fixture
    def bench(self) -> PageReaderBench:
        reader = open_device("sane", "test", ppi=75, arguments=["--test-picture", "Color pattern"])
        assert isinstance(reader, PageReader)
        return PageReaderBench(reader)
