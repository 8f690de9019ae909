r"""Small lamp languages as a table: one driver for all that only set a level.

A user's own TOML table works the same way:

    [lamp]
    name = "my-lamp"
    channels = "1234"           # the letter or digit of each channel, in order
    steps = 255
    on = "C{channel}{value:02X}"
    off = "C{channel}00"
    all_off = "CT00"            # else one `off` a channel
    end = "\r\n"
    checksum = "none"           # none | sum | xor, two hex digits before `end`
    reply = "OK"                # a regular expression; absent = answers are ignored
    reply_end = "\n"
    reply_example = "OK"        # its simulator's answer; absent = `reply`, where that is plain
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from docexam.errors import SettingsError
from docexam.hardware.framing import Frame, Framer, Scan, up_to
from docexam.hardware.lamps.codec import Answer, Command, LampCodec
from docexam.nouns.device import Evidence, LampCapabilities

_PLACE = re.compile(r"\{(\w+)(?::(0\d)([dX]))?\}")


@dataclass(frozen=True, slots=True)
class LampTemplate:
    """One language. `on`, `off` and `all_off` may hold `{channel}` and `{value:03d}`."""

    name: str
    channels: str
    steps: int
    on: str
    off: str
    all_off: str = ""
    light_up: str = ""
    end: str = ""
    checksum: Literal["none", "sum", "xor"] = "none"
    reply: str = ""
    reply_end: str = ""
    reply_example: str = ""
    baud: int = 9600
    evidence: Evidence = "unconfirmed"
    unconfirmed: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        known = {"channel", "value"}
        for text in (self.on, self.off, self.all_off, self.light_up):
            for name, _, _ in _PLACE.findall(text):
                if name not in known:
                    raise SettingsError(
                        f"The lamp table {self.name} uses {{{name}}}, which means nothing.",
                        code="lamp.template",
                        hint="Use {channel} and {value}, for example {value:03d}.",
                    )
        if not self.channels or not self.on or not self.off or self.steps < 1:
            raise SettingsError(
                f"The lamp table {self.name} needs channels, steps, on and off.",
                code="lamp.template",
                hint="Add what is missing.",
            )
        try:
            re.compile(self.reply)
        except re.error as error:
            raise SettingsError(
                f"The reply pattern of the lamp table {self.name} is broken: {error}.",
                code="lamp.template",
                hint="Write a regular expression.",
            ) from error


TEMPLATES: dict[str, LampTemplate] = {
    template.name: template
    for template in (
        LampTemplate(
            name="pd-fn300",
            channels="1234",
            steps=255,
            on="C{channel}{value:02X}",
            off="C{channel}00",
            all_off="CT00",
            end="\r\n",
            evidence="vendor manual",
            unconfirmed=("answers are ignored",),
        ),
        LampTemplate(
            name="alnitak",
            channels="0",
            steps=255,
            on=">B{value:03d}",
            light_up=">L000",
            off=">D000",
            end="\r",
            reply=r"\*[BLD]\d{5}",
            reply_end="\n",
            evidence="field code",
            unconfirmed=("L000 and D000 switch the panel on and off",),
        ),
        LampTemplate(
            name="iovis",
            channels="12345678",
            steps=255,
            on="#CH0{channel}BW{value:04d}E",
            off="#CH0{channel}BW0000E",
            evidence="field code",
            unconfirmed=("answers are ignored",),
        ),
        LampTemplate(
            name="l-fine",
            channels="1234",
            steps=1023,
            on="\x02{channel}w{value:04d}\x03",
            off="\x02{channel}w0000\x03",
            evidence="field code",
            unconfirmed=("the highest value (1023 assumed)", "answers are ignored"),
        ),
        LampTemplate(
            name="alt",
            channels="1234",
            steps=255,
            on="L{channel}{value:03d}",
            off="L{channel}000",
            end="\r\n",
            evidence="field code",
            unconfirmed=("answers are ignored",),
        ),
        LampTemplate(
            name="vit",
            channels="1234",
            steps=255,
            on="C{channel}{value:03d}",
            off="C{channel}000",
            end="\r\n",
            evidence="field code",
            unconfirmed=("answers are ignored",),
        ),
    )
}


def read_template(path: Path) -> LampTemplate:
    """The `[lamp]` table of a TOML file.

    Raises:
        SettingsError: it cannot be read, or makes no lamp.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))["lamp"]
        return LampTemplate(**data)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SettingsError(
            f"{path.name} is no lamp table ({error}).",
            code="lamp.template",
            hint="It needs [lamp] with name, channels, steps, on and off; see docs/hardware.md.",
        ) from error


