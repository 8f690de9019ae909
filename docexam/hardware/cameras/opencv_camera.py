"""UVC and V4L2 cameras, and MJPEG streams, through OpenCV: exposure and white balance locked."""

from __future__ import annotations

import time
from math import inf
from typing import TYPE_CHECKING, Any, ClassVar

import cv2
import numpy as np

from docexam.hardware.cameras.base import BaseCamera
from docexam.hardware.cameras.frame import CameraCapabilities, CameraFrame, CameraSettings
from docexam.hardware.cameras.stream_reader import StreamReader
from docexam.hardware.errors import DeviceDisconnected, DeviceNotFound, DeviceTimeout, Unsupported

if TYPE_CHECKING:
    from docexam.nouns.device import Evidence

_AUTO, _MANUAL = 3, 1
_EXPOSURE_UNIT_MS = 0.1
_FAILURES_TO_GIVE_UP = 3
#: Our starting value for a stream's delay: one period in its sender, one on the way, one spare.
_STREAM_PERIODS = 3


class OpenCvCamera(BaseCamera):
    """`port`: /dev/video0, a number, or an http:// MJPEG stream.

    YUYV keeps the colours of fluorescence; MJPG subtracts chroma. A stream has no settings: what
    its sender uses is taken as it is. `delay_ms`: how old a stream's picture may be on arrival,
    three periods by default.
    """

    name: ClassVar[str] = "opencv"
    evidence: ClassVar[Evidence] = "field code"
    unconfirmed: ClassVar[tuple[str, ...]] = (
        "which moment of the exposure a kernel timestamp marks (the whole range is assumed)",
        "how soon a new exposure shows (five frames assumed)",
    )

    def __init__(
        self,
        port: str,
        *,
        width: int = 1280,
        height: int = 960,
        fps: float = 30.0,
        fourcc: str = "YUYV",
        readout_ms: float | None = None,
        white_balance_k: int = 5000,
        delay_ms: float | None = None,
        backend: Any = None,  # noqa: ANN401 - a stand-in for cv2.VideoCapture in tests
    ) -> None:
        self._is_stream = "://" in port
        period_s = 1.0 / fps
        self._delay_s = _STREAM_PERIODS * period_s if delay_ms is None else delay_ms / 1000
        super().__init__(
            port,
            CameraCapabilities(
                period_s=period_s,
                readout_s=period_s if readout_ms is None else readout_ms / 1000,
                settles_s=0.0 if self._is_stream else 5 * period_s,
                vague_s=self._delay_s if self._is_stream else period_s,
                gain=(1.0, 1000.0),
            ),
        )
        self._exposure_ms = 0.0
        self._number = 0
        self._capture: Any
        make = backend or cv2.VideoCapture
        if self._is_stream:
            self._capture = StreamReader(make(port, cv2.CAP_FFMPEG))
        else:
            self._capture = make(int(port) if port.isdigit() else port, cv2.CAP_V4L2)
        if not self._capture.isOpened():
            self._capture.release()
            raise DeviceNotFound(
                f"There is no camera at {port}, or another program has it.",
                hint="`docexam devices list` shows the cameras of this machine.",
                device=self.name,
                port=port,
            )
        if not self._is_stream:
            try:
                self._set_up(width, height, fps, fourcc, white_balance_k)
            except BaseException:
                self._capture.release()
                raise

    def configure(self, settings: CameraSettings, *, deadline_s: float = 1.0) -> CameraSettings:  # noqa: ARG002
        """Set exposure and gain, and read them back."""
        self.require(settings)
        self._exposure_ms = settings.exposure_ms
        if self._is_stream:
            return settings
        # Some cameras leave automatic mode only when it was set once before.
        self._capture.set(cv2.CAP_PROP_AUTO_EXPOSURE, _AUTO)
        self._must(cv2.CAP_PROP_AUTO_EXPOSURE, _MANUAL, "manual exposure")
        units = max(1, round(settings.exposure_ms / _EXPOSURE_UNIT_MS))
        self._must(cv2.CAP_PROP_EXPOSURE, units, "the exposure")
        self._capture.set(cv2.CAP_PROP_GAIN, settings.gain)
        self._exposure_ms = units * _EXPOSURE_UNIT_MS
        return CameraSettings(self._exposure_ms, float(self._capture.get(cv2.CAP_PROP_GAIN)))

    def next_frame(self, *, deadline_s: float = 1.0, not_before_s: float = -inf) -> CameraFrame:
        """The next frame; OpenCV itself gives up after about ten seconds at the latest."""
        end_s = time.monotonic() + deadline_s
        failures = skipped = 0
        while failures < _FAILURES_TO_GIVE_UP:
            ok = self._capture.grab()
            arrived_s = self._capture.arrived_s if ok and self._is_stream else time.monotonic()
            if ok:
                self._number += 1
                start_s, last_s = self._interval(arrived_s)
                if start_s >= not_before_s:
                    decoded, picture = self._capture.retrieve()
                    if decoded and picture is not None:
                        pixels = np.ascontiguousarray(picture, np.uint8)
                        return CameraFrame(pixels, start_s, last_s, self._number, skipped)
                    failures += 1
                skipped += 1
            else:
                failures += 1
            if time.monotonic() > end_s:
                raise DeviceTimeout(
                    f"The camera at {self._info.port} gave no fresh picture within "
                    f"{deadline_s:g} s.",
                    hint="Check the camera's frame rate.",
                    device=self.name,
                    port=self._info.port,
                )
        raise DeviceDisconnected(
            f"The camera at {self._info.port} gives no pictures any more.",
            hint="Check the cable, then start again.",
            device=self.name,
            port=self._info.port,
        )

    def close(self) -> None:
        """Let go of the camera."""
        self._capture.release()

    def _interval(self, arrived_s: float) -> tuple[float, float]:
        """The widest interval in which the frame can have been exposed."""
        span_s = self._exposure_ms / 1000 + self._capabilities.readout_s
        stamp_s = 0.0 if self._is_stream else self._capture.get(cv2.CAP_PROP_POS_MSEC) / 1000
        # A believable kernel stamp is a recent moment of the same monotonic clock.
        if 0 <= arrived_s - stamp_s < 10.0:
            return stamp_s - span_s, min(arrived_s, stamp_s + span_s)
        vague_s = (
            self._delay_s if self._is_stream else _STREAM_PERIODS * self._capabilities.period_s
        )
        return arrived_s - span_s - vague_s, arrived_s

    def _set_up(
        self, width: int, height: int, fps: float, fourcc: str, white_balance_k: int
    ) -> None:
        # This order: some cameras reset the exposure when the format changes.
        self._capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*fourcc))
        self._must(cv2.CAP_PROP_FRAME_WIDTH, width, "the width")
        self._must(cv2.CAP_PROP_FRAME_HEIGHT, height, "the height")
        self._capture.set(cv2.CAP_PROP_FPS, fps)
        self._capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        self._must(cv2.CAP_PROP_AUTO_WB, 0, "a locked white balance")
        self._capture.set(cv2.CAP_PROP_WB_TEMPERATURE, white_balance_k)
        self._capture.set(cv2.CAP_PROP_AUTOFOCUS, 0)

    def _must(self, prop: int, value: float, what: str) -> None:
        self._capture.set(prop, value)
        got = self._capture.get(prop)
        if abs(got - value) > 0.02 * max(1.0, abs(value)):
            raise Unsupported(
                f"The camera at {self._info.port} does not take {what} ({value:g} asked, "
                f"{got:g} given).",
                hint="Change the rig's camera settings, or use another camera.",
                device=self.name,
                port=self._info.port,
            )
