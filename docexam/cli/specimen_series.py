"""What `docexam specimen make` and `forge` share: a place for the series, and the processes."""

from __future__ import annotations

import contextlib
import json as json_module
import os
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import typer

from docexam.capture.save import cannot_write
from docexam.cli.failure import say
from docexam.cli.output import write_lines
from docexam.cli.progress import progress_on
from docexam.cli.worker_pool import run_in_order
from docexam.errors import ExitCode, OutputError
from docexam.specimens.truth import TRUTH_FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path


Job = TypeVar("Job")
"""What decides one specimen; it has a `name`."""


def prepare(out: Path) -> None:
    """Refuse a place that cannot take the series, before anything is drawn."""
    try:
        _refuse_taken(out)
    except OSError as error:  # a name that is too long, a folder that may not be looked into
        raise cannot_write(out, error) from error
    existing = next(each for each in (out, *out.absolute().parents) if each.exists())
    if not os.access(existing, os.W_OK | os.X_OK):
        raise OutputError(
            f"The folder {str(existing)!r} cannot be written to.",
            code="output.write",
            hint="Choose a folder that you may write to.",
        )


def _refuse_taken(out: Path) -> None:
    if not out.exists():
        return
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
    noun = "specimen" if len(jobs) == 1 else "specimens"
    drawn = 0
    try:
        with progress_on(len(jobs), wanted=not as_json, doing="drawing") as advance:
            for name in run_in_order(jobs, start, workers=count, on_lost=_lost):
                drawn += 1
                advance()
                if as_json:
                    place = {"folder": str(out / name), "truth": _truth(out, name)}
                    print_json([{"kind": "specimen", "capture": name, **place}])
    except KeyboardInterrupt:
        _remove_empty(out)
        say(f"Interrupted: {drawn} of {len(jobs)} {noun} were drawn.")
        raise typer.Exit(ExitCode.INTERRUPTED) from None
    except BaseException:
        _remove_empty(out)
        raise
    if not as_json:
        write_lines(f"{len(jobs)} {noun} in {out}\n")


def _remove_empty(out: Path) -> None:
    """Leave no empty folders of a series of which nothing could be written."""
    for folder in (out / TRUTH_FOLDER, out):
        with contextlib.suppress(OSError):
            folder.rmdir()


def print_json(rows: Iterable[dict[str, object]]) -> None:
    """Rows of contract `docexam.specimen/1`: schemas/specimen-1.json."""
    for row in rows:
        whole = {"schema": "docexam.specimen/1", **row}
        write_lines(json_module.dumps(whole, ensure_ascii=False) + "\n")


def _truth(out: Path, name: str) -> str:
    return str(out / TRUTH_FOLDER / f"{name}.json")
