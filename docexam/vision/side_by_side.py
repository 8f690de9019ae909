"""The same work on several pictures at once: decoding, warping and reading let go of Python."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from docexam.vision.process_memory import share_between_threads

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Item = TypeVar("Item")
Result = TypeVar("Result")

MOST_THREADS = 2
"""More hold more pictures in memory at once and, with three lights, win little."""


def side_by_side(work: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    """`work` of each item, in their order; the first exception is raised."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    threads = min(MOST_THREADS, cores or 1, len(items))
    if threads < 2:
        return [work(item) for item in items]
    share_between_threads()
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, items))
