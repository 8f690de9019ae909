"""Basler cameras through pypylon, one software trigger a frame: no old frames, exact times."""

from __future__ import annotations

import warnings
from math import inf
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from docexam.hardware.cameras.base import BaseCamera
from docexam.hardware.cameras.frame import CameraCapabilities, CameraFrame, CameraSettings
from docexam.hardware.clock import SystemClock
from docexam.hardware.errors import (
    AccessDenied,
    DeviceDisconnected,
    DeviceNotFound,
    DeviceTimeout,
    Unsupported,
)

with warnings.catch_warnings():
    # SWIG's start-up warns, and the interpreter crashes where that warning is made an error.
    warnings.simplefilter("ignore", DeprecationWarning)
    from pypylon import genicam, pylon

if TYPE_CHECKING:
    from docexam.nouns.device import Evidence

_READY_MS = 1000


class PylonCamera(BaseCamera):
    """`port`: a serial number, or `first`. A frame's exposure lies between trigger and arrival."""

    name: ClassVar[str] = "pylon"
    evidence: ClassVar[Evidence] = "vendor code"
    unconfirmed: ClassVar[tuple[str, ...]] = (
        "tried with pylon's camera emulation, with no real camera",
    )

    def __init__(
        self,
        port: str = "first",
        *,
        fps: float = 30.0,
        pixel_format: str = "",
        readout_ms: float = 0.0,
    ) -> None:
        self._clock = SystemClock()
        self._number = 0
        self._camera = self._find(port)
        try:
            self._camera.Open()
            exposure_us = self._feature("ExposureTime", "ExposureTimeAbs")
            self._exposure_us = exposure_us
            self._gain = self._feature("Gain", "GainRaw", "GainAbs")
            super().__init__(
                port,
                CameraCapabilities(
                    period_s=1 / fps,
                    readout_s=readout_ms / 1000,
                    exposure_ms=(exposure_us.Min / 1000, exposure_us.Max / 1000),
                    gain=(1.0, max(1.0, float(self._gain.Max))),
                ),
            )
            for name in ("ExposureAuto", "GainAuto", "BalanceWhiteAuto"):
                self._camera.__getattr__(name).TrySetValue("Off")
            if pixel_format:
                self._camera.PixelFormat.Value = pixel_format
            self._camera.TriggerSelector.TrySetValue("FrameStart")
            self._camera.TriggerMode.Value = "On"
            self._camera.TriggerSource.Value = "Software"
            self._converter = pylon.ImageFormatConverter()
            self._converter.OutputPixelFormat = pylon.PixelType_BGR8packed
            self._camera.StartGrabbing(pylon.GrabStrategy_OneByOne)
        except genicam.AccessException as error:
            raise AccessDenied(
                f"The camera {port} is used by another program.",
                hint="Close the other program.",
                device=self.name,
                port=port,
            ) from error
        except genicam.GenericException as error:
            self._camera.Close()
            raise Unsupported(
                f"The camera {port} does not take its settings: {_first_line(error)}.",
                hint="Change the rig's camera options.",
                device=self.name,
                port=port,
            ) from error

    def configure(self, settings: CameraSettings, *, deadline_s: float = 1.0) -> CameraSettings:  # noqa: ARG002
        """Set exposure and gain; each frame is triggered, so they hold from the next one on."""
        self.require(settings)
        try:
            self._exposure_us.Value = settings.exposure_ms * 1000
            # The camera's own scale of gain has its smallest value where ours has 1.
            self._gain.Value = max(self._gain.Min, type(self._gain.Min)(settings.gain - 1))
        except genicam.GenericException as error:
            raise self._gone(error) from error
        return CameraSettings(self._exposure_us.Value / 1000, settings.gain)

    def next_frame(self, *, deadline_s: float = 1.0, not_before_s: float = -inf) -> CameraFrame:
        """Trigger at `not_before_s` or now; a failed grab is tried again until the deadline."""
        end_s = self._clock.now() + deadline_s
        failed = 0
        self._clock.sleep(min(not_before_s, end_s) - self._clock.now())
        while (left_s := end_s - self._clock.now()) > 0:
            try:
                if not self._camera.WaitForFrameTriggerReady(
                    min(_READY_MS, max(1, int(left_s * 1000))), pylon.TimeoutHandling_Return
                ):
                    continue
                start_s = self._clock.now()
                self._camera.ExecuteSoftwareTrigger()
                wait_ms = max(1, int((end_s - start_s) * 1000))
                result = self._camera.RetrieveResult(wait_ms, pylon.TimeoutHandling_Return)
            except genicam.GenericException as error:
                raise self._gone(error) from error
            arrived_s = self._clock.now()
            if not result.IsValid() or not result.GrabSucceeded():
                failed += 1
                continue
            pixels = self._pixels(result)
            result.Release()
            self._number += 1
            return CameraFrame(pixels, start_s, arrived_s, self._number, failed)
        raise DeviceTimeout(
            f"The camera {self._info.port} gave no whole picture within {deadline_s:g} s.",
            hint="Check cable and network; lost packets make failed pictures.",
            device=self.name,
            port=self._info.port,
        )

    def close(self) -> None:
        """Stop and let go of the camera."""
        if self._camera.IsOpen():
            self._camera.StopGrabbing()
            self._camera.Close()

    def _find(self, port: str) -> Any:  # noqa: ANN401 - pypylon has no types
        factory = pylon.TlFactory.GetInstance()
        found = factory.EnumerateDevices()
        for device in found:
            if port in ("first", device.GetSerialNumber()):
                return pylon.InstantCamera(factory.CreateDevice(device))
        known = ", ".join(str(device.GetSerialNumber()) for device in found) or "none"
        raise DeviceNotFound(
            f"There is no Basler camera {port}.",
            hint=f"Serial numbers found: {known}.",
            device=self.name,
            port=port,
        )

    def _feature(self, *names: str) -> Any:  # noqa: ANN401
        for name in names:
            node = self._camera.__getattr__(name)
            if node.IsValid() and node.IsReadable():
                return node
        raise Unsupported(
            f"This Basler camera has no {names[0]}.",
            hint="Use another model.",
            device=self.name,
        )

    def _pixels(self, result: Any) -> np.ndarray[Any, np.dtype[np.uint8]]:  # noqa: ANN401
        if pylon.IsMonoImage(result.PixelType) and result.Array.dtype == np.uint8:
            return np.array(result.Array, np.uint8)
        return np.array(self._converter.Convert(result).GetArray(), np.uint8)

    def _gone(self, error: Exception) -> DeviceDisconnected:
        return DeviceDisconnected(
            f"The camera {self._info.port} is gone: {_first_line(error)}.",
            hint="Check the cable, then start again.",
            device=self.name,
            port=self._info.port,
        )


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(". ")
