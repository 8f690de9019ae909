"""A TCP connection: lamp controllers with Ethernet, and serial servers."""

from __future__ import annotations

import contextlib
import socket
from typing import TYPE_CHECKING

from docexam.hardware.errors import DeviceNotFound
from docexam.hardware.transports.descriptor import DescriptorTransport

if TYPE_CHECKING:
    from docexam.hardware.clock import Clock


def connect_tcp(host: str, port: int, timeout_s: float) -> socket.socket:
    """An open connection that sends small messages at once.

    Raises:
        DeviceNotFound: nobody answers at that address within `timeout_s`.
    """
    try:
        connection = socket.create_connection((host, port), timeout=timeout_s)
    except OSError as error:
        raise DeviceNotFound(
            f"Nothing answers at {host}:{port}.",
            hint="Check the address, the network cable and the device's power.",
            port=f"{host}:{port}",
        ) from error
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.setblocking(False)
    return connection


class TcpTransport(DescriptorTransport):
    """One TCP connection."""

    def __init__(
        self, host: str, port: int, timeout_s: float = 2.0, clock: Clock | None = None
    ) -> None:
        self._socket = connect_tcp(host, port, timeout_s)
        super().__init__(f"tcp://{host}:{port}", self._socket.fileno(), clock)

    def _release(self) -> None:
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
