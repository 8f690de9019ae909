"""Simulated controllers of the small level-setting languages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from docexam.hardware.simulated.light import SimulatedLamp


@dataclass(frozen=True, slots=True)
class Language:
    """How a set command looks (groups `channel` and `value`), and how the value is written."""

    pattern: str
    base: int
    top: int
    channels: int
    all_channels: str = ""


LANGUAGES = {
    "pd-fn300": Language(r"C(?P<channel>[1-4T])(?P<value>[0-9A-F]{2})\r\n", 16, 255, 4, "T"),
    "iovis": Language(r"#CH0(?P<channel>[1-8])BW(?P<value>\d{4})E", 10, 255, 8),
    "l-fine": Language("\x02(?P<channel>[1-4])w(?P<value>\\d{4})\x03", 10, 1023, 4),
    "alt": Language(r"L(?P<channel>[1-4])(?P<value>\d{3})\r\n", 10, 255, 4),
    "vit": Language(r"C(?P<channel>[1-4])(?P<value>\d{3})\r\n", 10, 255, 4),
}


class SimulatedTemplateLamp(SimulatedLamp):
    """Obeys one of `LANGUAGES`; answers nothing."""

    moods = frozenset({"stuck", "dim", "silent"})

    def __init__(self, language: str) -> None:
        self._language = LANGUAGES[language]
        self._pattern = re.compile(self._language.pattern.encode("latin-1"))
        super().__init__(tuple(range(1, self._language.channels + 1)))

    def next_message(self, inbox: bytearray) -> bytes | None:
        """The first whole command in the inbox."""
        found = self._pattern.search(inbox)
        if found is None:
            return None
        message = bytes(found[0])
        del inbox[: found.end()]
        return message

    def receive(self, message: bytes, now_s: float) -> list[bytes]:
        """Set one channel, or all."""
        found = self._pattern.fullmatch(message)
        if found is None:
            return []
        level = min(1.0, int(found["value"], self._language.base) / self._language.top)
        letter = found["channel"].decode("ascii")
        if letter == self._language.all_channels:
            self.drive_all(level, now_s)
        else:
            self.drive(int(letter), level, now_s)
        return []


class SimulatedAlnitak(SimulatedLamp):
    """A flat panel: brightness, on, off; each answered with the device's id 19."""

    def __init__(self) -> None:
        super().__init__((1,))
        self._brightness = 0
        self._is_on = False

    def next_message(self, inbox: bytearray) -> bytes | None:
        """From `>` to CR."""
        found = re.search(rb">([A-Z])(\d{3})\r", inbox)
        if found is None:
            return None
        message = bytes(found[0])
        del inbox[: found.end()]
        return message

    def receive(self, message: bytes, now_s: float) -> list[bytes]:
        """B sets, L lights, D darkens."""
        order, value = message[1:2], int(message[2:5])
        if self.use_up("refuse") or order not in b"BLD" or value > 255:
            return [b"*E19001\n"]
        if order == b"B":
            self._brightness = value
        else:
            self._is_on = order == b"L"
        self.drive(1, self._brightness / 255 if self._is_on else 0.0, now_s)
        return [b"*%s19%03d\n" % (order, value)]


def simulated_pd_fn300() -> SimulatedLamp:
    """An Imatest light box."""
    return SimulatedTemplateLamp("pd-fn300")


def simulated_alnitak() -> SimulatedLamp:
    """A flat panel."""
    return SimulatedAlnitak()


def simulated_iovis() -> SimulatedLamp:
    """An Iovis controller."""
    return SimulatedTemplateLamp("iovis")


def simulated_l_fine() -> SimulatedLamp:
    """An L-fine controller."""
    return SimulatedTemplateLamp("l-fine")


def simulated_alt() -> SimulatedLamp:
    """An ALT or LVS controller."""
    return SimulatedTemplateLamp("alt")


def simulated_vit() -> SimulatedLamp:
    """A VIT controller."""
    return SimulatedTemplateLamp("vit")
