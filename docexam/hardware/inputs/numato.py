"""Numato USB GPIO modules as a lid switch: `gpio read N` CR, echoed, answered, prompt `>`.

The lid is closed only when the module says so; a pulled cable, silence or nonsense is "unknown".
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from docexam.hardware.errors import FramingError
from docexam.hardware.framing import Frame, Framer, Scan
from docexam.hardware.linked_device import LinkedDevice

if TYPE_CHECKING:
    from docexam.hardware.transports.base import Transport
    from docexam.nouns.device import DeviceInfo, DeviceKind, Evidence


def scan(buffer: bytes, _quiet: bool, _expected: str) -> Scan | None:
    """All up to the prompt, split at line ends; the first field is the echoed command."""
    end = buffer.find(b">")
    if end < 0:
        return None
    return Scan(end + 1, Frame("answer", b"\n".join(buffer[:end].split()), buffer[: end + 1]))


class NumatoLid(LinkedDevice):
    """An `Interlock` on one GPIO pin. `closed_level`: what the pin reads with the lid closed."""

    name = "numato"
    kind: ClassVar[DeviceKind] = "interlock"
    evidence: ClassVar[Evidence] = "field code"
    unconfirmed = ("that the pin's pull-up makes a broken wire read as open",)

    def __init__(
        self,
        transport: Transport,
        *,
        pin: int = 0,
        closed_level: int = 1,
        threaded: bool = True,
    ) -> None:
        framer = Framer(scan, idle_gap_s=0.01, max_bytes=256)
        super().__init__(transport, framer, redact=False, threaded=threaded)
        self._pin = pin
        self._closed_level = closed_level

    def identify(self, *, deadline_s: float = 1.0) -> DeviceInfo:
        """Ask for firmware version and id."""
        version = self._ask("ver", deadline_s / 2)
        number = self._ask("id get", deadline_s / 2)
        self._info = replace(self._info, version=version, serial_number=number)
        return self._info

    def is_closed(self, *, deadline_s: float = 0.06) -> bool:
        """True only when the module reads the closed level.

        Raises:
            HardwareError: the state is unknown; treat it as open.
        """
        # The answer carries no check, and a wrong "closed" would let light out: ask twice.
        values = {self._ask(f"gpio read {self._pin}", deadline_s / 2) for _ in range(2)}
        if not values <= {"0", "1"}:
            raise FramingError(
                f"numato on {self._link.port} answered neither 0 nor 1 for pin {self._pin}.",
                hint="Check the pin number; the lid counts as open until then.",
                device="numato",
                port=self._link.port,
            )
        return values == {str(self._closed_level)}

    def _ask(self, command: str, deadline_s: float) -> str:
        sent = command.encode("ascii")
        echo = b"\n".join(sent.split())
        frame = self._link.query(
            sent + b"\r", lambda frame: echo in frame.body, deadline_s=deadline_s
        )
        return frame.body.partition(echo)[2].strip().decode("ascii", "replace")
