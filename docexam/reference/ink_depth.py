"""How deep print is in one light against what surrounds it, on a coarse grid of the model.

Everything here is linear in the light, so that a lens that is softer in infrared takes as little
as it can from an area of print.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.nouns.measurement import NotMeasured
from docexam.reference.page_sample import GRID_PX_PER_MM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.nouns.measurement import BoxMm
    from docexam.reference.page_sample import PageSample
    from docexam.reference.parts import Picture
    from docexam.vision.page import Linear, Mask

DEPTH_PX_PER_MM = 4.0
# Our starting values: finer than FINE_MM no light is asked; wider than WIDE_MM it is lamp and wear.
FINE_MM = 0.25
WIDE_MM = 3.0
_STEPS = 100.0
_MIDDLE = 128.0


def cannot(sample: PageSample, names: Sequence[str], lights: tuple[str, ...]) -> list[NotMeasured]:
    """Why `names` cannot be measured on a page: a light is missing, or it lies on no model."""
    page = sample.view.page
    missing = tuple(light for light in lights if light not in sample.pictures)
    if missing:
        params = {"light": ", ".join(missing)}
        return [NotMeasured(name, page, missing, "no-light", params) for name in names]
    if sample.placing.residual_mm is None:
        return [NotMeasured(name, page, lights, "model.not-placed", {}, True) for name in names]
    return []


def coarse(sample: PageSample, light: str) -> tuple[Linear, Mask]:
    """One light at DEPTH_PX_PER_MM, (h, w) or (h, w, 3) linear, and where it was seen.

    What was not seen has the median of what was.
    """
    picture, seen = sample.pictures[light], sample.seen[light]
    share = DEPTH_PX_PER_MM / GRID_PX_PER_MM
    rows, columns = (round(side * share) for side in seen.shape)
    small = cv2.resize(picture, (columns, rows), interpolation=cv2.INTER_AREA)
    least = cv2.resize(seen.astype(np.float32), (columns, rows), interpolation=cv2.INTER_AREA)
    whole = np.asarray(least > 0.99)
    if whole.any() and not whole.all():
        small[~whole] = np.median(small[whole], axis=0)
    return np.asarray(small, np.float32), whole


def depth_of(picture: Linear) -> Linear:
    """The share of the light around a place that its print takes; below 0 it is lighter.

    (h, w, n) gives the depth of each channel.
    """
    fine = cv2.GaussianBlur(picture, (0, 0), FINE_MM * DEPTH_PX_PER_MM)
    rows, columns = picture.shape[:2]
    # so wide that a quarter of the pixels tells it as well, and sooner
    quarter = cv2.resize(picture, (-(-columns // 4), -(-rows // 4)), interpolation=cv2.INTER_AREA)
    wide = cv2.GaussianBlur(quarter, (0, 0), WIDE_MM * DEPTH_PX_PER_MM / 4)
    wide = cv2.resize(wide, (columns, rows), interpolation=cv2.INTER_LINEAR)
    return np.asarray(1 - fine / np.maximum(wide, 1e-3), np.float32)


def grey_of(picture: Linear) -> Linear:
    """(h, w) mean of the channels."""
    return picture if picture.ndim == 2 else np.asarray(picture.mean(axis=2), np.float32)


def depth_window(box_mm: BoxMm, shape: tuple[int, ...]) -> tuple[slice, slice]:
    """Rows and columns of the coarse grid under a box of the model, cut to the grid."""
    x, y, w, h = (round(part * DEPTH_PX_PER_MM) for part in box_mm)
    top, left = min(max(y, 0), shape[0]), min(max(x, 0), shape[1])
    return (
        slice(top, min(max(y + h, top), shape[0])),
        slice(left, min(max(x + w, left), shape[1])),
    )


def box_around(mask: Mask) -> BoxMm:
    """The box in millimetres of the model about what a mask of the coarse grid marks."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    left, top = columns[0] / DEPTH_PX_PER_MM, rows[0] / DEPTH_PX_PER_MM
    return (
        float(left),
        float(top),
        float((columns[-1] + 1) / DEPTH_PX_PER_MM - left),
        float((rows[-1] + 1) / DEPTH_PX_PER_MM - top),
    )


def as_picture(depth: Linear) -> Picture:
    """Depths -1.28 to 1.27 as 8 bit, to be kept with a model."""
    return np.asarray(np.clip(np.round(depth * _STEPS + _MIDDLE), 0, 255), np.uint8)


def as_depth(picture: Picture) -> Linear:
    """The reverse of `as_picture`."""
    return np.asarray((picture.astype(np.float32) - _MIDDLE) / _STEPS, np.float32)
