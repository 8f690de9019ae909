"""The "S...#" language of Hikrobot and many makers of unbranded controllers.

`SA0255#` sets channel A and is answered `A`; `SA#` asks and is answered `a0255`; `SH#` and `SL#`
switch all on and off; `NG` is a refusal. No checksum and no end mark: the answers tell themselves
apart by their letters, and silence ends a broken one.
"""

from __future__ import annotations

from docexam.hardware.framing import Frame, Framer, Scan
from docexam.hardware.lamps.codec import Answer, Command, LampCodec, channels_from
from docexam.nouns.device import Evidence, LampCapabilities

_LETTERS = b"ABCDEF"
_VALUE_LENGTH = 5


def scan(buffer: bytes, _quiet: bool, _expected: str) -> Scan | None:
    """`A`..`F`, `H`, `L`: accepted; `a0255`: a value; `NG`: refused. The letter is the kind."""
    head = buffer[:1]
    if head in (b"H", b"L") or head in [bytes([letter]) for letter in _LETTERS]:
        return Scan(1, Frame(head.decode("ascii"), head, head))
    if head == b"N":
        if len(buffer) < 2:
            return None
        if buffer[1:2] == b"G":
            return Scan(2, Frame("NG", b"", buffer[:2]))
        return Scan(1, bad="malformed")
    if head and head.upper() in [bytes([letter]) for letter in _LETTERS]:
        digits = buffer[1:_VALUE_LENGTH]
        if digits and not digits.isdigit():
            return Scan(1, bad="malformed")
        if len(digits) < 4:
            return None
        raw = buffer[:_VALUE_LENGTH]
        return Scan(_VALUE_LENGTH, Frame(head.decode("ascii"), raw, raw))
    return Scan(1, bad="garbage")


class SHash(LampCodec):
    """One controller with up to six channels, counted from 1 (A)."""

    name = "s-hash"
    evidence: Evidence = "field code"
    unconfirmed = ("that level 0 is dark on every maker's unit",)

    def __init__(self, channels: int = 4) -> None:
        self.capabilities = LampCapabilities(
            channels=channels_from(1, channels, len(_LETTERS)), steps=255, readback=True
        )

    def framer(self) -> Framer:
        """No start mark: after noise nothing is believed before 30 ms of silence."""
        return Framer(scan, idle_gap_s=0.03, max_bytes=64, mute_until_gap=True)

    def on(self, channel: int, level: float) -> list[Command]:
        """One command sets the level and lights the channel."""
        return [_set(channel, round(level * 255))]

    def off(self, channel: int | None) -> list[Command]:
        """Level 0 for one channel; `SL#` for all."""
        return [Command(b"SL#", ("L", "NG"))] if channel is None else [_set(channel, 0)]

    def hello(self) -> list[Command]:
        """Ask for the first channel's level."""
        return [self.readback(self.capabilities.channels[0])]

    def readback(self, channel: int) -> Command:
        """Ask for the level of a channel."""
        letter = _letter(channel)
        return Command(b"S%c#" % letter, (chr(letter).lower(), "NG"))

    def answer(self, command: Command, frame: Frame) -> Answer:  # noqa: ARG002
        """The letter of the command, or `NG`."""
        return Answer("the controller answered NG") if frame.kind == "NG" else Answer()


def _letter(channel: int) -> int:
    return _LETTERS[channel - 1]


def _set(channel: int, value: int) -> Command:
    letter = _letter(channel)
    return Command(b"S%c%04d#" % (letter, value), (chr(letter), "NG"))
