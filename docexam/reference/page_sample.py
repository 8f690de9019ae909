"""One page of one capture laid on a model's grid, ready to be learned from or compared."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.nouns.capture_set import CaptureDevice
from docexam.vision.plane import apply, box_corners, inverse, shift

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping
    from typing import Any

    from docexam.nouns.measurement import BoxMm
    from docexam.nouns.reading import Fields
    from docexam.nouns.report import VizField
    from docexam.reference.placing import Placing
    from docexam.vision.page import Linear, Mask, PageView
    from docexam.vision.zone_view import ZoneView

GRID_PX_PER_MM = 8.0
"""Of the grid on which models are kept: 203 ppi, enough for motifs and fields."""


@dataclass(frozen=True, slots=True, eq=False)
class PageSample:
    """One page as seen, and how it lies on the model's grid.

    `view` is the page itself at its own resolution; boxes of measurements are in ITS millimetres.
    `fields` are those of the document's zone, on whichever page that stands. `placing` takes
    millimetres of the model to millimetres of the page. `pictures` are the lights on the model's
    grid, linear (h, w, 3) BGR or (h, w) for infrared, GRID_PX_PER_MM fine; `seen` where the camera
    saw them. `device` took them.
    """

    view: PageView
    zone: ZoneView | None
    fields: Fields | None
    viz: tuple[VizField, ...]
    captured_on: dt.date | None
    placing: Placing
    pictures: Mapping[str, Linear] = field(default_factory=dict)
    seen: Mapping[str, Mask] = field(default_factory=dict)
    device: CaptureDevice = field(default_factory=CaptureDevice)

    def page_box(self, box_mm: BoxMm) -> BoxMm:
        """Where a box of the model lies on the page, as the box around it."""
        return _around(apply(self.placing.to_page, box_corners(box_mm)))

    def model_box(self, box_mm: BoxMm) -> BoxMm:
        """Where a box of the page lies on the model."""
        return _around(apply(inverse(self.placing.to_page), box_corners(box_mm)))


def devices_of(samples: Iterable[PageSample]) -> list[dict[str, Any]]:
    """The kinds and names of the devices that took these pages, as plain JSON."""
    told = {(each.device.kind, each.device.name) for each in samples}
    return [{"kind": kind, "name": name} for kind, name in sorted(told)]


def window_of(box_mm: BoxMm, shape: tuple[int, ...]) -> tuple[slice, slice]:
    """The rows and columns of the model's grid under a box, cut to the grid."""
    x, y, w, h = (round(part * GRID_PX_PER_MM) for part in box_mm)
    top, left = min(max(y, 0), shape[0]), min(max(x, 0), shape[1])
    return (
        slice(top, min(max(y + h, top), shape[0])),
        slice(left, min(max(x + w, left), shape[1])),
    )


def widened(mask: np.ndarray, by_mm: float, px_per_mm: float) -> Mask:
    """A mask of any grid with all that lies `by_mm` around it, sideways, up and down."""
    side = 2 * round(by_mm * px_per_mm) + 1
    return np.asarray(cv2.dilate(mask.astype(np.uint8), np.ones((side, side), np.uint8)) > 0)


def laid_on_model(view: PageView, light: str, placing: Placing) -> tuple[Linear, Mask]:
    """One light on the model's grid, and where it was seen. KeyError for an absent light."""
    lain = view.lights[light]
    width, height = (round(side * GRID_PX_PER_MM) for side in view.size_mm)
    # pixel middles: (c + 0.5) / scale millimetres, on both grids
    to_mm = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, GRID_PX_PER_MM]]) / GRID_PX_PER_MM
    to_px = np.array([[view.px_per_mm, 0, -0.5], [0, view.px_per_mm, -0.5], [0, 0, 1]])
    matrix = to_px @ placing.to_page @ to_mm
    pixels = lain.pixels
    if view.px_per_mm > 1.5 * GRID_PX_PER_MM:
        # a finer page is brought down by area, so that thin lines keep their mean
        pixels = np.asarray(cv2.blur(pixels, (2, 2), anchor=(0, 0)), np.float32)
        matrix = shift(-0.5, -0.5) @ matrix
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    picture = cv2.warpPerspective(pixels, matrix, (width, height), flags=how)
    mask = cv2.warpPerspective(lain.mask.astype(np.uint8), matrix, (width, height), flags=how)
    return np.asarray(picture, np.float32), np.asarray(mask > 0)


def _around(corners: np.ndarray) -> BoxMm:
    low, high = corners.min(axis=0), corners.max(axis=0)
    return (float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1]))
