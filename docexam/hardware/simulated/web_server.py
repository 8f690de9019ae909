"""A simulated device behind a real WebSocket on this machine, one host at a time."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING, Self

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import serve

from docexam.hardware.clock import Clock, SystemClock

if TYPE_CHECKING:
    import ssl

    from websockets.sync.server import Server, ServerConnection

    from docexam.hardware.transports.base import Peer

_LOOK_S = 0.01


class WebServer:
    """`port` is the URL that a driver opens. Message faults and delays come from the peer."""

    def __init__(
        self, peer: Peer, clock: Clock | None = None, *, tls: ssl.SSLContext | None = None
    ) -> None:
        self.peer = peer
        self.clock: Clock = clock or SystemClock()
        self._server: Server = serve(
            self._talk, "127.0.0.1", 0, max_size=None, compression=None, ping_interval=None, ssl=tls
        )
        scheme = "ws" if tls is None else "wss"
        self.port = f"{scheme}://127.0.0.1:{self._server.socket.getsockname()[1]}/"
        self._stop = threading.Event()
        self._thread = threading.Thread(
            target=self._server.serve_forever, name="docexam simulated web", daemon=True
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._server.shutdown()
        self._thread.join(timeout=2.0)

    def _talk(self, connection: ServerConnection) -> None:
        due = self.peer.opened(self.clock.now())
        with contextlib.suppress(ConnectionClosed):
            while not self._stop.is_set() and self.peer.is_connected:
                due = sorted([*due, *self.peer.tick(self.clock.now())], key=lambda one: one[0])
                while due and due[0][0] <= self.clock.now():
                    connection.send(due.pop(0)[1].decode("utf-8", "replace"))
                with contextlib.suppress(TimeoutError):
                    text = connection.recv(timeout=0.001 if due else _LOOK_S)
                    data = text.encode() if isinstance(text, str) else text
                    due += self.peer.feed(data, self.clock.now())
        connection.close()
