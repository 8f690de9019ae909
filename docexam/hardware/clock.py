"""Time as an argument: the system's monotonic clock, or one that only moves when told."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """Monotonic seconds."""

    def now(self) -> float:
        """Seconds since some fixed moment."""
        ...

    def sleep(self, duration_s: float) -> None:
        """Let `duration_s` pass."""
        ...


class SystemClock:
    """The machine's own monotonic clock, the same in every process of one machine."""

    def now(self) -> float:
        """Seconds of `time.monotonic`."""
        return time.monotonic()

    def sleep(self, duration_s: float) -> None:
        """Wait for real."""
        time.sleep(max(0.0, duration_s))


class VirtualClock:
    """A clock that stands still until it is moved: tests of hours run in milliseconds."""

    def __init__(self, start_s: float = 0.0) -> None:
        self._now_s = start_s

    def now(self) -> float:
        """Seconds since the start, as moved so far."""
        return self._now_s

    def sleep(self, duration_s: float) -> None:
        """Move on by `duration_s`."""
        self._now_s += max(0.0, duration_s)

    def move_to(self, at_s: float) -> None:
        """Move on to `at_s`; never back."""
        self._now_s = max(self._now_s, at_s)
