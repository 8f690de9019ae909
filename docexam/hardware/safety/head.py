"""One lamp head: which channel of which controller gives which light, and how strong."""

from __future__ import annotations

from dataclasses import dataclass

from docexam.hardware.safety.limits import ASSUMED_IRRADIANCE_W_M2, UV_BANDS, Band


@dataclass(frozen=True, slots=True)
class Lit:
    """A lamp is driven at least from `from_s` to `until_s` (session clock; None = until "off")."""

    from_s: float
    until_s: float | None = None


@dataclass(frozen=True, slots=True)
class LampHead:
    """`irradiance_w_m2` at full level on the glass, with its source; None = assumed, and said.

    `rise_ms` and `fall_ms`: until the light is full, until it is dark. `longest_ms`: the head's
    rating for one exposure, None = none known.
    """

    light: str
    lamp: str
    channel: int
    wavelength_nm: float | None = None
    irradiance_w_m2: float | None = None
    irradiance_source: str = ""
    rise_ms: float = 2.0
    fall_ms: float = 2.0
    longest_ms: float | None = None

    @property
    def band(self) -> Band | None:
        """The band of ultraviolet; None for other light."""
        return UV_BANDS.get(self.light)

    @property
    def reckoned_w_m2(self) -> float:
        """The irradiance that the dose is reckoned with."""
        return ASSUMED_IRRADIANCE_W_M2 if self.irradiance_w_m2 is None else self.irradiance_w_m2

    @property
    def irradiance_note(self) -> str:
        """Where the number comes from, for people."""
        if self.irradiance_w_m2 is None:
            return f"{ASSUMED_IRRADIANCE_W_M2:g} W/m2 assumed: the rig names no measurement"
        return f"{self.irradiance_w_m2:g} W/m2 ({self.irradiance_source or 'source not named'})"
