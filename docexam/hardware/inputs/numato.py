"""Numato USB GPIO modules as a lid switch: `gpio read N` CR, echoed, answered, prompt `>`.

The lid is closed only when the module says so; a pulled cable, silence or nonsense is "unknown".
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Self

from docexam.hardware.errors import FramingError, WrongDevice
from docexam.hardware.framing import Frame, Framer, Scan
from docexam.hardware.link import Link
from docexam.nouns.device import DeviceEvent, DeviceInfo

if TYPE_CHECKING:
    from docexam.hardware.transports.base import Transport


def scan(buffer: bytes, _quiet: bool, _expected: str) -> Scan | None:
    """All up to the prompt, split at line ends; the first field is the echoed command."""
    end = buffer.find(b">")
    if end < 0:
        return None
    return Scan(end + 1, Frame("answer", b"\n".join(buffer[:end].split()), buffer[: end + 1]))


class NumatoLid:
    """An `Interlock` on one GPIO pin. `closed_level`: what the pin reads with the lid closed."""

    def __init__(
        self,
        transport: Transport,
        *,
        pin: int = 0,
        closed_level: int = 1,
        threaded: bool = True,
    ) -> None:
        self._pin = pin
        self._closed_level = closed_level
        self._link = Link(
            transport,
            Framer(scan, idle_gap_s=0.03, max_bytes=256),
            device="numato",
            redact=False,
            threaded=threaded,
        )
        self._info = DeviceInfo(
            driver="numato",
            kind="interlock",
            evidence="field code",
            port=transport.port,
            unconfirmed=("that the pin's pull-up makes a broken wire read as open",),
        )

    @property
    def info(self) -> DeviceInfo:
        """Who this is, as far as it was asked."""
        return self._info

    def identify(self, *, deadline_s: float = 1.0) -> DeviceInfo:
        """Ask for firmware version and id.

        Raises:
            WrongDevice: the answer does not begin with our own command.
        """
        version = self._ask("ver", deadline_s / 2)
        number = self._ask("id get", deadline_s / 2)
        self._info = replace(self._info, version=version, serial_number=number)
        return self._info

    def is_closed(self, *, deadline_s: float = 0.05) -> bool:
        """True only when the module reads the closed level.

        Raises:
            HardwareError: the state is unknown; treat it as open.
        """
        value = self._ask(f"gpio read {self._pin}", deadline_s)
        if value not in ("0", "1"):
            raise FramingError(
                f"numato on {self._link.port} answered neither 0 nor 1 for pin {self._pin}.",
                hint="Check the pin number; the lid counts as open until then.",
                device="numato",
                port=self._link.port,
            )
        return int(value) == self._closed_level

    def next_event(self, timeout_s: float) -> DeviceEvent | None:
        """The module says nothing of its own accord."""
        self._link.next_event(timeout_s)
        return None

    def close(self) -> None:
        """Let go of the port."""
        self._link.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, command: str, deadline_s: float) -> str:
        sent = command.encode("ascii")
        echo = b"\n".join(sent.split())
        frame = self._link.query(sent + b"\r", lambda _: True, deadline_s=deadline_s)
        if not frame.body.startswith(echo):
            raise WrongDevice(
                f"What answers on {self._link.port} is not a Numato module.",
                hint="`docexam devices probe` tries the other drivers.",
                device="numato",
                port=self._link.port,
            )
        return frame.body.removeprefix(echo).strip().decode("ascii", "replace")
