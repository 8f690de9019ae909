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

from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from docexam.specimens.physics.answers import answer
from docexam.specimens.physics.bands import BandAnswer, Bands, bands_for, in_bands
from docexam.specimens.physics.surface import mirrored, shading

if TYPE_CHECKING:
    from docexam.specimens.physics.cameras import Camera
    from docexam.specimens.physics.lamps import Lamp
    from docexam.specimens.stack import Layer, PageStack

Radiance = NDArray[np.float32]
"""(channels, rows, columns), linear; before exposure."""

_TILE_ROWS = 24
_NOTHING = 1e-3
_SPARSE = 0.2
"""Below this share of inked points it pays to gather them."""
_LEAST_BETWEEN = np.float32(0.15)
"""A grating outshines white, but does not feed the bounces between two layers without end."""


_UNSEEN = 1e-12
"""Glow below this share of what white sends is lost in the last bit of a sum."""


@dataclass(frozen=True, eq=False)
class _Inked:
    """Where a layer has ink, the same under every lamp.

    `solid` covers all of its box. Where little of the box is covered, `sparse` has the rows,
    columns and coverage of its points in reading order.
    """

    solid: bool
    sparse: tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float32]] | None


_INKED: WeakKeyDictionary[Layer, _Inked] = WeakKeyDictionary()


@dataclass(frozen=True, eq=False)
class _Seen:
    """A layer, where it has ink, and its answer in bands."""

    layer: Layer
    bands: BandAnswer
    inked: _Inked

    @property
    def solid(self) -> bool:
        """Whether the layer covers all of its box."""
        return self.inked.solid


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
    seen = [_Seen(layer, banded[layer.material], _inked(layer)) for layer in stack.layers]
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


def _shows_glow(seen: list[_Seen], bands: Bands) -> bool:
    """Whether the camera could see all glow together: none behind its infrared filter."""
    glow = sum((each.bands.glow for each in seen if each.bands.glow is not None), np.float64(0))
    white = np.abs(bands.reflected).sum(axis=1).max()
    return bool((np.abs(bands.emitted) * glow).sum(axis=1).max() >= _UNSEEN * white)


def _inked(layer: Layer) -> _Inked:
    """Where `layer` has ink; found once for all lamps."""
    known = _INKED.get(layer)
    if known is None:
        coverage = layer.coverage
        share = np.count_nonzero(coverage) / coverage.size
        solid = share == 1.0 and bool(coverage.min() >= 1.0)
        sparse = None
        if share < _SPARSE:
            at = np.flatnonzero(coverage)
            sparse = (*np.divmod(at, coverage.shape[1]), coverage.ravel()[at])
        known = _INKED[layer] = _Inked(solid, sparse)
    return known


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
    seen: list[_Seen],
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
            _sparse(each, covered[begin:end], places, reflectance, glow)
        else:
            _dense(each, coverage, (rows, columns), reflectance, glow, lit=lit)
        lit = lit or each.bands.glow is not None
    _into_channels(out, reflectance, bands.reflected)
    if glow is not None:
        _into_channels(out, glow, bands.emitted)


def _dense(
    each: _Seen,
    coverage: NDArray[np.float32],
    place: tuple[slice, slice],
    reflectance: NDArray[np.float32],
    glow: NDArray[np.float32] | None,
    *,
    lit: bool,
) -> None:
    """Lay a layer on, band by band over its whole box; `lit` where something glows below it."""
    scratch = np.empty_like(coverage)
    for band in range(reflectance.shape[0]):
        below = reflectance[band, place[0], place[1]]
        if glow is not None and lit:
            _dim(glow[band, place[0], place[1]], below, each, coverage, band)
        _reflect(below, each, coverage, scratch, band)
        if glow is not None and each.bands.glow is not None:
            np.add(below, np.float32(1), out=scratch)
            if not each.solid:
                scratch *= coverage
            scratch *= each.bands.glow[band] * np.float32(0.5)
            glow[band, place[0], place[1]] += scratch


def _sparse(
    each: _Seen,
    coverage: NDArray[np.float32],
    places: NDArray[np.intp],
    reflectance: NDArray[np.float32],
    glow: NDArray[np.float32] | None,
) -> None:
    """Lay a layer on where it has ink, all bands at once; `places` count through the tile."""
    flat = reflectance.reshape(reflectance.shape[0], -1)
    below = flat[:, places]
    back = each.bands.sent_back[:, None]
    between = np.maximum(1 - back * below, _LEAST_BETWEEN)
    above = back + each.bands.flash[:, None] + each.bands.kept_twice[:, None] * below / between
    above -= below
    above *= coverage
    above += below
    flat[:, places] = above
    if glow is None:
        return
    flat_glow = glow.reshape(glow.shape[0], -1)
    kept = np.float32(each.bands.kept_ultraviolet) * each.bands.kept_once[:, None] / between
    light = flat_glow[:, places] * (1 + coverage * (kept - 1))
    if each.bands.glow is not None:
        light += (1 + above) * coverage * (each.bands.glow[:, None] * np.float32(0.5))
    flat_glow[:, places] = light


def _reflect(
    below: NDArray[np.float32],
    each: _Seen,
    coverage: NDArray[np.float32],
    scratch: NDArray[np.float32],
    band: int,
) -> None:
    """Turn the reflectance below the layer into that above it, in place."""
    back, twice = each.bands.sent_back[band], each.bands.kept_twice[band]
    flash = each.bands.flash[band]
    if flash < _NOTHING and back < _NOTHING:
        if twice > 1 - _NOTHING:
            return
        if each.solid:
            below *= twice
            return
        np.multiply(coverage, twice - np.float32(1), out=scratch)
        scratch += np.float32(1)
        below *= scratch
        return
    np.multiply(below, -back, out=scratch)
    scratch += np.float32(1)
    np.maximum(scratch, _LEAST_BETWEEN, out=scratch)
    np.divide(below, scratch, out=scratch)
    scratch *= twice
    scratch += back + flash
    if each.solid:
        below[:] = scratch
        return
    scratch -= below
    scratch *= coverage
    below += scratch


def _dim(
    glow: NDArray[np.float32],
    below: NDArray[np.float32],
    each: _Seen,
    coverage: NDArray[np.float32],
    band: int,
) -> None:
    """Weaken the glow from below the layer, in place: dimmed going in and coming out."""
    passed = np.float32(each.bands.kept_ultraviolet) * each.bands.kept_once[band]
    if passed > 1 - _NOTHING:
        return
    back = each.bands.sent_back[band]
    if each.solid and back < _NOTHING:
        glow *= passed
        return
    scratch = np.empty_like(coverage)
    if back < _NOTHING:
        np.multiply(coverage, passed - np.float32(1), out=scratch)
    else:
        np.multiply(below, -back, out=scratch)
        scratch += np.float32(1)
        np.maximum(scratch, _LEAST_BETWEEN, out=scratch)
        np.divide(passed, scratch, out=scratch)
        scratch -= np.float32(1)
        scratch *= coverage
    scratch += np.float32(1)
    glow *= scratch


def _transmitted_tile(out: Radiance, seen: list[_Seen], bands: Bands, top: int) -> None:
    light = np.ones((len(bands), *out.shape[1:]), np.float32)
    for each in seen:
        found = _overlap(each.layer, top, top + light.shape[1])
        if found is None:
            continue
        coverage, rows, columns = found
        for band in range(light.shape[0]):
            once = each.bands.kept_once[band]
            if once < 1 - _NOTHING:
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
