"""Seconds that `docexam read ONE` takes as a process of its own, from start to exit."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from docexam.errors import DependencyMissing

if TYPE_CHECKING:
    from benchmarks.truth import Picture

RUNS = 7


@dataclass(frozen=True, slots=True)
class ProcessTimes:
    """Median and worst wall-clock seconds of `runs` runs."""

    median_s: float
    worst_s: float
    runs: int


def command() -> Path:
    """The installed `docexam` beside this Python.

    Raises:
        DependencyMissing: the package is not installed.
    """
    path = Path(sys.executable).parent / "docexam"
    if not path.is_file():
        raise DependencyMissing(
            "The command docexam is not installed.", code="bench.command", hint="Run make setup."
        )
    return path


def time_read(picture: Picture) -> ProcessTimes:
    """Read one picture again and again; the first run fills the file cache and is not counted."""
    call = [str(command()), "read", str(picture.path), "--json"]
    times = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        subprocess.run(call, capture_output=True, check=False, timeout=120)
        times.append(time.perf_counter() - start)
    ordered = sorted(times[1:])
    return ProcessTimes(ordered[len(ordered) // 2], ordered[-1], RUNS)
