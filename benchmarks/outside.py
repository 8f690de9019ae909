"""Calls a reader as its user would: a path goes in, zones come out, a clock runs around it."""

from __future__ import annotations

import resource
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from docexam.nouns.reading import Quad


@dataclass(frozen=True, slots=True)
class Zone:
    """One zone as a reader gives it; `valid` and `confident` as in the reading contract."""

    lines: tuple[str, ...]
    valid: bool
    confident: bool
    quad: Quad | None = None


class Reader(Protocol):
    """A reader of picture files, its engine loaded."""

    name: str

    def __call__(self, path: Path) -> list[Zone]:
        """Every zone in every picture of the file."""


@dataclass(frozen=True, slots=True)
class Timed:
    """What a reader said of one file, and how long it took; `cpu_s` includes its children."""

    zones: list[Zone]
    wall_s: float
    cpu_s: float
    error: str | None = None


def cpu_seconds() -> float:
    """Processor time of this process and of its finished children."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def timed(reader: Reader, path: Path) -> Timed:
    """Read `path` once and time it, decoding included; a reader that falls over reads nothing."""
    cpu, wall = cpu_seconds(), time.perf_counter()
    error = None
    zones: list[Zone] = []
    try:
        zones = reader(path)
    except Exception as failure:  # A peer may raise anything; the run goes on.
        error = type(failure).__name__
    return Timed(zones, time.perf_counter() - wall, cpu_seconds() - cpu, error)
