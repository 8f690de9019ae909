"""Cameras and scanners: a stand-in for V4L2, a real VideoCapture, SANE's test backend."""

from __future__ import annotations

import importlib.util
import os
import shutil
import threading
import time
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from docexam.capture.save import save_capture_set
from docexam.errors import DependencyMissing
from docexam.hardware.cameras.frame import Camera, CameraSettings
from docexam.hardware.cameras.opencv_camera import OpenCvCamera
from docexam.hardware.clock import SystemClock
from docexam.hardware.errors import (
    DeviceBusy,
    DeviceDisconnected,
    DeviceFault,
    DeviceNotFound,
    DeviceTimeout,
    HardwareError,
    Unsupported,
)
from docexam.hardware.page_readers.folder import FolderReader
from docexam.hardware.page_readers.sane import SaneScanner
from docexam.hardware.registry import open_device
from docexam.hardware.simulated.camera import SimulatedCamera
from docexam.hardware.simulated.light import LightTrace
from docexam.hardware.simulated.mjpeg import MjpegServer
from docexam.hardware.simulated.scene import Scene
from docexam.nouns.capture_set import CaptureImage, CapturePage, CaptureSet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


class V4l2:
    """A stand-in for cv2.VideoCapture that keeps what was set, in order."""

    def __init__(self, source: object, backend: int) -> None:
        self.source, self.backend = source, backend
        self.values: dict[int, float] = {}
        self.order: list[int] = []
        self.stubborn: dict[int, float] = {}
        self.opened = source != "/dev/none"
        self.released = False
        self.frames: list[float] = []
        self.stamp_s = 0.0

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return self.opened

    def set(self, prop: int, value: float) -> bool:
        self.values[prop] = value
        self.order.append(prop)
        return True

    def get(self, prop: int) -> float:
        if prop == cv2.CAP_PROP_POS_MSEC:
            return self.stamp_s * 1000
        return self.stubborn.get(prop, self.values.get(prop, 0.0))

    def grab(self) -> bool:
        if not self.frames:
            return False
        self.stamp_s = self.frames.pop(0)
        return True

    def retrieve(self) -> tuple[bool, np.ndarray]:
        return True, np.full((4, 6, 3), 7, np.uint8)

    def release(self) -> None:
        self.released = True


@pytest.fixture
def v4l2() -> Callable[..., tuple[OpenCvCamera, V4l2]]:
    def make(port: str = "/dev/video0", **stubborn: float) -> tuple[OpenCvCamera, V4l2]:
        made: list[V4l2] = []

        def capture(source: object, backend: int) -> V4l2:
            made.append(V4l2(source, backend))
            made[0].stubborn = {getattr(cv2, name): value for name, value in stubborn.items()}
            return made[0]

        return OpenCvCamera(port, backend=capture, readout_ms=10), made[0]

    return make


def test_format_before_exposure_and_everything_locked(v4l2: Callable) -> None:
    camera, device = v4l2("0")
    assert isinstance(camera, Camera)
    assert (device.source, device.backend) == (0, cv2.CAP_V4L2)
    used = camera.configure(CameraSettings(12.0, 2.0))
    assert used.exposure_ms == pytest.approx(12.0)
    assert device.values[cv2.CAP_PROP_EXPOSURE] == 120, "units of 100 us"
    assert device.values[cv2.CAP_PROP_AUTO_EXPOSURE] == 1
    assert device.values[cv2.CAP_PROP_AUTO_WB] == 0
    assert device.values[cv2.CAP_PROP_AUTOFOCUS] == 0
    order = device.order
    assert order.index(cv2.CAP_PROP_FOURCC) < order.index(cv2.CAP_PROP_FRAME_WIDTH)
    assert order.index(cv2.CAP_PROP_FPS) < order.index(cv2.CAP_PROP_EXPOSURE)
    camera.close()
    assert device.released


def test_a_camera_that_does_not_obey_is_named(v4l2: Callable) -> None:
    with pytest.raises(Unsupported, match="the width"):
        v4l2(CAP_PROP_FRAME_WIDTH=640)
    camera, _ = v4l2(CAP_PROP_EXPOSURE=3)
    with pytest.raises(Unsupported, match="the exposure"):
        camera.configure(CameraSettings(12.0))
    with pytest.raises(Unsupported, match="exposure of 5000 ms"):
        camera.configure(CameraSettings(5000.0))


