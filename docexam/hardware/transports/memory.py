"""A transport without a wire: the other end is a pure machine in the same process.

With a `VirtualClock` nothing waits: reading moves the clock to the next byte, or to the timeout.
"""

from __future__ import annotations

import heapq
import itertools
import threading
from typing import TYPE_CHECKING

from docexam.hardware.clock import Clock, VirtualClock
from docexam.hardware.errors import DeviceDisconnected
from docexam.hardware.transports.descriptor import UNPLUGGED_HINT

if TYPE_CHECKING:
    from docexam.hardware.transports.base import Peer

_LOOK_S = 0.02


class MemoryTransport:
    """Bytes to and from a `Peer`."""

    def __init__(
        self, peer: Peer, clock: Clock | None = None, port: str = "memory:", *, baud: int = 0
    ) -> None:
        self.port = port
        self.baud = baud
        self.clock: Clock = clock or VirtualClock()
        self.peer = peer
        self._due: list[tuple[float, int, bytes]] = []
        self._order = itertools.count()
        self._awake = threading.Event()
        self._closed = False
        self._keep(peer.opened(self.clock.now()))

    def read(self, timeout_s: float) -> bytes:
        """The next piece that the peer sends within `timeout_s`."""
        end_s = self.clock.now() + max(0.0, timeout_s)
        while True:
            self._check()
            now_s = self.clock.now()
            self._keep(self.peer.tick(now_s))
            if self._due and self._due[0][0] <= now_s:
                return heapq.heappop(self._due)[2]
            if now_s >= end_s:
                return b""
            if self._wait_until(min(end_s, self._next_s(end_s))):
                return b""

    def write(self, data: bytes, timeout_s: float) -> None:  # noqa: ARG002
        """Hand `data` to the peer."""
        self._check()
        self._keep(self.peer.feed(data, self.clock.now()))

    def wake(self) -> None:
        """End a waiting `read`."""
        self._awake.set()

    def close(self) -> None:
        """Close this end."""
        self._closed = True

    def _keep(self, sent: list[tuple[float, bytes]]) -> None:
        for at_s, data in sent:
            heapq.heappush(self._due, (at_s, next(self._order), data))

    def _next_s(self, otherwise_s: float) -> float:
        times = [self._due[0][0]] if self._due else []
        wakes_s = self.peer.wakes_at()
        # A wake that tick() has not used up lies in the past: it must not stop the clock.
        if wakes_s is not None and wakes_s > self.clock.now():
            times.append(wakes_s)
        return min(times, default=otherwise_s)

    def _wait_until(self, at_s: float) -> bool:
        """Let time pass until `at_s`; true when woken early."""
        if isinstance(self.clock, VirtualClock):
            self.clock.move_to(at_s)
            return False
        # The peer may be changed from outside at any moment: look again soon.
        woken = self._awake.wait(min(_LOOK_S, max(0.0, at_s - self.clock.now())))
        self._awake.clear()
        return woken

    def _check(self) -> None:
        if self._closed or not self.peer.is_connected:
            raise DeviceDisconnected(
                f"The device on {self.port} is gone.", hint=UNPLUGGED_HINT, port=self.port
            )
