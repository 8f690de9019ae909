"""`docexam evaluate`: how often it errs, and what it catches, on documents whose truth is known."""

from __future__ import annotations

import json as json_module
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated, Any

import typer

from docexam.cli.examine import ModeChoice
from docexam.cli.failure import debugging, say
from docexam.cli.native_noise import muted
from docexam.cli.output import make_folder, write_lines, write_private_file
from docexam.cli.progress import progress_on
from docexam.cli.worker_pool import processes_for, run_in_order
from docexam.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.evaluation.document_result import DocumentResult
    from docexam.evaluation.enrolment import Enrolled, EnrolTask
    from docexam.evaluation.figures import Figures
    from docexam.evaluation.judge_document import JudgeDocuments, Task
    from docexam.evaluation.plan import Conditions

_MOST = 100_000
PLOT_FILE, FIGURES_FILE = "catch-by-severity.svg", "figures.json"


class SplitChoice(StrEnum):
    """Which drawn documents."""

    DEVELOPMENT = "development"
    FINAL = "final"


def evaluate(
    folders: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FOLDER...", help="Capture sets with truth/; without one, a series is drawn."
        ),
    ] = None,
    *,
    split: Annotated[
        SplitChoice, typer.Option(help="Documents for tuning, or those for final figures.")
    ] = SplitChoice.DEVELOPMENT,
    genuine: Annotated[int, typer.Option(min=0, max=_MOST, help="Genuine documents.")] = 20,
    each: Annotated[
        int, typer.Option(min=0, max=_MOST, help="Documents of each attack and severity.")
    ] = 2,
    attack: Annotated[
        str, typer.Option(help="Attacks, separated by commas; `all` that are possible.")
    ] = "all",
    severity: Annotated[
        str, typer.Option(help="Severities, separated by commas: 0.05 skilled to 1 crude.")
    ] = "0.5,0.75,1",
    design: Annotated[list[str] | None, typer.Option(help="Only this design; several.")] = None,
    device: Annotated[list[str] | None, typer.Option(help="Only this device; several.")] = None,
    wear: Annotated[
        str, typer.Option(help="Wears that take turns: 0 new to 1 worn out.")
    ] = "0,0.15,0.3",
    lights: Annotated[
        str,
        typer.Option(help="Lights of each capture, separated by commas; white,ir,uv by default."),
    ] = "",
    ppi: Annotated[float, typer.Option(help="Resolution, 150 to 600.")] = 400.0,
    mode: Annotated[ModeChoice, typer.Option(help="From which doubt on to refer.")] = (
        ModeChoice.CONVENIENCE
    ),
    no_viz: Annotated[
        bool, typer.Option("--no-viz", help="Do not read the visual zone: faster, and blinder.")
    ] = False,
    no_model: Annotated[
        bool,
        typer.Option("--no-model", help="Enrol no document models: only the table without them."),
    ] = False,
    workers: Annotated[int, typer.Option(min=0, max=256, help="Processes; 0: one a core.")] = 0,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Keep results and the plot; a run can be continued."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="The figures as one JSON object.")] = False,
) -> None:
    """Measure false alarms and catches, with 95 % intervals, on documents whose truth is known.

    Draws genuine documents and attacks on them, or judges capture sets of others. With --out,
    every document is kept as it is done, and the same command goes on where it was ended. A drawn
    series is judged twice: without document models, and with one of each design.
    """
    from docexam.cli.evaluate_models import models_of
    from docexam.evaluation.enrolment import enrol_tasks
    from docexam.evaluation.figures import figures_of
    from docexam.evaluation.judge_document import JudgeDocuments

    tasks: Sequence[Task]
    enrolling: list[EnrolTask] = []
    if folders:
        tasks, setting, enrolling = _foreign(folders, no_model=no_model)
    else:
        tasks, setting, conditions = _drawn(
            split.value,
            genuine,
            each,
            attack,
            severity,
            design or [],
            device or [],
            wear,
            lights,
            ppi,
        )
        enrolling = enrol_tasks(conditions)
    if out is not None:
        make_folder(out)
    with ExitStack() as passing:
        models = None
        if enrolling and not no_model:
            models = models_of(enrolling, out, passing, workers=workers)
        judging = JudgeDocuments(viz=not no_viz, models=models)
        results, ended = _run(tasks, judging, workers=workers, out=out)
    from docexam.checks.registry import all_checks

    def decided(modelled: frozenset[str] | None) -> Figures:
        return figures_of(results, all_checks(), mode.value, viz=not no_viz, modelled=modelled)

    figures = decided(None)
    with_model = None if models is None else (decided(models.designs), models.enrolled)
    _show(figures, with_model, setting, out=out, as_json=json)
    if ended:
        hint = "" if out is None else " The same command goes on from here."
        say(f"Interrupted: {len(results)} of {len(tasks)} documents are done.{hint}")
        raise typer.Exit(ExitCode.INTERRUPTED)
    if tasks and len(figures.not_examined) and figures.genuine + figures.forged == 0:
        raise typer.Exit(ExitCode.UNREADABLE)


