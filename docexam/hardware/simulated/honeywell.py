"""A simulated Honeywell imager with OCR."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docexam.hardware.simulated.reader import SimulatedReader

if TYPE_CHECKING:
    from docexam.hardware.simulated.device import Sent

_ACK, _ENQ, _NAK = b"\x06", b"\x05", b"\x15"
_COMMAND = re.compile(rb"\x16(?:M\r([^.!]*)([.!])|([TU])\r)")
_RANGES = {"CBRENA": 1, "ALLENA": 1, "OCRENA": 1, "OCRATS": 3, "TRGMOD": 8}
_MRZ_TEMPLATE = "2"


class SimulatedHoneywell(SimulatedReader):
    """Menu commands, trigger and release. `joined`: the zone in one piece, without line ends."""

    moods = SimulatedReader.moods | {"refuse"}

    def __init__(self, *, joined: bool = False) -> None:
        super().__init__()
        self._joined = joined
        self._values = {"CBRENA": "1", "ALLENA": "1", "OCRENA": "0", "OCRATS": "0", "TRGMOD": "0"}
        self._looking = False
        self.kept_writes = 0

    def next_message(self, inbox: bytearray) -> bytes | None:
        """A menu command, a trigger or a release."""
        found = _COMMAND.search(inbox)
        if found is None:
            return None
        message = bytes(found[0])
        del inbox[: found.end()]
        return message

    def receive(self, message: bytes, now_s: float) -> list[bytes]:  # noqa: ARG002
        """Echo with status, or start and stop looking."""
        found = _COMMAND.fullmatch(message)
        if found is None:
            return []
        if found[3]:
            self._looking = found[3] == b"T"
            self._arrived = self._looking and bool(self._lines)
            return []
        parts = re.split(r"([,;])", found[1].decode("ascii", "replace"))
        reply = b""
        for part, mark in zip(parts[::2], [*parts[1::2], found[2].decode()], strict=True):
            reply += self._set_or_ask(part.upper(), mark == ".") + mark.encode("ascii")
        return [reply]

    def tick(self, now_s: float) -> Sent:
        """Only while triggered."""
        return super().tick(now_s) if self._looking else []

    def announce(self) -> list[bytes]:
        """The zone, once, when OCR is on and its template is the one for zones."""
        ready = self._values["OCRENA"] == "1" and self._values["OCRATS"] == _MRZ_TEMPLATE
        lines = self.seen(unreadable="\x1d0O\x1d")
        if not ready or not lines:
            return []
        self._looking = False
        if self._joined:
            return ["".join(lines).encode("ascii") + b"\r"]
        return ["".join(f"{line}\r" for line in lines).encode("ascii")]

    def _set_or_ask(self, part: str, kept: bool) -> bytes:
        tag, value = part[:6], part[6:]
        if tag not in self._values or self.use_up("refuse"):
            return part.encode("ascii") + _ENQ
        if value == "?":
            return f"{tag}{self._values[tag]}".encode("ascii") + _ACK
        if not value.isdigit() or int(value) > _RANGES[tag]:
            return part.encode("ascii") + _NAK
        self._values[tag] = value
        self.kept_writes += kept
        return part.encode("ascii") + _ACK
