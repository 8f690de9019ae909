"""A simulated controller of the "S...#" family."""

from __future__ import annotations

from docexam.hardware.simulated.device import take_until
from docexam.hardware.simulated.light import SimulatedLamp


class SimulatedSHash(SimulatedLamp):
    """Channels A to F, levels 0 to 255."""

    def __init__(self, channels: int = 4, *, rise_s: float = 0.0, fall_s: float = 0.0) -> None:
        super().__init__(tuple(range(1, channels + 1)), rise_s=rise_s, fall_s=fall_s)
        self._values = dict.fromkeys(self.traces, 0)

    def next_message(self, inbox: bytearray) -> bytes | None:
        """Up to `#`."""
        return take_until(inbox, b"#")

    def receive(self, message: bytes, now_s: float) -> list[bytes]:
        """`A`, `a0255`, `H`, `L` or `NG`."""
        text = message.decode("ascii", "replace")
        if self.use_up("refuse") or not text.startswith("S"):
            return [b"NG"]
        if text in ("SH", "SL"):
            for channel in self.traces:
                self._set(channel, 255 if text == "SH" else 0, now_s)
            return [text[1].encode()]
        channel = ord(text[1:2] or "?") - ord("A") + 1
        if channel not in self.traces:
            return [b"NG"]
        if len(text) == 2:
            return [f"{text[1].lower()}{self._values[channel]:04d}".encode("ascii")]
        digits = text[2:]
        if len(digits) != 4 or not digits.isdigit() or int(digits) > 255:
            return [b"NG"]
        self._set(channel, int(digits), now_s)
        return [text[1].encode("ascii")]

    def _set(self, channel: int, value: int, now_s: float) -> None:
        self._values[channel] = value
        self.drive(channel, value / 255, now_s)
