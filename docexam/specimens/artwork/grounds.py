"""Whole grounds of fine lines: nets of crossed waves, ripples around a point, and scales."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from docexam.specimens.artwork.canvas import axes_mm, band_coverage, line_field, shape_px
from docexam.specimens.artwork.guilloche import wave_field

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Map = NDArray[np.float32]


def net(
    size_mm: tuple[float, float],
    px_per_mm: float,
    rng: np.random.Generator,
    *,
    pitch_mm: float = 0.9,
    line_mm: float = 0.1,
    amplitude_mm: float = 0.8,
    wavelength_mm: float = 30.0,
    angle_deg: float = 30.0,
) -> tuple[Map, Map]:
    """Two fields of waves that cross at twice `angle_deg`: (rising lines, falling lines)."""
    rising, falling = (
        wave_field(
            size_mm,
            px_per_mm,
            rng,
            pitch_mm=pitch_mm,
            line_mm=line_mm,
            amplitude_mm=amplitude_mm,
            wavelength_mm=wavelength_mm,
            angle_deg=turn,
        )
        for turn in (-angle_deg, angle_deg)
    )
    return rising, falling


def ripples(
    size_mm: tuple[float, float],
    px_per_mm: float,
    *,
    centre_mm: tuple[float, float],
    pitch_mm: float = 0.6,
    line_mm: float = 0.12,
    lobes: int = 12,
    lobe_mm: float = 0.8,
) -> Map:
    """Closed lines around `centre_mm`, which may lie off the map, that swing in `lobes`."""
    x, y = axes_mm(size_mm, px_per_mm)
    dx, dy = x - np.float32(centre_mm[0]), y - np.float32(centre_mm[1])
    radius = np.sqrt(dx * dx + dy * dy)
    # lines stay round near the centre, where the swings would fold
    calm = np.clip(radius / np.float32(max(lobe_mm * lobes, 1e-3)), 0, 1)
    swing = np.sin(np.arctan2(dy, dx) * np.float32(lobes) + radius * np.float32(0.15))
    field = (radius + np.float32(lobe_mm) * calm * swing) / np.float32(pitch_mm)
    return line_field(np.asarray(field, np.float32), line_mm * px_per_mm / 2)


def scales(
    size_mm: tuple[float, float],
    px_per_mm: float,
    *,
    scale_mm: float = 6.0,
    pitch_mm: float = 0.6,
    line_mm: float = 0.12,
) -> Map:
    """Rows of overlapping discs of concentric lines, as waves on an old chart.

    Each disc is `scale_mm` wide; the rows lie half a radius apart and hide the rows above.
    """
    x, y = axes_mm(size_mm, px_per_mm)
    radius, step = scale_mm / 2, scale_mm / 4
    half = line_mm * px_per_mm / 2
    coverage = np.zeros(shape_px(size_mm, px_per_mm), np.float32)
    reach = radius + line_mm
    # from the top down: each row of discs lies on the rows above
    for row in range(-2, int(size_mm[1] / step) + 4):
        shift = radius if row % 2 else 0.0
        across = (x + np.float32(radius - shift)) % np.float32(scale_mm) - np.float32(radius)
        near = slice(*np.searchsorted(y[:, 0], [row * step - reach, row * step + reach]))
        down = y[near] - np.float32(row * step)
        if not down.size:
            continue
        inward = np.float32(radius) - np.sqrt(across * across + down * down)
        disc = np.clip(inward * np.float32(px_per_mm) + np.float32(0.5), 0, 1)
        turn = inward / np.float32(pitch_mm)
        away_px = np.abs(turn - np.rint(turn)) * np.float32(pitch_mm * px_per_mm)
        rings = band_coverage(away_px.astype(np.float32), half) * disc
        rim = band_coverage(np.abs(inward * np.float32(px_per_mm)), half)
        coverage[near] = np.maximum(coverage[near] * (1 - disc) + rings, rim)
    return coverage
