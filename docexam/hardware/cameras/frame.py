"""What a camera gives and takes: frames with times, settings, limits."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Protocol, Self, runtime_checkable

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from docexam.nouns.device import DeviceEvent, DeviceInfo

Pixels = NDArray[np.uint8]
"""(rows, columns) grey or (rows, columns, 3) in the order blue, green, red."""


@dataclass(frozen=True, slots=True)
class CameraFrame:
    """One picture. No row was exposed before `start_s` or after `end_s` (session clock).

    Where a camera does not tell exactly, the interval is the widest that it can have been.
    `skipped`: older frames that were dropped before it.
    """

    pixels: Pixels
    start_s: float
    end_s: float
    number: int = 0
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class CameraSettings:
    """`gain` 1 = none. White balance and focus are always locked."""

    exposure_ms: float
    gain: float = 1.0


@dataclass(frozen=True, slots=True)
class CameraCapabilities:
    """`period_s` between frames; `readout_s` from the first row's start to the last row's.

    `vague_s`: how much wider than the exposure a frame's interval may be told.
    `settles_s`: how long new settings may take to show. `is_live` is false for recorded pictures.
    """

    period_s: float
    readout_s: float = 0.0
    settles_s: float = 0.0
    vague_s: float = 0.0
    exposure_ms: tuple[float, float] = (0.01, 1000.0)
    gain: tuple[float, float] = (1.0, 1.0)
    is_live: bool = True


@runtime_checkable
class Camera(Protocol):
    """A camera over the glass."""

    @property
    def info(self) -> DeviceInfo:
        """Who this is."""
        ...

    @property
    def capabilities(self) -> CameraCapabilities:
        """Timing and limits."""
        ...

    def configure(self, settings: CameraSettings, *, deadline_s: float = 1.0) -> CameraSettings:
        """Set exposure and gain; returns what the camera really uses.

        Raises:
            Unsupported: outside the limits, or the camera took something else.
        """
        ...

    def next_frame(self, *, deadline_s: float = 1.0, not_before_s: float = -inf) -> CameraFrame:
        """The next frame of the stream whose exposure began at `not_before_s` or later.

        Older ones, which a camera may have queued, are dropped without being decoded.

        Raises:
            DeviceTimeout, DeviceDisconnected: none came.
        """
        ...

    def identify(self, *, deadline_s: float = 1.0) -> DeviceInfo:
        """Ask the camera who it is."""
        ...

    def next_event(self, timeout_s: float) -> DeviceEvent | None:
        """What the camera says of itself."""
        ...

    def close(self) -> None:
        """Let go of the camera."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...
