"""A Linux input device (/dev/input/event*), grabbed for this program alone."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

from docexam.hardware.errors import AccessDenied, DeviceBusy, DeviceNotFound
from docexam.hardware.transports.descriptor import DescriptorTransport

if TYPE_CHECKING:
    from docexam.hardware.clock import Clock

_EVIOCGRAB = 0x40044590


class InputDeviceTransport(DescriptorTransport):
    """Raw input events; nothing is ever written."""

    def __init__(self, path: str, clock: Clock | None = None) -> None:
        import fcntl

        try:
            fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        except PermissionError as error:
            raise AccessDenied(
                f"This user may not read {path}.",
                hint="Add a udev rule for this reader, or the user to the group input.",
                port=path,
            ) from error
        except OSError as error:
            raise DeviceNotFound(
                f"There is no input device {path}.",
                hint="Look below /dev/input/by-id.",
                port=path,
            ) from error
        try:
            fcntl.ioctl(fd, _EVIOCGRAB, 1)
        except OSError as error:
            os.close(fd)
            if error.errno == errno.EBUSY:
                raise DeviceBusy(
                    f"{path} is grabbed by another program.",
                    hint="Close the other program.",
                    port=path,
                ) from error
            raise DeviceNotFound(
                f"{path} is not an input device.", hint="Look below /dev/input/by-id.", port=path
            ) from error
        super().__init__(path, fd, clock)
