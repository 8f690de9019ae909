"""Straighten a picture onto the page's millimetre grid, in linear intensities."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.vision.linear import linear_of
from docexam.vision.page import MAX_PX_PER_MM, LightView, ReferenceSeen
from docexam.vision.plane import Matrix, apply, as_quad, box_corners, local_scale, scaling, shift

if TYPE_CHECKING:
    from numpy.typing import NDArray

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
    pixels, mask = onto_grid(linear_of(picture.pixels, image.encoding), to_px, size_mm, px_per_mm)
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
        reference=_reference(picture),
        bed=_bed(picture, to_px, size_mm),
        exposure_ms=image.exposure_ms,
        gain=image.gain,
    )


def _reference(picture: LightPicture) -> ReferenceSeen | None:
    """The middle of the patch: its rim may be blurred into what lies beside it."""
    patch = picture.image.reference
    if patch is None:
        return None
    x, y, w, h = patch.box_px
    rows = slice(max(0, round(y + 0.2 * h)), max(0, round(y + 0.8 * h)))
    columns = slice(max(0, round(x + 0.2 * w)), max(0, round(x + 0.8 * w)))
    part = np.ascontiguousarray(picture.pixels[rows, columns])
    if part.size == 0:
        return None
    stored = part.reshape(part.shape[0] * part.shape[1], -1)
    level = np.median(linear_of(stored, picture.image.encoding), axis=0)
    saturated = float((stored >= _CLIPPED).any(axis=1).mean())
    return ReferenceSeen(patch, tuple(float(v) for v in level), saturated)


def _bed(
    picture: LightPicture, to_px: Matrix, size_mm: tuple[float, float]
) -> tuple[float, ...] | None:
    """The median level of a ring around the page, without the reference patch."""
    height, width = picture.pixels.shape[:2]
    ring = np.zeros((height, width), np.uint8)
    for distance, value in ((_BED_RING_MM[1], 1), (_BED_RING_MM[0], 0)):
        box = (-distance, -distance, size_mm[0] + 2 * distance, size_mm[1] + 2 * distance)
        cv2.fillConvexPoly(ring, np.round(apply(to_px, box_corners(box))).astype(np.int32), value)
    if picture.image.reference is not None:
        x, y, w, h = (round(v) for v in picture.image.reference.box_px)
        ring[max(0, y - 2) : y + h + 2, max(0, x - 2) : x + w + 2] = 0
    levels = picture.pixels.reshape(height, width, -1)
    counts = [
        cv2.calcHist([levels], [channel], ring, [256], [0.0, 256.0]).ravel()
        for channel in range(levels.shape[2])
    ]
    if counts[0].sum() < 200:
        return None
    decoded = linear_of(np.arange(256, dtype=np.uint8), picture.image.encoding).ravel()
    return tuple(_median_of(each, decoded) for each in counts)


def _median_of(counts: NDArray[np.floating | np.integer], decoded: Linear) -> float:
    """The median of samples that are told as how many have each stored level."""
    upto = np.cumsum(counts, dtype=np.int64)
    middle = np.searchsorted(upto, ((upto[-1] + 1) // 2, upto[-1] // 2 + 1))
    return float(decoded[middle].mean())
