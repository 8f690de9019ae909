"""What `docexam specimen make` and `forge` share: a place for the series, and the processes."""

from __future__ import annotations

import json as json_module
import os
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from docexam.cli.output import write_lines
from docexam.cli.progress import progress_on
from docexam.cli.worker_pool import run_in_order
from docexam.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


Job = TypeVar("Job")
"""What decides one specimen; it has a `name`."""


def prepare(out: Path) -> None:
    """Refuse a place that cannot take the series, before anything is drawn."""
    if out.exists():
        if not out.is_dir():
            raise OutputError(
                f"{str(out)!r} is a file.", code="output.exists", hint="Name a new folder."
            )
        if any(out.iterdir()):
            raise OutputError(
                f"The folder {str(out)!r} is not empty.",
                code="output.exists",
                hint="Name a new or an empty folder.",
            )
    existing = next(each for each in (out, *out.absolute().parents) if each.exists())
    if not os.access(existing, os.W_OK | os.X_OK):
        raise OutputError(
            f"The folder {str(existing)!r} cannot be written to.",
            code="output.write",
            hint="Choose a folder that you may write to.",
        )


def _start(make: Callable[[Job, str], str], out: str) -> Callable[[Job], str]:
    import cv2

    cv2.setNumThreads(1)
    return partial(_one, make, out)


def _one(make: Callable[[Job, str], str], out: str, job: Job) -> str:
    return make(job, out)


def _lost(job: object) -> str:
    name = getattr(job, "name", "")
    raise OutputError(
        f"The process that drew {name!r} was ended by the system.",
        code="specimen.worker",
        hint="Use fewer workers or a lower resolution: memory may have run out.",
    )


def run_series(
    jobs: Sequence[Job],
    out: Path,
    make: Callable[[Job, str], str],
    *,
    workers: int,
    as_json: bool,
) -> None:
    """Make every job below `out` and tell of each; `make(job, out)` answers its name."""
    count = min(workers or os.cpu_count() or 1, len(jobs))
    start = partial(_start, make, str(out))
    with progress_on(len(jobs), wanted=not as_json, doing="drawing") as advance:
        for name in run_in_order(jobs, start, workers=count, on_lost=_lost):
            advance()
            if as_json:
                row = {"capture": name, "folder": str(out / name), "truth": _truth(out, name)}
                write_lines(json_module.dumps(row) + "\n")
    if not as_json:
        write_lines(f"{len(jobs)} specimens in {out}\n")


def _truth(out: Path, name: str) -> str:
    return str(out / "truth" / f"{name}.json")
