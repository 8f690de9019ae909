"""Lay one layer over what lies below it, in place: reflectance and glow, band by band.

`render` states the physics. A layer with little ink is laid on where it has some, others over
their whole box.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from docexam.specimens.physics.bands import BandAnswer
    from docexam.specimens.stack import Layer

NOTHING = 1e-3
"""A share of the light that changes nothing worth reckoning."""
_SPARSE = 0.2
"""Below this share of inked points it pays to gather them."""
_LEAST_BETWEEN = np.float32(0.15)
"""A grating outshines white, but does not feed the bounces between two layers without end."""


@dataclass(frozen=True, eq=False)
class Inked:
    """Where a layer has ink, the same under every lamp.

    `solid` covers all of its box. Where little of the box is covered, `sparse` has the rows,
    columns and coverage of its points in reading order.
    """

    solid: bool
    sparse: tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float32]] | None


_PLACES: WeakKeyDictionary[Layer, Inked] = WeakKeyDictionary()


@dataclass(frozen=True, eq=False)
class SeenLayer:
    """A layer, where it has ink, and its answer in bands."""

    layer: Layer
    bands: BandAnswer
    inked: Inked

    @property
    def solid(self) -> bool:
        """Whether the layer covers all of its box."""
        return self.inked.solid


def inked_places(layer: Layer) -> Inked:
    """Where `layer` has ink; found once for all lamps."""
    known = _PLACES.get(layer)
    if known is None:
        coverage = layer.coverage
        share = np.count_nonzero(coverage) / coverage.size
        solid = share == 1.0 and bool(coverage.min() >= 1.0)
        sparse = None
        if share < _SPARSE:
            at = np.flatnonzero(coverage)
            sparse = (*np.divmod(at, coverage.shape[1]), coverage.ravel()[at])
        known = _PLACES[layer] = Inked(solid, sparse)
    return known


def lay_densely(
    each: SeenLayer,
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


def lay_sparsely(
    each: SeenLayer,
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
    each: SeenLayer,
    coverage: NDArray[np.float32],
    scratch: NDArray[np.float32],
    band: int,
) -> None:
    """Turn the reflectance below the layer into that above it, in place."""
    back, twice = each.bands.sent_back[band], each.bands.kept_twice[band]
    flash = each.bands.flash[band]
    if flash < NOTHING and back < NOTHING:
        if twice > 1 - NOTHING:
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
    each: SeenLayer,
    coverage: NDArray[np.float32],
    band: int,
) -> None:
    """Weaken the glow from below the layer, in place: dimmed going in and coming out."""
    passed = np.float32(each.bands.kept_ultraviolet) * each.bands.kept_once[band]
    if passed > 1 - NOTHING:
        return
    back = each.bands.sent_back[band]
    if each.solid and back < NOTHING:
        glow *= passed
        return
    scratch = np.empty_like(coverage)
    if back < NOTHING:
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
