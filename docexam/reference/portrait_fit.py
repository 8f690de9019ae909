"""Small pictures as vectors: what is left of one when a trend and known pictures are taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.reference.ink_depth import DEPTH_PX_PER_MM

if TYPE_CHECKING:
    from docexam.vision.page import Linear


def trend_of(shape: tuple[int, int], *known: Linear) -> Linear:
    """(n, k) orthonormal columns: a level, a slope each way, and the `known` pictures."""
    rows, columns = shape
    down, across = np.mgrid[0:rows, 0:columns].astype(np.float64)
    parts = [np.ones(rows * columns), down.ravel() / rows - 0.5, across.ravel() / columns - 0.5]
    parts += [each.ravel().astype(np.float64) for each in known]
    return np.asarray(np.linalg.qr(np.array(parts).T)[0], np.float32)


def rest_of(picture: Linear, trend: Linear) -> Linear:
    """(n,) what of an (h, w) picture is not in the `trend`."""
    flat = picture.ravel()
    return np.asarray(flat - trend @ (trend.T @ flat), np.float32)


def smoothed(picture: Linear, sigma_mm: float) -> Linear:
    """Without detail finer than `sigma_mm`, on the coarse grid."""
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma_mm * DEPTH_PX_PER_MM), np.float32)
