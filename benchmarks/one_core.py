"""One core, as the figures are promised for."""

from __future__ import annotations

import os


def pin() -> int | None:
    """Keep this process and its children on one core; its number, or None where that cannot be."""
    if not hasattr(os, "sched_setaffinity"):
        return None
    core = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    import cv2

    cv2.setNumThreads(1)
    return core
