"""A stack of layers under one lamp, as a camera with an ideal lens sees it.

For every point and band, from the bottom to the top, a layer of coverage c that keeps T of the
light in one pass and sends back s turns the reflectance R below it into
    c (s + f + T T R / (1 - s R)) + (1 - c) R,
f being what its gratings send up, and the glow G below it into
    G (c U T / (1 - s R) + 1 - c),
U being what is left of the exciting light; its own glow g adds c g (1 + R) / 2: half leaves
upwards, half comes back from below.
Transmitted light runs up through the same layers once. Slopes of the surface shade raking light
and turn the mirrored part of coaxial light away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from docexam.specimens.physics.answers import answer
from docexam.specimens.physics.bands import BandAnswer, Bands, bands_for, in_bands
from docexam.specimens.physics.lay_layer import (
    NOTHING,
    SeenLayer,
    inked_places,
    lay_densely,
    lay_sparsely,
)
from docexam.specimens.physics.surface import mirrored, shading

if TYPE_CHECKING:
    from docexam.specimens.physics.cameras import Camera
    from docexam.specimens.physics.lamps import Lamp
    from docexam.specimens.stack import Layer, PageStack

Radiance = NDArray[np.float32]
"""(channels, rows, columns), linear; before exposure."""

_TILE_ROWS = 24
_UNSEEN = 1e-12
"""Glow below this share of what white sends is lost in the last bit of a sum."""


def render(stack: PageStack, lamp: Lamp, camera: Camera) -> Radiance:
    """What `camera` sees of `stack` under `lamp`, linear and before exposure.

    Outside the outline the value is 0: what lies there belongs to the bed.
    """
    answers = {layer.material: answer(layer.material, lamp) for layer in stack.layers}
    glowing = any(each.glow is not None for each in answers.values())
    bands = bands_for(lamp, camera, glowing=glowing)
    if not len(bands):
        return np.zeros((camera.channels, *stack.grid.shape), np.float32)
    banded = {material: in_bands(each, bands) for material, each in answers.items()}
    seen = [SeenLayer(layer, banded[layer.material], inked_places(layer)) for layer in stack.layers]
    glowing = glowing and _shows_glow(seen, bands)
    backing = in_bands(answer(stack.backing, lamp), bands)
    picture = np.zeros((camera.channels, *stack.grid.shape), np.float32)
    for top in range(0, stack.grid.rows, _TILE_ROWS):
        bottom = min(top + _TILE_ROWS, stack.grid.rows)
        tile = picture[:, top:bottom]
        if lamp.geometry == "transmitted":
            _transmitted_tile(tile, seen, bands, top)
        else:
            _reflected_tile(tile, seen, bands, backing, glowing=glowing, top=top)
    if lamp.geometry == "oblique":
        picture *= shading(stack, lamp)
    if lamp.geometry == "coaxial":
        white = bands.reflected.sum(axis=1).astype(np.float32)
        picture *= np.float32(0.35)
        picture += white[:, None, None] * mirrored(stack)
    if stack.holes is not None:
        _pierce(picture, stack.holes, bands, backing, lamp)
    picture *= stack.outline
    return picture


def _shows_glow(seen: list[SeenLayer], bands: Bands) -> bool:
    """Whether the camera could see all glow together: none behind its infrared filter."""
    glow = sum((each.bands.glow for each in seen if each.bands.glow is not None), np.float64(0))
    white = np.abs(bands.reflected).sum(axis=1).max()
    return bool((np.abs(bands.emitted) * glow).sum(axis=1).max() >= _UNSEEN * white)


_HOLE_SHADE = 0.55
"""A hole is deep and narrow: little light reaches what lies beneath."""


def _pierce(
    picture: Radiance,
    holes: NDArray[np.float32],
    bands: Bands,
    backing: BandAnswer,
    lamp: Lamp,
) -> None:
    """Show what lies behind the holes: the backing, or the lamp itself in transmitted light."""
    behind = bands.reflected.sum(axis=1)
    if lamp.geometry != "transmitted":
        behind = bands.reflected @ backing.sent_back * _HOLE_SHADE
    picture *= np.float32(1) - holes
    picture += behind.astype(np.float32)[:, None, None] * holes


def _overlap(
    layer: Layer, top: int, bottom: int
) -> tuple[NDArray[np.float32], slice, slice] | None:
    """The layer's coverage within the tile's rows, and where it lies in the tile."""
    first, last = max(layer.row, top), min(layer.row + layer.coverage.shape[0], bottom)
    if first >= last:
        return None
    coverage = layer.coverage[first - layer.row : last - layer.row]
    columns = slice(layer.column, layer.column + coverage.shape[1])
    return coverage, slice(first - top, last - top), columns


def _reflected_tile(
    out: Radiance,
    seen: list[SeenLayer],
    bands: Bands,
    backing: BandAnswer,
    *,
    glowing: bool,
    top: int,
) -> None:
    shape = (len(bands), *out.shape[1:])
    reflectance = np.empty(shape, np.float32)
    reflectance[:] = backing.sent_back[:, None, None]
    glow = np.zeros(shape, np.float32) if glowing else None
    lit = False
    for each in seen:
        found = _overlap(each.layer, top, top + shape[1])
        if found is None:
            continue
        coverage, rows, columns = found
        if each.inked.sparse is not None:
            row, column, covered = each.inked.sparse
            first = top + rows.start - each.layer.row
            begin, end = np.searchsorted(row, (first, first + coverage.shape[0]))
            places = (row[begin:end] - first + rows.start) * shape[2]
            places += column[begin:end] + columns.start
            lay_sparsely(each, covered[begin:end], places, reflectance, glow)
        else:
            lay_densely(each, coverage, (rows, columns), reflectance, glow, lit=lit)
        lit = lit or each.bands.glow is not None
    _into_channels(out, reflectance, bands.reflected)
    if glow is not None:
        _into_channels(out, glow, bands.emitted)


def _transmitted_tile(out: Radiance, seen: list[SeenLayer], bands: Bands, top: int) -> None:
    light = np.ones((len(bands), *out.shape[1:]), np.float32)
    for each in seen:
        found = _overlap(each.layer, top, top + light.shape[1])
        if found is None:
            continue
        coverage, rows, columns = found
        for band in range(light.shape[0]):
            once = each.bands.kept_once[band]
            if once < 1 - NOTHING:
                light[band, rows, columns] *= coverage * (once - np.float32(1)) + np.float32(1)
    _into_channels(out, light, bands.reflected)


def _into_channels(
    out: Radiance, values: NDArray[np.float32], weights: NDArray[np.float64]
) -> None:
    """Add bands into channels one by one: the order of sums, and so each bit, is fixed."""
    scratch = np.empty(out.shape[1:], np.float32)
    for channel in range(out.shape[0]):
        for band in range(values.shape[0]):
            weight = np.float32(weights[channel, band])
            if abs(weight) > 1e-7:
                np.multiply(values[band], weight, out=scratch)
                out[channel] += scratch
