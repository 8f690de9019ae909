"""A simulated lamp that speaks the language of a user's own table (docs/hardware.md)."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from docexam.errors import SettingsError
from docexam.hardware.simulated.light import SimulatedLamp

_PLACE = re.compile(r"\{(channel|value)(?::0(\d)([dX]))?\}")
_REFUSAL = "?"


class SimulatedLampTable(SimulatedLamp):
    """Obeys the commands of the table in `file`; a wrong check value is ignored.

    It answers `reply_example`, or `reply` itself where that is plain text.

    Raises:
        SettingsError: the file is no lamp table, or nothing says what the lamp answers.
    """

    def __init__(self, file: str) -> None:
        path = Path(file)
        try:
            table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))["lamp"]
            self._letters: str = table["channels"]
            self._steps = int(table["steps"])
            self._is_hex = False
            self._check: str = table.get("checksum", "none")
            self._end = table.get("end", "").encode("latin-1")
            self._orders = {
                order: self._pattern(order, table[order])
                for order in ("all_off", "off", "on", "light_up")
                if table.get(order)
            }
            reply: str = table.get("reply", "")
            answer: str = table.get("reply_example", "") or reply
            self._reply_end: str = table.get("reply_end", "")
            is_example = not reply or re.fullmatch(reply, answer) is not None
            may_refuse = bool(reply) and re.fullmatch(reply, _REFUSAL) is None
            self._answer = f"{answer}{self._reply_end}".encode("latin-1") if reply else b""
        except (OSError, ValueError, KeyError, TypeError, AttributeError, re.error) as error:
            raise SettingsError(
                f"{path.name} is no lamp table ({error}).",
                code="lamp.template",
                hint="It needs [lamp] with name, channels, steps, on and off; "
                "see docs/hardware.md.",
            ) from error
        if not is_example:
            raise SettingsError(
                f"The lamp of {path.name} cannot be simulated: its reply is a pattern.",
                code="lamp.template",
                hint="Add reply_example, an answer that matches reply.",
            )
        super().__init__(tuple(range(1, len(self._letters) + 1)))
        self.moods = frozenset({"stuck", "dim", "silent"} | ({"refuse"} if may_refuse else set()))
        self._levels = dict.fromkeys(self.traces, 0.0)
        # A language without a command to light up shines as soon as it has a level.
        self._lit = dict.fromkeys(self.traces, "light_up" not in self._orders)

    def next_message(self, inbox: bytearray) -> bytes | None:
        """The first whole command in the inbox."""
        found = [one for one in (each.search(inbox) for each in self._orders.values()) if one]
        if not found:
            return None
        first = min(found, key=lambda one: one.start())
        message = bytes(first[0])
        del inbox[: first.end()]
        return message

    def receive(self, message: bytes, now_s: float) -> list[bytes]:
        """Set a level, light up, or darken one channel or all."""
        known = ((order, each.fullmatch(message)) for order, each in self._orders.items())
        order, found = next((order, found) for order, found in known if found)
        if not self._is_whole(message):
            return []
        if self.use_up("refuse"):
            return [f"{_REFUSAL}{self._reply_end}".encode("latin-1")]
        groups = found.groupdict()
        letter = groups.get("channel", b"").decode("latin-1")
        # A command that names no channel is meant for all.
        some = [self._letters.index(letter) + 1] if letter else list(self.traces)
        for channel in some:
            if order == "on":
                # A command without a value switches fully on.
                told = groups.get("value")
                value = int(told, 16 if self._is_hex else 10) if told else self._steps
                self._levels[channel] = min(1.0, value / self._steps)
            elif order == "light_up":
                self._lit[channel] = True
            else:
                self._levels[channel] = 0.0
                self._lit[channel] = "light_up" not in self._orders
            self.drive(channel, self._levels[channel] if self._lit[channel] else 0.0, now_s)
        return [self._answer]

    def _pattern(self, order: str, text: str) -> re.Pattern[bytes]:
        """The command as it comes; only `on` carries a value, the others a written zero."""
        pattern, last = "", 0
        for place in _PLACE.finditer(text):
            pattern += re.escape(text[last : place.start()])
            last = place.end()
            name, width, kind = place.groups()
            if name == "channel" and order == "all_off":
                pattern += re.escape(self._letters[0])
            elif name == "channel":
                pattern += f"(?P<channel>[{re.escape(self._letters)}])"
            elif order == "on":
                self._is_hex = kind == "X"
                digits = len(f"{self._steps:{kind or 'd'}}")
                least = int(width or 1)
                figures = "[0-9A-F]" if self._is_hex else "[0-9]"
                pattern += f"(?P<value>{figures}{{{least},{max(least, digits)}}})"
            else:
                pattern += "0" * int(width or 1)
        pattern += re.escape(text[last:])
        if self._check != "none":
            pattern += "[0-9A-F]{2}"
        return re.compile(pattern.encode("latin-1") + re.escape(self._end), re.DOTALL)

    def _is_whole(self, message: bytes) -> bool:
        if self._check == "none":
            return True
        body = message[: len(message) - len(self._end)]
        body, told = body[:-2], int(body[-2:], 16)
        check = 0
        for byte in body:
            check = (check + byte) & 0xFF if self._check == "sum" else check ^ byte
        return check == told
