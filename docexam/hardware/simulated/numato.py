"""A simulated GPIO module with a lid switch on one pin."""

from __future__ import annotations

from docexam.hardware.simulated.device import SimulatedDevice, take_until


class SimulatedNumato(SimulatedDevice):
    """`lid_closed` can be changed at any time. Mood `nonsense`: the pin reads `x`."""

    moods = frozenset({"silent", "nonsense"})

    def __init__(self, pins: int = 8, lid_pin: int = 0, *, lid_closed: bool = True) -> None:
        super().__init__()
        self._pins = pins
        self._lid_pin = lid_pin
        self.lid_closed = lid_closed

    def next_message(self, inbox: bytearray) -> bytes | None:
        """A line."""
        return take_until(inbox, b"\r")

    def receive(self, message: bytes, now_s: float) -> list[bytes]:  # noqa: ARG002
        """Echo, LF CR, the value, LF CR, prompt."""
        echo = message + b"\n\r"
        match message.decode("ascii", "replace").split():
            case ["ver"]:
                value = "00000008"
            case ["id", "get"]:
                value = "DOCEXAM1"
            case ["gpio", "read", pin] if pin.isdigit() and int(pin) < self._pins:
                high = int(pin) != self._lid_pin or self.lid_closed
                value = "x" if self.use_up("nonsense") else str(int(high))
            case _:
                return [echo + b">"]
        return [echo + value.encode("ascii") + b"\n\r>"]
