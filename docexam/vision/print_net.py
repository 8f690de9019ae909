"""Nets of regular lines that are coarser than screens, whose overtones may look like screens.

Screens make coarser beats with each other (the rosette that the eye sees): differences of the
frequencies of two of them. Such beats are no lines. No net of straight lines that cross squarely
hides that way: where whole multiples of its two frequencies add up to one fineness, they are all
even or all odd in sum, so their differences are never one of the two frequencies.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from docexam.vision.print_screens import Places, Plane

# Our starting values.
BAND = (0.6, 3.6)  # cycles a millimetre
BEAT_NEAR = 3.0  # steps of the plane
LEAST_TURN = 0.17
"""Sine of the angle between two lines that cross."""
_LEAST_LEVEL = 2.0
_NEAR = np.ones((5, 5), np.uint8)


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Regular lines: their frequencies, and how far each stands out of what is around it.

    `places` (n, 2): (across, down) in steps of the plane. `levels` (n,).
    """

    places: Places
    levels: NDArray[np.float64]

    def only(self, which: NDArray[np.bool_]) -> Lines:
        """Those of `which` (n,)."""
        return Lines(self.places[which], self.levels[which])


def lines_of(here: Plane, square: Plane, step: float) -> Lines:
    """Every regular line that is coarser than screens.

    `here` and `square` are the quadrants (down, across) of frequencies whose two parts have one
    sign, and of those square to them.
    """
    places, levels = [], []
    for plane, turned in ((here, False), (square, True)):
        down, across = np.indices(plane.shape)
        distance = np.hypot(down, across) * step
        inside = (distance >= BAND[0]) & (distance < BAND[1]) & (plane > _LEAST_LEVEL)
        found = np.argwhere(inside & (plane >= cv2.dilate(plane, _NEAR)))
        places.append(found * (-1, 1) if turned else found[:, ::-1])
        levels.append(plane[found[:, 0], found[:, 1]])
    return Lines(
        np.concatenate(places).astype(np.float64), np.concatenate(levels).astype(np.float64)
    )


def power_at(power: Plane, places: Places) -> Plane:
    """The most power within a step of each of `places`, patch by patch, (patches, n).

    `power` (patches, rows, columns) has zero in its very middle.
    """
    across, down = (np.rint(places).astype(int) + power.shape[1] // 2).T
    near = [power[:, down + y, across + x] for y in (-1, 0, 1) for x in (-1, 0, 1)]
    return np.asarray(np.max(near, axis=0), np.float32)


def net_of(lines: Lines, screens: Places) -> float:
    """How far the best two crossing lines stand out, the weaker of them; 0 where none cross.

    `screens` (n, 2) holds one frequency of each screen; their beats are left out.
    """
    apart = lines.places[:, None, :] - _beats(screens)[None, :, :]
    own = lines.only(np.hypot(apart[..., 0], apart[..., 1]).min(axis=1) > BEAT_NEAR)
    direction = own.places / np.hypot(own.places[:, :1], own.places[:, 1:])
    product = np.outer(direction[:, 0], direction[:, 1])
    weaker = np.minimum(own.levels[:, None], own.levels[None, :])
    return float(np.where(np.abs(product - product.T) >= LEAST_TURN, weaker, 0.0).max(initial=0.0))


def _beats(screens: Places) -> Places:
    """Differences of all peaks of all screens, (m, 2)."""
    turned = np.stack([-screens[:, 1], screens[:, 0]], axis=1)
    peaks = np.concatenate([screens, turned, -screens, -turned])
    return np.asarray((peaks[:, None, :] - peaks[None, :, :]).reshape(-1, 2))
