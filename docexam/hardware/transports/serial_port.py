"""Serial ports by name, pseudo-terminals and pyserial URLs."""

from __future__ import annotations

import contextlib
import errno
import os
import select
from typing import TYPE_CHECKING

import serial

from docexam.hardware.errors import AccessDenied, DeviceBusy, DeviceNotFound, HardwareError
from docexam.hardware.transports.descriptor import DescriptorTransport
from docexam.hardware.transports.serial_settings import SerialSettings

if TYPE_CHECKING:
    from docexam.hardware.clock import Clock


class SerialTransport(DescriptorTransport):
    """A port of this machine, held exclusively.

    Opening flushes what the device sent before, and raises DTR, which most readers want.
    """

    def __init__(
        self, port: str, settings: SerialSettings | None = None, clock: Clock | None = None
    ) -> None:
        chosen = settings or SerialSettings()
        try:
            self._serial = serial.Serial(
                port,
                chosen.baud,
                chosen.byte_size,
                chosen.parity,
                chosen.stop_bits,
                timeout=0,
                write_timeout=0,
                exclusive=True,
            )
        except (serial.SerialException, OSError, ValueError) as error:
            raise _why_not_opened(port, error) from error
        super().__init__(port, self._serial.fileno(), clock)
        self.baud = chosen.baud
        os.set_blocking(self._fd, False)

    def _release(self) -> None:
        # A port whose device is gone may fail to restore its settings: nothing is lost by that.
        with contextlib.suppress(serial.SerialException, OSError, select.error):
            self._serial.close()


def _why_not_opened(port: str, error: Exception) -> HardwareError:
    number = getattr(error, "errno", None)
    text = str(error)
    if number in (errno.EACCES, errno.EPERM):
        return AccessDenied(
            f"This user may not open {port}.",
            hint="Add the user to the port's group (often dialout) and log in again.",
            port=port,
        )
    if number in (errno.EBUSY, errno.EAGAIN) or "exclusively lock" in text:
        return DeviceBusy(
            f"{port} is in use by another program.",
            hint="Close the other program; ModemManager also grabs new ports.",
            port=port,
        )
    if number in (errno.ENOENT, errno.ENODEV, errno.ENXIO):
        return DeviceNotFound(
            f"There is no port {port}.",
            hint="`docexam devices list` shows the ports of this machine.",
            port=port,
        )
    if number in (errno.ENOTTY, errno.EINVAL, errno.EISDIR, errno.EIO) or "configure" in text:
        return DeviceNotFound(
            f"{port} is not a serial port.",
            hint="`docexam devices list` shows the ports of this machine.",
            port=port,
        )
    return DeviceNotFound(
        f"{port} cannot be opened: {text.splitlines()[0] if text else type(error).__name__}.",
        hint="`docexam devices list` shows the ports of this machine.",
        port=port,
    )
