"""Inks that a forger mixes, and how dark an ink is where the eye does not see."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from docexam.specimens.physics.materials import Material, material_named
from docexam.specimens.physics.spectra import WAVELENGTHS_NM

if TYPE_CHECKING:
    from docexam.specimens.stack import Layer

_AT_900_NM = int(np.argmin(np.abs(WAVELENGTHS_NM - 900)))
_CARBON_POWER = 2.6
STAYS_BELOW = 0.7
"""An ink that keeps less of the light at 900 nm in one pass is still seen there."""


def mixed(first: Material, second: Material, share: float) -> Material:
    """`share` of `second` in `first`: absorption by Beer-Lambert, all else in proportion."""
    if share <= 0:
        return first
    if share >= 1:
        return second
    own = np.clip(first.transmission, 1e-6, 1.0)
    other = np.clip(second.transmission, 1e-6, 1.0)
    glow = first.with_yield(1 - share).fluorescence + second.with_yield(share).fluorescence
    return replace(
        first,
        name=f"{first.name}+{second.name}",
        transmission=own ** (1 - share) * other**share,
        scatter=first.scatter * (1 - share) + second.scatter * share,
        fluorescence=glow,
        relief_mm=first.relief_mm * (1 - share) + second.relief_mm * share,
        gloss=first.gloss * (1 - share) + second.gloss * share,
    )


def swapped(genuine: Material, severity: float) -> Material:
    """The genuine ink with more of another one the cruder: one that infrared tells from it.

    Carbon is so dark that a trace of it fills the contrast; the shares are such that the contrast
    at 900 nm runs about evenly from the genuine one (0) to the other (1).
    """
    if kept_at_900_nm(genuine) < STAYS_BELOW:
        return mixed(genuine, material_named("dye-black"), 1 - (1 - severity) ** _CARBON_POWER)
    return mixed(genuine, material_named("pigment-black"), severity**_CARBON_POWER)


def kept_at_900_nm(material: Material) -> float:
    """The share of light at 900 nm that one pass through a solid film keeps."""
    return float(material.transmission[_AT_900_NM])


def stays_in_infrared(inks: tuple[Material, ...]) -> bool:
    """Whether print in all of `inks`, one over the other, is seen at 900 nm."""
    return float(np.prod([kept_at_900_nm(ink) for ink in inks])) < STAYS_BELOW


def inked(layers: tuple[Layer, ...], inks: tuple[Material, ...]) -> tuple[Layer, ...]:
    """`layers` printed in `inks`; several inks lie one over the other (composite black)."""
    found = []
    for layer in layers:
        for at, ink in enumerate(inks):
            name = layer.name if at == 0 else f"{layer.name}-ink-{at + 1}"
            found.append(replace(layer, name=name, material=ink))
    return tuple(found)
