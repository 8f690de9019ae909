"""A simulated 3M / RTE swipe reader in native mode.

Length and check byte follow the same assumptions as the driver's `unconfirmed` list names.
"""

from __future__ import annotations

from docexam.hardware.simulated.reader import SimulatedReader


class SimulatedRte(SimulatedReader):
    """Sends each swipe by itself; takes no commands."""

    def announce(self) -> list[bytes]:
        """Three slots, bottom-aligned, padded with `_`."""
        lines = self.seen()
        if not lines:
            return []
        width = 44 if len(lines) == 2 else 30
        slots = [""] * (3 - len(lines)) + [line[:width].ljust(width, "_") for line in lines]
        data = "".join(f"{slot}\r" for slot in slots).encode("ascii")
        body = b"OU\x02" + b"0" + data + b"\x03"
        check = 0
        for byte in body:
            check ^= byte
        length = len(body) + 1
        return [bytes([1, length & 0xFF, length >> 8]) + body + bytes([check])]

    def spoil_check(self, reply: bytes) -> bytes:
        """Another check byte."""
        return reply[:-1] + bytes([reply[-1] ^ 0x55])
