"""What is known of a lamp, a camera or a reader, and of what it says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

DeviceKind = Literal["lamp", "camera", "mrz-reader", "page-reader", "interlock"]

# From strongest to weakest. "field code" = third-party programs that are known to work.
Evidence = Literal[
    "verified on hardware", "vendor code", "vendor manual", "field code", "unconfirmed"
]


@dataclass(frozen=True, slots=True)
class DeviceInfo:
    """Which device this is; `unconfirmed` lists what its driver assumes without a source."""

    driver: str
    kind: DeviceKind
    evidence: Evidence
    port: str = ""
    maker: str = ""
    model: str = ""
    version: str = ""
    serial_number: str = ""
    unconfirmed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeviceEvent:
    """Something that a device said of itself, at `at_s` on the session's monotonic clock.

    `name` is a stable slug: `read`, `document-present`, `document-removed`, `dirt-on-window`,
    `flip-document`, `lamp-off-duty`, `over-temperature`, `disconnected`, ...
    `detail` never holds personal data.
    """

    name: str
    at_s: float
    device: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class DeviceMrz:
    """The zone as a reader sent it. Never repaired.

    `lines` hold `_` where the reader says that it could not read a character; `uncertain` gives the
    candidates of a position, best first, as (line, column, characters), counted from 1.
    `warnings` name doubts about the transmission, not about the document.
    """

    lines: tuple[str, ...]
    uncertain: tuple[tuple[int, int, str], ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[tuple[int, int], ...]:
        """(line, column) of each character that the reader could not read, counted from 1."""
        return tuple(
            (row, column)
            for row, line in enumerate(self.lines, 1)
            for column, character in enumerate(line, 1)
            if character == "_"
        )


@dataclass(frozen=True, slots=True)
class LampCapabilities:
    """What a lamp controller can do.

    `steps` is the number of levels above dark. `pulse_max_s` is 0 where the controller cannot end
    a pulse by itself. `readback`: it can tell its own state. `obeys_silently`: it never answers.
    """

    channels: tuple[int, ...]
    steps: int
    pulse_max_s: float = 0.0
    readback: bool = False
    obeys_silently: bool = False
    events: bool = False


@dataclass(frozen=True, slots=True)
class LampState:
    """The levels 0..1 that were last accepted; `clamped` says the device used less than asked."""

    levels: dict[int, float] = field(default_factory=dict)
    clamped: bool = False

    @property
    def is_dark(self) -> bool:
        """No channel is lit."""
        return not any(self.levels.values())


@dataclass(frozen=True, slots=True)
class ReaderCapabilities:
    """What an MRZ reader can do: `asks` = reads on request; else it speaks when it has read."""

    asks: bool
    continuous: bool = False
    presence: bool = False
    identifies_itself: bool = False
