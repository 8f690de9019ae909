"""The "$" language of OPT and its clones: eight ASCII bytes, no end mark.

`$` command channel ddd XX: command 1 on, 2 off, 3 set, 4 read; ddd is `0` and two hex digits;
XX is the XOR of the first six bytes as two hex digits.
"""

from __future__ import annotations

import re
from functools import reduce
from operator import xor

from docexam.hardware.framing import Frame, Framer, Scan
from docexam.hardware.lamps.codec import Answer, Command, LampCodec, channels_from
from docexam.nouns.device import Evidence, LampCapabilities

_BODY = re.compile(rb"\$[1-4][0-9A-F]0[0-9A-Fa-f]{2}")
_LENGTH = 8


def checksum(body: bytes) -> bytes:
    """XOR of all bytes as two upper-case hex digits."""
    return b"%02X" % reduce(xor, body, 0)


def scan(buffer: bytes, quiet: bool, expected: str) -> Scan | None:
    """A lone `$` (accepted), `&` (refused), or the eight bytes that answer a read."""
    head = buffer[:1]
    if head == b"&":
        return Scan(1, Frame("refused", b"", head))
    if head != b"$":
        # One piece of noise is one fault, however long it is.
        starts = [at for at in (buffer.find(b"$"), buffer.find(b"&")) if at > 0]
        return Scan(min(starts, default=len(buffer)), bad="garbage")
    if expected == "ack":
        return Scan(1, Frame("accepted", b"", head))
    if len(buffer) < _LENGTH:
        # Without a question in flight, only silence tells a lone `$` from the start of a value.
        return Scan(1, Frame("accepted", b"", head)) if quiet and len(buffer) == 1 else None
    body, check = buffer[:6], buffer[6:_LENGTH]
    if not _BODY.fullmatch(body):
        return Scan(1, bad="malformed")
    if checksum(body) != check.upper():
        return Scan(_LENGTH, bad="checksum")
    return Scan(_LENGTH, Frame("value", body, buffer[:_LENGTH]))


class Opt(LampCodec):
    """One controller with up to 15 channels."""

    name = "opt"
    evidence: Evidence = "field code"
    unconfirmed = (
        "an accepted command is answered by a lone `$`, a refused one by `&`",
        "the answer to a read is a full frame",
    )

    def __init__(self, channels: int = 4) -> None:
        self.capabilities = LampCapabilities(
            channels=channels_from(1, channels, 15), steps=255, readback=True
        )

    def framer(self) -> Framer:
        """30 ms of silence: longer than a USB adapter holds bytes back (16 ms)."""
        return Framer(scan, idle_gap_s=0.03, max_bytes=64)

    def on(self, channel: int, level: float) -> list[Command]:
        """Set the level, then switch on."""
        return [_set(channel, round(level * 255)), _command(1, channel, 0)]

    def off(self, channel: int | None) -> list[Command]:
        """Switch off, one command a channel."""
        channels = self.capabilities.channels if channel is None else (channel,)
        return [_command(2, one, 0) for one in channels]

    def hello(self) -> list[Command]:
        """Read the first channel."""
        return [self.readback(self.capabilities.channels[0])]

    def readback(self, channel: int) -> Command:
        """Ask for the level of a channel."""
        body = _command(4, channel, 0).data
        return Command(body, ("value", "refused"), expect="value")

    def answer(self, command: Command, frame: Frame) -> Answer:
        """`&` is a refusal without a reason; a value must be the one that was asked for."""
        if frame.kind == "refused":
            return Answer("the controller answered `&`")
        if frame.kind == "value" and frame.body[1:3] != command.data[1:3]:
            return Answer("the answer is for another channel", is_wrong_device=True)
        return Answer()


def _command(command: int, channel: int, value: int) -> Command:
    body = b"$%d%X0%02X" % (command, channel, value)
    return Command(body + checksum(body), ("accepted", "refused"), expect="ack")


def _set(channel: int, value: int) -> Command:
    return _command(3, channel, value)