class TemplateLamp(LampCodec):
    """A codec made from a table: a known one by name, or the user's own in `file`."""

    def __init__(self, template: LampTemplate | str = "", file: str = "") -> None:
        if file:
            template = read_template(Path(file))
        table = TEMPLATES.get(template) if isinstance(template, str) else template
        if table is None:
            raise SettingsError(
                f"There is no lamp table {template}.",
                code="lamp.template",
                hint=f"Known: {', '.join(sorted(TEMPLATES))}.",
            )
        self._table = table
        self._reply = re.compile(table.reply.encode("latin-1")) if table.reply else None
        self.name = table.name
        self.evidence = table.evidence
        self.unconfirmed = table.unconfirmed
        self.capabilities = LampCapabilities(
            channels=tuple(range(1, len(table.channels) + 1)),
            steps=table.steps,
            obeys_silently=self._reply is None,
        )

    def framer(self) -> Framer:
        """Answers end as the table says; without one, all that comes is dropped."""
        ends = self._table.reply_end.encode("latin-1")

        def scan(buffer: bytes, _quiet: bool, _expected: str) -> Scan | None:
            if self._reply is None:
                return Scan(len(buffer))
            found = up_to(buffer, ends)
            if found is not None and found.frame is not None:
                for match in self._reply.finditer(found.frame.body):
                    if match.end() == len(found.frame.body):
                        return Scan(found.consumed, Frame("line", match[0], found.frame.raw))
            return found

        return Framer(scan, idle_gap_s=0.05, max_bytes=128)

    def on(self, channel: int, level: float) -> list[Command]:
        """Set the level; then light up, where the language wants that too."""
        commands = [self._command(self._table.on, channel, round(level * self._table.steps))]
        if self._table.light_up:
            commands.append(self._command(self._table.light_up, channel, 0))
        return commands

    def off(self, channel: int | None) -> list[Command]:
        """Darken one channel, or all."""
        if channel is not None:
            return [self._command(self._table.off, channel, 0)]
        if self._table.all_off:
            return [self._command(self._table.all_off, 1, 0)]
        return [self._command(self._table.off, one, 0) for one in self.capabilities.channels]

    def hello(self) -> list[Command]:
        """Nothing to ask: tell it to be dark."""
        return self.off(None)

    def answer(self, command: Command, frame: Frame) -> Answer:  # noqa: ARG002
        """Accepted when the table's pattern matches."""
        if self._reply is None or self._reply.fullmatch(frame.body):
            return Answer()
        return Answer("an answer that its table does not know", is_wrong_device=True)

    def _command(self, text: str, channel: int, value: int) -> Command:
        letter = self._table.channels[channel - 1]

        def place(found: re.Match[str]) -> str:
            if found[1] == "channel":
                return letter
            return format(value, f"{found[2] or ''}{found[3] or 'd'}")

        body = _PLACE.sub(place, text).encode("latin-1")
        if self._table.checksum == "sum":
            body += b"%02X" % (sum(body) & 0xFF)
        elif self._table.checksum == "xor":
            mixed = 0
            for byte in body:
                mixed ^= byte
            body += b"%02X" % mixed
        replies = ("line",) if self._reply else ()
        return Command(body + self._table.end.encode("latin-1"), replies)
