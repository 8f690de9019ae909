"""What erasing leaves on a sheet: torn fibres or a washed halo, and what remains of the ink."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.specimens.forger.work import has_film, on_top, sheet_layer, under_film, weakened
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
    outside = np.hypot(
        np.maximum(np.maximum(left - x, x - left - w), 0),
        np.maximum(np.maximum(top - y, y - top - h), 0),
    )
    small = rng.random((max(3, int(grid.height_mm / 2)), max(3, int(grid.width_mm / 2))))
    uneven = cv2.resize(
        small.astype(np.float32), (grid.columns, grid.rows), interpolation=cv2.INTER_CUBIC
    )
    reach = np.float32(spread_mm) * np.clip(np.asarray(uneven) * 0.7 + 0.3, 0.3, 1.0)
    ramp = np.clip(1 - outside / reach, 0, 1)
    return np.asarray(ramp * ramp * (3 - 2 * ramp), np.float32)


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
    return under_film(stack, *layers)


def washed(work: Work, stack: PageStack, mask: Coverage) -> PageStack:
    """Solvent or bleach: print fades, the sheet stains, brightener and binder run into a halo."""
    faded = work.between(0.10, 0.85)
    stack = weakened(stack, mask, lambda _: faded, "background", "uv-print", "captions")
    inner = cv2.erode(mask, np.ones((3, 3), np.uint8), iterations=2)
    tide = np.asarray(np.clip(mask * (1 - mask) * 4, 0, 1), np.float32)
    glow = np.asarray(np.clip(inner * 0.55 + tide * 0.45, 0, 1), np.float32)
    glow *= np.float32(work.between(0.01, 0.45))
    stain = np.asarray(mask * 0.5 + tide * 0.5, np.float32) * np.float32(work.between(0.05, 0.9))
    layers = sheet_layer("wash-stain", "alteration", "yellowing", stain, "erasure")
    layers += sheet_layer("wash-halo", "alteration", "optical-brightener", glow, "erasure")
    return under_film(stack, *layers)


def reopened(work: Work, stack: PageStack, box_mm: BoxMm) -> PageStack:
    """The film was lifted over the box and pressed down again: bubbles, and a seam around it."""
    if not has_film(stack):
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