def test_old_frames_are_dropped_by_their_stamps(v4l2: Callable) -> None:
    camera, device = v4l2()
    camera.configure(CameraSettings(5.0))
    now_s = time.monotonic()
    device.frames = [now_s - 0.5, now_s - 0.3, now_s - 0.02]
    frame = camera.next_frame(not_before_s=now_s - 0.1)
    assert frame.skipped == 2
    assert frame.start_s == pytest.approx(now_s - 0.035), "exposure and readout before the stamp"
    assert frame.end_s <= time.monotonic()


def test_a_camera_without_frames(v4l2: Callable) -> None:
    camera, device = v4l2()
    with pytest.raises(DeviceDisconnected, match="no pictures"):
        camera.next_frame()
    device.frames = [time.monotonic() - 5] * 3
    with pytest.raises(HardwareError):
        camera.next_frame(not_before_s=time.monotonic(), deadline_s=0.0)
    with pytest.raises(DeviceNotFound, match="/dev/none"):
        v4l2("/dev/none")


@pytest.fixture
def seen() -> tuple[Scene, LightTrace, SimulatedCamera]:
    lamp = LightTrace()
    scene = Scene((96, 128), {"white": lamp})
    scene.put({"white": np.full((96, 128, 3), 200, np.uint8)})
    return scene, lamp, SimulatedCamera(scene, SystemClock(), fps=60.0)


def test_a_real_video_capture_sees_the_lamp(seen: tuple) -> None:
    _, lamp, simulated = seen
    with MjpegServer(simulated) as server, open_device("opencv", server.port, fps=60) as camera:
        assert isinstance(camera, Camera)
        dark = camera.next_frame(deadline_s=3.0)
        assert dark.pixels.max() < 10
        lit_s = time.monotonic()
        lamp.set(1.0, lit_s)
        frame = camera.next_frame(deadline_s=3.0, not_before_s=lit_s)
        assert abs(int(frame.pixels.mean()) - 200) <= 3
        assert frame.start_s >= lit_s


def test_a_stream_that_ends(seen: tuple) -> None:
    _, _, simulated = seen
    with MjpegServer(simulated) as server:
        camera = open_device("opencv", server.port)
    assert isinstance(camera, Camera)

    def exhaust() -> None:
        for _ in range(200):
            camera.next_frame(deadline_s=1.0)

    with pytest.raises((DeviceDisconnected, DeviceTimeout)):
        exhaust()
    camera.close()


def test_simulated_camera_unplugged_while_waiting(seen: tuple) -> None:
    _, _, simulated = seen
    simulated.is_frozen = True
    threading.Timer(0.05, lambda: setattr(simulated, "is_plugged", False)).start()
    with pytest.raises((DeviceDisconnected, DeviceTimeout)):
        simulated.next_frame(deadline_s=0.3)


# -- recorded captures ---------------------------------------------------------------------------


def test_folder_plays_its_sets_in_order(tmp_path: Path) -> None:
    for name in ("b", "a"):
        image = CaptureImage("white", "white.png", ppi=300.0)
        capture = CaptureSet(name, (CapturePage("data", (image,)),))
        data = cv2.imencode(".png", np.zeros((4, 4), np.uint8))[1].tobytes()
        save_capture_set(capture, {"white.png": data}, tmp_path / name)
    with FolderReader(str(tmp_path)) as reader:
        assert [reader.capture().capture.name for _ in range(2)] == ["a", "b"]
        with pytest.raises(DeviceFault, match="no further"):
            reader.capture()
    with pytest.raises(DeviceNotFound):
        open_device("folder", str(tmp_path / "none"))


# -- SANE ----------------------------------------------------------------------------------------


