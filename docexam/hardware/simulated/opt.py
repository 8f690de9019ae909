"""A simulated controller of the "$" family."""

from __future__ import annotations

from docexam.hardware.simulated.light import SimulatedLamp

_LENGTH = 8


class SimulatedOpt(SimulatedLamp):
    """`lenient`: takes any checksum, as some units in the field do."""

    def __init__(
        self,
        channels: int = 4,
        *,
        lenient: bool = False,
        rise_s: float = 0.0,
        fall_s: float = 0.0,
    ) -> None:
        super().__init__(tuple(range(1, channels + 1)), rise_s=rise_s, fall_s=fall_s)
        self._lenient = lenient
        self._values = dict.fromkeys(self.traces, 0)
        self._is_on = dict.fromkeys(self.traces, False)

    def next_message(self, inbox: bytearray) -> bytes | None:
        """Eight bytes from a `$` on; what lies before it is dropped."""
        start = inbox.find(b"$")
        del inbox[: len(inbox) if start < 0 else start]
        if len(inbox) < _LENGTH:
            return None
        message = bytes(inbox[:_LENGTH])
        del inbox[:_LENGTH]
        return message

    def receive(self, message: bytes, now_s: float) -> list[bytes]:
        """`$` for accepted, `&` for refused, a frame for a question."""
        if not self._lenient and _frame(message[:6]) != message:
            return [b"&"]
        try:
            order, channel, value = int(message[1:2]), int(message[2:3], 16), int(message[3:6], 16)
        except ValueError:
            return [b"&"]
        if self.use_up("refuse") or channel not in self.traces or value > 255:
            return [b"&"]
        if order == 4:
            return [_frame(b"$4%X%03X" % (channel, self._values[channel]))]
        if order == 3:
            self._values[channel] = value
        elif order in (1, 2):
            self._is_on[channel] = order == 1
        else:
            return [b"&"]
        self.drive(channel, self._values[channel] / 255 if self._is_on[channel] else 0.0, now_s)
        return [b"$"]

    def spoil_check(self, reply: bytes) -> bytes:
        """The last digit of the XOR changed; a lone `$` has none."""
        if len(reply) < _LENGTH:
            return reply
        return reply[:-1] + (b"0" if reply[-1:] != b"0" else b"1")


def _frame(body: bytes) -> bytes:
    mixed = 0
    for byte in body:
        mixed ^= byte
    return body + f"{mixed:02X}".encode("ascii")
