"""A simulated device on a real pseudo-terminal or TCP port, in real time, in its own thread."""

from __future__ import annotations

import contextlib
import heapq
import itertools
import os
import random
import select
import socket
import termios
import threading
import tty
from typing import TYPE_CHECKING, Self

from docexam.hardware.clock import Clock, SystemClock
from docexam.hardware.transports.descriptor import Bell

if TYPE_CHECKING:
    from docexam.hardware.transports.base import Peer

_LOOK_S = 0.05


class _Server:
    """The loop that both share: bytes in, bytes out when they are due."""

    def __init__(self, peer: Peer, clock: Clock | None = None) -> None:
        self.peer = peer
        self.clock: Clock = clock or SystemClock()
        self.port = ""
        self._bell = Bell()
        self._stop = threading.Event()
        self._order = itertools.count()
        self._due: list[tuple[float, int, bytes]] = []
        self._thread = threading.Thread(target=self._run, name="docexam simulated", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop and close the port."""
        self._stop.set()
        self._bell.ring()
        if self._thread.is_alive():
            self._thread.join(timeout=2.0)
        self._release()
        self._bell.close()

    def _release(self) -> None:
        """Close what was opened; harmless when the loop has done it."""

    def _run(self) -> None:
        raise NotImplementedError

    def _talk(self, fd: int) -> None:
        """Serve one host until it leaves, the device is unplugged, or the server stops."""
        self._due.clear()
        self._keep(self.peer.opened(self.clock.now()))
        while not self._stop.is_set() and self.peer.is_connected:
            now_s = self.clock.now()
            self._keep(self.peer.tick(now_s))
            while self._due and self._due[0][0] <= now_s:
                self._write(fd, heapq.heappop(self._due)[2])
            ready, _, _ = select.select([fd, self._bell.read_fd], [], [], self._wait_s())
            if fd in ready:
                try:
                    data = os.read(fd, 65536)
                except OSError:
                    return
                if not data:
                    return
                self._keep(self.peer.feed(self._heard(data), self.clock.now()))

    def _heard(self, data: bytes) -> bytes:
        return data

    def _said(self, data: bytes) -> bytes:
        return data

    def _keep(self, sent: list[tuple[float, bytes]]) -> None:
        for at_s, data in sent:
            heapq.heappush(self._due, (at_s, next(self._order), data))

    def _wait_s(self) -> float:
        times = [self._due[0][0]] if self._due else []
        wakes_s = self.peer.wakes_at()
        if wakes_s is not None:
            times.append(wakes_s)
        return max(0.0, min(_LOOK_S, min(times, default=1e9) - self.clock.now()))

    def _write(self, fd: int, data: bytes) -> None:
        rest = self._said(data)
        while rest and not self._stop.is_set():
            try:
                rest = rest[os.write(fd, rest) :]
            except BlockingIOError:
                select.select([], [fd], [], _LOOK_S)
            except OSError:
                return


class PtyServer(_Server):
    """The device on a pseudo-terminal; `port` is the path that a driver opens.

    With `baud`, a host at another speed hears and says garbage: a pty itself ignores the speed, but
    shows which one the host has set.
    """

    def __init__(self, peer: Peer, *, baud: int = 0, clock: Clock | None = None) -> None:
        super().__init__(peer, clock)
        self._baud = baud
        self._noise = random.Random(0)
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        os.set_blocking(self._master, False)
        self.port = os.ttyname(self._slave)
        self._fds: tuple[int, ...] = (self._slave, self._master)

    def _run(self) -> None:
        self._talk(self._master)
        self._release()

    def _release(self) -> None:
        # Both ends closed: that is what a pulled cable looks like from the host.
        fds, self._fds = self._fds, ()
        for fd in fds:
            with contextlib.suppress(OSError):
                os.close(fd)

    def _heard(self, data: bytes) -> bytes:
        return data if self._speed_fits() else self._noise.randbytes(len(data))

    def _said(self, data: bytes) -> bytes:
        return data if self._speed_fits() else self._noise.randbytes(len(data))

    def _speed_fits(self) -> bool:
        if not self._baud:
            return True
        speed = termios.tcgetattr(self._slave)[5]
        return bool(speed == getattr(termios, f"B{self._baud}"))


class TcpServer(_Server):
    """The device on a TCP port of this machine, one host at a time; `port` is its URL."""

    def __init__(self, peer: Peer, *, port: int = 0, clock: Clock | None = None) -> None:
        super().__init__(peer, clock)
        self._listener = socket.create_server(("127.0.0.1", port))
        self._listener.setblocking(False)
        self.port = f"tcp://127.0.0.1:{self._listener.getsockname()[1]}"

    def _release(self) -> None:
        self._listener.close()

    def _run(self) -> None:
        with self._listener:
            listening = self._listener.fileno()
            while not self._stop.is_set() and self.peer.is_connected:
                ready, _, _ = select.select([listening, self._bell.read_fd], [], [], _LOOK_S)
                if listening not in ready:
                    continue
                with contextlib.suppress(OSError):
                    connection, _ = self._listener.accept()
                    with connection:
                        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                        connection.setblocking(False)
                        self._talk(connection.fileno())
