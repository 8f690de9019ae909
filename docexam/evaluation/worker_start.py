"""How each process of an evaluation starts."""

from __future__ import annotations

import os

from docexam.vision.process_memory import keep_all


def get_ready() -> None:
    """One thread a process, since the processes share the cores; memory is kept."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    import cv2

    cv2.setNumThreads(1)
    keep_all()
