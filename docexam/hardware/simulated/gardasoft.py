"""A simulated Gardasoft controller."""

from __future__ import annotations

from docexam.hardware.simulated.device import Sent, take_until
from docexam.hardware.simulated.light import SimulatedLamp

_UNITS_MS = {"us": 0.001, "ms": 1.0, "s": 1000.0}
_FATAL_HOT = 44
_DUTY_EVENT = 140


class _Wrong(Exception):
    def __init__(self, code: int) -> None:
        self.code = code


class SimulatedGardasoft(SimulatedLamp):
    """Obeys VR, RS, RW, RT, TR, ST, GT and GR. `echo`: as older serial units.

    `duty_limit`: share of the last second that a channel may be lit in pulses before it switches
    off with event 140. Mood `hot`: cut-out, error 44.
    """

    moods = SimulatedLamp.moods | {"hot", "busy"}

    def __init__(
        self,
        channels: int = 4,
        *,
        echo: bool = False,
        model: str = "RT420-20 (HW02) V031",
        duty_limit: float = 1.0,
        rise_s: float = 0.0,
        fall_s: float = 0.0,
    ) -> None:
        super().__init__(tuple(range(1, channels + 1)), rise_s=rise_s, fall_s=fall_s)
        self._echo = echo
        self._model = model
        self._duty_limit = duty_limit
        self._pulses: dict[int, tuple[float, float, float]] = {}
        self._lit: dict[int, list[tuple[float, float]]] = {}
        self._events_wanted = False
        self._events: Sent = []
        self._last_error = 0

    def next_message(self, inbox: bytearray) -> bytes | None:
        """A line."""
        return take_until(inbox, b"\r")

    def receive(self, message: bytes, now_s: float) -> list[bytes]:
        """Each command of the line is obeyed up to the first error."""
        text = message.decode("ascii", "replace").strip()
        out = message + b"\r" if self._echo else b""
        if self.use_up("refuse"):
            return [out + b"Err 1\r\n>"]
        if self.use_up("busy"):
            return [out]
        answers: list[str] = []
        try:
            for command in text.split(";"):
                answer = self._obey(command.strip(), now_s)
                if answer:
                    answers.append(answer)
        except _Wrong as wrong:
            self._last_error = wrong.code
            answers.append(f"Err {wrong.code}")
        out += "".join(f"{answer}\r\n" for answer in answers).encode("ascii")
        replies = [out + b">"]
        replies += [data for _, data in self._events]
        self._events.clear()
        return replies

    def _obey(self, command: str, now_s: float) -> str:
        name, rest = command[:2].upper(), command[2:]
        numbers = [part.strip() for part in rest.split(",")] if rest else []
        if self.is_in("hot") and name in ("RS", "RT", "TR", "RW"):
            self.drive_all(0.0, now_s)
            if name != "RS" or _level(numbers[1]) > 0:
                raise _Wrong(_FATAL_HOT)
        match name:
            case "VR":
                return self._model
            case "RS":
                _count(numbers, 2, 2)
                level, clamped = _clamp(_level(numbers[1]))
                self.drive(self._channel(numbers[0]), level, now_s)
                return "Err 5" if clamped else ""
            case "RT":
                _count(numbers, 4, 5)
                channel = self._channel(numbers[0])
                level, clamped = _clamp(_level(numbers[3]))
                width_ms = _time_ms(numbers[1])
                if not 0 < width_ms <= 999:
                    raise _Wrong(1)
                self._pulses[channel] = (width_ms / 1000, _time_ms(numbers[2]) / 1000, level)
                self.drive(channel, 0.0, now_s)
                return "Err 5" if clamped else ""
            case "TR":
                _count(numbers, 1, 1)
                return self._trigger(self._channel(numbers[0]), now_s)
            case "RW":
                _count(numbers, 4, 4)
                self._channel(numbers[0])
                return ""
            case "ST":
                channel = self._channel(numbers[0]) if numbers else 1
                percent = self.traces[max(1, channel)].driven(now_s) * 100
                return f"CH {channel}, S {percent:g}"
            case "GT":
                self._events_wanted = numbers == ["1"]
                return ""
            case "GR":
                code, self._last_error = self._last_error, 0
                return f"Err {code}" if code else ""
        raise _Wrong(2)

    def _trigger(self, channel: int, now_s: float) -> str:
        if channel not in self._pulses:
            raise _Wrong(1)
        width_s, delay_s, level = self._pulses[channel]
        start_s = now_s + delay_s
        recent = [piece for piece in self._lit.get(channel, []) if piece[1] > now_s - 1.0]
        lit_s = sum(to_s - max(from_s, now_s - 1.0) for from_s, to_s in recent) + width_s
        if lit_s > self._duty_limit:
            self.drive(channel, 0.0, now_s)
            if self._events_wanted:
                self._events.append((now_s, b"Evt%d,%d\r\n" % (channel, _DUTY_EVENT)))
            return ""
        self.drive(channel, level, start_s)
        # The controller's own timer ends the pulse, whatever the host does.
        self.drive(channel, 0.0, start_s + width_s)
        self._lit[channel] = [*recent, (start_s, start_s + width_s)]
        return ""

    def _channel(self, text: str) -> int:
        if not text.isdigit():
            raise _Wrong(3)
        if int(text) not in self.traces and text != "0":
            raise _Wrong(1)
        return int(text)


def _level(text: str) -> float:
    try:
        return float(text) / 100
    except ValueError:
        raise _Wrong(3) from None


def _clamp(level: float) -> tuple[float, bool]:
    if level < 0:
        raise _Wrong(1)
    return min(1.0, level), level > 1.0


def _time_ms(text: str) -> float:
    for unit in ("us", "ms", "s", ""):
        if unit == "" or text.endswith(unit):
            digits = text.removesuffix(unit)
            try:
                return float(digits) * _UNITS_MS.get(unit, 1.0)
            except ValueError:
                raise _Wrong(3) from None
    raise _Wrong(3)


def _count(numbers: list[str], low: int, high: int) -> None:
    if not low <= len(numbers) <= high:
        raise _Wrong(4)
