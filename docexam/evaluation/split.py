"""The split: what limits may be tuned on, and what is kept for final figures."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from docexam.errors import SettingsError
from docexam.specimens.capturing.devices import device_named
from docexam.specimens.design import design_named

SplitName = Literal["development", "final"]
SPLIT_FILE = Path(__file__).with_name("split.toml")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DeviceState(_Part):
    """A device of `docexam specimen`, and how worn it is, 0..1."""

    name: str
    degradation: float = Field(ge=0.0, le=1.0)


class SplitSide(_Part):
    """One side of the split; `seeds` are the first and the last."""

    designs: tuple[str, ...] = Field(min_length=1)
    seeds: tuple[int, int]
    devices: tuple[DeviceState, ...] = Field(min_length=1)


class Split(_Part):
    """Both sides, which share nothing."""

    development: SplitSide
    final: SplitSide

    def side(self, name: SplitName) -> SplitSide:
        """The side of that name."""
        return self.development if name == "development" else self.final


def load_split(path: Path = SPLIT_FILE) -> Split:
    """The split in `path`.

    Raises:
        SettingsError: it cannot be read, or its two sides share something.
    """
    try:
        split = Split.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _wrong(f"cannot be read ({type(error).__name__})") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise _wrong(f"is wrong at {where}: {first['msg']}") from error
    _refuse_overlap(split)
    return split


def _refuse_overlap(split: Split) -> None:
    development, final = split.development, split.final
    for side in (development, final):
        for state in side.devices:
            device_named(state.name)
        if not 0 <= side.seeds[0] <= side.seeds[1]:
            raise _wrong(f"has seeds from {side.seeds[0]} to {side.seeds[1]}")
    designs = sorted(set(development.designs) & set(final.designs))
    if designs:
        raise _wrong(f"names {designs[0]!r} on both sides")
    for design in development.designs:
        if design_named(design).final_only:
            raise _wrong(f"tunes on {design!r}, which is for final figures only")
    for state in development.devices:
        if device_named(state.name).final_only:
            raise _wrong(f"tunes on {state.name!r}, which is for final figures only")
    if development.seeds[0] <= final.seeds[1] and final.seeds[0] <= development.seeds[1]:
        raise _wrong("has seeds that are on both sides")
    states = set(development.devices) & set(final.devices)
    if states:
        raise _wrong(f"has the device {next(iter(states)).name!r} in one state on both sides")


def _wrong(what: str) -> SettingsError:
    return SettingsError(
        f"The split of the evaluation {what}.",
        code="evaluate.split",
        hint="Final figures need designs, seeds and a device state that no limit was tuned on.",
    )
