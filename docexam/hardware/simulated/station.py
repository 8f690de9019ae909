"""Simulated devices on real ports, and a person at the desk who can be told what to do."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from docexam.errors import UsageError
from docexam.hardware.simulated.numato import SimulatedNumato
from docexam.hardware.simulated.reader import SimulatedReader
from docexam.hardware.simulated.serving import PtyServer, TcpServer
from docexam.hardware.simulated.zones import SPECIMENS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docexam.hardware.simulated.device import SimulatedDevice

HELP = "NAME put TD1|TD2|TD3|LINE,LINE / take / lid open|closed / mood M [N] / recover / unplug"


@dataclass(frozen=True, slots=True)
class Served:
    """One simulated device and the port that a driver opens."""

    name: str
    port: str
    device: SimulatedDevice


class SimulatedStation:
    """Some devices by name, each served until the context is left."""

    def __init__(self, devices: Mapping[str, tuple[SimulatedDevice, bool]]) -> None:
        self._devices = dict(devices)
        self._stack = ExitStack()
        self.served: dict[str, Served] = {}

    def __enter__(self) -> Self:
        for name, (device, over_tcp) in self._devices.items():
            server = TcpServer(device) if over_tcp else PtyServer(device)
            self._stack.enter_context(server)
            self.served[name] = Served(name, server.port, device)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def tell(self, text: str) -> str:
        """Do one thing, as a line of words says; returns what was done.

        Raises:
            UsageError: nobody understands it.
        """
        name, *words = text.split() or [""]
        served = self.served.get(name)
        if served is None:
            raise _not_understood(text, f"Devices: {', '.join(self.served)}. {HELP}")
        device = served.device
        match words:
            case ["put", zone] if isinstance(device, SimulatedReader):
                device.put(SPECIMENS.get(zone) or tuple(zone.split(",")))
            case ["take"] if isinstance(device, SimulatedReader):
                device.take_away()
            case ["lid", ("open" | "closed") as state] if isinstance(device, SimulatedNumato):
                device.lid_closed = state == "closed"
            case ["mood", mood] if mood in device.moods:
                device.fall_into(mood)
            case ["mood", mood, times] if mood in device.moods and times.isdigit():
                device.fall_into(mood, int(times))
            case ["recover"]:
                device.recover()
            case ["unplug"]:
                device.unplug()
            case _:
                raise _not_understood(text, f"{HELP}; moods: {', '.join(sorted(device.moods))}")
        return f"{name}: {' '.join(words)}"


def _not_understood(text: str, hint: str) -> UsageError:
    return UsageError(f"{text!r} is not understood.", code="simulate.command", hint=hint)
