"""Gardasoft RT, PP, VTR, RC and TR-HT lamp controllers (RS-232, TCP 30313).

A command is two letters and numbers, CR; an answer ends with `>`. Older serial units echo what they
get. The pulse mode ends by itself: a dead host cannot leave the lamp on.
`AW` (save to EEPROM) is never sent: it wears the chip, and a saved "on" survives a power cut.
"""

from __future__ import annotations

import re

from docexam.hardware.framing import Frame, Framer, Scan
from docexam.hardware.lamps.codec import Answer, Command, Identity, LampCodec, channels_from
from docexam.nouns.device import Evidence, LampCapabilities

PROMPT = b">"
_ERROR = re.compile(rb"\bErr\s*(\d+)|\bE(\d+)\b")
_EVENT = re.compile(rb"^Evt(\d+),(\d+)\s*$")
_VERSION = re.compile(rb"(?P<model>[A-Z]{2}\d{2,4}\S*)\s*(?:\(HW\d+\)\s*)?(?P<version>V\d+)?")

MEANINGS = {
    1: "a value is out of range",
    2: "unknown command",
    3: "a number is malformed",
    4: "wrong count of numbers",
    8: "its EEPROM is corrupt",
    9: "it could not save",
    12: "its EEPROM is corrupt",
    19: "no rating is set for this light",
    20: "it could not save",
    21: "light sensing failed",
    22: "light sensing failed",
    23: "light sensing failed",
    33: "unknown command",
    40: "over-current",
    41: "over-current",
    43: "illegal mode or channel",
    44: "too hot",
    45: "over-current",
    46: "more than 30 W asked",
    47: "its driver is too hot",
}
_FAULTS = {8, 12, 40, 41, 44, 45, 46, 47}
_CLAMPED = 5
EVENTS = {
    128: "lamp-ok",
    129: "lamp-unrated",
    130: "over-temperature",
    131: "over-current",
    140: "lamp-off-duty",
}


def scan(buffer: bytes, _quiet: bool, _expected: str) -> Scan | None:
    """An answer up to `>`, or a pushed event line."""
    end = buffer.find(PROMPT)
    line = buffer.find(b"\n")
    if line >= 0 and (end < 0 or line < end):
        event = buffer[: line + 1].lstrip(b"\r\n>")
        if _EVENT.match(event):
            return Scan(line + 1, Frame("event", event.strip(), buffer[: line + 1]))
    if end < 0:
        return None
    body = buffer[:end]
    return Scan(end + 1, Frame("answer", body.strip(b"\r\n "), buffer[: end + 1]))


def number(value: float) -> str:
    """A number as the controller wants it: decimal point, no exponent, no trailing zeros."""
    return f"{value:.3f}".rstrip("0").rstrip(".")


class Gardasoft(LampCodec):
    """The language of one controller with `channels` outputs."""

    name = "gardasoft"
    evidence: Evidence = "vendor manual"
    unconfirmed = (
        "the longest pulse of each model (999 ms assumed)",
        "the text of a status answer is not interpreted",
    )

    def __init__(self, channels: int = 4, pulse_delay_ms: float = 0.1) -> None:
        self.capabilities = LampCapabilities(
            channels=channels_from(1, channels, 16), steps=1000, pulse_max_s=0.999, events=True
        )
        self._pulse_delay_ms = pulse_delay_ms

    def framer(self) -> Framer:
        """Answers end with a prompt, so a gap only ends a broken one."""
        return Framer(scan, idle_gap_s=0.05, max_bytes=1024)

    def on(self, channel: int, level: float) -> list[Command]:
        """Continuous light: RSc,s with s in percent."""
        return [_line(f"RS{channel},{number(level * 100)}")]

    def pulse(self, channel: int, level: float, duration_s: float) -> list[Command]:
        """RTc,p,d,s sets the pulse, TRc fires it once."""
        width = number(duration_s * 1000)
        delay = number(self._pulse_delay_ms)
        return [
            _line(f"RT{channel},{width}ms,{delay},{number(level * 100)}"),
            _line(f"TR{channel}"),
        ]

    def off(self, channel: int | None) -> list[Command]:
        """RSc,0 for one channel; one line for all."""
        channels = self.capabilities.channels if channel is None else (channel,)
        return [_line(";".join(f"RS{one},0" for one in channels))]

    def hello(self) -> list[Command]:
        """VR tells model and version."""
        return [_line("VR")]

    def tell_events(self) -> list[Command]:
        """GT1; not kept over a power cut."""
        return [_line("GT1")]

    def answer(self, command: Command, frame: Frame) -> Answer:
        """An error code anywhere in the answer; 5 only warns that a value was clamped."""
        body = frame.body.removeprefix(command.data.strip())
        found = _ERROR.search(body)
        if found is None:
            if command.data == b"VR\r" and not _VERSION.search(body):
                return Answer("no version in the answer", is_wrong_device=True)
            return Answer()
        code = int(found[1] or found[2])
        if code == _CLAMPED:
            return Answer(clamped=True)
        meaning = MEANINGS.get(code, "unknown error")
        return Answer(f"{meaning} (error {code})", str(code), is_fault=code in _FAULTS)

    def identity(self, frames: list[Frame]) -> Identity:
        """Model and version from the answer to VR."""
        found = _VERSION.search(frames[0].body.removeprefix(b"VR")) if frames else None
        if found is None:
            return Identity()
        version = found["version"] or b""
        return Identity(found["model"].decode("ascii", "replace"), version.decode("ascii"))

    def event(self, frame: Frame) -> tuple[str, str] | None:
        """`Evtc,e`."""
        found = _EVENT.match(frame.body)
        if found is None:
            return None
        channel, code = int(found[1]), int(found[2])
        return EVENTS.get(code, "lamp-event"), f"channel {channel}, event {code}"


def _line(text: str) -> Command:
    return Command(text.encode("ascii") + b"\r", ("answer",))