def third_party(name: str, *, found: bool) -> pytest.MarkDecorator:
    """Skip where it is not installed; but DOCEXAM_REQUIRE=sane,pylon makes its absence a failure.

    Continuous integration sets it to what it has installed.
    """
    required = name in os.environ.get("DOCEXAM_REQUIRE", "").split(",")
    return pytest.mark.skipif(not found and not required, reason=f"{name} is not installed")


needs_sane = third_party("sane", found=shutil.which("scanimage") is not None)
needs_pylon = third_party("pylon", found=importlib.util.find_spec("pypylon") is not None)


def scanner(*arguments: str, **options: int) -> SaneScanner:
    pattern = ["--test-picture", "Color pattern"]
    return SaneScanner("test", ppi=100, arguments=[*pattern, *arguments], **options)


@needs_sane
def test_scans_with_the_test_backend() -> None:
    page = scanner(width_mm=125, height_mm=88).capture(deadline_s=20.0)
    picture = cv2.imdecode(np.frombuffer(page.files["white.png"], np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    assert abs(picture.shape[1] - 125 / 25.4 * 100) < 4
    assert page.capture.pages[0].images[0].ppi == 100.0


@needs_sane
@pytest.mark.parametrize(
    ("status", "kind", "said"),
    [
        ("SANE_STATUS_COVER_OPEN", DeviceFault, "cover open"),
        ("SANE_STATUS_JAMMED", DeviceFault, "paper jam"),
        ("SANE_STATUS_NO_DOCS", DeviceFault, "no document"),
        ("SANE_STATUS_DEVICE_BUSY", DeviceBusy, "another program"),
        ("SANE_STATUS_IO_ERROR", DeviceFault, "error while scanning"),
    ],
)
def test_scanner_faults_are_named(status: str, kind: type[Exception], said: str) -> None:
    with pytest.raises(kind, match=said):
        scanner(f"--read-return-value={status}").capture(deadline_s=20.0)


@needs_sane
def test_a_slow_scanner_meets_the_deadline() -> None:
    started_s = time.monotonic()
    with pytest.raises(DeviceTimeout, match=r"within 0\.3 s"):
        scanner("--read-delay=yes", "--read-delay-duration=200000").capture(deadline_s=0.3)
    assert time.monotonic() - started_s < 3.0


@needs_sane
def test_a_scanner_that_is_not_there() -> None:
    with pytest.raises(HardwareError, match="nosuch"):
        SaneScanner("nosuch:dev").capture(deadline_s=20.0)


def test_without_scanimage_the_hint_says_what_to_install() -> None:
    with pytest.raises(DependencyMissing) as caught:
        SaneScanner("test", program="scanimage-that-is-not-there")
    assert "sane-utils" in caught.value.hint


# -- Basler's camera emulation -------------------------------------------------------------------


@pytest.fixture
def basler(monkeypatch: pytest.MonkeyPatch) -> Iterator[Camera]:
    monkeypatch.setenv("PYLON_CAMEMU", "1")
    with open_device("pylon", "first") as camera:
        assert isinstance(camera, Camera)
        yield camera


@needs_pylon
def test_basler_frames_begin_after_they_were_asked_for(basler: Camera) -> None:
    used = basler.configure(CameraSettings(10.0))
    assert used.exposure_ms == pytest.approx(10.0, rel=0.01)
    for _ in range(3):
        asked_s = time.monotonic() + 0.02
        frame = basler.next_frame(not_before_s=asked_s)
        assert asked_s <= frame.start_s < frame.end_s <= time.monotonic()
        assert frame.pixels.ndim == 2
    with pytest.raises(Unsupported, match="exposure"):
        basler.configure(CameraSettings(1e9))


@needs_pylon
def test_basler_failed_grabs_are_tried_again(basler: Camera) -> None:
    emulated = basler._camera  # type: ignore[attr-defined]
    emulated.ForceFailedBufferCount.Value = 2
    emulated.ForceFailedBuffer.Execute()
    frame = basler.next_frame(deadline_s=2.0)
    assert frame.skipped == 2


@needs_pylon
def test_a_basler_camera_that_is_not_there(basler: Camera) -> None:
    assert basler.info.driver == "pylon"
    with pytest.raises(DeviceNotFound, match="no Basler camera 4711"):
        open_device("pylon", "4711")
