"""Device profiles: what each kind of reader does to a picture; the table is devices.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from docexam.errors import UsageError
from docexam.nouns.capture_set import DeviceKind, Light  # noqa: TC001 - pydantic reads them

Range = tuple[float, float]
_TABLE = Path(__file__).with_name("devices.toml")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Blur(_Part):
    """Standard deviation of the lens' spread in micrometres on the page."""

    white: Range
    ir: Range
    uv: Range


class Noise(_Part):
    """`read` as a share of full scale; `electrons` that fill the scale."""

    read: float
    electrons: float


class Device(_Part):
    """One kind of device; devices.toml explains the keys."""

    name: str
    kind: DeviceKind
    lights: tuple[Light, ...]
    bed: tuple[str, ...]
    margin_mm: Range
    turn_deg: Range
    close_crop: float = 0.0
    quarter_turns: bool = False
    tilt_deg: Range = (0.0, 0.0)
    light_shift_px: Range = (0.0, 0.0)
    blur_um: Blur
    noise: Noise
    vignetting: Range
    unevenness: Range
    lamp_level: Range = (1.0, 1.0)
    leak: Range = (0.0, 0.0)
    uv_exposure: Range = (1.0, 1.0)
    reference: bool = False
    known_ppi: bool = True
    jpeg_quality: Range | None = None
    glare: Range = (0.0, 0.0)
    lint: int = 0
    encoding: Literal["srgb", "linear"] = "srgb"
    final_only: bool = False

    def degraded(self, degree: float) -> Device:
        """The same device in a worse state: 0 as it is, 1 barely usable.

        Blur up to 3 times, noise up to 5 times, unevenness and leak up to 3 times, lamps down to
        half their light, JPEG quality down to a half, up to 14 pieces of lint on the glass.
        """
        if not 0.0 <= degree <= 1.0:
            raise UsageError(
                f"A degradation of {degree:g} is not offered.",
                code="specimen.degradation",
                hint="Use 0 (none) to 1 (barely usable).",
            )
        if degree == 0.0:
            return self

        def more(pair: Range, factor: float) -> Range:
            scale = 1 + (factor - 1) * degree
            return pair[0] * scale, pair[1] * scale

        quality = self.jpeg_quality
        return self.model_copy(
            update={
                "blur_um": Blur(
                    white=more(self.blur_um.white, 3),
                    ir=more(self.blur_um.ir, 3),
                    uv=more(self.blur_um.uv, 3),
                ),
                "noise": Noise(
                    read=self.noise.read * (1 + 4 * degree),
                    electrons=self.noise.electrons / (1 + 15 * degree),
                ),
                "unevenness": more(self.unevenness, 3),
                "leak": more((self.leak[0] + 0.01, self.leak[1] + 0.01), 3),
                "lint": self.lint + round(14 * degree),
                "lamp_level": more(self.lamp_level, 0.5),
                "jpeg_quality": None if quality is None else more(quality, 0.5),
            }
        )


@cache
def devices() -> dict[str, Device]:
    """Every device of the table by its name."""
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    return {name: Device.model_validate({"name": name, **entry}) for name, entry in table.items()}


def device_named(name: str) -> Device:
    """The device called `name`; UsageError with the known names otherwise."""
    try:
        return devices()[name]
    except KeyError:
        raise UsageError(
            f"There is no device {name!r}.",
            code="specimen.device",
            hint=f"Use one of {', '.join(devices())}.",
        ) from None
