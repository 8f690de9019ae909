"""Any reader that sends the zone as lines: CR or LF between them, STX and ETX around them or not.

This is also how DESKO and similar readers are supported, whose own protocols are not public.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from docexam.hardware.framing import Frame, Framer, Scan, up_to
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

_MARKS = b"\r\n\x02\x03"
# A byte 1D brackets candidate characters (Microscan imagers).
_ALLOWED = frozenset(b"\x1d") | frozenset(range(0x20, 0x7F))


def scan(buffer: bytes, quiet: bool, _expected: str) -> Scan | None:
    """A line between marks; the last one may be ended by silence alone."""
    found = up_to(buffer, _MARKS)
    if found is None and quiet:
        found = Scan(len(buffer), Frame("line", buffer, buffer))
    if found is None or found.frame is None or _ALLOWED.issuperset(found.frame.body):
        return found
    return Scan(found.consumed, bad="garbage")


class LineReader(LinkedDevice):
    """An `MrzReader` that only listens."""

    name = "line"
    kind: ClassVar[DeviceKind] = "mrz-reader"
    evidence: ClassVar[Evidence] = "unconfirmed"
    unconfirmed = ("which readers send plain lines; each needs its own trial",)

    def __init__(
        self, transport: Transport, *, idle_gap_ms: float = 300.0, threaded: bool = True
    ) -> None:
        framer = Framer(scan, idle_gap_s=0.05, max_bytes=512)
        super().__init__(transport, framer, redact=True, threaded=threaded)
        self._collector = LineCollector(idle_gap_ms / 1000)

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
            FramingError: something came, but no whole zone.
        """
        end_s = self._clock.now() + deadline_s
        before = sum(self._link.rejected.values()) + self._collector.broken
        while True:
            came = self._link.next_event(max(0.0, end_s - self._clock.now()))
            if came is None:
                broken = self._broken_read(before - self._collector.broken)
                if broken is not None:
                    raise broken
                return None
            zone = self._collector.add(came[1].body.decode("ascii"), came[0])
            if zone is not None:
                return to_zone(zone)

    def _event(self, frame: Frame, at_s: float) -> DeviceEvent | None:  # noqa: ARG002
        return DeviceEvent("line", at_s, self.name)
