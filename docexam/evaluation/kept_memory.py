"""Let a process that handles one document after the other keep the memory of the last."""

from __future__ import annotations

import ctypes
import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""Names of mallopt(3)."""
_MOST_BYTES = 1 << 30


def keep_memory() -> None:
    """Tell the C library not to give the memory of large arrays back between documents.

    Each page of memory that is given back is cleared by the system when it is asked for again: a
    tenth of a document's time. Elsewhere than on Linux with glibc nothing is changed.
    """
    if sys.platform != "linux":
        return
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):
        return
    mallopt(_MMAP_THRESHOLD, _MOST_BYTES)
    mallopt(_TRIM_THRESHOLD, _MOST_BYTES)
