"""What a lamp language must offer: commands as bytes, answers as frames. No port, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from docexam.hardware.framing import Frame, Framer
    from docexam.nouns.device import Evidence, LampCapabilities


@dataclass(frozen=True, slots=True)
class Command:
    """Bytes to send and the kinds of frame that answer them; no kinds = never answered.

    `pause_s` is the rest that the controller needs before the next command.
    """

    data: bytes
    replies: tuple[str, ...] = ()
    expect: str = ""
    pause_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What an answer means. Empty `problem` = accepted.

    `clamped`: accepted, but with less than was asked. `is_fault`: the device itself is in trouble.
    """

    problem: str = ""
    code: str = ""
    clamped: bool = False
    is_fault: bool = False
    is_wrong_device: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """What a device says it is."""

    model: str = ""
    version: str = ""
    serial_number: str = ""


def channels_from(first: int, count: int, most: int) -> tuple[int, ...]:
    """The channel numbers of a controller.

    Raises:
        ValueError: such a controller cannot be spoken to in this language.
    """
    if not isinstance(count, int) or not 1 <= count <= most or first < 0:
        raise ValueError(f"1 to {most} channels")
    return tuple(range(first, first + count))


class LampCodec(Protocol):
    """One language. `level` is 0..1; `channel` is one of `capabilities.channels`.

    Languages subclass it and override what they can do beyond on and off.
    """

    name: str
    evidence: Evidence
    unconfirmed: tuple[str, ...]
    capabilities: LampCapabilities

    def framer(self) -> Framer:
        """A fresh framer for the answers."""
        ...

    def on(self, channel: int, level: float) -> list[Command]:
        """Light one channel."""
        ...

    def pulse(self, channel: int, level: float, duration_s: float) -> list[Command]:
        """Light one channel for a time that the controller ends; never asked where it cannot."""
        raise NotImplementedError

    def off(self, channel: int | None) -> list[Command]:
        """Darken one channel, or all. Safe to repeat."""
        ...

    def hello(self) -> list[Command]:
        """Questions (or commands to be dark) that tell who answers. Never lights anything."""
        ...

    def tell_events(self) -> list[Command]:
        """Make the controller push its events; most cannot."""
        return []

    def answer(self, command: Command, frame: Frame) -> Answer:
        """What `frame` says to `command`."""
        ...

    def identity(self, frames: list[Frame]) -> Identity:  # noqa: ARG002
        """What the answers to `hello` tell; most controllers tell nothing."""
        return Identity()

    def event(self, frame: Frame) -> tuple[str, str] | None:  # noqa: ARG002
        """Name and detail of an unsolicited frame; None when it means nothing."""
        return None
