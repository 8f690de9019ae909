"""The shape of a leaf: rounded corners, and the holes of a perforated number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.specimens.text import draw_text, text_width_mm

if TYPE_CHECKING:
    from docexam.specimens.design import Perforation
    from docexam.specimens.grid import Coverage, Grid

_FONT = "ocr-b"
_DIGIT_EM = 0.757
"""Height of OCR-B's digits as a share of the em."""


def leaf_outline(grid: Grid, corner_radius_mm: float) -> Coverage:
    """1 inside the leaf, 0 outside, antialiased; `corner_radius_mm` 0 for square corners."""
    outline = np.ones(grid.shape, np.float32)
    if corner_radius_mm <= 0:
        return outline
    side = round(corner_radius_mm * grid.px_per_mm) + 1
    away = np.maximum(corner_radius_mm * grid.px_per_mm - (np.arange(side) + 0.5), 0)
    distance = np.hypot(away[:, None], away[None, :])
    corner = np.clip(corner_radius_mm * grid.px_per_mm - distance + 0.5, 0, 1).astype(np.float32)
    outline[:side, :side] = corner
    outline[:side, -side:] = corner[:, ::-1]
    outline[-side:, :side] = corner[::-1]
    outline[-side:, -side:] = corner[::-1, ::-1]
    return outline


def perforated(grid: Grid, place: Perforation, text: str) -> Coverage:
    """The holes that spell `text`: 1 where the leaf is pierced."""
    em_mm = place.height_mm / _DIGIT_EM
    lattice = _lattice(text, em_mm, place.pitch_mm)
    holes = grid.empty()
    if place.mirrored:
        lattice = [(-x, y) for x, y in lattice]
    scale = grid.px_per_mm
    radius_px = place.hole_mm / 2 * scale
    reach = int(np.ceil(radius_px + 1.5))
    offsets = np.arange(-reach, reach + 1, dtype=np.float64)
    for x_mm, y_mm in lattice:
        x = (place.x_mm + x_mm) * scale - 0.5
        y = (place.baseline_mm + y_mm) * scale - 0.5
        column, row = round(x), round(y)
        if not (reach <= column < grid.columns - reach and reach <= row < grid.rows - reach):
            continue
        dx, dy = np.abs(offsets + column - x)[None, :], np.abs(offsets + row - y)[:, None]
        distance = np.maximum(dx, dy) if place.shape == "square" else np.hypot(dx, dy)
        hole = np.clip(radius_px - distance + 0.5, 0, 1).astype(np.float32)
        area = holes[row - reach : row + reach + 1, column - reach : column + reach + 1]
        np.maximum(area, hole, out=area)
    return holes


def _lattice(text: str, em_mm: float, pitch_mm: float) -> list[tuple[float, float]]:
    """Places (x, y) in mm from the text's origin, on a lattice, that lie on its strokes."""
    from docexam.specimens.grid import Grid

    width = text_width_mm(text, font=_FONT, em_mm=em_mm)
    grid = Grid(width + 2, em_mm * 1.2, 20.0)
    mask = grid.empty()
    draw_text(mask, grid, text, x_mm=1.0, baseline_mm=em_mm, font=_FONT, em_mm=em_mm)
    # a stroke is thinner than the lattice is wide: let it catch the points beside it
    radius = max(1, round(pitch_mm * 0.36 * grid.px_per_mm))
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))
    near = np.asarray(cv2.dilate(mask, kernel), np.float32)
    found = []
    for row in range(int(em_mm / pitch_mm)):
        for column in range(int(width / pitch_mm) + 1):
            x, y = column * pitch_mm, -row * pitch_mm
            at = round((x + 1.0) * grid.px_per_mm), round((em_mm + y) * grid.px_per_mm)
            inside = at[0] < grid.columns and 0 <= at[1] < grid.rows
            if inside and near[at[1], at[0]] > 0.5:
                found.append((x, y))
    return found
