"""The most memory that this process and its children held at once, watched by a thread."""

from __future__ import annotations

import threading
from pathlib import Path
from types import TracebackType  # noqa: TC003 - an annotation of a public method

_EVERY_S = 0.01
_PROC = Path("/proc")


class PeakMemory:
    """While it is entered, `mib` is the largest sum of resident memory seen so far; Linux only.

    Pages that parent and child share count twice, so the figure is never too small. A child that
    has not yet become another program is its parent still, and not counted.
    """

    def __init__(self) -> None:
        self.mib = 0.0
        self.own_mib = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> PeakMemory:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(_EVERY_S):
            own = _resident_mib("self")
            self.own_mib = max(self.own_mib, own)
            self.mib = max(self.mib, own + sum(_resident_mib(each) for each in _below("self")))


def _resident_mib(process: str) -> float:
    try:
        lines = (_PROC / process / "status").read_text().splitlines()
    except OSError:  # it has ended
        return 0.0
    return next((int(x.split()[1]) / 1024 for x in lines if x.startswith("VmRSS:")), 0.0)


def _below(process: str) -> list[str]:
    """Every process under one, however deep, that runs a program of its own."""
    found: list[str] = []
    for place in (_PROC / process / "task").glob("*/children"):
        try:
            children = place.read_text().split()
        except OSError:
            continue
        for child in children:
            if _command(child) != _command(process):
                found += [child, *_below(child)]
    return found


def _command(process: str) -> bytes:
    try:
        return (_PROC / process / "cmdline").read_bytes()
    except OSError:
        return b""
