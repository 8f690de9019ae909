"""How a serial line is set; apart from the port, so that naming it needs no library."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SerialSettings:
    """Line settings; 8 data bits, 1 stop bit and no parity unless a device wants otherwise."""

    baud: int = 9600
    byte_size: int = 8
    parity: str = "N"
    stop_bits: float = 1
