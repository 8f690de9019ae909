"""A simulated relay board with lamps on its contacts. It never answers."""

from __future__ import annotations

from docexam.hardware.simulated.light import SimulatedLamp


class SimulatedUsbRelay(SimulatedLamp):
    """Four bytes a command; a wrong sum is ignored."""

    moods = frozenset({"stuck", "dim", "silent"})

    def __init__(self, channels: int = 1, *, rise_s: float = 0.0, fall_s: float = 0.0) -> None:
        super().__init__(tuple(range(1, channels + 1)), rise_s=rise_s, fall_s=fall_s)

    def next_message(self, inbox: bytearray) -> bytes | None:
        """Four bytes from an A0 on."""
        start = inbox.find(0xA0)
        del inbox[: len(inbox) if start < 0 else start]
        if len(inbox) < 4:
            return None
        message = bytes(inbox[:4])
        del inbox[:4]
        return message

    def receive(self, message: bytes, now_s: float) -> list[bytes]:
        """Switch, silently."""
        head, channel, state, total = message
        if (head + channel + state) % 256 == total and channel in self.traces and state < 2:
            self.drive(channel, float(state), now_s)
        return []
