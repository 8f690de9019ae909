"""Where a second portrait stands: what changes from holder to holder as the portrait does.

It may be smaller, mirrored, in another ink, paler, or negative. Fixed print does not matter: it is
the same on all pages, and only what differs from their mean is compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.reference.ink_depth import DEPTH_PX_PER_MM, depth_window
from docexam.reference.portrait_place import tones

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.nouns.measurement import BoxMm
    from docexam.reference.page_sample import PageSample
    from docexam.vision.page import Linear

# Our starting values.
_SCALES = np.geomspace(0.26, 0.78, 17)
_FINER = np.linspace(0.93, 1.07, 9)
_NEAR_MM = 1.5
LEAST_LIKE = 0.6
"""Mean correlation over holders from which on it is a second portrait."""


@dataclass(frozen=True, slots=True)
class GhostPlace:
    """A second portrait: `box_mm` on the model shows what the portrait's box shows.

    `likeness` is the mean correlation, negative for a negative; `mirrored` left for right.
    """

    box_mm: BoxMm
    mirrored: bool
    likeness: float


def ghost_place(samples: Sequence[PageSample], portrait: BoxMm) -> GhostPlace | None:
    """The place that follows the portrait best; None where nothing follows it."""
    own = np.array([tones(each, "white") for each in samples])
    own = np.asarray(own - own.mean(axis=0), np.float32)
    half = [cv2.resize(each, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA) for each in own]
    rough = [
        _best(half, portrait, DEPTH_PX_PER_MM / 2, float(scale), mirrored, None)
        for scale in _SCALES
        for mirrored in (False, True)
    ]
    first = max(rough, key=lambda each: abs(each.likeness))
    if abs(first.likeness) < LEAST_LIKE:
        return None
    scale = first.box_mm[2] / portrait[2]
    finer = [
        _best(list(own), portrait, DEPTH_PX_PER_MM, float(scale * more), first.mirrored, first)
        for more in _FINER
    ]
    return max(finer, key=lambda each: abs(each.likeness))


def _best(
    own: Sequence[Linear],
    portrait: BoxMm,
    px_per_mm: float,
    scale: float,
    mirrored: bool,
    near: GhostPlace | None,
) -> GhostPlace:
    """The best place of one size; within _NEAR_MM of `near`, where that is given."""
    shape = own[0].shape
    grid = px_per_mm / DEPTH_PX_PER_MM
    window = depth_window(tuple(side * grid for side in portrait), shape)  # type: ignore[arg-type]
    total: Linear | None = None
    for each in own:
        face = cv2.resize(each[window], None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        face = np.ascontiguousarray(face[:, ::-1] if mirrored else face)
        score = np.asarray(cv2.matchTemplate(each, face, cv2.TM_CCOEFF_NORMED), np.float32)
        total = score if total is None else total + score
    if total is None:
        raise AssertionError("no pages")
    total = np.where(np.isfinite(total), total / len(own), 0.0).astype(np.float32)
    w, h = portrait[2] * scale, portrait[3] * scale
    left = np.arange(total.shape[1]) / px_per_mm
    top = np.arange(total.shape[0])[:, None] / px_per_mm
    beside = (left + w <= portrait[0]) | (left >= portrait[0] + portrait[2])
    above = (top + h <= portrait[1]) | (top >= portrait[1] + portrait[3])
    allowed = beside[None, :] | above
    if near is not None:
        allowed &= (np.abs(left - near.box_mm[0]) <= _NEAR_MM)[None, :]
        allowed &= np.abs(top - near.box_mm[1]) <= _NEAR_MM
    total = np.where(allowed, total, 0.0).astype(np.float32)
    at = int(np.argmax(np.abs(total)))
    row, column = divmod(at, total.shape[1])
    box = (column / px_per_mm, row / px_per_mm, w, h)
    return GhostPlace(box, mirrored, float(total.flat[at]))
