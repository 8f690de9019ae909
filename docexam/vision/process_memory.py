"""How a process that examines pictures asks the C library for memory; Linux with glibc alone.

Pictures are large and few. What suits a station with little memory (give back what is free) is slow
for an evaluation of thousands (keep it for the next document). Elsewhere nothing is changed.
"""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress
from functools import cache

# Names of mallopt(3).
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
_MOST_BYTES = 1 << 30


def keep_all() -> None:
    """Keep the memory of one document for the next: a tenth of a drawn document's time."""
    _set(_MMAP_THRESHOLD, _MOST_BYTES)
    _set(_TRIM_THRESHOLD, _MOST_BYTES)


@cache
def share_between_threads() -> None:
    """Let threads take memory from one place.

    With a place of its own, each thread keeps what its last pictures took: 140 MiB more.
    """
    _set(_ARENA_MAX, 1)


def give_back_free() -> None:
    """Return to the system what lies free: other programs may need the room now."""
    library = _glibc()
    if library is not None:
        with suppress(AttributeError):
            library.malloc_trim(0)


def _set(name: int, value: int) -> None:
    library = _glibc()
    if library is not None:
        with suppress(AttributeError):
            library.mallopt(name, value)


def _glibc() -> ctypes.CDLL | None:
    if sys.platform != "linux":
        return None
    try:
        return ctypes.CDLL(None)
    except OSError:
        return None
