"""What a change is in figures, taken from the layers by the same physics that draws them.

A place of a page is brought down to one point: each layer covers it by its mean there. Rendering
that point gives levels free of lens, noise and resolution.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from docexam.specimens.forger import limits
from docexam.specimens.grid import Grid
from docexam.specimens.physics.cameras import camera_for
from docexam.specimens.physics.exposure import PAPER_GLOW_LEVEL, WHITE_LEVEL, gains
from docexam.specimens.physics.lamps import Lamp, lamp_named
from docexam.specimens.physics.render import render
from docexam.specimens.physics.spectra import peaks
from docexam.specimens.stack import Layer, PageStack

if TYPE_CHECKING:
    from collections.abc import Callable

    from docexam.specimens.design import BoxMm
    from docexam.specimens.grid import Coverage

_MOTIFS = ("uv-print", "overprint", "fibres", "stitching", "thread", "specimen")
"""What glows by intent: no part of the page's own level."""


@cache
def _lamp_900() -> Lamp:
    return Lamp("ir", peaks([[900, 50, 1.0]]), camera="infrared", wavelength_nm=900.0)


def mean_cover(layer: Layer, grid: Grid, box_mm: BoxMm) -> float:
    """How much of the box the layer covers."""
    column, row, columns, rows = grid.box_px(box_mm)
    top, left = max(row, layer.row), max(column, layer.column)
    bottom = min(row + rows, layer.row + layer.coverage.shape[0])
    right = min(column + columns, layer.column + layer.coverage.shape[1])
    if top >= bottom or left >= right:
        return 0.0
    part = layer.coverage[top - layer.row : bottom - layer.row, left - layer.column :]
    return float(part[:, : right - left].sum(dtype=np.float64)) / (rows * columns)


def point(
    stack: PageStack,
    box_mm: BoxMm,
    *,
    solid: Callable[[Layer], bool] = lambda _: False,
    absent: Callable[[Layer], bool] = lambda _: False,
) -> PageStack:
    """The box as one point; `solid` layers in it cover all of it, `absent` ones nothing."""
    layers = []
    for layer in stack.layers:
        if absent(layer):
            continue
        share = mean_cover(layer, stack.grid, box_mm)
        if share > 0:
            share = 1.0 if solid(layer) else share
            coverage = np.full((1, 1), share, np.float32)
            layers.append(replace(layer, coverage=coverage, row=0, column=0))
    one = np.ones((1, 1), np.float32)
    return PageStack(stack.page, Grid(1.0, 1.0, 1.0), tuple(layers), one, stack.backing)


def _level(stack: PageStack, lamp: Lamp) -> float:
    camera = camera_for(lamp.camera)
    seen = render(stack, lamp, camera)[:, 0, 0] * gains(lamp, camera)
    return float(seen.max())


def contrast_900(stack: PageStack, box_mm: BoxMm, ink: Callable[[Layer], bool]) -> float:
    """Print contrast signal at 900 nm of solid print in `ink`, (paper - print) / paper."""
    paper = _level(point(stack, box_mm, absent=ink), _lamp_900())
    printed = _level(point(stack, box_mm, solid=ink), _lamp_900())
    return (paper - printed) / paper if paper > 0 else 0.0


def uv_level(stack: PageStack, box_mm: BoxMm, *, motifs: bool = False) -> float:
    """Glow of the box under 365 nm, office paper being 1; without motifs unless asked for."""
    seen = point(stack, box_mm, absent=lambda layer: not motifs and layer.role in _MOTIFS)
    return _level(seen, lamp_named("uv")) / PAPER_GLOW_LEVEL


def glow_change(stack: PageStack, genuine: PageStack, box_mm: BoxMm) -> tuple[float, float]:
    """How the glow of the box has changed: (as a share of the genuine one, office paper being 1).

    With and without the motifs there, whichever changes more: a stain may glow as strongly as the
    motif that was washed away, in another colour.
    """
    changes = []
    for motifs in (False, True):
        before = uv_level(genuine, box_mm, motifs=motifs)
        step = abs(uv_level(stack, box_mm, motifs=motifs) - before)
        changes.append((step, step / max(before, 1e-6)))
    step, share = max(changes)
    return share, step


def white_level(stack: PageStack, box_mm: BoxMm) -> float:
    """Reflectance of the box in white light, in its brightest third."""
    return _level(point(stack, box_mm), lamp_named("white")) / WHITE_LEVEL


def ground_lost(before: PageStack, after: PageStack, box_mm: BoxMm) -> float:
    """The share of the ground's print in the box that is gone; 0 where there was hardly any."""
    was, now = (
        sum(mean_cover(layer, stack.grid, box_mm) for layer in stack.with_role("background"))
        for stack in (before, after)
    )
    return 1 - now / was if was > limits.GROUND_COVER else 0.0


def through_level(stack: PageStack, box_mm: BoxMm) -> float:
    """Level of the box in transmitted light, a sheet of ordinary paper being near 0.3 to 0.9."""
    return _level(point(stack, box_mm), lamp_named("transmitted"))


def height_at_mm(stack: PageStack, box_mm: BoxMm) -> float:
    """Mean height above the bare sheet."""
    return sum(
        layer.material.relief_mm * mean_cover(layer, stack.grid, box_mm) for layer in stack.layers
    )


def ink_changed(before: Coverage, after: Coverage) -> float:
    """How much ink stands elsewhere, as a share of the ink before; both on one grid."""
    ink = float(before.sum(dtype=np.float64))
    moved = float(np.abs(after - before).sum(dtype=np.float64))
    return moved / ink if ink > 0 else 0.0


def whole(stack: PageStack) -> BoxMm:
    """The box of the whole page."""
    return 0.0, 0.0, stack.grid.width_mm, stack.grid.height_mm
