"""A progress bar on standard error, for many files and a person who watches."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_WORTH_A_BAR = 4


@contextlib.contextmanager
def progress_on(
    total: int, *, wanted: bool = True, doing: str = "reading"
) -> Iterator[Callable[[], None]]:
    """Gives what to call after each of `total` steps; silent where nobody watches."""
    if not wanted or total < _WORTH_A_BAR or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    console = Console(file=sys.stderr)
    columns = TextColumn(doing), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=console, transient=True, redirect_stdout=False) as progress:
        task = progress.add_task(doing, total=total)
        yield lambda: progress.advance(task)
