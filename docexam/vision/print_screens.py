"""Screens of one fineness turned against each other, found in what all patches of a page show.

A screen is a square cross of sharp peaks. Regular lines that wave a little leave ridges in place of
peaks, and many points of a ridge have partners under usual angles: what runs on to either side is
no screen.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]
Places = NDArray[np.float64]

# Our starting values.
BAND = (3.4, 7.4)  # cycles a millimetre: 86 to 188 lines an inch
TURNS_DEG = (15.0, 30.0, 45.0, 60.0, 75.0)
"""Between the screens of usual printers (0, 15, 45 and 75 degrees)."""
CANDIDATES = 4000
_BESIDE, _REACH, _RAYS_DEG = 3, 10, 15.0


@dataclass(frozen=True, slots=True, eq=False)
class Screens:
    """The three best screens: how far the weakest stands out, and their frequencies.

    `level` is 1 and a little above where there are none. `places` (3, 2): (across, down) of one
    peak of each in steps of the plane; another lies square to it.
    """

    level: float
    places: Places


def radius(shape: tuple[int, ...], step: float) -> NDArray[np.float64]:
    """Cycles a millimetre of each place of a plane whose first place is zero."""
    down, across = np.indices(shape) * step
    return np.asarray(np.hypot(across, down))


def screens_of(pooled: Plane, step: float) -> Screens:
    """The three best screens of a quadrant (down, across) of frequencies `step` cycles a mm apart.

    Their level is that of the weakest: one strong screen makes no rosette.
    """
    sharp = pooled / np.maximum(_along_ridges(pooled), 1)
    down, across = np.indices(sharp.shape)
    distances = radius(sharp.shape, step)
    inside = np.flatnonzero((distances >= BAND[0]) & (distances < BAND[1]))
    level = sharp.ravel()[inside]
    best = inside[np.argsort(level)[-CANDIDATES:]]
    own = sharp.ravel()[best]
    distance = distances.ravel()[best] / step
    angle = np.arctan2(down, across).ravel()[best]
    turned = (angle + np.radians(TURNS_DEG)[:, None]) % (np.pi / 2)
    y, x = (np.rint(distance * part(turned)).astype(int) for part in (np.sin, np.cos))
    others = sharp[y, x]
    order = np.argsort(others, axis=0)[-2:]
    weakest = np.minimum(np.take_along_axis(others, order[:1], axis=0)[0], own)
    at = int(weakest.argmax())
    angles = np.array([angle[at], *turned[order[:, at], at]])
    places = distance[at] * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    return Screens(float(weakest[at]), places)


def _along_ridges(plane: Plane) -> Plane:
    """For each place the mean of the strongest straight line through it, itself left out."""
    found = np.zeros_like(plane)
    steps = np.arange(_BESIDE, _REACH + 1)
    steps = np.concatenate([-steps[::-1], steps])
    for ray in np.radians(np.arange(0.0, 180.0, _RAYS_DEG)):
        kernel = np.zeros((2 * _REACH + 1, 2 * _REACH + 1), np.float32)
        y, x = (np.rint(steps * part(ray)).astype(int) + _REACH for part in (np.sin, np.cos))
        kernel[y, x] = 1
        kernel /= kernel.sum()
        np.maximum(found, cv2.filter2D(plane, -1, kernel, borderType=cv2.BORDER_REFLECT), out=found)
    return found