def _foreign(
    folders: Sequence[Path], *, no_model: bool
) -> tuple[Sequence[Task], dict[str, Any], list[EnrolTask]]:
    from docexam.evaluation.enrolment import set_aside
    from docexam.evaluation.truth_file import foreign_tasks

    tasks = [task for folder in folders for task in foreign_tasks(folder)]
    enrolling, judged = ([], tasks) if no_model else set_aside(tasks)
    setting = {"folders": [folder.name for folder in folders], "documents": len(judged)}
    if enrolling:
        setting["learned_from"] = len(tasks) - len(judged)
    return judged, setting, enrolling


def _drawn(
    split: str,
    genuine: int,
    each: int,
    attack: str,
    severity: str,
    designs: Sequence[str],
    devices: Sequence[str],
    wear: str,
    lights: str,
    ppi: float,
) -> tuple[Sequence[Task], dict[str, Any], Conditions]:
    from docexam.evaluation.plan import conditions_of, plan
    from docexam.evaluation.split import load_split

    side = load_split().side("final" if split == "final" else "development")
    conditions = conditions_of(
        side,
        designs=designs,
        devices=devices,
        wears=_numbers(wear, "wear"),
        ppi=ppi,
        lights=_names(lights),
    )
    names = _names(attack)
    planned = plan(
        conditions,
        genuine=genuine,
        each=each,
        attacks=[] if names == ["all"] else names,
        severities=_numbers(severity, "severity"),
    )
    if not planned.tasks:
        raise UsageError(
            "No document is asked for.",
            code="evaluate.nothing",
            hint="Use --genuine or --each with 1 or more.",
        )
    setting = {
        "split": split,
        "designs": list(conditions.designs),
        "devices": [f"{x.name}, degradation {x.degradation:g}" for x in conditions.devices],
        "wear": list(conditions.wears),
        "lights": list(conditions.lights),
        "ppi": ppi,
        "attacks_impossible": list(planned.impossible),
    }
    return planned.tasks, setting, conditions


def _names(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _numbers(text: str, what: str) -> tuple[float, ...]:
    try:
        found = tuple(dict.fromkeys(float(part) for part in text.split(",") if part.strip()))
    except ValueError:
        found = ()
    if not found:
        raise UsageError(
            f"The {what} {text!r} is no list of numbers.",
            code="evaluate.numbers",
            hint="Separate numbers by commas: 0.5,1.",
        )
    return found


def _run(
    tasks: Sequence[Task], judging: JudgeDocuments, *, workers: int, out: Path | None
) -> tuple[list[DocumentResult], bool]:
    """The results in the order of `tasks`, those of earlier runs too, and whether it was ended."""
    from docexam.evaluation.judge_document import LOST
    from docexam.evaluation.results_file import add_result, done_before

    before = {} if out is None else done_before(out)
    keys = [judging.key(task) for task in tasks]
    found = {key: before[key] for key in keys if key in before}
    missing = [task for task, key in zip(tasks, keys, strict=True) if key not in found]
    if found:
        say(f"{len(found)} of {len(tasks)} documents were done before.")
    processes = processes_for(workers, len(missing))
    ended = False
    with muted(unless=debugging()):
        try:
            with progress_on(len(missing), doing="evaluating") as advance:
                for result in run_in_order(
                    missing, judging, workers=processes, on_lost=judging.lost
                ):
                    if out is not None and result.trouble != LOST:
                        add_result(out, result)
                    found[result.key] = result
                    advance()
        except KeyboardInterrupt:
            ended = True
    return [found[key] for key in keys if key in found], ended


def _show(
    figures: Figures,
    modelled: tuple[Figures, Sequence[Enrolled]] | None,
    setting: dict[str, Any],
    *,
    out: Path | None,
    as_json: bool,
) -> None:
    from docexam.evaluation.figures_view import figures_json, figures_text
    from docexam.evaluation.severity_plot import severity_plot

    with_model, enrolled = modelled or (None, ())
    told_json = figures_json(figures, setting, with_model, enrolled)
    line = json_module.dumps(told_json, ensure_ascii=False)
    if out is not None:
        write_private_file(out / FIGURES_FILE, f"{line}\n".encode())
        plot = severity_plot(figures, with_model)
        if plot:
            write_private_file(out / PLOT_FILE, plot.encode())
    told = "; ".join(
        f"{name.replace('_', ' ')}: {', '.join(map(str, v)) if isinstance(v, list) else v}"
        for name, v in setting.items()
        if v not in ([], "")
    )
    write_lines(f"{line}\n" if as_json else figures_text(figures, told, with_model, enrolled))
