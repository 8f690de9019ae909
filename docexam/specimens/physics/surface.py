"""The surface of a page: height, slope, gloss, and how raking and coaxial light meet them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from docexam.specimens.physics.lamps import Lamp
    from docexam.specimens.stack import PageStack

Map = NDArray[np.float32]

_EDGE_MM = 0.05
"""Inks and films end in a flank about this wide, not in a cliff."""
_MIRROR_SLOPE = 0.06
"""Slope at which about a third of the mirrored light still finds the lens."""


def height_mm(stack: PageStack) -> Map:
    """Height above the bare sheet in mm, (rows, columns)."""
    height = stack.grid.empty()
    for layer in stack.layers:
        relief = layer.material.relief_mm
        if relief:
            rows, columns = layer.coverage.shape
            area = height[layer.row : layer.row + rows, layer.column : layer.column + columns]
            area += layer.coverage * np.float32(relief)
    sigma = max(0.4, _EDGE_MM * stack.grid.px_per_mm)
    return np.asarray(cv2.GaussianBlur(height, (0, 0), sigma), np.float32)


def slopes(stack: PageStack) -> tuple[Map, Map]:
    """Slope of the surface to the right and downwards (mm per mm)."""
    height = height_mm(stack)
    scale = 0.5 * stack.grid.px_per_mm
    across = cv2.Sobel(height, cv2.CV_32F, 1, 0, ksize=1, scale=scale)
    down = cv2.Sobel(height, cv2.CV_32F, 0, 1, ksize=1, scale=scale)
    return np.asarray(across, np.float32), np.asarray(down, np.float32)


def shading(stack: PageStack, lamp: Lamp) -> Map:
    """How much more (or less) raking light a point receives than a level one; 1 where level."""
    across, down = slopes(stack)
    azimuth = math.radians(lamp.azimuth_deg)
    elevation = math.radians(lamp.elevation_deg)
    # the lamp's direction in the page: x to the right, y down, azimuth 0 at the top
    x = math.sin(azimuth) * math.cos(elevation) / math.sin(elevation)
    y = -math.cos(azimuth) * math.cos(elevation) / math.sin(elevation)
    lit = np.float32(1) - across * np.float32(x) - down * np.float32(y)
    lit /= np.sqrt(np.float32(1) + across**2 + down**2)
    return np.clip(lit, np.float32(0), np.float32(3.0))


def mirrored(stack: PageStack) -> Map:
    """Share of coaxial light that comes straight back: gloss of level film, retro-reflection."""
    gloss = stack.grid.empty()
    retro = stack.grid.empty()
    for layer in stack.layers:
        rows, columns = layer.coverage.shape
        place = (
            slice(layer.row, layer.row + rows),
            slice(layer.column, layer.column + columns),
        )
        gloss[place] += layer.coverage * (np.float32(layer.material.gloss) - gloss[place])
        above = float(layer.material.transmission[30:46].mean()) ** 2
        retro[place] *= np.float32(1) - layer.coverage * np.float32(1 - above)
        if layer.material.retro:
            retro[place] += layer.coverage * (np.float32(layer.material.retro) - retro[place])
    across, down = slopes(stack)
    level = np.exp(-(across**2 + down**2) / np.float32(_MIRROR_SLOPE**2))
    return np.asarray(gloss * level * np.float32(0.6) + retro, np.float32)
