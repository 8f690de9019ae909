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
    """

    origin: tuple[float, float]
    axis: tuple[float, float]
    first_u: float
    last_u: float
    bend: tuple[float, ...]
    height: tuple[float, ...]

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
        grow = [(-1.0) ** (len(self.height) - 1 - i) for i in range(len(self.height))]
        return LinePath(
            self.origin,
            (-self.axis[0], -self.axis[1]),
            -self.last_u,
            -self.first_u,
            tuple(c * f for c, f in zip(self.bend, flip, strict=True)),
            tuple(c * g for c, g in zip(self.height, grow, strict=True)),
        )


def straight_path(
    start: tuple[float, float], end: tuple[float, float], height_px: float
) -> LinePath:
    """The path of a straight line from the first to the last character."""
    length = max(math.dist(start, end), 1e-6)
    axis = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
    return LinePath(start, axis, 0.0, length, (0.0,), (height_px,))


@dataclass(frozen=True, slots=True)
class LineStrip:
    """A straightened line: `pixels` (STRIP_H, width) uint8, and the way back to the picture."""

    pixels: Image
    path: LinePath
    start_u: float
    px_per_u: float

    def u_at(self, x: FloatArray) -> FloatArray:
        """Place along the path, in picture pixels, of strip columns `x`."""
        return self.start_u + x / self.px_per_u


def cut_strip(grey: Image, path: LinePath) -> LineStrip:
    """Straighten one line; `grey` is (height, width) uint8, the strip is as long as the line needs.

    A line in a large picture is made smaller by averaging first, so that no stroke is skipped.
    """
    cap = max(path.middle_height_px, 1.0)
    scale = STRIP_CAP / cap
    start_u = path.first_u - MARGIN_CAPS * cap
    length_u = path.last_u + MARGIN_CAPS * cap - start_u
    width = min(MAX_WIDTH, math.ceil(length_u * scale / STRIDE) * STRIDE)
    px_per_u = width / length_u
    u: FloatArray = start_u + np.arange(width, dtype=np.float64) / px_per_u
    rows = (np.arange(STRIP_H) - (STRIP_H - 1) / 2) / STRIP_CAP
    heights = np.polyval(path.height, u) * np.ones_like(u)
    centre = path.point(u)
    ax, ay = path.axis
    map_x = centre[None, :, 0] - rows[:, None] * heights[None] * ay
    map_y = centre[None, :, 1] + rows[:, None] * heights[None] * ax
    pixels = _sample(grey, map_x, map_y, scale)
    return LineStrip(pixels, path, start_u, px_per_u)


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
