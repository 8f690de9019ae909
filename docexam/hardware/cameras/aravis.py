"""GigE Vision and USB3 Vision cameras through Aravis, one acquisition a frame: exact times."""

from __future__ import annotations

import time
import warnings
from math import inf
from typing import TYPE_CHECKING, Any, ClassVar

import cv2
import gi
import numpy as np

from docexam.hardware.cameras.base import BaseCamera
from docexam.hardware.cameras.frame import CameraCapabilities, CameraFrame, CameraSettings
from docexam.hardware.errors import DeviceDisconnected, DeviceNotFound, DeviceTimeout, Unsupported

with warnings.catch_warnings():
    # gi's importer is of an old kind, and the interpreter warns of that.
    warnings.simplefilter("ignore")
    try:
        gi.require_version("Aravis", "0.8")
        from gi.repository import Aravis, GLib
    except ValueError as error:
        raise ImportError("Aravis") from error

if TYPE_CHECKING:
    from docexam.nouns.device import Evidence

_FAKE = "Fake_1"


class AravisCamera(BaseCamera):
    """`port`: a camera's id, `first`, or `Fake_1` for Aravis's own simulated camera.

    Each frame is an acquisition of its own: its exposure lies between asking and arrival.
    """

    name: ClassVar[str] = "aravis"
    evidence: ClassVar[Evidence] = "field code"
    unconfirmed: ClassVar[tuple[str, ...]] = (
        "tried with Aravis's simulated camera, with no real camera",
    )

    def __init__(self, port: str = "first", *, fps: float = 30.0, readout_ms: float = 0.0) -> None:
        self._number = 0
        if port == _FAKE:
            Aravis.enable_interface("Fake")
        try:
            self._camera: Any = Aravis.Camera.new(None if port == "first" else port)
            low_us, high_us = self._camera.get_exposure_time_bounds()
            self._gains = self._camera.get_gain_bounds()
        except GLib.Error as error:
            raise DeviceNotFound(
                f"There is no camera {port} for Aravis: {error.message}.",
                hint="Check the cable and its address; arv-tool-0.8 lists the cameras.",
                device=self.name,
                port=port,
            ) from error
        super().__init__(
            port,
            CameraCapabilities(
                period_s=1 / fps,
                readout_s=readout_ms / 1000,
                exposure_ms=(low_us / 1000, high_us / 1000),
                gain=(1.0, max(1.0, 1.0 + self._gains[1] - self._gains[0])),
            ),
        )

    def configure(self, settings: CameraSettings, *, deadline_s: float = 1.0) -> CameraSettings:  # noqa: ARG002
        """Set exposure and gain; each frame is an acquisition, so they hold from the next on."""
        self.require(settings)
        try:
            self._camera.set_exposure_time(settings.exposure_ms * 1000)
            # The camera's own scale of gain has its smallest value where ours has 1.
            self._camera.set_gain(self._gains[0] + settings.gain - 1)
            exposure_us = self._camera.get_exposure_time()
        except GLib.Error as error:
            raise self._gone(error) from error
        return CameraSettings(exposure_us / 1000, settings.gain)

    def next_frame(self, *, deadline_s: float = 1.0, not_before_s: float = -inf) -> CameraFrame:
        """Acquire at `not_before_s` or now; incomplete frames are tried again till the deadline."""
        end_s = time.monotonic() + deadline_s
        failed = 0
        time.sleep(max(0.0, min(not_before_s, end_s) - time.monotonic()))
        while (left_s := end_s - time.monotonic()) > 0:
            start_s = time.monotonic()
            try:
                buffer = self._camera.acquisition(max(1, int(left_s * 1e6)))
            except GLib.Error as error:
                raise self._gone(error) from error
            arrived_s = time.monotonic()
            if buffer is None or buffer.get_status() != Aravis.BufferStatus.SUCCESS:
                failed += 1
                continue
            self._number += 1
            return CameraFrame(self._pixels(buffer), start_s, arrived_s, self._number, failed)
        raise DeviceTimeout(
            f"The camera {self._info.port} gave no whole picture within {deadline_s:g} s.",
            hint="Check cable and network; lost packets make failed pictures.",
            device=self.name,
            port=self._info.port,
        )

    def close(self) -> None:
        """Let go of the camera."""
        self._camera = None

    def _pixels(self, buffer: Any) -> np.ndarray[Any, np.dtype[np.uint8]]:  # noqa: ANN401
        wide, high = buffer.get_image_width(), buffer.get_image_height()
        data = np.frombuffer(buffer.get_data(), np.uint8)
        shape = {
            Aravis.PIXEL_FORMAT_MONO_8: (high, wide),
            Aravis.PIXEL_FORMAT_RGB_8_PACKED: (high, wide, 3),
            Aravis.PIXEL_FORMAT_BGR_8_PACKED: (high, wide, 3),
        }.get(buffer.get_image_pixel_format())
        if shape is None:
            raise Unsupported(
                f"The camera {self._info.port} sends a pixel format that is not read.",
                hint="Set it to Mono8, RGB8 or BGR8.",
                device=self.name,
                port=self._info.port,
            )
        picture = data[: int(np.prod(shape))].reshape(shape)
        if buffer.get_image_pixel_format() == Aravis.PIXEL_FORMAT_RGB_8_PACKED:
            return np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), np.uint8)
        return picture.copy()

    def _gone(self, error: Any) -> DeviceDisconnected:  # noqa: ANN401
        return DeviceDisconnected(
            f"The camera {self._info.port} failed: {error.message}.",
            hint="Check the cable, then start again.",
            device=self.name,
            port=self._info.port,
        )
