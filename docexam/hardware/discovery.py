"""Which ports this machine has. Opens none of them."""

from __future__ import annotations

import glob
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docexam.hardware.clock import Clock

EXTRA_PORTS = "DOCEXAM_PORTS"


@dataclass(frozen=True, slots=True)
class Port:
    """One port. `stable_name` is the path that stays the same after unplugging (by-id)."""

    port: str
    kind: str
    description: str = ""
    stable_name: str = ""
    usb_id: str = ""


def list_ports() -> list[Port]:
    """Serial ports, cameras and typing readers.

    The environment variable DOCEXAM_PORTS may name more, as patterns between colons: simulated
    ports and serial servers are on no list of the system.
    """
    return [*_serial_ports(), *_cameras(), *_typing_readers(), *_extra_ports()]


def watch_ports(
    clock: Clock, look: Callable[[], list[Port]] = list_ports, every_s: float = 1.0
) -> Iterator[tuple[str, Port]]:
    """Ports that come (`arrived`) and go (`gone`) from now on, until nobody asks any more."""
    known = {port.port: port for port in look()}
    while True:
        clock.sleep(every_s)
        seen = {port.port: port for port in look()}
        for name, port in seen.items():
            if name not in known:
                yield "arrived", port
        for name, port in known.items():
            if name not in seen:
                yield "gone", port
        known = seen


def _serial_ports() -> list[Port]:
    from serial.tools.list_ports import comports

    names = _by_target("/dev/serial/by-id/*")
    return [
        Port(
            found.device,
            "serial",
            "" if found.description in (None, "n/a") else str(found.description),
            names.get(os.path.realpath(found.device), ""),
            "" if found.vid is None else f"{found.vid:04x}:{found.pid:04x}",
        )
        for found in sorted(comports(), key=lambda one: str(one.device))
    ]


def _cameras() -> list[Port]:
    names = _by_target("/dev/v4l/by-id/*")
    found = sorted(glob.glob("/dev/video*"))  # noqa: PTH207 - names, not files
    return [Port(path, "camera", "", names.get(os.path.realpath(path), "")) for path in found]


def _typing_readers() -> list[Port]:
    return [
        Port(f"evdev://{path}", "keyboard", Path(path).name)
        for path in sorted(glob.glob("/dev/input/by-id/*-event-kbd"))  # noqa: PTH207
    ]


def _extra_ports() -> list[Port]:
    patterns = [one for one in os.environ.get(EXTRA_PORTS, "").split(":") if one]
    return [
        Port(path, "serial", f"named by {EXTRA_PORTS}")
        for pattern in patterns
        for path in sorted(glob.glob(pattern))  # noqa: PTH207
    ]


def _by_target(pattern: str) -> dict[str, str]:
    return {os.path.realpath(path): path for path in sorted(glob.glob(pattern))}  # noqa: PTH207
