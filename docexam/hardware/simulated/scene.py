"""What lies on a simulated glass, and how much light of each kind really falls on it.

A picture of the scene follows from the lamps' true state over each row's own exposure: a frame that
straddles a change of lamps shows it.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docexam.hardware.simulated.light import LightTrace

Plane = NDArray[np.float32]
"""(rows, columns, 3), linear, 0..1: what the camera sees at full light and nominal exposure."""
Picture = NDArray[np.uint8]

_BANDS = 24
_STEPS = 65536


def to_linear(picture: Picture) -> Plane:
    """Numbers of sRGB to linear light (IEC 61966-2-1)."""
    table = np.arange(256) / 255.0
    linear = np.where(table <= 0.04045, table / 12.92, ((table + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear.astype(np.float32)[picture])


@cache
def _srgb_table() -> Picture:
    level = np.arange(_STEPS) / (_STEPS - 1)
    curved = np.where(level <= 0.0031308, level * 12.92, 1.055 * np.power(level, 1 / 2.4) - 0.055)
    return np.asarray(np.rint(curved * 255), np.uint8)


def to_srgb(plane: Plane) -> Picture:
    """Linear light to sRGB numbers."""
    steps = np.clip(plane, 0.0, 1.0)
    steps *= np.float32(_STEPS - 1)
    steps += np.float32(0.5)
    return np.asarray(_srgb_table()[steps.astype(np.uint16)])


@dataclass(slots=True)
class Scene:
    """`lamps`: light name -> the trace of its channel. `ambient` 0..1: room light that gets in.

    `document`: light name -> picture; None = empty glass of `bed` reflectance.
    """

    shape: tuple[int, int]
    lamps: Mapping[str, LightTrace]
    ambient: float = 0.0
    bed: float = 0.03
    noise: float = 0.0
    dirt: float = 0.0
    document: dict[str, Plane] | None = None
    _field: Plane | None = None
    _random: np.random.Generator = field(default_factory=lambda: np.random.default_rng(0))

    def put(self, pictures: Mapping[str, Picture]) -> None:
        """Lay a document down: its picture under each light, sRGB, blue-green-red or grey."""
        rows, columns = self.shape
        self.document = {}
        for light, picture in pictures.items():
            colour = picture if picture.ndim == 3 else cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR)
            scale = min(rows / colour.shape[0], columns / colour.shape[1])
            size = (round(colour.shape[1] * scale), round(colour.shape[0] * scale))
            fitted = cv2.resize(colour, size, interpolation=cv2.INTER_AREA)
            glass = np.zeros((rows, columns, 3), np.uint8)
            top, left = (rows - size[1]) // 2, (columns - size[0]) // 2
            glass[top : top + size[1], left : left + size[0]] = fitted
            self.document[light] = to_linear(glass)

    def take_away(self) -> None:
        """The glass is empty."""
        self.document = None

    def picture(
        self, start_s: float, exposure_s: float, readout_s: float, gain: float, nominal_s: float
    ) -> Picture:
        """What a camera sees whose first row's exposure begins at `start_s`.

        Row r begins `readout_s * r / rows` later. Full light for `nominal_s` at gain 1 is white.
        """
        rows, columns = self.shape
        out = np.zeros((rows, columns, 3), np.float32)
        factor = gain * exposure_s / nominal_s
        edges = [round(rows * band / _BANDS) for band in range(_BANDS + 1)]
        for light, trace in self.lamps.items():
            seen = self._seen(light)
            for first, last in itertools.pairwise(edges):
                if last == first:
                    continue
                row_s = start_s + readout_s * first / rows
                row_end_s = start_s + readout_s * (last - 1) / rows
                # The band's own light: over all its rows' exposures.
                level = (
                    trace.mean(row_s, row_s + exposure_s)
                    + trace.mean(row_end_s, row_end_s + exposure_s)
                ) / 2
                if level:
                    out[first:last] += np.float32(level) * (
                        seen if isinstance(seen, float) else seen[first:last]
                    )
        if self.ambient:
            out += np.float32(self.ambient) * self._seen("white")
        out *= np.float32(factor)
        if self.dirt:
            out[: rows // 3, : columns // 3] *= np.float32(1 - self.dirt)
        if self.noise:
            # One field of noise, moved: drawing a new one for each frame takes longer than a frame.
            if self._field is None:
                self._field = self._random.standard_normal(out.shape, np.float32)
                self._field *= np.float32(self.noise)
            out += np.roll(self._field, int(self._random.integers(rows)), axis=0)
        return to_srgb(out)

    def _seen(self, light: str) -> Plane | float:
        if self.document is None:
            return self.bed if not light.startswith("uv") else 0.0
        return self.document.get(light, 0.0)
