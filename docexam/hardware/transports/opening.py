"""From a port's URL to an open transport.

`/dev/ttyUSB0`, `COM3`   a serial port (also any pseudo-terminal)
`socket://host:port`, `tcp://host:port`
`evdev:///dev/input/...`  a keyboard-like reader (Linux)
`ws://host[:port]/`, `wss://host[:port]/`
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from docexam.errors import SettingsError
from docexam.hardware.transports.serial_port import SerialTransport
from docexam.hardware.transports.tcp import TcpTransport

if TYPE_CHECKING:
    from docexam.hardware.clock import Clock
    from docexam.hardware.transports.base import Transport
    from docexam.hardware.transports.serial_settings import SerialSettings

_EXAMPLES = "Write /dev/ttyUSB0, COM3, tcp://host:port, ws://host:port/ or wss://host:port/."


def open_transport(
    url: str,
    settings: SerialSettings | None = None,
    *,
    clock: Clock | None = None,
    connect_timeout_s: float = 2.0,
    ca_file: str | None = None,
) -> Transport:
    """Open the port that `url` names.

    Raises:
        SettingsError: the URL is of no known form.
        DeviceNotFound, DeviceBusy, AccessDenied: it cannot be opened.
    """
    parts = urlsplit(url) if "://" in url else None
    if parts is None:
        return SerialTransport(url, settings, clock)
    if parts.scheme in ("tcp", "socket"):
        host, port = _address(url, parts, None)
        return TcpTransport(host, port, connect_timeout_s, clock)
    if parts.scheme == "evdev":
        from docexam.hardware.transports.input_device import InputDeviceTransport

        return InputDeviceTransport(parts.path, clock)
    if parts.scheme in ("ws", "wss"):
        from docexam.hardware.transports.web_socket import WebSocketTransport

        _address(url, parts, 443 if parts.scheme == "wss" else 80)
        return WebSocketTransport(url, connect_timeout_s, clock, ca_file=ca_file)
    raise SettingsError(
        f"{url} is no port that docexam knows.", code="device.port-url", hint=_EXAMPLES
    )


def _address(url: str, parts: SplitResult, default_port: int | None) -> tuple[str, int]:
    try:
        port = parts.port or default_port
    except ValueError:
        port = None
    if not parts.hostname or not port:
        raise SettingsError(
            f"{url} does not name a host and a port.", code="device.port-url", hint=_EXAMPLES
        )
    return parts.hostname, port
