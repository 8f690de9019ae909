"""A WebSocket connection; one read returns one message. Needs the package `websockets`."""

from __future__ import annotations

import ssl
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from websockets.client import ClientProtocol
from websockets.exceptions import WebSocketException
from websockets.frames import Frame, Opcode
from websockets.http11 import Response
from websockets.protocol import State
from websockets.uri import parse_uri

from docexam.errors import SettingsError
from docexam.hardware.clock import Clock, SystemClock
from docexam.hardware.errors import DeviceDisconnected, DeviceNotFound
from docexam.hardware.transports.descriptor import UNPLUGGED_HINT, DescriptorTransport
from docexam.hardware.transports.tcp import connect_tcp

if TYPE_CHECKING:
    import socket

_MAX_MESSAGE = 64 * 1024 * 1024


class WebSocketTransport:
    """Text messages over `ws://` or `wss://`. The other end's certificate is always verified.

    `ca_file`: the vendor's certificate authority, where its readers do not use a public one.
    """

    def __init__(
        self,
        url: str,
        timeout_s: float = 2.0,
        clock: Clock | None = None,
        *,
        ca_file: str | None = None,
    ) -> None:
        self.port = url
        self.clock: Clock = clock or SystemClock()
        self.baud = 0
        if ca_file is not None and not Path(ca_file).is_file():
            raise SettingsError(
                f"There is no CA file {ca_file}.",
                code="device.ca-file",
                hint="Name the vendor's file of certificates (PEM).",
            )
        parts = urlsplit(url)
        is_secure = parts.scheme == "wss"
        raw = connect_tcp(parts.hostname or "", parts.port or (443 if is_secure else 80), timeout_s)
        connection: socket.socket = raw
        if is_secure:
            raw.settimeout(timeout_s)
            try:
                context = ssl.create_default_context(cafile=ca_file)
                connection = context.wrap_socket(raw, server_hostname=parts.hostname)
            except (ssl.SSLError, OSError) as error:
                raw.close()
                raise DeviceNotFound(
                    f"{url} does not prove that it is who it should be: {error}.",
                    hint="Name the vendor's CA file in the rig (ca_file).",
                    port=url,
                ) from error
            connection.setblocking(False)
        self._socket = connection
        self._line = _SocketLine(url, connection, self.clock)
        self._protocol = ClientProtocol(parse_uri(url), max_size=_MAX_MESSAGE)
        self._messages: deque[bytes] = deque()
        self._partial: list[bytes] = []
        self._closed = False
        try:
            self._shake_hands(timeout_s)
        except BaseException:
            self.close()
            raise

    def read(self, timeout_s: float) -> bytes:
        """The next whole message within `timeout_s`; b"" when none came."""
        if self._messages:
            return self._messages.popleft()
        data = self._line.read(timeout_s)
        if data:
            self._take(data)
        return self._messages.popleft() if self._messages else b""

    def write(self, data: bytes, timeout_s: float) -> None:
        """Send `data` as one text message."""
        try:
            self._protocol.send_text(data)
        except WebSocketException as error:
            raise self._gone() from error
        self._flush(timeout_s)

    def wake(self) -> None:
        """End a waiting `read`."""
        self._line.wake()

    def close(self) -> None:
        """Say goodbye, as far as the other end is there, and close."""
        if self._closed:
            return
        self._closed = True
        try:
            if self._protocol.state is State.OPEN:
                self._protocol.send_close()
                self._flush(0.2)
        except (DeviceDisconnected, TimeoutError, WebSocketException):
            pass  # it is gone already, which is all that closing wants
        self._line.close()

    def _shake_hands(self, timeout_s: float) -> None:
        self._protocol.send_request(self._protocol.connect())
        self._flush(timeout_s)
        end_s = self.clock.now() + timeout_s
        while self._protocol.state is State.CONNECTING and self.clock.now() < end_s:
            data = self._line.read(end_s - self.clock.now())
            if data:
                self._take(data)
            if self._protocol.handshake_exc is not None:
                break
        if self._protocol.state is not State.OPEN:
            raise DeviceNotFound(
                f"{self.port} does not speak WebSocket.",
                hint="Check the address and the path.",
                port=self.port,
            )

    def _take(self, data: bytes) -> None:
        self._protocol.receive_data(data)
        for event in self._protocol.events_received():
            if isinstance(event, Response):
                continue
            assert isinstance(event, Frame)  # noqa: S101
            if event.opcode in (Opcode.TEXT, Opcode.BINARY, Opcode.CONT):
                self._partial.append(bytes(event.data))
                if event.fin:
                    self._messages.append(b"".join(self._partial))
                    self._partial.clear()
        self._flush(1.0)
        if self._protocol.state in (State.CLOSING, State.CLOSED) and not self._messages:
            raise self._gone()

    def _flush(self, timeout_s: float) -> None:
        for data in self._protocol.data_to_send():
            if data:
                self._line.write(data, timeout_s)

    def _gone(self) -> DeviceDisconnected:
        return DeviceDisconnected(
            f"The connection to {self.port} was closed.", hint=UNPLUGGED_HINT, port=self.port
        )


class _SocketLine(DescriptorTransport):
    """The bytes under the messages. TLS keeps decrypted bytes of its own: ask it first."""

    def __init__(self, port: str, connection: socket.socket, clock: Clock) -> None:
        super().__init__(port, connection.fileno(), clock)
        self._connection = connection

    def read(self, timeout_s: float) -> bytes:
        """What has arrived within `timeout_s`."""
        if not isinstance(self._connection, ssl.SSLSocket):
            return super().read(timeout_s)
        if not self._connection.pending() and not self.wait_readable(timeout_s):
            return b""
        try:
            data = self._connection.recv(65536)
        except (ssl.SSLWantReadError, BlockingIOError):
            return b""
        except OSError as error:
            raise self._gone() from error
        if not data:
            raise self._gone()
        return data

    def write(self, data: bytes, timeout_s: float) -> None:
        """Send all of `data`."""
        if not isinstance(self._connection, ssl.SSLSocket):
            super().write(data, timeout_s)
            return
        self._connection.settimeout(max(0.001, timeout_s))
        try:
            self._connection.sendall(data)
        except OSError as error:
            raise self._gone() from error
        finally:
            self._connection.setblocking(False)

    def _release(self) -> None:
        self._connection.close()
