"""The engine under every lamp that speaks bytes: deadlines, retries, and dark after any doubt.

Repeated after a failure: questions and "off". Never repeated: "on" and "pulse".
"""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING, Self

from docexam.hardware.errors import (
    DeviceFault,
    DeviceRefused,
    HardwareError,
    Unsupported,
    WrongDevice,
)
from docexam.hardware.link import Link
from docexam.nouns.device import DeviceEvent, DeviceInfo, LampCapabilities, LampState

if TYPE_CHECKING:
    from docexam.hardware.framing import Frame
    from docexam.hardware.lamps.codec import Answer, Command, LampCodec
    from docexam.hardware.transports.base import Transport

_RESCUE_S = 0.5
_TRIES = 2
_SHORTEST_S = 0.02
_BITS_PER_BYTE = 10
#: Our starting value: until a controller that never answers has obeyed.
_SILENT_S = 0.005


class SerialLamp:
    """A `Lamp` over one link. Dark when opened, dark when closed."""

    def __init__(self, transport: Transport, codec: LampCodec, *, threaded: bool = True) -> None:
        self._codec = codec
        self._link = Link(
            transport, codec.framer(), device=codec.name, redact=False, threaded=threaded
        )
        self._state = LampState()
        self._info = DeviceInfo(
            driver=codec.name,
            kind="lamp",
            evidence=codec.evidence,
            port=transport.port,
            unconfirmed=codec.unconfirmed,
        )
        self._closed = False

    @property
    def info(self) -> DeviceInfo:
        """Who this is, as far as it was asked."""
        return self._info

    @property
    def capabilities(self) -> LampCapabilities:
        """What this controller can do."""
        return self._codec.capabilities

    @property
    def state(self) -> LampState:
        """What the device last accepted."""
        return self._state

    @property
    def resyncs(self) -> int:
        """How often the line had to be resynchronised."""
        return self._link.resyncs

    def identify(self, *, deadline_s: float = 1.0) -> DeviceInfo:
        """Ask who answers, without lighting anything.

        Raises:
            WrongDevice: something else answers.
        """
        end_s = self._end_s(deadline_s)
        frames = []
        for command in self._codec.hello():
            frame, _ = self._demand(command, end_s, repeatable=True)
            if frame is not None:
                frames.append(frame)
        known = self._codec.identity(frames)
        self._info = replace(
            self._info,
            model=known.model,
            version=known.version,
            serial_number=known.serial_number,
        )
        return self._info

    def on(self, channel: int, level: float, *, deadline_s: float = 1.0) -> LampState:
        """Light `channel`; any failure is followed by "off" before it is reported."""
        self._require(channel, level)
        if level == 0:
            return self.off(channel, deadline_s=deadline_s)
        clamped = self._light(self._codec.on(channel, level), deadline_s)
        self._state = LampState({**self._state.levels, channel: level}, clamped=clamped)
        return self._state

    def pulse(
        self, channel: int, level: float, duration_s: float, *, deadline_s: float = 1.0
    ) -> LampState:
        """Light `channel` for `duration_s`, ended by the controller itself."""
        self._require(channel, level)
        longest_s = self.capabilities.pulse_max_s
        if not 0 < duration_s <= longest_s:
            can = f"at most {longest_s * 1000:g} ms" if longest_s else "no pulses of its own"
            raise Unsupported(
                f"{self._codec.name} on {self._link.port} cannot pulse for "
                f"{duration_s * 1000:g} ms: it can do {can}.",
                hint="Shorten the exposure or use on and off.",
                device=self._codec.name,
                port=self._link.port,
            )
        clamped = self._light(self._codec.pulse(channel, level, duration_s), deadline_s)
        return LampState({**self._state.levels, channel: level}, clamped=clamped)

    def off(self, channel: int | None = None, *, deadline_s: float = 1.0) -> LampState:
        """Darken one channel, or all."""
        if channel is not None:
            self._require(channel, 0.0)
        end_s = self._end_s(deadline_s)
        for command in self._codec.off(channel):
            self._demand(command, end_s, repeatable=True)
        left = {} if channel is None else {**self._state.levels, channel: 0.0}
        self._state = LampState({key: level for key, level in left.items() if level})
        return self._state

    def tell_events(self, *, deadline_s: float = 1.0) -> None:
        """Ask the controller to tell of faults by itself, where it can."""
        end_s = self._end_s(deadline_s)
        for command in self._codec.tell_events():
            self._demand(command, end_s, repeatable=True)

    def next_event(self, timeout_s: float) -> DeviceEvent | None:
        """What the controller says of itself, where it can."""
        end_s = self._link.clock.now() + timeout_s
        while True:
            came = self._link.next_event(max(0.0, end_s - self._link.clock.now()))
            if came is None:
                return None
            known = self._codec.event(came[1])
            if known is not None:
                return DeviceEvent(known[0], came[0], self._codec.name, known[1])

    def close(self) -> None:
        """Dark, as far as the lamp still obeys; then let go of the port."""
        if self._closed:
            return
        self._closed = True
        with contextlib.suppress(HardwareError):
            self.off(deadline_s=_RESCUE_S)
        self._link.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _end_s(self, deadline_s: float) -> float:
        return self._link.clock.now() + deadline_s

    def _require(self, channel: int, level: float) -> None:
        known = self.capabilities.channels
        if channel not in known or not 0 <= level <= 1:
            raise Unsupported(
                f"{self._codec.name} on {self._link.port} has no channel {channel} at level "
                f"{level:g}: channels {known[0]} to {known[-1]}, levels 0 to 1.",
                hint="Correct the channel or the level.",
                device=self._codec.name,
                port=self._link.port,
            )

    def _light(self, commands: list[Command], deadline_s: float) -> bool:
        """Send what lights a lamp; on any failure say "off" first, then report."""
        try:
            clamped = False
            end_s = self._end_s(deadline_s)
            for command in commands:
                clamped |= self._demand(command, end_s, repeatable=False)[1]
        except BaseException:
            with contextlib.suppress(HardwareError):
                self._link.resynchronise()
                self.off(deadline_s=_RESCUE_S)
            raise
        return clamped

    def _demand(
        self, command: Command, end_s: float, *, repeatable: bool
    ) -> tuple[Frame | None, bool]:
        """Send; return the answer and whether the device clamped; raise when it said no.

        All commands of one call share its deadline; the last ones still get a moment.
        """
        tries = _TRIES if repeatable else 1
        for attempt in range(tries):
            left_s = max(_SHORTEST_S, end_s - self._link.clock.now())
            frame = self._say(command, left_s, repeatable=repeatable)
            if frame is None:
                # Nothing ever answers: what may be sent twice is, in case the first was lost.
                if attempt + 1 < tries:
                    continue
                return None, False
            answer = self._codec.answer(command, frame)
            if not answer.problem:
                return frame, answer.clamped
        raise self._said_no(answer)

    def _said_no(self, answer: Answer) -> HardwareError:
        if answer.is_wrong_device:
            return WrongDevice(
                f"What answers on {self._link.port} is not a {self._codec.name} lamp.",
                hint="`docexam devices probe` tries the other drivers.",
                device=self._codec.name,
                port=self._link.port,
            )
        kind = DeviceFault if answer.is_fault else DeviceRefused
        return kind(
            f"{self._codec.name} on {self._link.port} refused: {answer.problem}.",
            hint="See the lamp controller's manual for this code."
            if answer.code
            else "Check the settings of the lamp controller.",
            device=self._codec.name,
            port=self._link.port,
            fault=answer.code,
        )

    def _say(self, command: Command, deadline_s: float, *, repeatable: bool) -> Frame | None:
        if not command.replies:
            self._link.send(command.data, deadline_s=deadline_s)
            # Nobody says when it was heard: wait until the last bit is out, and a little more.
            baud = self._link.transport.baud
            on_the_wire_s = len(command.data) * _BITS_PER_BYTE / baud if baud else 0.0
            self._link.clock.sleep(on_the_wire_s + _SILENT_S)
            frame = None
        else:
            ask = self._link.query if repeatable else self._link.exchange
            frame = ask(
                command.data,
                lambda frame: frame.kind in command.replies,
                deadline_s=deadline_s,
                expect=command.expect,
            )
        if command.pause_s:
            self._link.clock.sleep(command.pause_s)
        return frame
