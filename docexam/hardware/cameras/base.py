"""What all camera drivers share: who they are, limits, closing."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from docexam.hardware.errors import Unsupported
from docexam.nouns.device import DeviceEvent, DeviceInfo, Evidence

if TYPE_CHECKING:
    from docexam.hardware.cameras.frame import CameraCapabilities, CameraSettings


class BaseCamera:
    """Subclasses name themselves, and implement `configure`, `next_frame` and `close`."""

    name: ClassVar[str]
    evidence: ClassVar[Evidence]
    unconfirmed: ClassVar[tuple[str, ...]] = ()

    def __init__(self, port: str, capabilities: CameraCapabilities) -> None:
        self._capabilities = capabilities
        self._info = DeviceInfo(
            driver=self.name,
            kind="camera",
            evidence=self.evidence,
            port=port,
            unconfirmed=self.unconfirmed,
        )

    @property
    def info(self) -> DeviceInfo:
        """Who this is."""
        return self._info

    @property
    def capabilities(self) -> CameraCapabilities:
        """Timing and limits."""
        return self._capabilities

    def identify(self, *, deadline_s: float = 1.0) -> DeviceInfo:  # noqa: ARG002
        """What is known since it was opened."""
        return self._info

    def next_event(self, timeout_s: float) -> DeviceEvent | None:  # noqa: ARG002
        """Nothing: cameras speak through their frames."""
        return None

    def close(self) -> None:
        """Let go of the camera."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

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
