"""Lamps: a spectrum and a place; the table is lamps.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal

from docexam.errors import UsageError
from docexam.specimens.physics.spectra import Spectrum, flat, peaks

Geometry = Literal["diffuse", "oblique", "coaxial", "transmitted", "off"]
CameraMode = Literal["colour", "infrared", "fluorescence"]

_TABLE = Path(__file__).with_name("lamps.toml")


@dataclass(frozen=True, eq=False)
class Lamp:
    """A lamp as the document meets it.

    `spectrum` has area 1 for a lamp at full level. `azimuth_deg` is where an oblique lamp stands
    (0 = the frame's top, 90 = its right), `elevation_deg` its height above the sheet.
    `camera` is the filter that the camera uses with it. `wavelength_nm` is the nominal one.
    """

    name: str
    spectrum: Spectrum
    geometry: Geometry = "diffuse"
    camera: CameraMode = "colour"
    azimuth_deg: float = 0.0
    elevation_deg: float = 45.0
    wavelength_nm: float | None = None

    def with_leak(self, ambient: Spectrum, share: float) -> Lamp:
        """This lamp with `share` of the room's light beside it."""
        return replace(self, spectrum=self.spectrum + ambient * share)

    def at_level(self, level: float) -> Lamp:
        """This lamp dimmed or aged to `level` of its nominal light."""
        return replace(self, spectrum=self.spectrum * level)


@cache
def lamps() -> dict[str, Lamp]:
    """Every lamp of the table by the name of its light; `ambient` is the room."""
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    found: dict[str, Lamp] = {}
    for name, entry in table.items():
        spectrum = peaks(entry["peaks"]) if entry.get("peaks") else flat(0.0)
        total = spectrum.sum()
        found[name] = Lamp(
            name=name,
            spectrum=spectrum / total if total else spectrum,
            geometry=entry.get("geometry", "diffuse"),
            camera=entry.get("camera", "colour"),
            azimuth_deg=float(entry.get("azimuth_deg", 0.0)),
            elevation_deg=float(entry.get("elevation_deg", 45.0)),
            wavelength_nm=entry.get("wavelength_nm"),
        )
    return found


def lamp_named(name: str) -> Lamp:
    """The lamp of the light called `name`; UsageError with the known names otherwise."""
    known = lamps()
    if name not in known or name == "ambient":
        names = ", ".join(each for each in known if each != "ambient")
        raise UsageError(
            f"There is no light {name!r}.", code="specimen.light", hint=f"Use some of {names}."
        )
    return known[name]
