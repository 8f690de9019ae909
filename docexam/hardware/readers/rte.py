"""3M / RTE swipe readers in native mode: they send each read by themselves and take no commands.

`SOH len_lo len_hi 'O' 'U' STX flag data ETX BCC`. The data are three CR-terminated slots,
bottom-aligned; `_` stands for what could not be read, never for the filler `<`.
"""

from __future__ import annotations

from functools import reduce
from operator import xor
from typing import TYPE_CHECKING, ClassVar

from docexam.hardware.framing import Frame, Framer, Scan
from docexam.hardware.linked_device import LinkedDevice
from docexam.hardware.readers.zone_lines import to_zone
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

_HEAD = 7
_LONGEST = 256
_TD2_WIDTH, _TD3_WIDTH = 36, 44


def scan(buffer: bytes, _quiet: bool, _expected: str) -> Scan | None:
    """From SOH to the byte after ETX. Length and check byte only warn: see `unconfirmed`."""
    start = buffer.find(b"\x01")
    if start != 0:
        return Scan(len(buffer) if start < 0 else start, bad="garbage")
    if len(buffer) > 3 and not b"OU\x02".startswith(buffer[3:6]):
        return Scan(1, bad="malformed")
    end = buffer.find(b"\x03", _HEAD)
    if end < 0 or len(buffer) < end + 2:
        return Scan(1, bad="oversize") if len(buffer) > _LONGEST else None
    raw = buffer[: end + 2]
    data = raw[_HEAD:end]
    if any(byte != 0x0D and not 0x20 <= byte < 0x7F for byte in data):
        return Scan(1, bad="malformed")
    warnings = []
    low, high = raw[1], raw[2]
    stated = {(low | high << 8) & 0x3FFF, (low & 0x7F) | (high & 0x7F) << 7}
    if len(raw) - 3 not in stated:
        warnings.append("the stated length is not that of the message")
    if reduce(xor, raw[3:-1], 0) != raw[-1]:
        warnings.append("the check byte does not fit")
    return Scan(len(raw), Frame("read", data, raw, tuple(warnings)))


def slots_to_lines(data: bytes) -> tuple[str, ...]:
    """The filled slots. Two lines of a TD2 come padded to 44 with `_`, which is taken off."""
    slots = data.decode("ascii").split("\r")[:3]
    lines = tuple(slot for slot in slots if slot.strip("_"))
    padding = "_" * (_TD3_WIDTH - _TD2_WIDTH)
    if len(lines) == 2 and all(
        len(line) == _TD3_WIDTH and line.endswith(padding) for line in lines
    ):
        return tuple(line[:_TD2_WIDTH] for line in lines)
    return lines


class RteReader(LinkedDevice):
    """An `MrzReader` that only listens."""

    name = "rte"
    kind: ClassVar[DeviceKind] = "mrz-reader"
    evidence: ClassVar[Evidence] = "vendor manual"
    unconfirmed = (
        "which bytes the length counts (from `O` to the check byte assumed)",
        "how the check byte is made (XOR from `O` to ETX assumed): a wrong one only warns",
        "that two short lines are padded on the right",
    )

    def __init__(self, transport: Transport, *, threaded: bool = True) -> None:
        framer = Framer(scan, idle_gap_s=0.1, max_bytes=2 * _LONGEST)
        super().__init__(transport, framer, redact=True, threaded=threaded)

    @property
    def capabilities(self) -> ReaderCapabilities:
        """It speaks when it has read."""
        return ReaderCapabilities(asks=False, continuous=True)

    def identify(self, *, deadline_s: float = 1.0) -> DeviceInfo:  # noqa: ARG002
        """It cannot be asked."""
        return self._info

    def read(self, *, deadline_s: float = 3.0) -> DeviceMrz | None:
        """The next swipe; None after `deadline_s`.

        Raises:
            FramingError: something came, but not whole.
        """
        before = sum(self._link.rejected.values())
        came = self._link.next_event(deadline_s)
        if came is None:
            broken = self._broken_read(before)
            if broken is not None:
                raise broken
            return None
        return to_zone(slots_to_lines(came[1].body), came[1].warnings)

    def _event(self, frame: Frame, at_s: float) -> DeviceEvent | None:  # noqa: ARG002
        return DeviceEvent("read", at_s, self.name)
