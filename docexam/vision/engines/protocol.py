"""What every engine offers: `docexam.vision.engines.<name>` has `status()` and `load()`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from docexam.capture.pixels import Pixels
    from docexam.nouns.zone import ZoneText


class Engine(Protocol):
    """A loaded reader, used from one thread.

    `wants_colour` says whether `read` profits from (H, W, 3) BGR pixels; if not, it is given
    (H, W) grey ones. It must accept both.
    """

    @property
    def name(self) -> str:
        """As in `docexam read --engine`."""

    @property
    def wants_colour(self) -> bool:
        """Whether colour pixels are worth their decoding time."""

    def read(self, pixels: Pixels) -> list[ZoneText]:
        """Every zone in one upright or turned picture (uint8); an empty list for none."""


@dataclass(frozen=True, slots=True)
class EngineStatus:
    """Whether an engine can be loaded here, found out without loading it."""

    name: str
    installed: bool
    version: str | None = None
    how_to_get: str | None = None


class EngineModule(Protocol):
    """A module that holds one engine."""

    def status(self) -> EngineStatus:
        """Quick, without heavy imports, never raises."""

    def load(self) -> Engine:
        """The engine, ready to read.

        Raises:
            DependencyMissing: a library or program is absent; the hint says how to get it.
            ModelError: a model file is absent or altered.
        """
