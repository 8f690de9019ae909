"""`docexam read`: pictures, folders and globs to proven readings."""

from __future__ import annotations

import datetime as dt
import functools
import os
import stat
import sys
import time
from collections import Counter
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from docexam.capture.limits import DEFAULT_MAX_MEGAPIXELS, Limits
from docexam.cli.failure import debugging, end_of, say, told
from docexam.cli.inputs import find_inputs
from docexam.cli.native_noise import muted
from docexam.cli.output import make_folder, write_lines
from docexam.cli.progress import progress_on
from docexam.cli.read_job import Outcome, ReadJob, StartReading, exit_code_of, lost, too_slow
from docexam.cli.worker_pool import run_in_order
from docexam.errors import ExitCode, OutputError, worst

if TYPE_CHECKING:
    from docexam.cli.inputs import Inputs
    from docexam.nouns.reading import Reading

DEFAULT_MAX_SECONDS = 60
"""Our starting value: some hundred times what a page takes."""
_FILES_A_WORKER = 8
"""Starting a worker costs about as much as reading this many pictures (our starting value)."""


def read(
    sources: Annotated[
        list[str], typer.Argument(metavar="FILE|FOLDER|GLOB...", help="Pictures to read.")
    ],
    *,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a zone, a line each.")] = (
        False
    ),
    engine: Annotated[
        str, typer.Option(envvar="DOCEXAM_ENGINE", help="onnx, tesseract, passporteye, consensus.")
    ] = "onnx",
    annotate: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write pictures that show what was read.")
    ] = None,
    workers: Annotated[
        int, typer.Option(min=0, max=256, help="Processes; 0 chooses by cores and files.")
    ] = 0,
    today: Annotated[
        dt.datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Judge dates as on this day."),
    ] = None,
    max_megapixels: Annotated[
        float,
        typer.Option(
            envvar="DOCEXAM_MAX_MEGAPIXELS", min=0.01, max=1000, help="Refuse larger pictures."
        ),
    ] = DEFAULT_MAX_MEGAPIXELS,
    max_seconds: Annotated[
        int,
        typer.Option(
            envvar="DOCEXAM_MAX_SECONDS",
            min=1,
            help="Give up on a page after this long (PDF, and with several workers).",
        ),
    ] = DEFAULT_MAX_SECONDS,
    ambiguity: Annotated[
        bool,
        typer.Option("--ambiguity", help="Tell which exchanges no check digit would notice."),
    ] = False,
) -> None:
    """Read the machine readable zones in pictures and prove their check digits.

    Takes PNG, JPEG, TIFF, PDF, BMP, WebP and GIF; folders with their subfolders. Exit code 0 if
    every zone verifies, 1 if one does not, 4 if a file is unreadable or holds no zone.
    """
    limits = Limits(max_pixels=round(max_megapixels * 1e6))
    inputs = find_inputs(sources, leave_out=annotate)
    jobs = _jobs(inputs, annotate)
    count = min(workers or _fitting_workers(len(jobs)), max(1, len(jobs)))
    day = today.date() if today is not None else dt.date.today()  # noqa: DTZ011 - the desk's day
    apart = count > 1 or any(_is_pdf(job.path) for job in jobs)
    start = StartReading(
        engine=engine,
        today=day,
        limits=limits,
        ambiguity=ambiguity,
        one_thread=count > 1,
        max_seconds=max_seconds if apart else None,
    )
    run = _Run(as_json=json, inputs=inputs, total=len(jobs))
    with muted(unless=debugging()):
        if annotate is not None:
            make_folder(annotate)
        try:
            with progress_on(len(jobs), wanted=not (json and sys.stdout.isatty())) as advance:
                outcomes = run_in_order(
                    jobs,
                    start,
                    workers=count,
                    on_lost=lost,
                    on_overtime=functools.partial(too_slow, max_seconds=max_seconds),
                    apart=apart,
                )
                for outcome in outcomes:
                    run.take(outcome)
                    advance()
        except KeyboardInterrupt:
            run.codes.append(ExitCode.INTERRUPTED)
        run.finish()
    raise typer.Exit(worst(run.codes))


