"""What erasing leaves on a sheet: torn fibres or a washed halo, and what remains of the ink."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.specimens.forger.work import fused, has_film, on_top, sheet_layer, under_film, weakened
from docexam.specimens.physics.materials import material_named

if TYPE_CHECKING:
    from docexam.specimens.design import BoxMm
    from docexam.specimens.forger.work import Work
    from docexam.specimens.grid import Coverage, Grid
    from docexam.specimens.stack import Layer, PageStack


def blot(grid: Grid, box_mm: BoxMm, spread_mm: float, rng: np.random.Generator) -> Coverage:
    """A patch 0..1 around the box with an uneven soft edge; 0 from `spread_mm` outside on."""
    x, y = grid.x_mm()[None, :], grid.y_mm()[:, None]
    left, top, w, h = box_mm
    # distance from a box whose corners are as round as a swab leaves them
    radius = min(w, h, 4 * spread_mm) / 2
    across = np.abs(x - left - w / 2) - (w / 2 - radius)
    down = np.abs(y - top - h / 2) - (h / 2 - radius)
    beyond = np.hypot(np.maximum(across, 0), np.maximum(down, 0))
    distance = beyond + np.minimum(np.maximum(across, down), 0) - radius
    uneven = 0.65 * patchy(grid, 3.0, rng) + 0.35 * patchy(grid, 0.9, rng)
    ramp = np.clip((spread_mm * (1.2 * uneven - 0.3) - distance) / (0.6 * spread_mm) + 0.5, 0, 1)
    ramp = ramp * (distance < spread_mm)
    return np.asarray(ramp * ramp * (3 - 2 * ramp), np.float32)


def patchy(grid: Grid, patch_mm: float, rng: np.random.Generator) -> Coverage:
    """Uneven cover 0..1 in patches of about `patch_mm`, as glue and solvent leave it."""
    shape = (max(3, int(grid.height_mm / patch_mm)), max(3, int(grid.width_mm / patch_mm)))
    small = rng.random(shape).astype(np.float32)
    spread = cv2.resize(small, (grid.columns, grid.rows), interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.clip(spread, 0, 1), np.float32)


def residue_of(layers: tuple[Layer, ...], share: float) -> tuple[Layer, ...]:
    """What is left of erased ink."""
    return tuple(
        replace(
            layer,
            name=f"residue-{layer.name}",
            role="alteration",
            group="residue",
            coverage=layer.coverage * np.float32(share),
        )
        for layer in layers
    )


def scraped(work: Work, stack: PageStack, mask: Coverage) -> PageStack:
    """Knife or rubber: print goes with the surface, the sheet is thinner, its fibres stand up."""
    torn = work.between(0.25, 0.95)
    stack = weakened(stack, mask, lambda _: torn, "background", "uv-print", "captions", "overprint")
    grain = work.rng("fibres").random(mask.shape, dtype=np.float32)
    thin = work.between(0.015, 0.11)
    stack = weakened(stack, mask * (0.6 + 0.4 * grain), lambda _: thin, "substrate")
    rough = mask * (grain > 0.5) * np.float32(work.between(0.1, 0.8))
    nap = replace(material_named("relief-only"), name="raised-fibres", relief_mm=0.03)
    layers = sheet_layer(
        "raised-fibres", "alteration", nap, np.asarray(rough, np.float32), "erasure"
    )
    if not fused(work, stack.page):
        return under_film(stack, *layers)
    # engraving lies deep: it is ground out through the clear foil
    pit = replace(material_named("scratch"), name="ground", relief_mm=-work.between(0.01, 0.08))
    ground = np.asarray(mask * np.float32(work.between(0.1, 0.7)), np.float32)
    return on_top(stack, *sheet_layer("ground", "alteration", pit, ground, "erasure"))


def washed(work: Work, stack: PageStack, mask: Coverage) -> PageStack:
    """Solvent or bleach: print fades, the sheet stains, brightener and binder run into a halo."""
    faded = work.between(0.10, 0.85)
    stack = weakened(stack, mask, lambda _: faded, "background", "uv-print", "captions")
    inner = cv2.erode(mask, np.ones((3, 3), np.uint8), iterations=2)
    tide = np.asarray(np.clip(mask * (1 - mask) * 4, 0, 1), np.float32)
    glow = np.asarray(np.clip(inner * 0.55 + tide * 0.45, 0, 1), np.float32)
    glow *= np.float32(work.between(0.01, 0.45))
    glow *= 0.55 + 0.45 * patchy(stack.grid, 3.0, work.rng("solvent"))
    stain = np.asarray(mask * 0.5 + tide * 0.5, np.float32) * np.float32(work.between(0.05, 0.9))
    layers = sheet_layer("wash-stain", "alteration", "yellowing", stain, "erasure")
    layers += sheet_layer("wash-halo", "alteration", "optical-brightener", glow, "erasure")
    return under_film(stack, *layers)


def reopened(work: Work, stack: PageStack, box_mm: BoxMm) -> PageStack:
    """The film was lifted over the box and pressed down again: bubbles, and a seam around it."""
    if not has_film(stack) or fused(work, stack.page):
        return stack
    grid = stack.grid
    column, row, columns, rows = grid.box_px(box_mm)
    rng = work.rng("bubbles")
    bubbles = grid.empty()
    for _ in range(round(work.between(1, 14))):
        centre = (
            round((column + float(rng.uniform(0.08, 0.92)) * columns) * 16),
            round((row + float(rng.uniform(0.15, 0.85)) * rows) * 16),
        )
        radius = round(float(rng.uniform(0.12, 0.45)) * grid.px_per_mm * 16)
        cv2.circle(bubbles, centre, radius, work.between(0.2, 0.9), -1, cv2.LINE_AA, 4)
    outside = np.ones(grid.shape, bool)
    outside[row : row + rows, column : column + columns] = False
    bubbles[outside] = 0
    layers = sheet_layer("reopened", "alteration", "air", bubbles, "film")
    return on_top(stack, *layers)


def seam(grid: Grid, box_mm: BoxMm, width_mm: float) -> Coverage:
    """A line along the inside of the box's border."""
    column, row, columns, rows = grid.box_px(box_mm)
    width = max(1, round(width_mm * grid.px_per_mm))
    line = grid.empty()
    line[row : row + rows, column : column + columns] = 1.0
    line[row + width : row + rows - width, column + width : column + columns - width] = 0.0
    return line
