"""One document on the glass under several lights: contract `docexam.capture/1`.

Plain data without pixels: `docexam.capture` opens the files that the images name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SCHEMA = "docexam.capture/1"

Light = Literal[
    "white",
    "ir",
    "uv",
    "uv254",
    "coaxial",
    "transmitted",
    "oblique-n",
    "oblique-e",
    "oblique-s",
    "oblique-w",
    "dark",
]
LIGHTS: tuple[Light, ...] = (
    "white",
    "ir",
    "uv",
    "uv254",
    "coaxial",
    "transmitted",
    "oblique-n",
    "oblique-e",
    "oblique-s",
    "oblique-w",
    "dark",
)
DeviceKind = Literal["live", "recorded", "simulated"]
Encoding = Literal["srgb", "linear"]


@dataclass(frozen=True, slots=True)
class ReferencePatch:
    """A patch of known answer in the picture; `box_px` is (x, y, w, h).

    `white`: `level` is reflectance 0..1. `fluorescent`: `level` is blue-white emission relative
    to ordinary office paper = 1.
    """

    kind: Literal["white", "fluorescent"]
    box_px: tuple[float, float, float, float]
    level: float


@dataclass(frozen=True, slots=True)
class CaptureImage:
    """One picture under one light; `file` is a path within the capture set.

    `for_light` (of a `dark` image) names the light whose exposure it was taken with.
    """

    light: Light
    file: str
    ppi: float | None = None
    wavelength_nm: float | None = None
    encoding: Encoding = "srgb"
    reference: ReferencePatch | None = None
    exposure_ms: float | None = None
    gain: float | None = None
    at: str | None = None
    lamp_level: float | None = None
    settle_ms: float | None = None
    for_light: Light | None = None


@dataclass(frozen=True, slots=True)
class CapturePage:
    """The images of one page: `data`, `back`, `cover`, `visa` or a page number.

    `unknown_lights` name the images that were left out, because their light is none of LIGHTS.
    """

    page: str
    images: tuple[CaptureImage, ...]
    unknown_lights: tuple[str, ...] = ()

    def image(self, light: Light) -> CaptureImage | None:
        """The first image under `light`, None where there is none."""
        return next((each for each in self.images if each.light == light), None)


@dataclass(frozen=True, slots=True)
class CaptureDevice:
    """What took the pictures; a plain picture comes from nobody knows what: `recorded`."""

    name: str = "unknown"
    kind: DeviceKind = "recorded"


@dataclass(frozen=True, slots=True)
class CaptureSet:
    """A whole capture: pages of images. `name` is that of its folder or file."""

    name: str
    pages: tuple[CapturePage, ...]
    captured_at: str | None = None
    device: CaptureDevice = CaptureDevice()

    def page(self, name: str) -> CapturePage | None:
        """The page called `name`, None where there is none."""
        return next((each for each in self.pages if each.page == name), None)