class _Run:
    """The results of one run so far: streamed as JSON Lines, or kept for a table."""

    def __init__(self, *, as_json: bool, inputs: Inputs, total: int) -> None:
        self.codes: list[ExitCode] = []
        self._as_json, self._inputs, self._total = as_json, inputs, total
        self._files = 0
        self._zones: Counter[str] = Counter()
        self._without_zone: Counter[str] = Counter()
        self._kept: list[Reading] = []
        self._not_written: set[str] = set()
        self._started = time.monotonic()

    def take(self, outcome: Outcome) -> None:
        """Count and show the outcome of one file."""
        if self._as_json:
            from docexam.report.reading_json import reading_to_line

            write_lines("".join(f"{reading_to_line(r)}\n" for r in outcome.readings))
        else:
            self._kept += outcome.readings
        self._files += 1
        for reading in outcome.readings:
            self.codes.append(exit_code_of(reading))
            (self._zones if reading.found else self._without_zone)[_kind(reading)] += 1
            if self._as_json and reading.error is not None:
                say(told(f"{reading.file}: {reading.error.message}", reading.error.hint))
        if outcome.not_written is not None:
            self._complain_once(outcome.not_written)

    def finish(self) -> None:
        """Show what was kept, and one line of sums for more than one file."""
        if not self._as_json:
            self._show_table()
        if ExitCode.INTERRUPTED in self.codes:
            say(f"Interrupted: {self._files} of {self._total} files were read.")
        elif self._total > 1 or self._inputs.skipped:
            say(self._sums())

    def _show_table(self) -> None:
        from rich.console import Console

        from docexam.cli.reading_table import show_readings

        console = Console(highlight=False, width=None if sys.stdout.isatty() else _pipe_width())
        with console.capture() as captured:
            show_readings(self._kept, console)
        try:
            write_lines("".join(f"{row.rstrip()}\n" for row in captured.get().splitlines()))
        except OutputError as error:
            self.codes.append(end_of(error))

    def _sums(self) -> str:
        parts = [_zones(self._zones)] if self._zones else []
        parts += [f"{number} {kind}" for kind, number in self._without_zone.items()]
        if self._inputs.skipped:
            parts.append(f"{self._inputs.skipped} other files passed over")
        seconds = time.monotonic() - self._started
        files = "file" if self._files == 1 else "files"
        return f"{self._files} {files} in {seconds:.1f} s: " + ", ".join(parts) + "."

    def _complain_once(self, error: OutputError) -> None:
        self.codes.append(error.exit_code)
        if error.message not in self._not_written:
            self._not_written.add(error.message)
            say(told(error.message, error.hint))


def _kind(reading: Reading) -> str:
    from docexam.vision.reading_state import in_words

    return in_words(reading)


def _zones(states: Counter[str]) -> str:
    """How many zones, and how many of each state: a file may hold several."""
    number = states.total()
    each = ", ".join(f"{count} {state}" for state, count in states.items())
    return f"{number} {'zone' if number == 1 else 'zones'} ({each})"


def _jobs(inputs: Inputs, annotate: Path | None) -> list[ReadJob]:
    taken: Counter[str] = Counter()
    jobs = []
    for item in inputs.items:
        base = None
        if annotate is not None and item.error is None:
            taken[item.path.name] += 1
            again = taken[item.path.name]
            base = annotate / (item.path.name if again == 1 else f"{item.path.name}~{again}")
        jobs.append(ReadJob(path=item.path, error=item.error, annotate_to=base))
    return jobs


def _is_pdf(path: Path) -> bool:
    """Whether a file is a PDF, which alone can keep its decoder busy without end.

    Such files are read in a process that can be ended from outside.
    """
    try:
        return stat.S_ISREG(path.stat().st_mode) and b"%PDF-" in path.open("rb").read(1024)
    except (OSError, ValueError):
        return False


def _fitting_workers(files: int) -> int:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, min(cores or 1, files // _FILES_A_WORKER))


def _pipe_width() -> int:
    """Columns for a pipe or a file: as COLUMNS says, else wide enough for the table."""
    given = os.environ.get("COLUMNS", "")
    return int(given) if given.isdecimal() and int(given) > 0 else 160
