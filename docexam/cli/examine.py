"""`docexam examine`: capture sets to verdicts with their reasons."""

from __future__ import annotations

import datetime as dt
import functools
import os
import sys
import time
from collections import Counter
from enum import StrEnum
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from docexam.capture.limits import DEFAULT_MAX_MEGAPIXELS, Limits
from docexam.cli.examine_inputs import examine_jobs
from docexam.cli.examine_job import StartExamining, lost
from docexam.cli.failure import debugging, end_of, say, told
from docexam.cli.native_noise import muted
from docexam.cli.output import make_folder, write_lines
from docexam.cli.progress import progress_on
from docexam.cli.worker_pool import run_in_order
from docexam.errors import DeviceError, ExitCode, OutputError, UsageError, worst

if TYPE_CHECKING:
    from docexam.cli.examine_job import Outcome
    from docexam.nouns.report import Report

_CAPTURES_A_WORKER = 4
"""Starting a worker costs about as much as examining this many captures (our starting value)."""


class ProfileChoice(StrEnum):
    """Where the document is examined."""

    FIRST = "first-line"
    SECOND = "second-line"


class ModeChoice(StrEnum):
    """How much doubt is borne."""

    CONVENIENCE = "high-convenience"
    SECURITY = "high-security"


def examine(
    captures: Annotated[
        list[str] | None,
        typer.Argument(metavar="CAPTURE...", help="Capture sets, archives of one, or pictures."),
    ] = None,
    *,
    json: Annotated[
        bool, typer.Option("--json", help="One JSON object a document, a line each.")
    ] = False,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE|DIR", help="Write a report for the officer.")
    ] = None,
    evidence: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write the crops that prove the findings.")
    ] = None,
    profile: Annotated[ProfileChoice, typer.Option(help="Where it is examined.")] = (
        ProfileChoice.FIRST
    ),
    mode: Annotated[ModeChoice, typer.Option(help="From which doubt on to refer.")] = (
        ModeChoice.CONVENIENCE
    ),
    models: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            envvar="DOCEXAM_MODELS",
            help="Document models: what genuine documents of an issue show.",
        ),
    ] = None,
    trust: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR|FILE",
            envvar="DOCEXAM_TRUST",
            help="Public keys (PEM) of those whose models are believed.",
        ),
    ] = None,
    rig: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="In place of captures: documents on this rig's glass."),
    ] = None,
    count: Annotated[
        int | None,
        typer.Option(min=1, help="With --rig: end after so many documents, not by Ctrl-C."),
    ] = None,
    lists: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            envvar="DOCEXAM_LISTS",
            help="Folder with documents.csv (lost, stolen) and issuers.csv (fantasy).",
        ),
    ] = None,
    require_live: Annotated[
        bool, typer.Option("--require-live", help="Refuse recorded and simulated captures.")
    ] = False,
    today: Annotated[
        dt.datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Judge dates as on this day."),
    ] = None,
    log: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Add records without personal data to this file."),
    ] = None,
    workers: Annotated[
        int, typer.Option(min=0, max=256, help="Processes; 0 chooses by cores and captures.")
    ] = 0,
    max_megapixels: Annotated[
        float,
        typer.Option(
            envvar="DOCEXAM_MAX_MEGAPIXELS", min=0.01, max=1000, help="Refuse larger pictures."
        ),
    ] = DEFAULT_MAX_MEGAPIXELS,
) -> None:
    """Examine travel documents: what each light shows, measured and judged.

    Takes capture sets (a folder with capture.json, or a .zip of one), folders of them, and plain
    pictures. Exit code 0 if all are CLEAR, 1 if one is to REFER, 4 if a capture is unreadable or
    shows no document, 5 if a device fails, 6 if one is INCOMPLETE.

    With --rig, each document laid on the rig's glass is captured and examined, one after another,
    until Ctrl-C or --count. No picture is written.
    """
    _refuse_what_makes_no_sense(captures, rig, count)
    from docexam.checks.decision import VERSION
    from docexam.checks.lists import load_lists
    from docexam.cli.examine_models import models_to_use
    from docexam.examination import Options
    from docexam.nouns.report import Profile

    options = Options(
        today=today.date() if today is not None else dt.date.today(),  # noqa: DTZ011 - the desk's
        profile=Profile(profile.value, mode.value, VERSION),
        lists=None if lists is None else load_lists(lists),
        require_live=require_live,
        pictures=html is not None,
        models=None if models is None else models_to_use(models, trust),
    )
    start = StartExamining(options, Limits(max_pixels=round(max_megapixels * 1e6)))
    if rig is not None:
        raise typer.Exit(
            _live(rig, start, as_json=json, log=log, count=count, html=html, evidence=evidence)
        )
    jobs = examine_jobs(captures or [], html=html, evidence=evidence)
    processes = min(workers or _fitting_workers(len(jobs)), max(1, len(jobs)))
    run = _Run(as_json=json, total=len(jobs), log=log)
    with muted(unless=debugging()):
        if evidence is not None:
            make_folder(evidence)
        try:
            wanted = not (json and sys.stdout.isatty())
            with progress_on(len(jobs), wanted=wanted, doing="examining") as advance:
                on_lost = functools.partial(lost, options=options)
                for outcome in run_in_order(jobs, start, workers=processes, on_lost=on_lost):
                    run.take(outcome)
                    advance()
        except KeyboardInterrupt:
            run.codes.append(ExitCode.INTERRUPTED)
        run.finish()
    raise typer.Exit(worst(run.codes))


