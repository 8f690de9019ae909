r"""The "@" family: CCS PD2 and PD3, VS Technology VLP, PSCC and their clones.

`@` channel(2) instruction data [ID `00`] checksum(2, upper-case hex) CR LF. The checksum is the low
byte of the sum of all bytes from `@` on. With the ID on serial units (`dialect="serial"`), without
it on Ethernet ones (`dialect="ethernet"`, TCP 40001).

Always intensity and then on: a VLP takes a new intensity only with the next "on".
"""

from __future__ import annotations

import re
from typing import Literal

from docexam.hardware.framing import Frame, Framer, Scan
from docexam.hardware.lamps.codec import Answer, Command, LampCodec, channels_from
from docexam.nouns.device import Evidence, LampCapabilities

Dialect = Literal["serial", "ethernet"]

MEANINGS = {1: "unknown command", 2: "wrong checksum", 3: "a value is out of range"}
_MESSAGE = re.compile(rb"@([0-9A-F]{2})([A-Z])([ -?A-~]*)([0-9A-F]{2})$")
_ALL = "FF"


def checksum(body: bytes) -> bytes:
    """Two upper-case hex digits: the low byte of the sum."""
    return b"%02X" % (sum(body) & 0xFF)


def scan(buffer: bytes, _quiet: bool, _expected: str) -> Scan | None:
    """One line from `@` to CR LF with a true checksum."""
    start = buffer.find(b"@")
    if start != 0:
        return Scan(len(buffer) if start < 0 else start)
    end = buffer.find(b"\r\n")
    again = buffer.find(b"@", 1)
    if again > 0 and (end < 0 or again < end):
        return Scan(again, bad="truncated")
    if end < 0:
        return None
    line = buffer[:end]
    found = _MESSAGE.match(line)
    if found is None:
        return Scan(end + 2, bad="malformed")
    if checksum(line[:-2]) != found[4]:
        return Scan(end + 2, bad="checksum")
    return Scan(end + 2, Frame("answer", line[1:-2], buffer[: end + 2]))


class Ccs(LampCodec):
    """One controller. `first_channel` and `channels` follow the device's own counting."""

    name = "ccs"
    evidence: Evidence = "field code"
    unconfirmed = (
        "meaning of error codes 01 to 03",
        "whether channel 00 is the first channel or all of them (first assumed)",
        "lengths of the strobe modes S00 to S10, so pulses are not offered",
    )

    def __init__(
        self,
        dialect: Dialect = "serial",
        channels: int = 4,
        first_channel: int = 0,
        pause_ms: float = 0.0,
    ) -> None:
        self._id = "00" if dialect == "serial" else ""
        self.name = "ccs-ethernet" if dialect == "ethernet" else "ccs"
        self._is_ethernet = dialect == "ethernet"
        self._pause_s = pause_ms / 1000
        self.capabilities = LampCapabilities(
            channels=channels_from(first_channel, channels, 64),
            steps=255,
            readback=self._is_ethernet,
        )

    def framer(self) -> Framer:
        """Lines begin with `@` and end with CR LF."""
        return Framer(scan, idle_gap_s=0.05, max_bytes=128)

    def on(self, channel: int, level: float) -> list[Command]:
        """Intensity 0..255, then on."""
        return [
            self._command(f"{channel:02d}", f"F{round(level * 255):03d}"),
            self._command(f"{channel:02d}", "L1"),
        ]

    def off(self, channel: int | None) -> list[Command]:
        """L0 for one channel or for all."""
        return [self._command(_ALL if channel is None else f"{channel:02d}", "L0")]

    def hello(self) -> list[Command]:
        """Status on Ethernet (a PD3 closed without traffic misbehaves later); else all off."""
        if self._is_ethernet:
            return [self._command("00", "C", with_id=False)]
        return self.off(None)

    def answer(self, command: Command, frame: Frame) -> Answer:  # noqa: ARG002
        """`O` is accepted, `N` and a code is refused."""
        kind, data = frame.body[2:3], frame.body[3:]
        if kind == b"O":
            return Answer()
        if kind == b"N":
            text = data[:2].decode("ascii")
            meaning = MEANINGS.get(int(text), "unknown error") if text.isdigit() else "error"
            return Answer(f"{meaning} (error {text})", text)
        return Answer("an answer that is no answer", is_wrong_device=True)

    def readback(self, channel: int) -> Command:
        """Ask for intensity, strobe mode and on/off of a channel (Ethernet)."""
        return self._command(f"{channel:02d}", "M", with_id=False)

    def strobe(self, channel: int, mode: int) -> Command:
        """Strobe mode 0 to 10 of a channel."""
        return self._command(f"{channel:02d}", f"S{mode:02d}")

    def reset(self, channel: int) -> Command:
        """Reset (Ethernet)."""
        return self._command(f"{channel:02d}", "R", with_id=False)

    def _command(self, channel: str, instruction: str, *, with_id: bool = True) -> Command:
        body = f"@{channel}{instruction}{self._id if with_id else ''}".encode("ascii")
        return Command(body + checksum(body) + b"\r\n", ("answer",), pause_s=self._pause_s)
