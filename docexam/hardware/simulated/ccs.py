"""A simulated controller of the "@" family, in both dialects."""

from __future__ import annotations

from docexam.hardware.simulated.device import take_until
from docexam.hardware.simulated.light import SimulatedLamp

_STROBES = 11


class SimulatedCcs(SimulatedLamp):
    """`with_id`: serial dialect. `latched`: a new intensity shows only with the next L1 (VLP)."""

    def __init__(
        self,
        channels: int = 4,
        *,
        with_id: bool = True,
        latched: bool = False,
        first_channel: int = 0,
        rise_s: float = 0.0,
        fall_s: float = 0.0,
    ) -> None:
        numbers = tuple(range(first_channel, first_channel + channels))
        super().__init__(numbers, rise_s=rise_s, fall_s=fall_s)
        self._with_id = with_id
        self._latched = latched
        self._intensity = dict.fromkeys(numbers, 0)
        self._strobe = dict.fromkeys(numbers, 0)
        self._is_on = dict.fromkeys(numbers, False)

    def next_message(self, inbox: bytearray) -> bytes | None:
        """A line from the last `@` on."""
        line = take_until(inbox, b"\r\n")
        return None if line is None else line[max(0, line.rfind(b"@")) :]

    def receive(self, message: bytes, now_s: float) -> list[bytes]:
        """Check the sum, then obey."""
        channel_text = message[1:3].decode("ascii", "replace")
        if len(message) < 6 or message[:1] != b"@":
            return []
        if f"{sum(message[:-2]) % 256:02X}".encode() != message[-2:]:
            return [_line("00", "N02")]
        if self.use_up("refuse"):
            return [_line(channel_text, "N03")]
        order, data = chr(message[3]), message[4:-2].decode("ascii", "replace")
        if self._with_id and order in "FSL":
            if not data.endswith("00"):
                return [_line(channel_text, "N01")]
            data = data[:-2]
        targets = self._targets(channel_text)
        if targets is None:
            return [_line(channel_text, "N03")]
        return [_line(channel_text, self._obey(order, data, targets, now_s))]

    def _targets(self, text: str) -> list[int] | None:
        if text == "FF":
            return list(self.traces)
        if text.isdigit() and int(text) in self.traces:
            return [int(text)]
        return None

    def _obey(self, order: str, data: str, targets: list[int], now_s: float) -> str:
        if order == "F" and len(data) == 3 and data.isdigit():
            if int(data) > 255:
                return "N03"
            for channel in targets:
                self._intensity[channel] = int(data)
                if self._is_on[channel] and not self._latched:
                    self.drive(channel, int(data) / 255, now_s)
            return "O"
        if order == "L" and data in ("0", "1"):
            for channel in targets:
                self._is_on[channel] = data == "1"
                level = self._intensity[channel] / 255 if data == "1" else 0.0
                self.drive(channel, level, now_s)
            return "O"
        if order == "S" and len(data) == 2 and data.isdigit():
            if int(data) >= _STROBES:
                return "N03"
            for channel in targets:
                self._strobe[channel] = int(data)
            return "O"
        first = targets[0]
        if not self._with_id and not data:
            if order == "C":
                return "O00"
            if order == "M":
                lit = int(self._is_on[first])
                return f"OF{self._intensity[first]:03d}.S{self._strobe[first]:02d}.L{lit}"
            if order == "R":
                self._intensity.update(dict.fromkeys(targets, 0))
                self._is_on.update(dict.fromkeys(targets, False))
                for channel in targets:
                    self.drive(channel, 0.0, now_s)
                return "O"
        return "N01"

    def spoil_check(self, reply: bytes) -> bytes:
        """One digit of the checksum changed."""
        digit = b"0" if reply[-3:-2] != b"0" else b"1"
        return reply[:-3] + digit + reply[-2:]


def simulated_ccs_ethernet(channels: int = 4) -> SimulatedCcs:
    """A PD3: no ID, status and readback."""
    return SimulatedCcs(channels, with_id=False)


def _line(channel: str, body: str) -> bytes:
    text = f"@{channel}{body}".encode("ascii")
    return text + f"{sum(text) % 256:02X}\r\n".encode("ascii")
