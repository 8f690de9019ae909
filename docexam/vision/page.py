"""One page as vision sees it: every light in linear intensities on the same millimetre grid.

The grid's origin is the top left of the nominal page, y down. The middle of the pixel in row r and
column c lies at ((c + 0.5) / px_per_mm, (r + 0.5) / px_per_mm).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docexam.nouns.capture_set import ReferencePatch
    from docexam.nouns.measurement import BoxMm
    from docexam.nouns.reading import Quad

Linear = NDArray[np.float32]
Mask = NDArray[np.bool_]
Matrix = NDArray[np.float64]

ScaleSource = Literal["ppi", "mrz", "outline"]
"""What millimetres rest on: the device's word, the zone's pitch, or the size of the format."""
Anchor = Literal["outline", "mrz", "frame"]
"""What the nominal page is laid on: the page's own edges, the place of the zone, or the picture's
own rim, where it is cropped close and nothing else tells."""
RegisteredBy = Literal["self", "content", "zone", "frame"]
"""How a light found its place: it is the one that the page was found in; by what it shows in
common with that one; by its own zone; or not at all, so that it is taken to lie in the same
frame."""
MAX_PX_PER_MM = 16.0
_MEAN = np.full((1, 3), 1 / 3, np.float32)


@dataclass(frozen=True, slots=True)
class ReferenceSeen:
    """A reference patch as the camera saw it: linear (blue, green, red), or (grey,) in infrared.

    `saturated` is the share of its pixels that are clipped in a channel.
    """

    patch: ReferencePatch
    level: tuple[float, ...]
    saturated: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class LightView:
    """One light on the grid.

    `pixels` (h, w, 3) BGR, infrared (h, w): linear intensities 0..1. `mask` (h, w): what the
    camera really saw; the rest of `pixels` is 0. `to_px` (3 x 3) takes millimetres to pixels of
    the picture (the middle of its first pixel is 0, 0), where the nominal page has `corners_px`.
    `residual_mm` is how far this light may lie from the others, None where it cannot be told;
    `registered_by` says how it was laid on them. `bed` is the linear median of what surrounds
    the page, None where nothing does.
    """

    light: str
    pixels: Linear
    mask: Mask
    native_ppi: float
    to_px: Matrix
    corners_px: Quad
    wavelength_nm: float | None = None
    residual_mm: float | None = None
    registered_by: RegisteredBy = "self"
    reference: ReferenceSeen | None = None
    bed: tuple[float, ...] | None = None
    exposure_ms: float | None = None
    gain: float | None = None

    @property
    def grey(self) -> Linear:
        """(h, w) mean of the channels."""
        if self.pixels.ndim == 2:
            return self.pixels
        return np.asarray(cv2.transform(self.pixels, _MEAN), np.float32)


@dataclass(frozen=True, slots=True)
class Quality:
    """How good one light is, as numbers; whether that is good enough is for a check to say.

    `native_ppi` of the picture. `edge_spread_mm`: standard deviation of the blur that the edges of
    print show, None where there is no print. `saturated`: share of the page's pixels that are
    clipped; `dark`: share that holds nothing at all. `motion`: blur along one direction over that
    across it (1 = none), None where it cannot be told. `noise`: standard deviation of the finest
    detail on flat ground, linear. `seen`: share of the nominal page inside the picture.
    """

    native_ppi: float
    seen: float
    saturated: float
    dark: float
    noise: float
    edge_spread_mm: float | None = None
    motion: float | None = None


@dataclass(frozen=True, slots=True)
class OutlineSeen:
    """The page's own edges on the grid, in millimetres; None for a side that was not seen.

    `left` and `right` are x, `top` and `bottom` y, at the middle of each side. `skew_deg` is how
    far each seen side is turned against the zone's lines, clockwise positive. `residual_mm` is the
    scatter of the edge about its straight line. `seen_in` names the light of each
    side that was seen. `wave_mm` is how far a side swings about its gentle bow, peak to peak, and
    how sure that is, for sides that stand out well from their bed.
    """

    left: float | None
    top: float | None
    right: float | None
    bottom: float | None
    residual_mm: float
    seen_in: Mapping[str, str] = field(default_factory=dict)
    skew_deg: Mapping[str, float] = field(default_factory=dict)
    wave_mm: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether all four sides were seen."""
        return None not in (self.left, self.top, self.right, self.bottom)

    @property
    def size_mm(self) -> tuple[float, float] | None:
        """(width, height), None where a side is missing."""
        if self.left is None or self.right is None or self.top is None or self.bottom is None:
            return None
        return self.right - self.left, self.bottom - self.top


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class PageView:
    """One page on the glass under every light that was captured, on one grid.

    `format` is TD1, TD2, TD3, MRV-A, MRV-B or `other`; `size_mm` is that format's (width, height)
    and the grid's extent. `scale_uncertainty` is relative, one standard deviation. `outline` is
    None where no edge was seen. `ppi_claimed` is what the capture said, believed or not.
    `turn_deg` is the turn of the page in its picture, clockwise. `zone_fit_mm` is how far the zone
    is from lying in the picture as seen straight from above (root mean square of its corners):
    where the page is laid on its zone, lengths far from the zone are the less certain for it.
    """

    page: str
    format: str
    size_mm: tuple[float, float]
    px_per_mm: float
    lights: Mapping[str, LightView]
    quality: Mapping[str, Quality]
    scale_source: ScaleSource
    anchor: Anchor
    scale_uncertainty: float
    outline: OutlineSeen | None = None
    ppi_claimed: float | None = None
    turn_deg: float = 0.0
    zone_fit_mm: float | None = None

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, columns) of the grid."""
        width, height = self.size_mm
        return round(height * self.px_per_mm), round(width * self.px_per_mm)

    def window(self, box_mm: BoxMm) -> tuple[slice, slice]:
        """The rows and columns of a box, cut to the grid; at least one pixel where it touches."""
        x, y, w, h = box_mm
        rows, columns = self.shape
        top, bottom = _span(y, h, self.px_per_mm, rows)
        left, right = _span(x, w, self.px_per_mm, columns)
        return slice(top, bottom), slice(left, right)

    def crop(self, light: str, box_mm: BoxMm) -> Linear:
        """A view (not a copy) of one light's pixels in a box; KeyError for an absent light."""
        return self.lights[light].pixels[self.window(box_mm)]

    def crop_mask(self, light: str, box_mm: BoxMm) -> Mask:
        """Which of these pixels the camera really saw."""
        return self.lights[light].mask[self.window(box_mm)]

    def box_of(self, window: tuple[slice, slice]) -> BoxMm:
        """The box of a window of the grid, the reverse of `window`."""
        rows, columns = window
        scale = self.px_per_mm
        return (
            columns.start / scale,
            rows.start / scale,
            (columns.stop - columns.start) / scale,
            (rows.stop - rows.start) / scale,
        )


def _span(start_mm: float, length_mm: float, px_per_mm: float, count: int) -> tuple[int, int]:
    first = min(max(round(start_mm * px_per_mm), 0), count)
    last = min(max(round((start_mm + length_mm) * px_per_mm), first), count)
    if last == first and last < count and length_mm > 0:
        last += 1
    return first, last
