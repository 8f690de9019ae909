"""How the surface slopes, from lamps that rake it from opposite sides.

A slope towards a lamp is brighter under it, and darker under the one opposite, whatever is printed
there: the difference of both pictures as a share of their sum is the slope (times the cotangent of
the lamps' height), and their sum is the print.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import cv2
import numpy as np

if TYPE_CHECKING:
    from docexam.vision.page import Linear, Mask, PageView

Axis = Literal["across", "down"]
RAKING = ("oblique-n", "oblique-e", "oblique-s", "oblique-w")
PX_PER_MM = 8.0
# Our starting values.
_BLUR_PX = 0.7
_EVEN_MM = 12.0
_DARKEST = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class Slope:
    """Slope along one axis, on a grid of PX_PER_MM.

    `tilt` (h, w) is positive where the surface rises to the right (`across`) or to the bottom
    (`down`); `print_` (h, w) is what both lamps show together, `seen` what all saw. `lights` are
    the pictures it comes from.
    """

    axis: Axis
    tilt: Linear
    print_: Linear
    seen: Mask
    lights: tuple[str, ...]


def slopes_of(page: PageView) -> list[Slope]:
    """The slope along each axis that has both of its lamps; none without them."""
    by_side = {lamp_side(light, page.turn_deg): light for light in RAKING if light in page.lights}
    found = []
    for axis, low, high in (("across", "left", "right"), ("down", "top", "bottom")):
        if low in by_side and high in by_side:
            found.append(_slope(page, axis, by_side[low], by_side[high]))  # type: ignore[arg-type]
    return found


def lamp_side(light: str, turn_deg: float) -> str:
    """The side of the upright page at which a raking lamp of the frame stands."""
    sides = ("top", "right", "bottom", "left")
    return sides[(RAKING.index(light) - round(turn_deg / 90)) % 4]


def _slope(page: PageView, axis: Axis, low: str, high: str) -> Slope:
    one, other = _level(page, low), _level(page, high)
    seen = _seen(page, low) & _seen(page, high)
    together = one + other
    tilt = np.where(seen, (one - other) / np.maximum(together, _DARKEST), 0).astype(np.float32)
    return Slope(axis, tilt, together, seen, (low, high))


def _level(page: PageView, light: str) -> Linear:
    """Against its own surroundings, so that uneven and unequal lamps cancel."""
    grey = cv2.resize(page.lights[light].grey, _size(page), interpolation=cv2.INTER_AREA)
    grey = cv2.GaussianBlur(grey, (0, 0), _BLUR_PX)
    small = cv2.resize(grey, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    usual = cv2.GaussianBlur(
        small, (0, 0), _EVEN_MM * PX_PER_MM / 8, borderType=cv2.BORDER_REPLICATE
    )
    usual = cv2.resize(usual, _size(page), interpolation=cv2.INTER_LINEAR)
    return np.asarray(grey / np.maximum(usual, _DARKEST), np.float32)


def _seen(page: PageView, light: str) -> Mask:
    mask = page.lights[light].mask.astype(np.uint8)
    small = cv2.resize(mask, _size(page), interpolation=cv2.INTER_NEAREST)
    # the rim of what was seen is blurred into what was not
    inner = cv2.erode(small, np.ones((5, 5), np.uint8), borderValue=1)
    return np.asarray(inner > 0)


def _size(page: PageView) -> tuple[int, int]:
    width, height = (round(side * PX_PER_MM) for side in page.size_mm)
    return width, height
