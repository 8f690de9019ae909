"""Maps of the plane as 3 x 3 matrices: fitting them to points, and carrying points with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.nouns.measurement import BoxMm
    from docexam.nouns.reading import Point, Quad

Matrix = NDArray[np.float64]
Points = NDArray[np.float64]


def apply(matrix: Matrix, points: Points | Sequence[Point]) -> Points:
    """(n, 2) points carried by `matrix`."""
    flat = np.asarray(points, np.float64).reshape(-1, 2)
    lifted = np.column_stack([flat, np.ones(len(flat))]) @ matrix.T
    return np.asarray(lifted[:, :2] / lifted[:, 2:])


def inverse(matrix: Matrix) -> Matrix:
    """The way back."""
    return np.asarray(np.linalg.inv(matrix), np.float64)


def as_quad(points: Points) -> Quad:
    """Four points as plain numbers."""
    a, b, c, d = ((float(x), float(y)) for x, y in points)
    return (a, b, c, d)


def box_corners(box: BoxMm) -> Points:
    """(4, 2) corners of (x, y, w, h), clockwise from the top left."""
    x, y, w, h = box
    return np.array([[x, y], [x + w, y], [x + w, y + h], [x, y + h]])


def box_around(boxes: Sequence[BoxMm]) -> BoxMm:
    """The smallest box that holds all of these, at least one."""
    left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
    right, low = max(b[0] + b[2] for b in boxes), max(b[1] + b[3] for b in boxes)
    return (left, top, right - left, low - top)


def similarity(source: Points, target: Points) -> Matrix:
    """The turn, scale and shift that carry `source` (n, 2) nearest to `target` (least squares)."""
    middle, to = source.mean(0), target.mean(0)
    a = (source - middle) @ np.array([1, 1j])
    b = (target - to) @ np.array([1, 1j])
    turn = complex(np.vdot(a, b)) / max(float(np.vdot(a, a).real), 1e-12)
    linear = np.array([[turn.real, -turn.imag], [turn.imag, turn.real]])
    matrix = np.eye(3)
    matrix[:2, :2] = linear
    matrix[:2, 2] = to - linear @ middle
    return matrix


def affine(source: Points, target: Points) -> Matrix:
    """The affine map that carries `source` (n, 2), n >= 3, nearest to `target` (least squares)."""
    lifted = np.column_stack([source, np.ones(len(source))])
    found, *_ = np.linalg.lstsq(lifted, target, rcond=None)
    matrix = np.eye(3)
    matrix[:2] = found.T
    return matrix


def homography(source: Points, target: Points) -> Matrix:
    """The projective map that carries four points onto four others."""
    found = cv2.getPerspectiveTransform(source.astype(np.float32), target.astype(np.float32))
    return np.asarray(found, np.float64)


def shift(x: float, y: float) -> Matrix:
    """A shift."""
    return np.array([[1.0, 0.0, x], [0.0, 1.0, y], [0.0, 0.0, 1.0]])


def scaling(x: float, y: float) -> Matrix:
    """A scaling about the origin."""
    return np.diag([x, y, 1.0])


def local_scale(matrix: Matrix, at: Point) -> float:
    """How much `matrix` enlarges lengths near a point (square root of its enlargement of areas)."""
    x, y = at
    here, right, below = apply(matrix, [(x, y), (x + 0.5, y), (x, y + 0.5)])
    u, v = (right - here) * 2, (below - here) * 2
    return float(np.sqrt(abs(u[0] * v[1] - u[1] * v[0])))
