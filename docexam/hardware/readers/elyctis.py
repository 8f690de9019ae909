"""Elyctis ID BOX and ID Reader MRZ (Scanner Command Set 1.7): `CMD len_hi len_lo data`.

No checksum and no end mark: only silence ends a broken message. Continuous mode disarms itself
after each read, and the same document is not read again before it is armed again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from docexam.hardware.errors import DeviceTimeout, FramingError, WrongDevice
from docexam.hardware.framing import Frame, Framer, Scan
from docexam.hardware.linked_device import LinkedDevice
from docexam.hardware.readers.zone_lines import split_zone, to_zone
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

_LETTERS = b"ILCVWRT"
_HEADER = 3
_LONGEST = 512
_TRY_S = 0.3
_PAUSE_S = 0.1


def command(letter: str, data: bytes = b"") -> bytes:
    """One message to the reader."""
    return letter.encode("ascii") + len(data).to_bytes(2, "big") + data


def scan(buffer: bytes, _quiet: bool, _expected: str) -> Scan | None:
    """A known letter, a believable length, printable data."""
    if buffer[0] not in _LETTERS:
        return Scan(1, bad="garbage")
    if len(buffer) < _HEADER:
        return None
    length = int.from_bytes(buffer[1:_HEADER], "big")
    if length > _LONGEST:
        return Scan(1, bad="oversize")
    if len(buffer) < _HEADER + length:
        return None
    raw = buffer[: _HEADER + length]
    data = raw[_HEADER:]
    is_switch = raw[:1] == b"C" and length == 1
    if not is_switch and any(byte not in b"\r\n" and not 0x20 <= byte < 0x7F for byte in data):
        return Scan(len(raw), bad="malformed")
    return Scan(len(raw), Frame(chr(raw[0]), data, raw))


class ElyctisReader(LinkedDevice):
    """An `MrzReader`. `continuous`: the reader speaks when it has read; else it is asked."""

    name = "elyctis"
    kind: ClassVar[DeviceKind] = "mrz-reader"
    evidence: ClassVar[Evidence] = "vendor manual"
    unconfirmed = (
        "an empty answer means that nothing was read",
        "identity commands V, W, R, T (seen in third-party code)",
        "presence detection and reset (their codes are not known, so not offered)",
    )

    def __init__(
        self, transport: Transport, *, continuous: bool = False, threaded: bool = True
    ) -> None:
        framer = Framer(scan, idle_gap_s=0.05, max_bytes=_HEADER + _LONGEST, mute_until_gap=True)
        super().__init__(transport, framer, redact=True, threaded=threaded)
        self._continuous = continuous
        self._armed = False

    @property
    def capabilities(self) -> ReaderCapabilities:
        """It can be asked, can read continuously, and says who it is."""
        return ReaderCapabilities(asks=True, continuous=True, identifies_itself=True)

    def identify(self, *, deadline_s: float = 1.0) -> DeviceInfo:
        """Ask for product, version and serial number.

        Raises:
            WrongDevice: something else answers.
        """
        answers = {}
        for letter in "VTR":
            try:
                frame = self._ask(letter, b"", deadline_s / 3)
            except FramingError as error:
                raise WrongDevice(
                    f"What answers on {self._info.port} is not an Elyctis reader.",
                    hint="`docexam devices probe` tries the other drivers.",
                    device=self.name,
                    port=self._info.port,
                    last_bytes=error.last_bytes,
                ) from error
            answers[letter] = frame.body.decode("ascii").strip()
        self._info = replace(
            self._info,
            maker="Elyctis",
            version=answers["V"],
            model=answers["T"],
            serial_number=answers["R"],
        )
        return self._info

    def read(self, *, deadline_s: float = 3.0) -> DeviceMrz | None:
        """The next zone; None where none was seen before the deadline.

        Raises:
            DeviceTimeout: the reader does not answer at all.
        """
        if self._continuous:
            return self._wait(deadline_s)
        end_s = self._clock.now() + deadline_s
        answered = False
        while (left_s := end_s - self._clock.now()) > 0:
            try:
                frame = self._ask("I", b"", min(left_s, 2 * _TRY_S))
            except DeviceTimeout:
                if answered:
                    return None
                raise
            answered = True
            if frame.body:
                return to_zone(split_zone(frame.body.decode("ascii")))
            self._clock.sleep(min(_PAUSE_S, max(0.0, end_s - self._clock.now())))
        return None

    def close(self) -> None:
        """Stop continuous reading, then let go of the port."""
        if self._armed and not self._link.is_broken:
            self._armed = False
            self._link.send(command("C", b"\x00"), deadline_s=_TRY_S)
        super().close()

    def _ask(self, letter: str, data: bytes, deadline_s: float) -> Frame:
        return self._link.query(
            command(letter, data), lambda frame: frame.kind == letter, deadline_s=deadline_s
        )

    def _wait(self, deadline_s: float) -> DeviceMrz | None:
        end_s = self._clock.now() + deadline_s
        if not self._armed:
            while self._link.next_event(0.0) is not None:
                pass  # copies of what was read before
            self._ask("C", b"\x01", min(deadline_s, 2 * _TRY_S))
            self._armed = True
        while True:
            came = self._link.next_event(max(0.0, end_s - self._clock.now()))
            if came is None:
                return None
            if came[1].kind == "I" and came[1].body:
                self._armed = False
                return to_zone(split_zone(came[1].body.decode("ascii")))

    def _event(self, frame: Frame, at_s: float) -> DeviceEvent | None:
        if frame.kind == "I" and frame.body:
            return DeviceEvent("read", at_s, self.name)
        return None
