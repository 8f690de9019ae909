"""What a page sends out under ultraviolet beyond its dull ground, on the model's grid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.reference.page_sample import GRID_PX_PER_MM
from docexam.vision.uv_glow import SUBSTRATE_PERCENTILE, blue_white

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from docexam.reference.page_sample import PageSample
    from docexam.vision.page import Linear, Mask

# Our starting values.
RIM_MM = 1.0
"""Pages are cut a little differently: their rim is left out."""
LEAST_SEEN = 0.5
_EVERY = 5
_LEAST_NOISE = 2e-4


@dataclass(frozen=True, slots=True, eq=False)
class Excess:
    """One page under ultraviolet.

    `picture` (h, w, 3) linear BGR; `ground` (3,) what most of the page shows of it; `level` (h, w)
    the strongest channel beyond that, 0 at least and outside of `seen`, which leaves out the rim.
    `noise` is the standard deviation of one place of `level`. `lamp` is the blue-white glow of the
    ground: what only ultraviolet wakes, and light of the room does not.
    """

    picture: Linear
    level: Linear
    seen: Mask
    ground: NDArray[np.float64]
    noise: float
    lamp: float


def excess_of(sample: PageSample) -> Excess | None:
    """The page beyond its ground; None without a colour picture that shows half of it."""
    picture = sample.pictures.get("uv")
    if picture is None or picture.ndim != 3:
        return None
    seen = np.zeros(picture.shape[:2], np.bool_)
    rim = round(RIM_MM * GRID_PX_PER_MM)
    seen[rim:-rim, rim:-rim] = sample.seen["uv"][rim:-rim, rim:-rim]
    if seen.mean() < LEAST_SEEN:
        return None
    few = picture[::_EVERY, ::_EVERY][seen[::_EVERY, ::_EVERY]]
    ground = np.percentile(few, SUBSTRATE_PERCENTILE, axis=0)
    blue, green, red = cv2.split(picture - ground.astype(np.float32))
    level = np.maximum(cv2.max(cv2.max(blue, green), red), 0) * seen
    quality = sample.view.quality.get("uv")
    noise = 0.0 if quality is None or not np.isfinite(quality.noise) else float(quality.noise)
    return Excess(
        picture=picture,
        level=np.asarray(level, np.float32),
        seen=seen,
        ground=np.asarray(ground, np.float64),
        noise=max(noise, _LEAST_NOISE),
        # of the mean colour: each place's own noise would pass for a glow
        lamp=float(blue_white(few.mean(axis=0))),
    )
