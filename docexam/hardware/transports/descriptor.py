"""Reading and writing a file descriptor with deadlines, and a bell that ends a wait early."""

from __future__ import annotations

import contextlib
import os
import select

from docexam.hardware.clock import Clock, SystemClock
from docexam.hardware.errors import DeviceDisconnected, DeviceTimeout

UNPLUGGED_HINT = "Check the cable and the power supply, then start again."


class Bell:
    """A pipe that wakes a `select`."""

    def __init__(self) -> None:
        self.read_fd, self._write_fd = os.pipe()
        os.set_blocking(self.read_fd, False)
        os.set_blocking(self._write_fd, False)

    def ring(self) -> None:
        """Wake whoever waits; a full pipe is already ringing."""
        with contextlib.suppress(OSError):
            os.write(self._write_fd, b"!")

    def silence(self) -> None:
        """Forget rings so far."""
        with contextlib.suppress(BlockingIOError):
            os.read(self.read_fd, 4096)

    def close(self) -> None:
        """Let go of the pipe."""
        for fd in (self.read_fd, self._write_fd):
            with contextlib.suppress(OSError):
                os.close(fd)


class DescriptorTransport:
    """A transport over one descriptor; subclasses open it and close it.

    Unplugging shows as end of file, as EIO or as a bad descriptor: all become `DeviceDisconnected`.
    """

    def __init__(self, port: str, fd: int, clock: Clock | None = None) -> None:
        self.port = port
        self.clock: Clock = clock or SystemClock()
        self.baud = 0
        self._fd = fd
        self._bell = Bell()
        self._closed = False

    def read(self, timeout_s: float) -> bytes:
        """What has arrived within `timeout_s`."""
        if not self.wait_readable(timeout_s):
            return b""
        try:
            data = os.read(self._fd, 65536)
        except BlockingIOError:
            return b""
        except (OSError, ValueError) as error:
            raise self._gone() from error
        if not data:
            raise self._gone()
        return data

    def wait_readable(self, timeout_s: float) -> bool:
        """Whether bytes (or the end) came within `timeout_s`; a ring of the bell ends the wait."""
        try:
            ready, _, _ = select.select([self._fd, self._bell.read_fd], [], [], max(0.0, timeout_s))
        except (OSError, ValueError) as error:
            raise self._gone() from error
        if self._bell.read_fd in ready:
            self._bell.silence()
        return self._fd in ready

    def write(self, data: bytes, timeout_s: float) -> None:
        """Send all of `data` within `timeout_s`."""
        end_s = self.clock.now() + timeout_s
        rest = memoryview(data)
        while rest:
            try:
                rest = rest[os.write(self._fd, rest) :]
            except BlockingIOError:
                left_s = end_s - self.clock.now()
                if left_s <= 0 or not select.select([], [self._fd], [], left_s)[1]:
                    raise DeviceTimeout(
                        f"{self.port} took no bytes for {timeout_s:g} s.",
                        hint="Check that the device is switched on.",
                        port=self.port,
                    ) from None
            except (OSError, ValueError) as error:
                raise self._gone() from error

    def wake(self) -> None:
        """End a waiting `read`."""
        if not self._closed:
            self._bell.ring()

    def close(self) -> None:
        """Let go of the bell and, through `_release`, of the descriptor."""
        if not self._closed:
            self._closed = True
            self._release()
            self._bell.close()

    def _release(self) -> None:
        with contextlib.suppress(OSError):
            os.close(self._fd)

    def _gone(self) -> DeviceDisconnected:
        return DeviceDisconnected(
            f"The device on {self.port} is gone.", hint=UNPLUGGED_HINT, port=self.port
        )
