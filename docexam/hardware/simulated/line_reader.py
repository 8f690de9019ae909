"""Simulated readers that send plain lines, and one that types them."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from docexam.hardware.simulated.reader import SimulatedReader

if TYPE_CHECKING:
    from docexam.hardware.simulated.device import Sent


class SimulatedLineReader(SimulatedReader):
    """Lines with CR; `framed`: between STX and ETX."""

    def __init__(self, *, framed: bool = False) -> None:
        super().__init__()
        self._framed = framed

    def announce(self) -> list[bytes]:
        """All lines."""
        text = "".join(f"{line}\r" for line in self.seen()).encode("ascii")
        return [b"\x02" + text + b"\x03" if self._framed and text else text]


# American key codes, written out on purpose: this side shares no table with the driver.
_KEYS = {
    **dict(zip("1234567890", range(2, 12), strict=True)),
    **dict(zip("QWERTYUIOP", range(16, 26), strict=True)),
    **dict(zip("ASDFGHJKL", range(30, 39), strict=True)),
    **dict(zip("ZXCVBNM", range(44, 51), strict=True)),
}
_SHIFT, _COMMA, _ENTER, _SPACE = 42, 51, 28, 57


class SimulatedWedge(SimulatedReader):
    """Types the zone on an American keyboard, one key every `key_s`."""

    def __init__(self, *, key_s: float = 0.004) -> None:
        super().__init__()
        self._key_s = key_s

    def tick(self, now_s: float) -> Sent:
        """Key down, key up, synchronised, for each character."""
        if not self._arrived:
            return []
        self._arrived = False
        sent: Sent = []
        at_s = now_s + self.reads_after_s
        for character in "".join(f"{line}\r" for line in self.seen()):
            pieces = b"".join(_event(at_s, 1, code, value) for code, value in _strokes(character))
            sent.append((at_s, pieces + _event(at_s, 0, 0, 0)))
            at_s += self._key_s
        return sent


def _strokes(character: str) -> list[tuple[int, int]]:
    if character == "\r":
        return [(_ENTER, 1), (_ENTER, 0)]
    if character == "<":
        return [(_SHIFT, 1), (_COMMA, 1), (_COMMA, 0), (_SHIFT, 0)]
    code = _KEYS.get(character, _SPACE)
    return [(code, 1), (code, 0)]


def _event(at_s: float, kind: int, code: int, value: int) -> bytes:
    return struct.pack("<qqHHi", int(at_s), int(at_s % 1 * 1e6), kind, code, value)
