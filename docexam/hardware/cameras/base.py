"""What all camera drivers share: their kind and their limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.hardware.cameras.frame import CameraCapabilities
from docexam.hardware.errors import Unsupported
from docexam.hardware.quiet_device import QuietDevice

if TYPE_CHECKING:
    from docexam.hardware.cameras.frame import CameraSettings


class BaseCamera(QuietDevice[CameraCapabilities]):
    """Subclasses name themselves, and implement `configure`, `next_frame` and `close`."""

    kind = "camera"

    def require(self, settings: CameraSettings) -> None:
        """Refuse settings outside the limits.

        Raises:
            Unsupported: they are.
        """
        for what, value, (low, high), unit in (
            ("an exposure", settings.exposure_ms, self._capabilities.exposure_ms, " ms"),
            ("a gain", settings.gain, self._capabilities.gain, ""),
        ):
            if not low <= value <= high:
                raise Unsupported(
                    f"{self.name} on {self._info.port} cannot take {what} of {value:g}{unit}: "
                    f"{low:g} to {high:g}{unit}.",
                    hint="Change the capture plan.",
                    device=self.name,
                    port=self._info.port,
                )
