"""Straighten a picture onto the page's millimetre grid, in linear intensities."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.vision.linear import linear_of
from docexam.vision.page import MAX_PX_PER_MM, LightView, ReferenceSeen
from docexam.vision.plane import Matrix, apply, as_quad, box_corners, local_scale, scaling, shift

if TYPE_CHECKING:
    from docexam.vision.light_pictures import LightPicture
    from docexam.vision.page import Linear, Mask, RegisteredBy

_CLIPPED = 254
_BED_RING_MM = (0.8, 3.0)
_MOST_SHRUNK = 1.25
_MM_PER_INCH = 25.4
_RIM_PX = 2.0


def grid_scale(native_px_per_mm: float) -> float:
    """Pixels of the grid to a millimetre: those of the picture, at most MAX_PX_PER_MM."""
    return min(native_px_per_mm, MAX_PX_PER_MM)


def grid_to_px(to_px: Matrix, px_per_mm: float) -> Matrix:
    """From indices of the grid to pixels of the picture."""
    return np.asarray(to_px @ scaling(1 / px_per_mm, 1 / px_per_mm) @ shift(0.5, 0.5))


def onto_grid(
    pixels: Linear, to_px: Matrix, size_mm: tuple[float, float], px_per_mm: float
) -> tuple[Linear, Mask]:
    """The picture on the grid, and which of it the camera saw."""
    columns, rows = (round(side * px_per_mm) for side in size_mm)
    native = local_scale(to_px, (size_mm[0] / 2, size_mm[1] / 2))
    if native > _MOST_SHRUNK * px_per_mm:
        # finer than the grid: average first, or detail turns into moire
        sigma = 0.4 * native / px_per_mm
        pixels = np.asarray(cv2.GaussianBlur(pixels, (0, 0), sigma), np.float32)
    matrix = grid_to_px(to_px, px_per_mm)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    warped = cv2.warpPerspective(pixels, matrix, (columns, rows), flags=flags)
    if _is_inside(matrix, (columns, rows), pixels.shape):
        return np.asarray(warped, np.float32), np.ones((rows, columns), np.bool_)
    inside = np.full(pixels.shape[:2], 255, np.uint8)
    seen = cv2.warpPerspective(inside, matrix, (columns, rows), flags=flags) == 255
    warped[~seen] = 0.0
    return np.asarray(warped, np.float32), np.asarray(seen, np.bool_)


def _is_inside(matrix: Matrix, grid: tuple[int, int], shape: tuple[int, ...]) -> bool:
    """Whether all of the grid (columns, rows) lies well within the picture: its corners do."""
    right, bottom = grid[0] - 1.0, grid[1] - 1.0
    corners = apply(matrix, [(0.0, 0.0), (right, 0.0), (right, bottom), (0.0, bottom)])
    low, high = corners.min(axis=0), corners.max(axis=0)
    return bool((low >= _RIM_PX).all() and (high <= np.array(shape[1::-1]) - 1 - _RIM_PX).all())


def light_view(
    picture: LightPicture,
    to_px: Matrix,
    size_mm: tuple[float, float],
    px_per_mm: float,
    *,
    registered_by: RegisteredBy,
    residual_mm: float | None,
) -> LightView:
    """One light on the grid, with its patch and its bed."""
    image = picture.image
    linear = linear_of(picture.pixels, image.encoding)
    pixels, mask = onto_grid(linear, to_px, size_mm, px_per_mm)
    native = local_scale(to_px, (size_mm[0] / 2, size_mm[1] / 2))
    return LightView(
        light=image.light,
        pixels=pixels,
        mask=mask,
        native_ppi=native * _MM_PER_INCH,
        to_px=to_px,
        corners_px=as_quad(apply(to_px, box_corners((0.0, 0.0, *size_mm)))),
        wavelength_nm=image.wavelength_nm,
        residual_mm=residual_mm,
        registered_by=registered_by,
        reference=_reference(picture, linear),
        bed=_bed(picture, linear, to_px, size_mm),
        exposure_ms=image.exposure_ms,
        gain=image.gain,
    )


def _reference(picture: LightPicture, linear: Linear) -> ReferenceSeen | None:
    """The middle of the patch: its rim may be blurred into what lies beside it."""
    patch = picture.image.reference
    if patch is None:
        return None
    x, y, w, h = patch.box_px
    rows = slice(max(0, round(y + 0.2 * h)), max(0, round(y + 0.8 * h)))
    columns = slice(max(0, round(x + 0.2 * w)), max(0, round(x + 0.8 * w)))
    part = linear[rows, columns]
    if part.size == 0:
        return None
    stored = picture.pixels[rows, columns].reshape(-1, _channels(linear))
    level = np.median(part.reshape(-1, _channels(linear)), axis=0)
    saturated = float((stored >= _CLIPPED).any(axis=1).mean())
    return ReferenceSeen(patch, tuple(float(v) for v in level), saturated)


def _bed(
    picture: LightPicture, linear: Linear, to_px: Matrix, size_mm: tuple[float, float]
) -> tuple[float, ...] | None:
    """The median level of a ring around the page, without the reference patch."""
    height, width = linear.shape[:2]
    ring = np.zeros((height, width), np.uint8)
    for distance, value in ((_BED_RING_MM[1], 1), (_BED_RING_MM[0], 0)):
        box = (-distance, -distance, size_mm[0] + 2 * distance, size_mm[1] + 2 * distance)
        cv2.fillConvexPoly(ring, np.round(apply(to_px, box_corners(box))).astype(np.int32), value)
    if picture.image.reference is not None:
        x, y, w, h = (round(v) for v in picture.image.reference.box_px)
        ring[max(0, y - 2) : y + h + 2, max(0, x - 2) : x + w + 2] = 0
    found = linear[ring.astype(bool)].reshape(-1, _channels(linear))
    if len(found) < 200:
        return None
    return tuple(float(v) for v in np.median(found, axis=0))


def _channels(linear: Linear) -> int:
    return 1 if linear.ndim == 2 else linear.shape[2]
