"""Light and ink of a zone under one light: paper level and print contrast (ISO 1831).

PCS = (Rw - Rp) / Rw, over an aperture of 0.2 mm, with Rw the brightest paper in 4.9 x 2.5 mm around
(Doc 9303-3, 4.11). A ratio of linear intensities needs no calibrated lamp, but stray light, which
brightens paper and ink alike, lowers it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from docexam.nouns.measurement import BoxMm
    from docexam.vision.page import PageView

Field = NDArray[np.float32]

APERTURE_MM = 0.2
PAPER_MM = (4.9, 2.5)
"""Width and height of the surround in which the brightest paper is looked for."""
AROUND_MM = 3.0


@dataclass(frozen=True, slots=True, eq=False)
class ZoneInk:
    """The zone and AROUND_MM around it under one light; all fields (h, w) on the page's grid.

    `fine` is the contrast of each pixel, `contrast` that through the aperture (PCS), `paper` the
    level of the paper, `seen` what the camera saw. `origin_mm` is the top left of the fields.
    """

    light: str
    px_per_mm: float
    origin_mm: tuple[float, float]
    fine: Field
    contrast: Field
    paper: Field
    seen: NDArray[np.bool_]
    ppi: float
    spread_mm: float
    noise: float

    def window(self, box: BoxMm) -> tuple[slice, slice]:
        """The rows and columns of a box, cut to the fields."""
        rows, columns = self.fine.shape
        x, y = box[0] - self.origin_mm[0], box[1] - self.origin_mm[1]
        scale = self.px_per_mm
        top, bottom = (min(max(round(v * scale), 0), rows) for v in (y, y + box[3]))
        left, right = (min(max(round(v * scale), 0), columns) for v in (x, x + box[2]))
        return slice(top, bottom), slice(left, right)


def zone_ink(page: PageView, light: str, box_mm: BoxMm) -> ZoneInk:
    """The fields of the zone in `box_mm` under one light; KeyError where the page lacks it."""
    x, y, w, h = box_mm
    near = (x - AROUND_MM, y - AROUND_MM, w + 2 * AROUND_MM, h + 2 * AROUND_MM)
    view = page.lights[light]
    window = page.window(near)
    level = view.grey[window]
    seen = view.mask[window]
    corner = page.box_of(window)
    paper, through = paper_level(level, page.px_per_mm)
    quality = page.quality.get(light)
    spread = quality.edge_spread_mm if quality is not None else None
    return ZoneInk(
        light=light,
        px_per_mm=page.px_per_mm,
        origin_mm=(corner[0], corner[1]),
        fine=_lacking(level, paper),
        contrast=_lacking(through, paper),
        paper=paper,
        seen=seen,
        ppi=view.native_ppi,
        spread_mm=spread if spread is not None else 0.4 * 25.4 / view.native_ppi,
        noise=quality.noise if quality is not None else 0.0,
    )


def paper_level(level: Field, px_per_mm: float) -> tuple[Field, Field]:
    """The brightest paper around each point, and the level through the aperture, both (h, w)."""
    size = APERTURE_MM * px_per_mm
    through = cv2.GaussianBlur(level, (0, 0), size / np.sqrt(12)) if size > 1 else level
    kernel = np.ones([max(3, round(side * px_per_mm) | 1) for side in PAPER_MM[::-1]], np.uint8)
    paper = cv2.dilate(through, kernel)
    return np.asarray(paper, np.float32), np.asarray(through, np.float32)


def _lacking(level: Field, paper: Field) -> Field:
    return np.asarray(np.clip((paper - level) / np.maximum(paper, 1e-4), -0.2, 1.0), np.float32)
