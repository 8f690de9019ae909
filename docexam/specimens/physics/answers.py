"""What a material answers to one lamp: its spectra under that lamp's direction and colour."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from docexam.specimens.physics.spectra import WAVELENGTHS_NM, Spectrum, piecewise

if TYPE_CHECKING:
    from docexam.specimens.physics.lamps import Lamp
    from docexam.specimens.physics.materials import Grating, Material

_ULTRAVIOLET = piecewise([[410, 1.0], [430, 0.0]])
"""What counts as exciting light where an ink above dims it."""

_SPREAD_NM = 35.0
_OFF_PLANE = 0.30
_FLASH = 2.5
"""A grating at its angle is this much brighter than white paper, at efficiency 1."""


@dataclass(frozen=True, eq=False)
class Answer:
    """One material under one lamp.

    `kept` is the share of light kept in one pass, `sent_back` what the layer itself scatters,
    `flash` what its gratings send straight up (it may outshine white), `kept_ultraviolet` the
    share of the lamp's exciting light kept in one pass, `glow` the emission that the lamp excites
    in a full layer.
    """

    kept: Spectrum
    sent_back: Spectrum
    flash: Spectrum
    kept_ultraviolet: float
    glow: Spectrum | None


def answer(material: Material, lamp: Lamp) -> Answer:
    """How `material` answers `lamp`."""
    kept = material.transmission
    if lamp.geometry == "oblique" and material.oblique_transmission is not None:
        kept = material.oblique_transmission
    flash = np.zeros_like(WAVELENGTHS_NM)
    for grating in material.gratings:
        flash = flash + diffracted(grating, lamp)
    exciting = lamp.spectrum * _ULTRAVIOLET
    total = exciting.sum()
    kept_ultraviolet = float((exciting * material.transmission).sum() / total) if total else 1.0
    glow = None
    for each in material.fluorescence:
        taken_in = float((lamp.spectrum * each.excitation).sum())
        if taken_in > 1e-9:
            glow = each.emission * taken_in + (0.0 if glow is None else glow)
    return Answer(kept, material.scatter, flash, kept_ultraviolet, glow)


def diffracted(grating: Grating, lamp: Lamp) -> Spectrum:
    """The colours that a grating sends straight up from `lamp`: d sin(angle) = m wavelength."""
    azimuths: tuple[float, ...]
    if lamp.geometry == "oblique":
        azimuths, elevation = (lamp.azimuth_deg,), lamp.elevation_deg
    elif lamp.geometry == "diffuse":
        azimuths, elevation = tuple(float(each) for each in range(0, 360, 45)), 45.0
    else:
        return np.zeros_like(WAVELENGTHS_NM)
    total = np.zeros_like(WAVELENGTHS_NM)
    for azimuth in azimuths:
        along = math.radians(azimuth - 90.0 - grating.azimuth_deg)
        reach = math.cos(math.radians(elevation))
        in_plane = abs(reach * math.cos(along))
        off_plane = abs(reach * math.sin(along))
        seen = math.exp(-((off_plane / _OFF_PLANE) ** 2))
        for order in (1, 2):
            colour = grating.pitch_nm * in_plane / order
            width = _SPREAD_NM / math.sqrt(8 * math.log(2))
            shape = np.exp(-0.5 * ((WAVELENGTHS_NM - colour) / width) ** 2)
            total += _FLASH * grating.efficiency * seen / order * shape
    return total / len(azimuths)
