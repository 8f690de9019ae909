"""Guilloche: rosettes, wave fields, braided borders and relief lines of 0.1 to 0.2 mm."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from docexam.specimens.artwork.canvas import axes_mm, band_coverage, line_field, shape_px

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Map = NDArray[np.float32]

TURN = 2 * math.pi


@dataclass(frozen=True, slots=True)
class Ring:
    """One ring of a rosette: `curves` closed waves of `lobes` swings between two radii.

    `petals` and `petal_mm` swing the middle of the ring itself, which gives flower outlines.
    """

    inner_mm: float
    outer_mm: float
    lobes: int
    curves: int
    petals: int = 0
    petal_mm: float = 0.0
    turn: float = 0.0


def rosette(
    size_mm: tuple[float, float],
    px_per_mm: float,
    rng: np.random.Generator,
    *,
    rings: int = 3,
    line_mm: float = 0.12,
    centre_mm: tuple[float, float] | None = None,
    radius_mm: float | None = None,
) -> Map:
    """A rosette of `rings` interlaced rings drawn from `rng`; coverage (rows, columns)."""
    radius = radius_mm if radius_mm is not None else 0.48 * min(size_mm)
    petals = int(rng.integers(5, 13))
    edges = radius * np.linspace(0.16, 1.0, rings + 1)
    # rings reach into each other, so that no empty circle remains between them
    reach = 0.5 * radius / (rings + 1)
    drawn = [
        Ring(
            inner_mm=max(0.6, float(edges[k]) - reach * 0.6),
            outer_mm=float(edges[k + 1]) - (0.09 * radius if k == rings - 1 else 0.0),
            lobes=petals * int(rng.integers(1, 4)),
            # neighbouring curves must stay some line widths apart on the outer circle
            curves=max(2, int(rng.integers(4, 9)) * (k + 2) // 2),
            petals=petals,
            petal_mm=float(0.07 * radius * rng.uniform(0.5, 1.0)) * (k + 1) / rings,
            turn=float(rng.uniform(0, TURN)),
        )
        for k in range(rings)
    ]
    return ring_pattern(size_mm, px_per_mm, drawn, line_mm=line_mm, centre_mm=centre_mm)


def ring_pattern(
    size_mm: tuple[float, float],
    px_per_mm: float,
    rings: list[Ring],
    *,
    line_mm: float = 0.12,
    centre_mm: tuple[float, float] | None = None,
) -> Map:
    """Coverage of given rings around one centre (the middle of the map by default)."""
    coverage = np.zeros(shape_px(size_mm, px_per_mm), np.float32)
    cx, cy = centre_mm if centre_mm is not None else (size_mm[0] / 2, size_mm[1] / 2)
    reach = max(ring.outer_mm + ring.petal_mm for ring in rings) + line_mm
    x, y = axes_mm(size_mm, px_per_mm)
    columns = slice(*np.searchsorted(x[0], [cx - reach, cx + reach]))
    rows = slice(*np.searchsorted(y[:, 0], [cy - reach, cy + reach]))
    dx, dy = x[:, columns] - np.float32(cx), y[rows] - np.float32(cy)
    if dx.size == 0 or dy.size == 0:
        return coverage
    radius = np.sqrt(dx * dx + dy * dy)
    angle = np.arctan2(dy, dx)
    window = coverage[rows, columns]
    for ring in rings:
        drawn = _ring(radius, angle, ring, px_per_mm, line_mm)
        window += drawn - window * drawn
    return coverage


def _ring(radius: Map, angle: Map, ring: Ring, px_per_mm: float, line_mm: float) -> Map:
    swing = np.float32((ring.outer_mm - ring.inner_mm) / 2)
    middle = np.float32((ring.outer_mm + ring.inner_mm) / 2)
    position = (radius - middle) / swing
    bend = np.float32(0)
    if ring.petals:
        phase = angle * np.float32(ring.petals)
        position = position - np.cos(phase) * np.float32(ring.petal_mm) / swing
        bend = np.sin(phase) * np.float32(ring.petals * ring.petal_mm) / swing
    inside = np.abs(position) < 1
    position = np.clip(position, -0.9999, 0.9999)
    phase = np.arcsin(position)
    steep = 1 / np.sqrt(1 - position * position)
    spokes = angle * np.float32(ring.lobes) + np.float32(ring.turn)
    scale = np.float32(ring.curves / TURN)
    safe_radius = np.maximum(radius, np.float32(0.05))
    # lines cross: what both leave free is free, also where they are thinner than a pixel
    coverage = np.zeros(radius.shape, np.float32)
    for sign in (-1, 1):
        field = (spokes + sign * phase) * scale + (0 if sign < 0 else ring.curves / 2)
        radial = scale * steep / swing
        around = scale * (ring.lobes + sign * steep * bend) / safe_radius
        slope = np.sqrt(radial * radial + around * around)
        distance = np.abs(field - np.rint(field)) / slope * np.float32(px_per_mm)
        branch = band_coverage(distance.astype(np.float32), line_mm * px_per_mm / 2)
        coverage = coverage + branch - coverage * branch
    return np.asarray(coverage * inside, np.float32)


def wave_phase(
    size_mm: tuple[float, float],
    px_per_mm: float,
    rng: np.random.Generator,
    *,
    pitch_mm: float = 0.6,
    amplitude_mm: float = 1.6,
    wavelength_mm: float = 24.0,
    angle_deg: float = 0.0,
    waves: int = 3,
) -> Map:
    """The running line number of a field of waves; whole numbers are lines."""
    x, y = axes_mm(size_mm, px_per_mm)
    turn = math.radians(angle_deg)
    along_x, along_y = math.cos(turn), math.sin(turn)
    field = (x * np.float32(-along_y) + y * np.float32(along_x)).astype(np.float32)
    for k in range(waves):
        length = wavelength_mm * float(rng.uniform(0.7, 1.4)) / (1 + 0.6 * k)
        lean = float(rng.uniform(-0.5, 0.5))
        start = float(rng.uniform(0, TURN))
        high = amplitude_mm / (1 + k)
        u = (along_x - lean * along_y) * TURN / length
        v = (along_y + lean * along_x) * TURN / length
        # sin(ux + vy + s) as two outer products: one multiplication a pixel
        sine_x, cosine_x = np.sin(x * u + start), np.cos(x * u + start)
        sine_y, cosine_y = np.sin(y * v), np.cos(y * v)
        field += (high * cosine_y).astype(np.float32) * sine_x.astype(np.float32)
        field += (high * sine_y).astype(np.float32) * cosine_x.astype(np.float32)
    field *= np.float32(1 / pitch_mm)
    return field


def wave_field(
    size_mm: tuple[float, float],
    px_per_mm: float,
    rng: np.random.Generator,
    *,
    pitch_mm: float = 0.6,
    line_mm: float = 0.12,
    amplitude_mm: float = 1.6,
    wavelength_mm: float = 24.0,
    angle_deg: float = 0.0,
) -> Map:
    """Fine waving lines over the whole map."""
    field = wave_phase(
        size_mm,
        px_per_mm,
        rng,
        pitch_mm=pitch_mm,
        amplitude_mm=amplitude_mm,
        wavelength_mm=wavelength_mm,
        angle_deg=angle_deg,
    )
    return line_field(field, line_mm * px_per_mm / 2)


def interleaved(
    size_mm: tuple[float, float],
    px_per_mm: float,
    rng: np.random.Generator,
    *,
    pitch_mm: float = 0.5,
    line_mm: float = 0.12,
    amplitude_mm: float = 1.6,
    wavelength_mm: float = 24.0,
    angle_deg: float = 0.0,
) -> tuple[Map, Map]:
    """One wave field in two inks that take turns line by line: (first ink, second ink)."""
    field = wave_phase(
        size_mm,
        px_per_mm,
        rng,
        pitch_mm=2 * pitch_mm,
        amplitude_mm=amplitude_mm,
        wavelength_mm=wavelength_mm,
        angle_deg=angle_deg,
    )
    half = line_mm * px_per_mm / 2
    return line_field(field, half), line_field(field + np.float32(0.5), half)


def relief_lines(
    size_mm: tuple[float, float],
    px_per_mm: float,
    height: Map,
    *,
    pitch_mm: float = 0.4,
    line_mm: float = 0.13,
    lift_mm: float = 1.2,
    angle_deg: float = 20.0,
    swell: float = 0.0,
) -> Map:
    """Numismatic lines that bend over a relief (`height`, 0..1, any shape of map).

    `swell` from 0 to 1 makes lines thicker where the relief is high.
    """
    x, y = axes_mm(size_mm, px_per_mm)
    turn = math.radians(angle_deg)
    field = x * np.float32(-math.sin(turn)) + y * np.float32(math.cos(turn))
    field = (field + height * np.float32(lift_mm)) * np.float32(1 / pitch_mm)
    half = line_mm * px_per_mm / 2
    width = np.asarray(half * (1 + swell * (2 * height - 1)), np.float32)
    return line_field(field.astype(np.float32), width)


def swelling_lines(
    tones: Map, px_per_mm: float, *, pitch_mm: float = 0.34, angle_deg: float = 30.0
) -> Map:
    """`tones` (0..1 of ink, any picture) as straight lines that swell with the tone."""
    rows, columns = tones.shape
    turn = math.radians(angle_deg)
    x = np.arange(columns, dtype=np.float32)[None, :]
    y = np.arange(rows, dtype=np.float32)[:, None]
    pitch_px = pitch_mm * px_per_mm
    field = (x * math.sin(turn) + y * math.cos(turn)) / pitch_px
    distance = (np.abs(field - np.rint(field)) * pitch_px).astype(np.float32)
    return band_coverage(distance, tones * np.float32(pitch_px / 2))


def braid(
    size_mm: tuple[float, float],
    px_per_mm: float,
    *,
    swing_mm: float,
    wavelength_mm: float,
    curves: int = 6,
    line_mm: float = 0.12,
    inset_mm: float = 0.0,
) -> Map:
    """A frame of interlaced waves along the four edges, its middle `inset_mm` + swing inside."""
    x, y = axes_mm(size_mm, px_per_mm)
    width, height = size_mm
    middle = inset_mm + swing_mm
    coverage = np.zeros(shape_px(size_mm, px_per_mm), np.float32)
    sides = (
        (x, y, width, False),
        (x, height - y, width, False),
        (y, x, height, True),
        (y, width - x, height, True),
    )
    deep = 2 * swing_mm + inset_mm
    for run, depth, length, upright in sides:
        flat = np.flatnonzero(depth.ravel() <= deep + line_mm)
        cut = slice(int(flat[0]), int(flat[-1]) + 1)
        depth_cut = depth[:, cut] if upright else depth[cut]
        # a whole number of waves a side: the corners meet
        whole = max(1, round((length - 2 * middle) / wavelength_mm))
        step = np.float32(TURN * whole / max(length - 2 * middle, 1e-3))
        position = ((depth_cut - middle) / swing_mm).astype(np.float32)
        inside = (np.abs(position) < 1) & (run > depth_cut) & (length - run > depth_cut)
        position = np.clip(position, -0.9999, 0.9999)
        phase = np.arcsin(position)
        steep = 1 / np.sqrt(1 - position * position) / np.float32(swing_mm)
        spokes = (run - np.float32(middle)) * step
        slope = np.sqrt(step * step + steep * steep) * np.float32(curves / TURN)
        window = coverage[:, cut] if upright else coverage[cut]
        for sign in (-1, 1):
            field = (spokes + sign * phase) * np.float32(curves / TURN)
            field = field + np.float32(0 if sign < 0 else curves / 2)
            distance = np.abs(field - np.rint(field)) / slope * np.float32(px_per_mm)
            line = band_coverage(distance.astype(np.float32), line_mm * px_per_mm / 2)
            line *= inside
            window += line - window * line
    return coverage
