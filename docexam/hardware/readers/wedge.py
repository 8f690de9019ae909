"""A reader that types like a keyboard, taken from one Linux input device and from no other.

The device is grabbed, so that what it types reaches nobody else. Port: `evdev:///dev/input/event5`
(better a name below /dev/input/by-id).
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, ClassVar

from docexam.errors import SettingsError
from docexam.hardware.framing import Frame, Framer, Scan
from docexam.hardware.linked_device import LinkedDevice
from docexam.hardware.readers.keyboard_layouts import (
    KEY_ENTER,
    KEY_KEYPAD_ENTER,
    LAYOUTS,
    SHIFTS,
)
from docexam.hardware.readers.zone_lines import LineCollector, to_zone
from docexam.nouns.device import DeviceInfo, DeviceKind, DeviceMrz, Evidence, ReaderCapabilities

if TYPE_CHECKING:
    from docexam.hardware.transports.base import Transport

# struct input_event of 64-bit Linux: seconds, microseconds, type, code, value.
EVENT = struct.Struct("<qqHHi")
_EV_KEY = 1
_RELEASED, _PRESSED = 0, 1
_LONGEST_LINE = 128
# Two zones that nobody has asked for yet: 2 x 92 keys, each down, up and synchronised, with Shift.
_MAX_EVENTS = 2 * 92 * 7


def scan(buffer: bytes, _quiet: bool, _expected: str) -> Scan | None:
    """One input event."""
    if len(buffer) < EVENT.size:
        return None
    return Scan(EVENT.size, Frame("event", buffer[: EVENT.size], buffer[: EVENT.size]))


class KeyDecoder:
    """Key presses to lines. Keys more than `gap_ms` apart were typed by a person: not taken."""

    def __init__(self, layout: str = "us", gap_ms: float = 50.0) -> None:
        if layout not in LAYOUTS:
            raise SettingsError(
                f"There is no keyboard layout {layout}.",
                code="device.keyboard-layout",
                hint=f"Known: {', '.join(LAYOUTS)}.",
            )
        self._keys = LAYOUTS[layout]
        self._gap_s = gap_ms / 1000
        self._held: set[int] = set()
        self._line = ""
        self._last_s = 0.0
        self._began_s = 0.0
        self.dropped = 0

    @property
    def began_s(self) -> float:
        """When the first key of the last line went down."""
        return self._began_s

    def press(self, code: int, value: int, at_s: float) -> str | None:
        """Take a key going down (1) or up (0); return the line that Enter ends."""
        if code in SHIFTS:
            (self._held.discard if value == _RELEASED else self._held.add)(code)
            return None
        if value != _PRESSED:
            return None
        if self._line and at_s - self._last_s > self._gap_s:
            self._line = ""
            self.dropped += 1
        self._last_s = at_s
        if not self._line:
            self._began_s = at_s
        if code in (KEY_ENTER, KEY_KEYPAD_ENTER):
            line, self._line = self._line, ""
            return line or None
        # An unknown key is one unreadable character: dropping it would shift the rest of the line.
        self._line += self._keys.get((code, bool(self._held)), "_")
        self._line = self._line[-_LONGEST_LINE:]
        return None


class WedgeReader(LinkedDevice):
    """An `MrzReader` that listens to key presses."""

    name = "wedge"
    kind: ClassVar[DeviceKind] = "mrz-reader"
    evidence: ClassVar[Evidence] = "unconfirmed"
    unconfirmed = ("the keyboard layout that the reader is set to: it must be named",)

    def __init__(self, transport: Transport, *, layout: str = "us", threaded: bool = True) -> None:
        framer = Framer(scan, idle_gap_s=0.2, max_bytes=64 * EVENT.size)
        self._decoder = KeyDecoder(layout)
        self._collector = LineCollector()
        super().__init__(transport, framer, redact=True, threaded=threaded, max_events=_MAX_EVENTS)

    @property
    def capabilities(self) -> ReaderCapabilities:
        """It speaks when it has read."""
        return ReaderCapabilities(asks=False, continuous=True)

    def identify(self, *, deadline_s: float = 1.0) -> DeviceInfo:  # noqa: ARG002
        """It cannot be asked."""
        return self._info

    def read(self, *, deadline_s: float = 3.0) -> DeviceMrz | None:
        """The next whole zone; None after `deadline_s`.

        Raises:
            FramingError: keys came, but no whole zone.
        """
        end_s = self._clock.now() + deadline_s
        before = sum(self._link.rejected.values()) + self._broken
        while True:
            came = self._link.next_event(max(0.0, end_s - self._clock.now()))
            if came is None:
                broken = self._broken_read(before - self._broken)
                if broken is not None:
                    raise broken
                return None
            seconds, micros, kind, code, value = EVENT.unpack(came[1].body)
            if kind != _EV_KEY:
                continue
            # The kernel's time stamps hold however late a busy host takes the events.
            at_s = seconds + micros / 1e6
            line = self._decoder.press(code, value, at_s)
            if not line:
                continue
            zone = self._collector.add(line, at_s, began_s=self._decoder.began_s)
            if zone is not None:
                return to_zone(zone)

    @property
    def _broken(self) -> int:
        return self._collector.broken + self._decoder.dropped
