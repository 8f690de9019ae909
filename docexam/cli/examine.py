"""`docexam examine`: capture sets to verdicts with their reasons."""

from __future__ import annotations

import datetime as dt
import functools
import os
import sys
from enum import StrEnum
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer

from docexam.capture.limits import DEFAULT_MAX_MEGAPIXELS, Limits
from docexam.cli.examine_inputs import examine_jobs
from docexam.cli.examine_job import StartExamining, lost
from docexam.cli.examine_run import ExamineRun
from docexam.cli.failure import debugging, end_of
from docexam.cli.native_noise import muted
from docexam.cli.output import make_folder
from docexam.cli.progress import progress_on
from docexam.cli.worker_pool import run_in_order
from docexam.errors import DeviceError, ExitCode, UsageError, worst

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
    run = ExamineRun(as_json=json, total=len(jobs), log=log)
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

    run = ExamineRun(as_json=as_json, total=None, log=log)
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


def _fitting_workers(captures: int) -> int:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, min(cores or 1, captures // _CAPTURES_A_WORKER))
