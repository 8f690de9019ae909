"""A simulated Elyctis reader."""

from __future__ import annotations

from docexam.hardware.simulated.reader import SimulatedReader

_IDENTITY = {"V": "SIM 1.7", "W": "OCR 2.0", "R": "SIM0000001", "T": "ID BOX One SIM"}


class SimulatedElyctis(SimulatedReader):
    """Answers I, L, C and the identity letters; disarms after each continuous read.

    `line_ends`: 1 or 2 CR after the last line, as different firmware does.
    """

    moods = SimulatedReader.moods | {"busy"}

    def __init__(self, *, line_ends: int = 1) -> None:
        super().__init__()
        self._last_ends = line_ends
        self._armed = False

    def next_message(self, inbox: bytearray) -> bytes | None:
        """Letter, length, data."""
        if len(inbox) < 3:
            return None
        length = inbox[1] * 256 + inbox[2]
        if length > 64:
            inbox.clear()
            return None
        if len(inbox) < 3 + length:
            return None
        message = bytes(inbox[: 3 + length])
        del inbox[: 3 + length]
        return message

    def receive(self, message: bytes, now_s: float) -> list[bytes]:  # noqa: ARG002
        """Obey."""
        letter, data = chr(message[0]), message[3:]
        if letter in _IDENTITY:
            return [_message(letter, _IDENTITY[letter].encode("ascii"))]
        if letter in "IL":
            # Mood `busy`: it looks, and sees nothing yet.
            return [_message(letter, b"" if self.use_up("busy") else self._zone())]
        if letter == "C" and data in (b"\x00", b"\x01"):
            self._armed = data == b"\x01"
            self._arrived = self._armed and bool(self._lines)
            return [message]
        return []

    def announce(self) -> list[bytes]:
        """Only when armed; then it is armed no longer."""
        if not self._armed or not self._lines:
            return []
        self._armed = False
        return [_message("I", self._zone())]

    def _zone(self) -> bytes:
        lines = self.seen()
        if not lines:
            return b""
        text = "".join(f"{line}\r" for line in lines) + "\r" * (self._last_ends - 1)
        return text.encode("ascii")


def _message(letter: str, data: bytes) -> bytes:
    return letter.encode("ascii") + bytes([len(data) // 256, len(data) % 256]) + data
