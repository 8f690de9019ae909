"""The picture in head units: coordinates, soft shapes, strokes and layers of paint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Map = NDArray[np.float32]
    Colour = tuple[float, float, float]

HIGH = 2.72  # head units from the top edge of the picture to its bottom edge
TOP = -1.235  # v of the top edge: the head takes 74 % of the height
FAINT = 1.5e-3  # cover below this changes no grey level
ROWS_PX = 640  # the picture is modelled at this height, then brought to the asked size


@dataclass(frozen=True, eq=False)
class Frame:
    """`u` is a row (1, columns) and `v` a column (rows, 1) of head units."""

    u: Map
    v: Map
    px: float

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, columns)."""
        return self.v.shape[0], self.u.shape[1]

    def pixels(self, points: NDArray[np.float64]) -> NDArray[np.int32]:
        """Head units as cv2 coordinates with four sub-pixel bits."""
        base = np.array([float(self.u[0, 0]), float(self.v[0, 0])])
        at = (np.asarray(points, np.float64) - base) * self.px * 16
        return np.asarray(np.rint(at), np.int32)

    def blob(self, u: float, v: float, su: float, sv: float) -> Map:
        """A Gaussian of height 1."""
        across = np.exp(-0.5 * ((self.u - u) / su) ** 2)
        return np.asarray(np.exp(-0.5 * ((self.v - v) / sv) ** 2) * across, np.float32)

    def both(self, u: float, v: float, su: float, sv: float) -> Map:
        """A Gaussian on each side of the face."""
        across = np.exp(-0.5 * ((self.u - u) / su) ** 2) + np.exp(-0.5 * ((self.u + u) / su) ** 2)
        return np.asarray(np.exp(-0.5 * ((self.v - v) / sv) ** 2) * across, np.float32)

    def polygon(self, points: NDArray[np.float64], soft: float = 0.0) -> Map:
        """A filled polygon, its edge blurred by `soft` head units."""
        mask = np.zeros(self.shape, np.uint8)
        cv2.fillPoly(mask, [self.pixels(points)], 255, cv2.LINE_AA, 4)
        return self.soften(mask.astype(np.float32) * np.float32(1 / 255), soft)

    def lines(
        self, curves: Iterable[NDArray[np.float64]], width: float, *, soft: float = 0.0
    ) -> Map:
        """Strokes of the given width; thinner than a pixel means fainter."""
        mask = np.zeros(self.shape, np.uint8)
        wide = width * self.px
        thick = max(1, round(wide))
        level = round(255 * min(1.0, wide / thick))
        fixed = [self.pixels(curve) for curve in curves]
        cv2.polylines(mask, fixed, False, level, thick, cv2.LINE_AA, 4)
        return self.soften(mask.astype(np.float32) * np.float32(1 / 255), soft)

    def soften(self, mask: Map, soft: float) -> Map:
        """`mask` blurred by `soft` head units."""
        return blurred(mask, soft * self.px)

    def noise(self, rng: np.random.Generator, grain: float) -> Map:
        """Smooth noise of deviation near 1 with blobs of `grain` head units."""
        rows, columns = self.shape
        size = (max(2, round(columns / (grain * self.px))), max(2, round(rows / (grain * self.px))))
        lattice = rng.standard_normal(size[::-1]).astype(np.float32)
        grown = cv2.resize(lattice, (columns, rows), interpolation=cv2.INTER_CUBIC)
        return np.asarray(grown * np.float32(1.25), np.float32)


def frame_for(aspect: float) -> Frame:
    """The frame of a picture whose width is `aspect` times its height."""
    columns = max(8, round(ROWS_PX * aspect))
    px = ROWS_PX / HIGH
    u = ((np.arange(columns, dtype=np.float32) + 0.5) - columns / 2) / np.float32(px)
    v = (np.arange(ROWS_PX, dtype=np.float32) + 0.5) / np.float32(px) + np.float32(TOP)
    return Frame(u[None, :].astype(np.float32), v[:, None].astype(np.float32), px)


def blurred(mask: Map, sigma_px: float) -> Map:
    """A Gaussian blur; wide ones are made on a smaller picture, where nothing fine remains."""
    if sigma_px < 0.3:
        return mask
    if sigma_px < 5:
        return np.asarray(cv2.GaussianBlur(mask, (0, 0), sigma_px), np.float32)
    factor = int(sigma_px / 2.5)
    rows, columns = mask.shape
    size = (max(4, columns // factor), max(4, rows // factor))
    small = cv2.resize(mask, size, interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), sigma_px * size[1] / rows)
    return np.asarray(
        cv2.resize(small, (columns, rows), interpolation=cv2.INTER_LINEAR), np.float32
    )


def step(low: float, high: float, value: Map | NDArray[np.float64]) -> Map:
    """0 below `low`, 1 above `high`, smooth between (also for low > high)."""
    t = np.clip((value - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)


def paint(picture: Map, colour: Colour | Map, cover: Map) -> None:
    """Lay `colour` (linear RGB, or a picture) over `picture` in place, as far as `cover` says."""
    layer = np.asarray(colour, np.float32)
    rows = np.flatnonzero(cover.max(axis=1) > FAINT)
    if not rows.size:
        return
    columns = np.flatnonzero(cover.max(axis=0) > FAINT)
    down, across = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
    part = picture[down, across]
    if layer.ndim == 3:
        layer = layer[down, across]
    part += (layer - part) * cover[down, across, None]


def linear(colour: tuple[float, float, float] | Map) -> Map:
    """Linear light of sRGB 0..1."""
    value = np.asarray(colour, np.float32)
    return np.asarray(
        np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4), np.float32
    )


def through(*points: tuple[float, float], count: int = 40) -> NDArray[np.float64]:
    """An open smooth curve through `points` (Catmull-Rom)."""
    base = np.array(points, np.float64)
    ends = np.concatenate([2 * base[:1] - base[1:2], base, 2 * base[-1:] - base[-2:-1]])
    parts = len(base) - 1
    t = np.linspace(0, parts, count)
    k = np.minimum(t.astype(int), parts - 1)
    f = (t - k)[:, None]
    p0, p1, p2, p3 = ends[k], ends[k + 1], ends[k + 2], ends[k + 3]
    return np.asarray(
        0.5
        * (
            2 * p1
            + (p2 - p0) * f
            + (2 * p0 - 5 * p1 + 4 * p2 - p3) * f**2
            + (3 * p1 - p0 - 3 * p2 + p3) * f**3
        )
    )
