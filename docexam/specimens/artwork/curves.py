"""Outlines that motifs are made of: circles, stars and smooth closed curves of points (n, 2)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Points = NDArray[np.float64]
    Shape = list[tuple[Points, float]]

TURN = 2 * math.pi


def circle(x: float, y: float, radius: float, count: int = 64, squash: float = 1.0) -> Points:
    """A circle of `count` points; `squash` flattens it."""
    angle = np.linspace(0, TURN, count, endpoint=False)
    return np.stack([x + radius * np.cos(angle), y + radius * squash * np.sin(angle)], 1)


def spline(p0: Points, p1: Points, p2: Points, p3: Points, steps: int) -> Points:
    """Catmull-Rom pieces from each `p1` to its `p2`, (n * steps, 2), without the last point."""
    t = np.linspace(0, 1, steps, endpoint=False)[None, :, None]
    p0, p1, p2, p3 = (each[:, None, :] for each in (p0, p1, p2, p3))
    curve = 0.5 * (
        2 * p1
        + (p2 - p0) * t
        + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2
        + (3 * p1 - p0 - 3 * p2 + p3) * t**3
    )
    return np.asarray(curve.reshape(-1, 2))


def smooth(*corners: tuple[float, float], steps: int = 10) -> Points:
    """A closed Catmull-Rom curve through `corners`."""
    base = np.array(corners)
    before, after, next_but_one = np.roll(base, 1, 0), np.roll(base, -1, 0), np.roll(base, -2, 0)
    return spline(before, base, after, next_but_one, steps)


def star_points(
    x: float, y: float, outer: float, inner: float, tips: int, turn: float = 0.0
) -> Points:
    """A star of `tips` points between two radii."""
    angle = np.linspace(0, TURN, 2 * tips, endpoint=False) - math.pi / 2 + turn
    radius = np.where(np.arange(2 * tips) % 2 == 0, outer, inner)
    return np.stack([x + radius * np.cos(angle), y + radius * np.sin(angle)], 1)
