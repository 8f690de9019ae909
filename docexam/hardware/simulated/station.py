"""Simulated devices on real ports, and a person at the desk who can be told what to do."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self

from docexam.capture.capture_set import open_capture_set
from docexam.errors import UsageError
from docexam.hardware.simulated.iseries import SimulatedISeries
from docexam.hardware.simulated.numato import SimulatedNumato
from docexam.hardware.simulated.reader import SimulatedReader
from docexam.hardware.simulated.serving import PtyServer, TcpServer
from docexam.hardware.simulated.zones import SPECIMENS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docexam.hardware.simulated.device import SimulatedDevice

HELP = (
    "NAME put TD1|TD2|TD3|LINE,LINE|FOLDER / take / lid open|closed / mood M [N] / recover / unplug"
)


class Server(Protocol):
    """What serves one device."""

    port: str

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


@dataclass(frozen=True, slots=True)
class Served:
    """One simulated device and the port that a driver opens."""

    name: str
    port: str
    device: SimulatedDevice


class SimulatedStation:
    """Some devices by name, each served until the context is left."""

    def __init__(self, devices: Mapping[str, tuple[SimulatedDevice, str]]) -> None:
        """`devices`: name -> (device, an example of its port)."""
        self._devices = dict(devices)
        self._stack = ExitStack()
        self.served: dict[str, Served] = {}

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            for name, (device, port_example) in self._devices.items():
                server = stack.enter_context(serve(device, port_example))
                self.served[name] = Served(name, server.port, device)
            self._stack = stack.pop_all()
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
            case ["put", folder] if isinstance(device, SimulatedISeries):
                device.put(encoded_pictures(Path(folder)))
            case ["take"] if isinstance(device, SimulatedReader | SimulatedISeries):
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


def serve(device: SimulatedDevice, port_example: str) -> Server:
    """The server for the kind of port that `port_example` shows.

    Raises:
        UsageError: such a port cannot be simulated.
    """
    if port_example.startswith("tcp:"):
        return TcpServer(device)
    if port_example.startswith(("ws:", "wss:")):
        from docexam.hardware.simulated.web_server import WebServer

        return WebServer(device)
    if "://" in port_example:
        raise UsageError(
            f"A port like {port_example} cannot be simulated.",
            code="simulate.port",
            hint="Use sim: as the port of this driver.",
        )
    return PtyServer(device)


def encoded_pictures(folder: Path) -> dict[str, bytes]:
    """The encoded pictures of a capture set's first page by light.

    Raises:
        InputError: it cannot be read.
    """
    opened = open_capture_set(folder)
    return {
        image.light: opened.container.read(image.file, max_bytes=opened.limits.max_file_bytes)
        for image in opened.capture.pages[0].images
        if image.light != "dark"
    }


def _not_understood(text: str, hint: str) -> UsageError:
    return UsageError(f"{text!r} is not understood.", code="simulate.command", hint=hint)
