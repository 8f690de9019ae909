"""LCUS-class USB relay boards (CH340): `A0 channel state sum`. They never answer.

No readback: for ultraviolet only behind the guard, with something else confirming darkness.
"""

from __future__ import annotations

from docexam.hardware.framing import Frame, Framer, Scan
from docexam.hardware.lamps.codec import Answer, Command, LampCodec, channels_from
from docexam.nouns.device import Evidence, LampCapabilities


def scan(buffer: bytes, _quiet: bool, _expected: str) -> Scan | None:
    """Whatever comes back is noise."""
    return Scan(len(buffer), bad="garbage")


def switch(channel: int, *, on: bool) -> bytes:
    """The four bytes that set one relay."""
    body = bytes([0xA0, channel, int(on)])
    return body + bytes([sum(body) & 0xFF])


class UsbRelay(LampCodec):
    """A board with `channels` relays; any level above 0 closes the relay."""

    name = "usb-relay"
    evidence: Evidence = "vendor manual"
    unconfirmed = ()

    def __init__(self, channels: int = 1) -> None:
        self.capabilities = LampCapabilities(
            channels=channels_from(1, channels, 16), steps=1, obeys_silently=True
        )

    def framer(self) -> Framer:
        """Nothing is expected."""
        return Framer(scan, idle_gap_s=0.02, max_bytes=64)

    def on(self, channel: int, level: float) -> list[Command]:  # noqa: ARG002
        """Close the relay."""
        return [Command(switch(channel, on=True))]

    def off(self, channel: int | None) -> list[Command]:
        """Open one relay, or all."""
        channels = self.capabilities.channels if channel is None else (channel,)
        return [Command(switch(one, on=False)) for one in channels]

    def hello(self) -> list[Command]:
        """It cannot be asked; "off" at least shows that the port takes bytes."""
        return self.off(None)

    def answer(self, command: Command, frame: Frame) -> Answer:  # noqa: ARG002
        """It never answers."""
        return Answer()
