"""The time that bytes take on a serial line: ten bits a byte, one after the other, both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docexam.hardware.simulated.device import Sent
    from docexam.hardware.transports.base import Peer

_BITS_PER_BYTE = 10


class Wire:
    """A peer behind a line of `baud`. The device hears a message when its last bit has arrived."""

    def __init__(self, peer: Peer, baud: int) -> None:
        self._peer = peer
        self._byte_s = _BITS_PER_BYTE / baud
        self._to_device_free_s = 0.0
        self._to_host_free_s = 0.0
        self.busy_s = 0.0

    @property
    def is_connected(self) -> bool:
        """As the device."""
        return self._peer.is_connected

    def opened(self, now_s: float) -> Sent:
        """The device's greeting, at the line's speed."""
        return self._slow(self._peer.opened(now_s))

    def feed(self, data: bytes, now_s: float) -> Sent:
        """The host's bytes, at the line's speed."""
        start_s = max(now_s, self._to_device_free_s)
        self._to_device_free_s = start_s + len(data) * self._byte_s
        self.busy_s += len(data) * self._byte_s
        return self._slow(self._peer.feed(data, self._to_device_free_s))

    def tick(self, now_s: float) -> Sent:
        """What the device says of itself, at the line's speed."""
        return self._slow(self._peer.tick(now_s))

    def wakes_at(self) -> float | None:
        """As the device."""
        return self._peer.wakes_at()

    def _slow(self, sent: Sent) -> Sent:
        out: Sent = []
        for at_s, data in sent:
            start_s = max(at_s, self._to_host_free_s)
            self._to_host_free_s = start_s + len(data) * self._byte_s
            self.busy_s += len(data) * self._byte_s
            out.append((self._to_host_free_s, data))
        return out
