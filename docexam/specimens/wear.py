"""Wear by degree: dirt, handling, scratches, creases, fading and the ageing of laminate.

Degree 0 is new, 0.3 a few years in a pocket, 1 so worn that an officer would ask for a new one.
Ageing changes layers and adds layers; no picture is painted over.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.specimens.physics.materials import Material, material_named
from docexam.specimens.seeds import rng_for
from docexam.specimens.stack import Layer, PageStack, Role, trimmed

if TYPE_CHECKING:
    from docexam.specimens.grid import Coverage, Grid

_RUBBED: tuple[Role, ...] = ("intaglio", "viz", "mrz", "signature", "portrait", "stamp", "number")
_FADING: tuple[Role, ...] = ("background", "captions", "portrait", "ghost", "signature", "stamp")
_GLOWING: tuple[Role, ...] = ("uv-print", "overprint", "fibres", "background", "substrate")
_FADED_AT_WORST = 0.35
_DIMMED_AT_WORST = 0.45


def worn(stack: PageStack, degree: float, seed: int) -> PageStack:
    """The page after use of `degree` 0 to 1; the same seed wears in the same way."""
    if degree <= 0:
        return stack
    rng = rng_for("wear", seed, stack.page)
    fading = 1 - _FADED_AT_WORST * degree * float(rng.uniform(0.5, 1.0))
    dimming = 1 - _DIMMED_AT_WORST * degree * float(rng.uniform(0.5, 1.0))
    aged = stack.changed(lambda layer: _faded(layer, fading, dimming))
    covered = stack.with_role("laminate")
    if not covered:
        aged = aged.changed(lambda layer: _rubbed(layer, degree, rng), *_RUBBED)
    new = [
        _layer("dirt", "dirt", _dirt(stack.grid, degree, rng)),
        _layer("scratches", "scratch", _scratches(stack.grid, degree, rng)),
        _layer("creases", "crease", _creases(stack.grid, degree, rng)),
    ]
    if covered:
        age = np.full(stack.grid.shape, 0.6 * degree, np.float32)
        new.append(_layer("yellowing", "yellowing", age))
        new.append(_layer("lifting", "air", _lifting(stack.grid, degree, rng)))
    return aged.inserted(*(layer for layer in new if layer is not None))


def _layer(name: str, material: str, coverage: Coverage) -> Layer | None:
    return trimmed(f"wear-{name}", "wear", material_named(material), coverage, group="wear")


def _faded(layer: Layer, fading: float, dimming: float) -> Layer:
    material: Material = layer.material
    # carbon and engraving do not fade: their film is as dark in infrared as by day
    infrared = float(material.transmission[56:66].mean())
    if layer.role in _FADING and infrared > 0.7 and material.scatter.max() < 0.05:
        material = material.diluted(fading)
    if layer.role in _GLOWING and material.fluorescence:
        material = material.with_yield(dimming)
    return layer if material is layer.material else replace(layer, material=material)


def _rubbed(layer: Layer, degree: float, rng: np.random.Generator) -> Layer:
    """Print on an open surface loses flecks of its ink."""
    lost = _flecks(layer.coverage.shape, 5.0, rng) * np.float32(0.55 * degree)
    return replace(layer, coverage=layer.coverage * (1 - lost))


def _flecks(shape: tuple[int, int], grain_px: float, rng: np.random.Generator) -> Coverage:
    """Patches of 0..1, about `grain_px` across."""
    small = (max(2, int(shape[0] / grain_px)), max(2, int(shape[1] / grain_px)))
    lattice = rng.random(small, dtype=np.float32)
    drawn = cv2.resize(lattice, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)
    patches = np.clip((np.asarray(drawn, np.float32) - np.float32(0.55)) * 3, 0, 1)
    return np.asarray(patches, np.float32)


def _dirt(grid: Grid, degree: float, rng: np.random.Generator) -> Coverage:
    """Grime where thumbs touch: along the edges and in clouds."""
    rows, columns = grid.shape
    lattice = rng.random((9, 13), dtype=np.float32)
    clouds = np.asarray(
        cv2.resize(lattice, (columns, rows), interpolation=cv2.INTER_CUBIC), np.float32
    )
    x, y = grid.x_mm()[None, :], grid.y_mm()[:, None]
    inward = np.minimum(np.minimum(x, grid.width_mm - x), np.minimum(y, grid.height_mm - y))
    edge = np.exp(-inward / np.float32(5.0))
    grime = (np.clip(clouds - np.float32(0.35), 0, 1) * 0.35 + edge * clouds * 0.9) * degree
    grime += _specks(grid, round(60 * degree), (0.05, 0.25), rng)
    return np.asarray(np.clip(grime, 0, 1), np.float32)


def _specks(
    grid: Grid, count: int, radius_mm: tuple[float, float], rng: np.random.Generator
) -> Coverage:
    coverage = np.zeros(grid.shape, np.float32)
    for _ in range(count):
        centre = (
            round(float(rng.uniform(0, grid.columns)) * 16),
            round(float(rng.uniform(0, grid.rows)) * 16),
        )
        radius = round(float(rng.uniform(*radius_mm)) * grid.px_per_mm * 16)
        cv2.circle(coverage, centre, radius, float(rng.uniform(0.3, 0.9)), -1, cv2.LINE_AA, 4)
    return coverage


def _scratches(grid: Grid, degree: float, rng: np.random.Generator) -> Coverage:
    """Fine bright lines, most of them short."""
    coverage = np.zeros(grid.shape, np.float32)
    for _ in range(round(45 * degree)):
        start = rng.uniform(0, (grid.width_mm, grid.height_mm))
        length, turn = rng.exponential(9.0), rng.uniform(0, 2 * np.pi)
        bend = rng.normal(0, 0.06)
        along = np.linspace(0, length, 12)
        angle = turn + bend * along
        points = start + np.cumsum(
            np.stack([np.cos(angle), np.sin(angle)], axis=1) * (length / 12), axis=0
        )
        fixed = np.rint(points * grid.px_per_mm * 16).astype(np.int32)
        width = max(1, round(float(rng.uniform(0.03, 0.09)) * grid.px_per_mm))
        strength = float(rng.uniform(0.2, 0.9))
        cv2.polylines(coverage, [fixed], isClosed=False, color=strength, thickness=width,
                      lineType=cv2.LINE_AA, shift=4)  # fmt: skip
    return coverage


def _creases(grid: Grid, degree: float, rng: np.random.Generator) -> Coverage:
    """Folds that run across the page, from degree 0.35 on."""
    coverage = np.zeros(grid.shape, np.float32)
    for _ in range(round(max(0.0, degree - 0.35) * 5)):
        if rng.random() < 0.5:
            ends = (
                0.0,
                rng.uniform(0, grid.height_mm),
                grid.width_mm,
                rng.uniform(0, grid.height_mm),
            )
        else:
            ends = (
                rng.uniform(0, grid.width_mm),
                0.0,
                rng.uniform(0, grid.width_mm),
                grid.height_mm,
            )
        along = np.linspace(0, 1, 24)[:, None]
        start, end = np.asarray(ends[:2], float), np.asarray(ends[2:], float)
        points = start + (end - start) * along + rng.normal(0, 0.25, (24, 2))
        fixed = np.rint(points * grid.px_per_mm * 16).astype(np.int32)
        width = max(1, round(0.25 * grid.px_per_mm))
        cv2.polylines(coverage, [fixed], isClosed=False, color=0.6 * degree, thickness=width,
                      lineType=cv2.LINE_AA, shift=4)  # fmt: skip
    return coverage


def _lifting(grid: Grid, degree: float, rng: np.random.Generator) -> Coverage:
    """Bubbles and lifted corners under an old laminate, from degree 0.5 on."""
    extent = max(0.0, degree - 0.5)
    bubbles = _specks(grid, round(16 * extent), (0.3, 1.2), rng)
    corner = int(rng.integers(4))
    x, y = grid.x_mm()[None, :], grid.y_mm()[:, None]
    x = x if corner % 2 == 0 else grid.width_mm - x
    y = y if corner < 2 else grid.height_mm - y
    lifted = np.clip(1 - (x + y) / np.float32(18 * extent + 1e-3), 0, 1) * np.float32(extent > 0)
    return np.asarray(np.clip(bubbles + lifted, 0, 1), np.float32)