def _refuse_what_makes_no_sense(
    captures: list[str] | None, rig: Path | None, count: int | None
) -> None:
    if bool(captures) == (rig is not None):
        raise UsageError(
            "Captures and a rig are both named." if captures else "Nothing is named to examine.",
            code="usage.captures",
            hint="Name capture sets, or a rig with --rig.",
        )
    if count is not None and rig is None:
        raise UsageError(
            "--count is for rigs.", code="usage.count", hint="Leave it out, or name a rig."
        )


def _live(
    rig: Path,
    start: StartExamining,
    *,
    as_json: bool,
    log: Path | None,
    count: int | None,
    html: Path | None,
    evidence: Path | None,
) -> ExitCode:
    """Examine what is laid on a rig's glass; each report is shown as soon as it is there."""
    from docexam.cli.examine_rig import examine_live

    run = _Run(as_json=as_json, total=None, log=log)
    with muted(unless=debugging()):
        if evidence is not None:
            make_folder(evidence)
        outcomes = examine_live(
            rig, start, count=count, html=html, evidence=evidence, codes=run.codes
        )
        try:
            for outcome in outcomes:
                run.take(outcome)
                run.show()
        except KeyboardInterrupt:
            run.codes.append(ExitCode.INTERRUPTED)
        except DeviceError as error:
            run.codes.append(end_of(error))
        run.finish()
    return worst(run.codes)


class _Run:
    """The results of one run so far: streamed as JSON Lines, or kept for people.

    `total`: how many captures there are; None where nobody knows (a rig).
    """

    def __init__(self, *, as_json: bool, total: int | None, log: Path | None) -> None:
        self.codes: list[ExitCode] = []
        self._as_json, self._total, self._log = as_json, total, log
        self._captures = 0
        self._tally: Counter[str] = Counter()
        self._kept: list[Report] = []
        self._told: set[str] = set()
        self._started = time.monotonic()

    def take(self, outcome: Outcome) -> None:
        """Count and show the outcome of one capture set."""
        self._captures += 1
        for examined in outcome.examined:
            self.codes.append(examined.code)
            self._tally[examined.report.verdict] += 1
            if self._as_json:
                write_lines(f"{examined.line}\n")
            else:
                self._kept.append(examined.report)
        if self._as_json and outcome.error is not None:
            name = outcome.examined[0].report.capture
            say(told(f"{name}: {outcome.error.message}", outcome.error.hint))
        if outcome.bug is not None:
            self.codes.append(ExitCode.BUG)
            say(told(*outcome.bug))
        if outcome.not_written is not None:
            self._complain_once(outcome.not_written)
        if self._log is not None:
            self._write_log([each.log for each in outcome.examined if each.log])

    def finish(self) -> None:
        """Show what was kept, and one line of sums for more than one capture."""
        self.show()
        of = "" if self._total is None else f" of {self._total}"
        if ExitCode.INTERRUPTED in self.codes:
            say(f"Interrupted: {self._captures}{of} captures were examined.")
        elif (self._total or self._captures) > 1:
            seconds = time.monotonic() - self._started
            parts = ", ".join(f"{number} {verdict}" for verdict, number in self._tally.items())
            say(f"{self._captures} captures in {seconds:.1f} s: {parts}.")

    def show(self) -> None:
        """Show the reports that have been kept for people, once."""
        if not self._kept:
            return
        from rich.console import Console

        from docexam.cli.examine_view import show_reports

        console = Console(highlight=False, width=None if sys.stdout.isatty() else _pipe_width())
        with console.capture() as captured:
            show_reports(self._kept, console)
        self._kept = []
        try:
            write_lines("".join(f"{row.rstrip()}\n" for row in captured.get().splitlines()))
        except OutputError as error:
            self.codes.append(end_of(error))

    def _write_log(self, lines: list[str]) -> None:
        from docexam.cli.output import cannot_write

        if self._log is None or not lines:
            return
        try:
            handle = os.open(self._log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            with os.fdopen(handle, "ab") as stream:
                stream.write("".join(f"{line}\n" for line in lines).encode())
        except OSError as error:
            self._complain_once(cannot_write(self._log, error))

    def _complain_once(self, error: OutputError) -> None:
        self.codes.append(error.exit_code)
        if error.message not in self._told:
            self._told.add(error.message)
            say(told(error.message, error.hint))


def _fitting_workers(captures: int) -> int:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, min(cores or 1, captures // _CAPTURES_A_WORKER))


def _pipe_width() -> int:
    """Columns for a pipe or a file: as COLUMNS says, else wide enough for whole sentences."""
    given = os.environ.get("COLUMNS", "")
    return int(given) if given.isdecimal() and int(given) > 0 else 160
