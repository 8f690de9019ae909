"""What every way to a device offers. Only the thread that owns it reads and writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from docexam.hardware.clock import Clock


class Transport(Protocol):
    """A byte channel to one device. Each raises `DeviceDisconnected` once the other end is gone.

    `baud` tells how long bytes take on the way; 0 = no time worth counting.
    """

    port: str
    clock: Clock
    baud: int

    def read(self, timeout_s: float) -> bytes:
        """What has arrived; waits up to `timeout_s`, then returns b"". `wake` ends the wait early.

        A channel of messages (WebSocket) returns exactly one message each time.
        """
        ...

    def write(self, data: bytes, timeout_s: float) -> None:
        """Send all of `data`, or raise `DeviceTimeout` after `timeout_s`."""
        ...

    def wake(self) -> None:
        """End a waiting `read`; the only call that other threads may make."""
        ...

    def close(self) -> None:
        """Let go of the port; harmless when done twice."""
        ...


class Peer(Protocol):
    """The other end of a memory transport: a pure machine that is told the time.

    Each call returns (time, bytes) pairs: what it will send, and when.
    """

    def opened(self, now_s: float) -> list[tuple[float, bytes]]:
        """A host has opened the line."""
        ...

    def feed(self, data: bytes, now_s: float) -> list[tuple[float, bytes]]:
        """The host has sent `data`."""
        ...

    def tick(self, now_s: float) -> list[tuple[float, bytes]]:
        """Time has passed: what the device says of itself."""
        ...

    def wakes_at(self) -> float | None:
        """When `tick` is next worth calling; None = only when fed."""
        ...

    @property
    def is_connected(self) -> bool:
        """False once the device is unplugged."""
        ...
