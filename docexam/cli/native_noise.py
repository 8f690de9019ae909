"""Keeps C libraries from printing their own complaints beside docexam's one sentence."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def muted(*, unless: bool = False) -> Iterator[None]:
    """Send file descriptor 2 nowhere, while Python's own standard error goes on as before.

    libjpeg, libpng and libtiff write there about files that are damaged, as do the processes
    that are started meanwhile.
    """
    before = sys.stderr
    if unless:
        yield
        return
    try:
        before.flush()
        kept = os.dup(2)
    except (OSError, ValueError):  # Closed, or not a real one: nothing to mute.
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    ours = os.fdopen(kept, "w", buffering=1, errors="replace", closefd=False)
    sys.stderr = ours
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            ours.flush()
        sys.stderr = before
        os.dup2(kept, 2)
        os.close(kept)
