"""What every camera driver must do, against a simulator, an emulation or a real camera."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pytest

from docexam.hardware.cameras.frame import Camera, CameraSettings
from docexam.hardware.errors import DeviceDisconnected, DeviceTimeout, Unsupported

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class CameraBench:
    """A camera; `stop` makes it give no more frames, where that can be done."""

    camera: Camera
    stop: Callable[[], object] | None = None
    now_s: Callable[[], float] = time.monotonic


class CameraConformance:
    """Subclass and provide `bench`."""

    def test_is_a_camera(self, bench: CameraBench) -> None:
        """It has the whole shape."""
        assert isinstance(bench.camera, Camera)
        assert bench.camera.info.kind == "camera"
        assert bench.camera.info.port
        assert bench.camera.capabilities.period_s > 0

    def test_frames_are_pictures(self, bench: CameraBench) -> None:
        """Eight bits, grey or three colours, of one size."""
        first = bench.camera.next_frame(deadline_s=3.0).pixels
        second = bench.camera.next_frame(deadline_s=3.0).pixels
        assert first.dtype == np.uint8
        assert first.ndim == 2 or first.shape[2] == 3
        assert first.shape == second.shape

    def test_times_are_an_interval_that_moves_on(self, bench: CameraBench) -> None:
        """A frame ends after it began, not in the future, and later ones come later."""
        last_s = float("-inf")
        for _ in range(3):
            frame = bench.camera.next_frame(deadline_s=3.0)
            assert frame.start_s < frame.end_s <= bench.now_s() + 1e-6
            assert frame.start_s > last_s
            last_s = frame.start_s

    def test_the_interval_holds_the_whole_exposure(self, bench: CameraBench) -> None:
        """It is never shorter than exposure and readout together."""
        used = bench.camera.configure(CameraSettings(5.0))
        frame = bench.camera.next_frame(deadline_s=3.0, not_before_s=bench.now_s())
        readout_s = bench.camera.capabilities.readout_s
        assert frame.end_s - frame.start_s >= used.exposure_ms / 1000 + readout_s - 1e-4

    def test_no_frame_is_older_than_asked(self, bench: CameraBench) -> None:
        """What was queued before is dropped."""
        for _ in range(3):
            asked_s = bench.now_s()
            frame = bench.camera.next_frame(deadline_s=3.0, not_before_s=asked_s)
            assert frame.start_s >= asked_s

    def test_impossible_settings_are_refused(self, bench: CameraBench) -> None:
        """The error names the camera and the limits."""
        for settings in (CameraSettings(0.0), CameraSettings(1e9), CameraSettings(5.0, -1.0)):
            with pytest.raises(Unsupported) as caught:
                bench.camera.configure(settings)
            assert caught.value.device == bench.camera.info.driver

    def test_no_frames_is_reported_in_time(self, bench: CameraBench) -> None:
        """A camera that stops is named within the deadline."""
        if bench.stop is None:
            pytest.skip("nobody here can stop the camera")
        bench.stop()
        started_s = bench.now_s()

        def look() -> None:
            for _ in range(500):
                bench.camera.next_frame(deadline_s=0.5, not_before_s=bench.now_s())

        with pytest.raises((DeviceTimeout, DeviceDisconnected)) as caught:
            look()
        assert caught.value.hint
        assert bench.now_s() - started_s < 15.0

    def test_closing_twice(self, bench: CameraBench) -> None:
        """Twice closed is as good as once; it still tells who it was."""
        bench.camera.close()
        bench.camera.close()
        assert bench.camera.info.kind == "camera"
