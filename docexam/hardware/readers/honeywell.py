"""Honeywell 2D imagers (1900 and 1950 class) with OCR.

Menu: `SYN M CR` + tag and value, `,` or `;` between, then `!` (volatile) or `.` (kept, wears the
flash: never sent with a value). The imager echoes, with ACK, ENQ or NAK before each mark.
Trigger: `SYN T CR`, release: `SYN U CR`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from docexam.hardware.errors import DeviceRefused
from docexam.hardware.framing import Frame, Framer, Scan
from docexam.hardware.linked_device import LinkedDevice
from docexam.hardware.readers.zone_lines import LineCollector, to_zone
from docexam.nouns.device import (
    DeviceEvent,
    DeviceInfo,
    DeviceKind,
    DeviceMrz,
    Evidence,
    ReaderCapabilities,
)

if TYPE_CHECKING:
    from docexam.hardware.transports.base import Transport

MENU = b"\x16M\r"
TRIGGER = b"\x16T\r"
RELEASE = b"\x16U\r"
_ANSWER_S = 0.3
_STATUS = {0x06: "", 0x05: "unknown setting", 0x15: "value out of range"}
_REPLY = re.compile(rb"[\x05\x06\x15][.!]")
_PART = re.compile(rb"([A-Z0-9]{6})([^,;\x05\x06\x15]*)([\x05\x06\x15])[.!,;]")


def menu(*settings: str, keep: bool = False) -> bytes:
    """A menu command; `keep` only for questions: it is how the manual writes them."""
    return MENU + ",".join(settings).encode("ascii") + (b"." if keep else b"!")


def scan(buffer: bytes, _quiet: bool, _expected: str) -> Scan | None:
    """A menu reply (status byte before its last mark) or a line of data."""
    reply = _REPLY.search(buffer)
    line = next((at for at, byte in enumerate(buffer) if byte in b"\r\n"), -1)
    if reply is not None and (line < 0 or reply.start() < line):
        end = reply.end()
        return Scan(end, Frame("menu", buffer[:end], buffer[:end]))
    if line < 0:
        return None
    if line == 0:
        return Scan(1)
    data = buffer[:line]
    if any((byte < 0x20 and byte != 0x1D) or byte > 0x7E for byte in data):
        return Scan(line + 1, bad="garbage")
    return Scan(line + 1, Frame("line", data, buffer[: line + 1]))


class HoneywellReader(LinkedDevice):
    """An `MrzReader` behind a trigger. `settings`: what the profile of this firmware needs."""

    name = "honeywell"
    kind: ClassVar[DeviceKind] = "mrz-reader"
    evidence: ClassVar[Evidence] = "vendor manual"
    unconfirmed = (
        "values of the OCR settings (they differ by firmware; verified by asking back)",
        "whether the lines of a zone come apart (both ways are taken)",
    )

    def __init__(
        self,
        transport: Transport,
        *,
        settings: tuple[str, ...] = ("OCRENA1", "OCRATS2"),
        threaded: bool = True,
    ) -> None:
        framer = Framer(scan, idle_gap_s=0.04, max_bytes=1024)
        super().__init__(transport, framer, redact=True, threaded=threaded)
        self._settings = settings
        self._is_set = False
        self._collector = LineCollector()

    @property
    def capabilities(self) -> ReaderCapabilities:
        """It reads when triggered."""
        return ReaderCapabilities(asks=True, identifies_itself=True)

    def identify(self, *, deadline_s: float = 1.0) -> DeviceInfo:
        """Ask whether OCR is on: only these imagers know the question."""
        value = self.ask("OCRENA", deadline_s=deadline_s)
        self._info = replace(self._info, maker="Honeywell", version=f"OCRENA {value}")
        return self._info

    def ask(self, tag: str, *, deadline_s: float = 1.0) -> str:
        """The current value of a setting (six letters)."""
        frame = self._menu(menu(f"{tag}?", keep=True), tag, deadline_s)
        found = _PART.search(frame.body)
        if found is None:
            raise self._refused(f"{tag}: an answer without status")
        self._check(found)
        return found[2].decode("ascii")

    def prepare(self, *, deadline_s: float = 1.0) -> None:
        """Make the settings of the profile true, in volatile memory, and ask them back.

        Raises:
            DeviceRefused: the firmware does not know a setting or its value.
        """
        end_s = self._clock.now() + deadline_s
        for setting in self._settings:
            tag, value = setting[:6], setting[6:]
            if self.ask(tag, deadline_s=self._left(end_s)) == value:
                continue
            frame = self._menu(menu(setting), tag, self._left(end_s))
            for part in _PART.finditer(frame.body):
                self._check(part)
            if self.ask(tag, deadline_s=self._left(end_s)) != value:
                raise self._refused(f"{setting} was not taken")
        self._is_set = True

    def read(self, *, deadline_s: float = 3.0) -> DeviceMrz | None:
        """Trigger, wait for a zone, release."""
        end_s = self._clock.now() + deadline_s
        if not self._is_set:
            self.prepare(deadline_s=deadline_s * 0.7)
        before = sum(self._link.rejected.values()) + self._collector.broken
        self._link.send(TRIGGER, deadline_s=0.5)
        try:
            while True:
                came = self._link.next_event(max(0.0, end_s - self._clock.now()))
                if came is None:
                    broken = self._broken_read(before - self._collector.broken)
                    if broken is not None:
                        raise broken
                    return None
                if came[1].kind == "line":
                    zone = self._collector.add(came[1].body.decode("ascii"), came[0])
                    if zone is not None:
                        return to_zone(zone)
        finally:
            if not self._link.is_broken:
                self._link.send(RELEASE, deadline_s=0.5)

    def _menu(self, command: bytes, tag: str, deadline_s: float) -> Frame:
        """Send a menu command; its answer repeats the tag, a late copy of another one does not."""
        wanted = tag.upper().encode("ascii")
        return self._link.query(
            command,
            lambda frame: frame.kind == "menu" and wanted in frame.body,
            deadline_s=deadline_s,
        )

    def _left(self, end_s: float) -> float:
        return min(_ANSWER_S, max(0.02, end_s - self._clock.now()))

    def _check(self, part: re.Match[bytes]) -> None:
        problem = _STATUS[part[3][0]]
        if problem:
            raise self._refused(f"{part[1].decode('ascii')}: {problem}")

    def _refused(self, what: str) -> DeviceRefused:
        return DeviceRefused(
            f"{self.name} on {self._info.port} refused: {what}.",
            hint="Correct the settings of its profile for this firmware.",
            device=self.name,
            port=self._info.port,
        )

    def _event(self, frame: Frame, at_s: float) -> DeviceEvent | None:
        return DeviceEvent("line", at_s, self.name) if frame.kind == "line" else None
