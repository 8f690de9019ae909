"""Where the page lies in the frame: turn, tilt, margin, and the way from millimetres to pixels.

Picture coordinates count from the top-left corner of the top-left pixel.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from docexam.specimens.capturing.devices import Device
    from docexam.specimens.grid import Grid

PATCH_ROOM_MM = 6.0
"""Glass above the page for the reference patch."""
_CLOSE_MM = (-0.4, 0.3)

Matrix = NDArray[np.float64]
Quad = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Placement:
    """A page in a frame of (rows, columns); `matrix` (3 x 3) takes page mm to frame pixels.

    `turn_deg` is the turn of the page, clockwise.
    """

    shape: tuple[int, int]
    matrix: Matrix
    turn_deg: float
    px_per_mm: float

    def shifted(self, x_px: float, y_px: float) -> Placement:
        """The same page seen a little to the side."""
        move = np.array([[1.0, 0.0, x_px], [0.0, 1.0, y_px], [0.0, 0.0, 1.0]])
        return replace(self, matrix=move @ self.matrix)

    def to_px(self, points_mm: Quad | list[tuple[float, float]]) -> Quad:
        """Page points in mm as frame points in px."""
        points = np.array([(x, y, 1.0) for x, y in points_mm])
        found = points @ self.matrix.T
        return tuple((float(x / w), float(y / w)) for x, y, w in found)

    def from_grid(self, grid: Grid) -> Matrix:
        """The matrix for cv2.warpPerspective from a picture on `grid` to the frame.

        OpenCV counts from the middle of the first pixel.
        """
        half = np.array([[1.0, 0.0, 0.5], [0.0, 1.0, 0.5], [0.0, 0.0, 1.0]])
        to_mm = np.diag([grid.width_mm / grid.columns, grid.height_mm / grid.rows, 1.0])
        back = np.array([[1.0, 0.0, -0.5], [0.0, 1.0, -0.5], [0.0, 0.0, 1.0]])
        return np.asarray(back @ self.matrix @ to_mm @ half)


def place(grid: Grid, device: Device, ppi: float, rng: np.random.Generator) -> Placement:
    """Lay the page of `grid` on the device's glass as `rng` has it."""
    turn = float(rng.uniform(*device.turn_deg))
    if device.quarter_turns:
        turn += 90.0 * int(rng.choice([0, 0, 0, 1, 2, 3]))
    tilt = float(rng.uniform(*device.tilt_deg))
    towards = float(rng.uniform(0, 2 * math.pi))
    margins = rng.uniform(*device.margin_mm, size=4)
    if rng.random() < device.close_crop:
        turn = 90.0 * round(turn / 90.0) + 0.3 * float(rng.uniform(-1, 1))
        margins = rng.uniform(*_CLOSE_MM, size=4)
    elif device.reference:
        margins[1] += PATCH_ROOM_MM
    return placed(grid, ppi, turn_deg=turn, tilt_deg=tilt, towards=towards, margins_mm=margins)


def placed(
    grid: Grid,
    ppi: float,
    *,
    turn_deg: float = 0.0,
    tilt_deg: float = 0.0,
    towards: float = 0.0,
    margins_mm: NDArray[np.float64] | tuple[float, float, float, float] = (4.0, 4.0, 4.0, 4.0),
) -> Placement:
    """The page turned and tilted, with margins (left, top, right, bottom) around its outline.

    `tilt_deg` leans the page away in the direction `towards` (radians), seen from 2.5 page widths.
    """
    px_per_mm = ppi / 25.4
    width, height = grid.width_mm, grid.height_mm
    turn = math.radians(turn_deg)
    centre = np.array([[1.0, 0.0, -width / 2], [0.0, 1.0, -height / 2], [0.0, 0.0, 1.0]])
    rotate = np.array(
        [
            [math.cos(turn), -math.sin(turn), 0.0],
            [math.sin(turn), math.cos(turn), 0.0],
            [0.0, 0.0, 1.0],
        ]
    )
    lean = math.sin(math.radians(tilt_deg)) / (2.5 * width)
    tilt = np.eye(3)
    tilt[2, 0], tilt[2, 1] = lean * math.cos(towards), lean * math.sin(towards)
    flat = tilt @ rotate @ centre
    corners = (
        np.array([(0, 0, 1), (width, 0, 1), (width, height, 1), (0, height, 1)], float) @ flat.T
    )
    corners = corners[:, :2] / corners[:, 2:]
    left, top = corners.min(axis=0) - np.asarray(margins_mm)[:2]
    right, bottom = corners.max(axis=0) + np.asarray(margins_mm)[2:]
    scale = np.array(
        [[px_per_mm, 0.0, -left * px_per_mm], [0.0, px_per_mm, -top * px_per_mm], [0, 0, 1.0]]
    )
    shape = (max(16, round((bottom - top) * px_per_mm)), max(16, round((right - left) * px_per_mm)))
    return Placement(shape, np.asarray(scale @ flat), turn_deg, px_per_mm)


def warp(picture: NDArray[np.float32], grid: Grid, placement: Placement) -> NDArray[np.float32]:
    """One channel on `grid`, in the frame; 0 beside the page."""
    rows, columns = placement.shape
    found = cv2.warpPerspective(
        picture,
        placement.from_grid(grid),
        (columns, rows),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(0.0,),
    )
    return np.asarray(found, np.float32)
