"""The rig file as data. Unknown keys are errors: a misspelt rating must not be overlooked."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - pydantic reads it
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from docexam.hardware.registry import RESERVED
from docexam.hardware.safety.head import LampHead
from docexam.hardware.safety.limits import UvRules
from docexam.nouns.capture_set import Light, ReferencePatch

Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
NotNegative = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
_UV = UvRules()


class Part(BaseModel):
    """A table of the rig file."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class DevicePart(Part):
    """A driver, its port (`sim:` = simulated) and its options."""

    driver: str
    port: str = "sim:"
    options: dict[str, Any] = {}

    @field_validator("options")
    @classmethod
    def _no_reserved_words(cls, value: dict[str, Any]) -> dict[str, Any]:
        taken = RESERVED & set(value)
        if taken:
            raise ValueError(f"{min(taken)} is no option")
        return value


class CameraPart(DevicePart):
    """`ppi`: pixels an inch on the glass, measured once for the rig."""

    ppi: Positive | None = None


class HeadPart(Part):
    """One lamp head; times in ms, irradiance on the glass at full level."""

    light: Light
    lamp: str
    channel: Annotated[int, Field(ge=0)]
    wavelength_nm: Positive | None = None
    irradiance_w_m2: NotNegative | None = None
    irradiance_source: str = ""
    rise_ms: NotNegative = 2.0
    fall_ms: NotNegative = 2.0
    longest_ms: Positive | None = None

    def to_head(self) -> LampHead:
        """The head as the guard wants it."""
        return LampHead(**self.model_dump())


class ReferencePart(Part):
    """A patch of known answer in the picture (contract `docexam.capture/1`, `reference`)."""

    kind: Literal["white", "fluorescent"]
    box_px: tuple[NotNegative, NotNegative, Positive, Positive]
    level: Positive

    def to_patch(self) -> ReferencePatch:
        """The patch as the capture set names it."""
        return ReferencePatch(self.kind, self.box_px, self.level)


class ShotPart(Part):
    """One picture of the plan."""

    light: Light
    exposure_ms: Positive
    gain: Annotated[float, Field(ge=1, allow_inf_nan=False)] = 1.0
    level: Annotated[float, Field(gt=0, le=1, allow_inf_nan=False)] = 1.0
    reference: ReferencePart | None = None


class SupplyPart(DevicePart):
    """The relay that cuts the lamps' power when one no longer obeys."""

    channel: int = 1


class UvPart(Part):
    """Stricter rules for ultraviolet than ours; looser ones are refused."""

    shot_s: Annotated[float, Field(gt=0, le=_UV.shot_s)] = _UV.shot_s
    duty: Annotated[float, Field(gt=0, le=_UV.duty)] = _UV.duty


class SimulatedPart(Part):
    """What a simulated rig sees. `document`: a capture set; `shape`: rows, columns (as it is)."""

    document: Path | None = None
    shape: tuple[Annotated[int, Field(ge=16)], Annotated[int, Field(ge=16)]] | None = None
    fps: Positive = 60.0
    readout_ms: NotNegative = 8.0
    ambient: Share = 0.0
    dirt: Share = 0.0
    noise: Share = 0.002


class PageRig(Part):
    """A rig that is one page reader, with lamps and camera of its own."""

    name: str = "rig"
    page_reader: DevicePart
    simulated: SimulatedPart = SimulatedPart()

    def devices(self) -> list[DevicePart]:
        """All devices of the rig."""
        return [self.page_reader]


class RigFile(Part):
    """A rig of lamps and a camera. `lid`: a table, or the word "none" to say there is none."""

    name: str = "rig"
    camera: CameraPart
    lamps: Annotated[dict[str, DevicePart], Field(min_length=1)]
    heads: Annotated[list[HeadPart], Field(min_length=1)]
    plan: Annotated[list[ShotPart], Field(min_length=1)]
    lid: DevicePart | Literal["none"] | None = None
    supply: SupplyPart | None = None
    ledger: Path | None = None
    uv: UvPart = UvPart()
    simulated: SimulatedPart = SimulatedPart()

    def devices(self) -> list[DevicePart]:
        """All devices of the rig."""
        found: list[DevicePart] = [self.camera, *self.lamps.values()]
        found += [self.lid] if isinstance(self.lid, DevicePart) else []
        return found if self.supply is None else [*found, self.supply]
