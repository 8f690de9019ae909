"""Seconds that `docexam read ONE` takes as a process of its own, from start to exit."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.outside import cpu_seconds
from docexam.errors import DependencyMissing

if TYPE_CHECKING:
    from benchmarks.truth import Picture

RUNS = 7


@dataclass(frozen=True, slots=True)
class ProcessTimes:
    """Median and worst wall-clock seconds of `runs` runs, and median processor seconds."""

    median_s: float
    worst_s: float
    median_cpu_s: float
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
    walls, cpus = [], []
    for _ in range(RUNS + 1):
        wall, cpu = time.perf_counter(), cpu_seconds()
        subprocess.run(call, capture_output=True, check=False, timeout=120)
        walls.append(time.perf_counter() - wall)
        cpus.append(cpu_seconds() - cpu)
    return ProcessTimes(median(walls[1:]), max(walls[1:]), median(cpus[1:]), RUNS)
