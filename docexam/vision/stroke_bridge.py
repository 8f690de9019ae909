"""Short strokes that join ink of a letter, as those that make a 6 of a 5 or an 8 of a 6."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from docexam.vision.page import Mask

# Our starting values.
_BRIDGE_MM, _SLENDER, _END_PX, _ENDS_APART = 0.45, 2.0, 2, 0.6
_TOUCH_MM = 0.15
_RING_MM, _GROUND_MM2 = 2.0, 0.02


def is_bridge(own: Mask, stays: Mask, px_per_mm: float) -> bool:
    """Whether points are a short stroke whose two ends meet ink that stays; dirt is round.

    Where they close a ring of such ink, their shape is not asked. `own` and `stays` are masks of
    one window.
    """
    return closes_ring(own, stays, px_per_mm) or _is_slender(own, stays, px_per_mm)


def closes_ring(own: Mask, stays: Mask, px_per_mm: float) -> bool:
    """Whether ink that stays and some points between it enclose more ground than it does alone."""
    near = round(_RING_MM * px_per_mm)
    x, y, w, h = cv2.boundingRect(own.astype(np.uint8))
    part = slice(max(y - near, 0), y + h + near), slice(max(x - near, 0), x + w + near)
    joined = stays[part] | _reached(own[part], px_per_mm)
    return _enclosed(joined, px_per_mm) > _enclosed(stays[part], px_per_mm)


def _enclosed(ink: Mask, px_per_mm: float) -> int:
    """How many pieces of ground, large enough, do not reach the edge."""
    ground = np.pad(~ink, 1, constant_values=True).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ground, connectivity=4)
    large = stats[:, cv2.CC_STAT_AREA] >= _GROUND_MM2 * px_per_mm**2
    large[0] = large[labels[0, 0]] = False
    return int(large.sum())


def _is_slender(own: Mask, stays: Mask, px_per_mm: float) -> bool:
    points = cv2.findNonZero(own.astype(np.uint8))
    short, long = sorted(side + 1 for side in cv2.minAreaRect(points)[1])
    if long < _BRIDGE_MM * px_per_mm or long < _SLENDER * short:
        return False
    met = _reached(own, px_per_mm) & stays & ~own
    _, _, stats, middles = cv2.connectedComponentsWithStats(met.astype(np.uint8))
    ends = [middles[at] for at in range(1, len(stats)) if stats[at, cv2.CC_STAT_AREA] >= _END_PX]
    apart = [float(np.hypot(*(one - other))) for one in ends for other in ends]
    return max(apart, default=0.0) >= _ENDS_APART * long


def _reached(own: Mask, px_per_mm: float) -> NDArray[np.bool_]:
    """The points, and those that they touch."""
    reach = np.ones((2 * max(1, round(_TOUCH_MM * px_per_mm)) + 1,) * 2)
    return np.asarray(cv2.dilate(own.astype(np.uint8), reach) > 0)
