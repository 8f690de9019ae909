"""Cut one printed line out of a picture and straighten it to the recogniser's strip.

A strip is STRIP_H rows high; capitals are STRIP_CAP rows high in it and centred on its middle row.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

STRIP_H = 32
STRIP_CAP = 15.0
STRIDE = 4
MARGIN_CAPS = 2.5
MAX_WIDTH = 1600

FloatArray = NDArray[np.float64]
Image = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class LinePath:
    """Where a line runs in the picture: polynomials over `u`, pixels along the axis from `origin`.

    The centre of the line lies at `origin + u * axis + bend(u) * across` (pixels); its capitals are
    `height_px(u)` high. `across` points down in reading direction. Coefficients: highest first.
    `slant(u)`: how far an upright stroke leans along the axis for each pixel that it runs across.
    `wide`: how much wider than on the document the print looks, against its height.
    """

    origin: tuple[float, float]
    axis: tuple[float, float]
    first_u: float
    last_u: float
    bend: tuple[float, ...]
    height: tuple[float, ...]
    slant: tuple[float, ...] = (0.0,)
    wide: float = 1.0

    @property
    def middle_height_px(self) -> float:
        """Capital height in the middle of the line, pixels."""
        return float(np.polyval(self.height, (self.first_u + self.last_u) / 2))

    def point(self, u: FloatArray, offset_px: FloatArray | float = 0.0) -> FloatArray:
        """(n, 2) picture coordinates at `u`, moved `offset_px` (downwards) across the line."""
        ax, ay = self.axis
        across = np.polyval(self.bend, u) + offset_px
        x = self.origin[0] + u * ax - across * ay
        y = self.origin[1] + u * ay + across * ax
        return np.stack([x, y], axis=-1)

    def turned(self) -> LinePath:
        """The same line read from its other end."""
        flip = [(-1.0) ** (len(self.bend) - i) for i in range(len(self.bend))]
        return LinePath(
            self.origin,
            (-self.axis[0], -self.axis[1]),
            -self.last_u,
            -self.first_u,
            tuple(c * f for c, f in zip(self.bend, flip, strict=True)),
            _mirrored(self.height),
            _mirrored(self.slant),
            self.wide,
        )


def _mirrored(polynomial: tuple[float, ...]) -> tuple[float, ...]:
    """The same values at -u."""
    last = len(polynomial) - 1
    return tuple(c * (-1.0) ** (last - i) for i, c in enumerate(polynomial))


def straight_path(
    start: tuple[float, float], end: tuple[float, float], height_px: float
) -> LinePath:
    """The path of a straight line from the first to the last character."""
    length = max(math.dist(start, end), 1e-6)
    axis = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
    return LinePath(start, axis, 0.0, length, (0.0,), (height_px,))


@dataclass(frozen=True, slots=True)
class LineStrip:
    """A straightened line: `pixels` (STRIP_H, width) uint8, and the way back to the picture.

    `u` (width,) is the place along the path, in picture pixels, of every column.
    """

    pixels: Image
    path: LinePath
    u: FloatArray

    def u_at(self, x: FloatArray) -> FloatArray:
        """Place along the path, in picture pixels, of strip columns `x`."""
        return np.asarray(np.interp(x, np.arange(len(self.u)), self.u))


def cut_strip(grey: Image, path: LinePath) -> LineStrip:
    """Straighten one line; `grey` is (height, width) uint8, the strip is as long as the line needs.

    A line in a large picture is made smaller by averaging first, so that no stroke is skipped.
    """
    cap = max(path.middle_height_px, 1.0)
    u = _columns_along(path, cap)
    rows = (np.arange(STRIP_H) - (STRIP_H - 1) / 2) / STRIP_CAP
    heights = np.polyval(path.height, u) * np.ones_like(u)
    centre = path.point(u)
    ax, ay = path.axis
    across = rows[:, None] * heights[None]
    along = across * (np.polyval(path.slant, u) * np.ones_like(u))[None]
    map_x = centre[None, :, 0] - across * ay + along * ax
    map_y = centre[None, :, 1] + across * ax + along * ay
    pixels = _sample(grey, map_x, map_y, STRIP_CAP / cap)
    return LineStrip(pixels, path, u)


def _columns_along(path: LinePath, cap_px: float) -> FloatArray:
    """Where the strip's columns lie along the path, so that the pitch comes out even.

    Seen from the side, print further away is smaller; across the line by the distance, along it by
    its square.
    """
    margin = MARGIN_CAPS * cap_px
    knots = np.linspace(path.first_u - margin, path.last_u + margin, 65)
    height = np.polyval(path.height, knots) * np.ones_like(knots)
    height = np.clip(height, 0.5 * cap_px, 2.0 * cap_px)
    density = STRIP_CAP * cap_px / height**2 / path.wide
    steps = np.diff(knots) * (density[1:] + density[:-1]) / 2
    x = np.concatenate([[0.0], np.cumsum(steps)])
    width = max(STRIDE, min(MAX_WIDTH, math.ceil(float(x[-1]) / STRIDE) * STRIDE))
    return np.asarray(np.interp(np.arange(width) * (x[-1] / width), x, knots))


def _sample(grey: Image, map_x: FloatArray, map_y: FloatArray, scale: float) -> Image:
    """Bilinear samples of the picture, averaged down beforehand where the line is larger."""
    height, width = grey.shape[:2]
    x0 = int(np.clip(np.floor(map_x.min()) - 2, 0, width - 1))
    y0 = int(np.clip(np.floor(map_y.min()) - 2, 0, height - 1))
    x1 = int(np.clip(np.ceil(map_x.max()) + 3, x0 + 1, width))
    y1 = int(np.clip(np.ceil(map_y.max()) + 3, y0 + 1, height))
    part = grey[y0:y1, x0:x1]
    map_x, map_y = map_x - x0, map_y - y0
    if scale < 0.67:
        size = (max(1, round(part.shape[1] * scale)), max(1, round(part.shape[0] * scale)))
        fx, fy = size[0] / part.shape[1], size[1] / part.shape[0]
        part = cv2.resize(part, size, interpolation=cv2.INTER_AREA).astype(np.uint8)
        map_x, map_y = (map_x + 0.5) * fx - 0.5, (map_y + 0.5) * fy - 0.5
    cut = cv2.remap(
        part,
        map_x.astype(np.float32),
        map_y.astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return cut.astype(np.uint8)
