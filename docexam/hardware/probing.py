"""Asking a port who is there, without lighting anything.

Only questions, and commands to be dark, are sent. A driver that can only be told apart by lighting
a lamp is never tried.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from docexam.hardware.errors import AccessDenied, DeviceBusy, DeviceNotFound, HardwareError
from docexam.hardware.registry import known_drivers, open_device

if TYPE_CHECKING:
    from docexam.hardware.drivers import Driver
    from docexam.nouns.device import DeviceInfo

ANSWER_S = 0.35


@dataclass(frozen=True, slots=True)
class Answered:
    """A driver whose question was answered, and at which speed (None on a network port)."""

    info: DeviceInfo
    baud: int | None


def drivers_to_try(port: str, names: tuple[str, ...] = ()) -> list[Driver]:
    """The drivers that may be tried on `port`, those that answer most clearly first."""
    over_network = "://" in port
    found = [
        driver
        for name, driver in known_drivers().items()
        if driver.may_probe
        and (not names or name in names)
        and ("://" in driver.port_example) == over_network
    ]
    # A reader's identity and a controller's version say more than a lone echo or a single byte.
    order = ("elyctis", "gardasoft", "numato", "honeywell", "s-hash", "opt")
    return sorted(found, key=lambda one: order.index(one.name) if one.name in order else 99)


def probe(port: str, names: tuple[str, ...] = ()) -> Answered | None:
    """The first driver whose question `port` answers; None when none does.

    Raises:
        DeviceNotFound, DeviceBusy, AccessDenied: the port cannot be opened.
    """
    for driver in drivers_to_try(port, names):
        for baud in driver.probe_bauds or (None,):
            info = _ask(driver, port, baud)
            if info is not None:
                return Answered(info, baud)
    return None


def _ask(driver: Driver, port: str, baud: int | None) -> DeviceInfo | None:
    line = None if baud is None else replace(driver.line, baud=baud)
    try:
        device = open_device(driver.name, port, line=line, threaded=False)
    except (DeviceNotFound, DeviceBusy, AccessDenied) as error:
        # Nobody said that this driver's device is there.
        error.message = error.message.removeprefix(f"{driver.name}: ")
        raise
    except HardwareError:
        return None
    with contextlib.closing(device):
        try:
            return device.identify(deadline_s=ANSWER_S)
        except HardwareError:
            return None
