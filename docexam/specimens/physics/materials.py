"""What each material does to light; the table itself is materials.toml.

One pass through a solid layer keeps `transmission` of the light; `scatter` is what the layer
itself sends back. A fluorescence takes in light by its excitation and gives it out by its
emission; a yield of 1 is that of ordinary office paper under 365 nm.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from docexam.errors import UsageError
from docexam.specimens.physics.spectra import Spectrum, flat, peaks, piecewise

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TABLE = Path(__file__).with_name("materials.toml")


@dataclass(frozen=True, eq=False)
class Fluorescence:
    """Excitation 0..1 by wavelength; emission with area 1 times the yield (office paper = 1)."""

    excitation: Spectrum
    emission: Spectrum


@dataclass(frozen=True)
class Grating:
    """A diffraction grating: line distance, direction of its lines' normal, share of light."""

    pitch_nm: float
    azimuth_deg: float
    efficiency: float


@dataclass(frozen=True, eq=False)
class Material:
    """A material by its answer to light, all for full coverage.

    `relief_mm` is how far it stands above the sheet. `gloss` is the share of light mirrored,
    `retro` the share sent back to a lamp beside the lens. `oblique_transmission` replaces
    `transmission` under raking light (colour-shifting ink).
    """

    name: str
    transmission: Spectrum
    scatter: Spectrum
    fluorescence: tuple[Fluorescence, ...] = ()
    gratings: tuple[Grating, ...] = ()
    oblique_transmission: Spectrum | None = None
    relief_mm: float = 0.0
    gloss: float = 0.0
    retro: float = 0.0

    def with_yield(self, factor: float) -> Material:
        """The same material glowing `factor` times as strongly (fading, ageing)."""
        dimmed = tuple(
            Fluorescence(each.excitation, each.emission * factor) for each in self.fluorescence
        )
        return replace(self, fluorescence=dimmed)

    def diluted(self, strength: float) -> Material:
        """The same ink in a film of `strength` times the thickness (Beer-Lambert)."""
        thinner = np.power(np.clip(self.transmission, 1e-6, 1.0), strength)
        return replace(self, transmission=thinner, scatter=self.scatter * min(1.0, strength))


def _spectrum(value: float | Sequence[Sequence[float]] | None, otherwise: float) -> Spectrum:
    if value is None:
        return flat(otherwise)
    if isinstance(value, int | float):
        return flat(float(value))
    return piecewise(value)


def _fluorescence(entry: Mapping[str, Any]) -> Fluorescence:
    emission = peaks(entry["emission"])
    return Fluorescence(
        excitation=piecewise(entry["excitation"]),
        emission=emission / emission.sum() * float(entry["yield"]),
    )


def _with_infrared(spectrum: Spectrum, value: float) -> Spectrum:
    """`spectrum` in the visible, running to `value` between 700 and 800 nm."""
    share = piecewise([[700, 0.0], [800, 1.0]])
    return spectrum * (1 - share) + value * share


def _material(name: str, table: Mapping[str, Mapping[str, Any]]) -> Material:
    entry = dict(table[name])
    while "like" in entry:
        entry = {**table[entry.pop("like")], **entry}
    transmission = _spectrum(entry.get("transmission"), 1.0)
    if "infrared" in entry:
        transmission = _with_infrared(transmission, float(entry["infrared"]))
    oblique = entry.get("oblique_transmission")
    return Material(
        name=name,
        transmission=transmission,
        scatter=_spectrum(entry.get("scatter"), 0.0),
        fluorescence=tuple(_fluorescence(each) for each in entry.get("fluorescence", ())),
        gratings=tuple(Grating(**each) for each in entry.get("gratings", ())),
        oblique_transmission=None if oblique is None else piecewise(oblique),
        relief_mm=float(entry.get("relief_mm", 0.0)),
        gloss=float(entry.get("gloss", 0.0)),
        retro=float(entry.get("retro", 0.0)),
    )


@cache
def materials() -> dict[str, Material]:
    """Every material of the table by its name."""
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    return {name: _material(name, table) for name in table}


def material_named(name: str) -> Material:
    """The material called `name`; UsageError for one that the table does not have."""
    try:
        return materials()[name]
    except KeyError:
        raise UsageError(
            f"There is no material {name!r}.",
            code="specimen.material",
            hint="See docexam/specimens/physics/materials.toml for the names.",
        ) from None
