"""Bytes to messages, pure: `feed(bytes, now) -> frames`, bounded memory, resync by silence.

A protocol gives one function, `scan(buffer, quiet, expected)`. It looks at the start of the buffer:
- `None`: more bytes are needed;
- `Scan(n, frame)`: the first n bytes are a message (or, with `frame=None`, noise to be dropped);
- `Scan(n, bad="checksum")`: the first n bytes are a broken message.
`quiet` is true once the line has been silent for the protocol's idle gap: whatever is in the buffer
will not be continued. `expected` is what the last command waits for, for protocols whose answers
can only be told apart by it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Frame:
    """One message: what kind, its payload, and the bytes as they came."""

    kind: str
    body: bytes = b""
    raw: bytes = b""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scan:
    """What a protocol found at the start of the buffer."""

    consumed: int
    frame: Frame | None = None
    bad: str = ""


ScanFunction = Callable[[bytes, bool, str], Scan | None]


class Framer:
    """Cuts a byte stream into frames and forgets what makes none.

    After a broken message, a protocol without start mark (`mute_until_gap`) is not believed
    before the line has been silent for `idle_gap_s`: the rest of a broken message may look good.
    """

    def __init__(
        self,
        scan: ScanFunction,
        *,
        idle_gap_s: float,
        max_bytes: int = 1024,
        mute_until_gap: bool = False,
    ) -> None:
        self._scan = scan
        self.idle_gap_s = idle_gap_s
        self._max_bytes = max_bytes
        self._mute_until_gap = mute_until_gap
        self._buffer = bytearray()
        self._last_byte_s = 0.0
        self._muted = False
        self.expected = ""
        self.rejected: Counter[str] = Counter()
        self.last_rejected = ""

    @property
    def pending(self) -> bool:
        """An unfinished message, or distrust, is waiting for more bytes or for silence."""
        return bool(self._buffer) or self._muted

    def feed(self, data: bytes, now_s: float) -> list[Frame]:
        """Take bytes that arrived at `now_s` (or none: time has passed); return whole messages."""
        frames: list[Frame] = []
        if self.pending and now_s - self._last_byte_s >= self.idle_gap_s:
            frames += self._take(quiet=True)
        if data:
            self._last_byte_s = now_s
            # Bounded whatever comes: a flood is taken in pieces no longer than the buffer.
            for start in range(0, len(data), self._max_bytes):
                self._buffer += data[start : start + self._max_bytes]
                frames += self._take(quiet=False)
        return frames

    def reset(self) -> None:
        """Forget all that is unfinished."""
        self._buffer.clear()
        self._muted = False

    def _take(self, *, quiet: bool) -> list[Frame]:
        frames: list[Frame] = []
        while self._buffer and not self._muted:
            found = self._scan(bytes(self._buffer), quiet, self.expected)
            if found is None:
                if len(self._buffer) >= self._max_bytes:
                    self._reject("oversize")
                break
            del self._buffer[: max(1, found.consumed)]
            if found.bad:
                self._count(found.bad)
            elif found.frame is not None:
                frames.append(found.frame)
        if self._muted:
            self._buffer.clear()
        if quiet:
            if self._buffer:
                self._reject("truncated")
            self._muted = False
        return frames

    def _reject(self, reason: str) -> None:
        self._count(reason)
        self._buffer.clear()

    def _count(self, reason: str) -> None:
        self.rejected[reason] += 1
        self.last_rejected = reason
        self._muted = self._mute_until_gap


def up_to(buffer: bytes, ends: bytes, kind: str = "line") -> Scan | None:
    """The bytes before the first of `ends` as one frame; runs of end bytes make no empty frames."""
    for index, byte in enumerate(buffer):
        if byte in ends:
            if index == 0:
                return Scan(1)
            return Scan(index + 1, Frame(kind, buffer[:index], buffer[: index + 1]))
    return None
