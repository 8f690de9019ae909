"""What one process does for `docexam examine`: one capture set to its reports and files."""

from __future__ import annotations

import dataclasses
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docexam.errors import DocexamError, ExitCode, InputError, OutputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from docexam.capture.capture_set import OpenCapture
    from docexam.capture.limits import Limits
    from docexam.examination import Examination, Options
    from docexam.nouns.capture_set import CaptureSet
    from docexam.nouns.report import Report

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class ExamineJob:
    """One capture set. `html_to` is the HTML file of its first document; `name` is for files."""

    path: Path
    name: str
    error: InputError | None = None
    html_to: Path | None = None
    evidence_to: Path | None = None


@dataclass(frozen=True, slots=True)
class Examined:
    """One report without its crops, the line of JSON that tells it in full, and a log line."""

    report: Report
    line: str
    log: str
    code: ExitCode


@dataclass(frozen=True, slots=True)
class Outcome:
    """The reports of one capture set, and what could not be written beside them."""

    examined: tuple[Examined, ...]
    error: InputError | None = None
    not_written: OutputError | None = None
    bug: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class StartExamining:
    """How each worker starts; then one job after the other."""

    options: Options
    limits: Limits

    def __call__(self) -> ExamineJobs:
        """Get ready: one thread a process, since the workers share the cores."""
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")
        import cv2

        cv2.setNumThreads(1)
        return ExamineJobs(self.options, self.limits)


class ExamineJobs:
    """Examines one capture set after the other."""

    def __init__(self, options: Options, limits: Limits) -> None:
        self._options, self._limits = options, limits

    def __call__(self, job: ExamineJob) -> Outcome:
        """The outcome of one capture set; a bug costs that one alone.

        Raises:
            DocexamError: something is missing that every capture needs (a model, a program).
        """
        from docexam.capture.capture_set import open_capture_set

        if job.error is not None:
            return unreadable(job, job.error, self._options)
        return self.of(job, lambda: open_capture_set(job.path, limits=self._limits))

    def of(self, job: ExamineJob, opened: Callable[[], OpenCapture]) -> Outcome:
        """The same for a capture that `opened` gives."""
        from docexam.examination import examine

        try:
            capture = opened()
            return _written(job, capture, examine(capture, self._options))
        except InputError as error:
            return unreadable(job, error, self._options)
        except DocexamError:
            raise
        except MemoryError:
            return lost(job, self._options)
        except Exception as error:
            return _broken(job, error, self._options)


def unreadable(job: ExamineJob, error: InputError, options: Options) -> Outcome:
    """The outcome of a capture set that could not be opened: told wherever others are."""
    from docexam.examination import refused
    from docexam.report.report_json import report_to_line

    examination = refused(job.name, error, options)
    problem: OutputError | None = None
    if job.html_to is not None:
        try:
            _write_html(job.html_to, examination)
        except OutputError as failure:
            problem = failure
    report = examination.report
    line, log = report_to_line(report), _log_line(report, None)
    return Outcome(
        (Examined(report, line, log, ExitCode.UNREADABLE),), error=error, not_written=problem
    )


def lost(job: ExamineJob, options: Options) -> Outcome:
    """The outcome of a capture set whose worker died."""
    error = InputError(
        "The process that examined it was ended by the system, most likely for lack of memory.",
        code="input.memory",
        hint="Scale the pictures down, or use fewer workers.",
    )
    return unreadable(job, error, options)


def _broken(job: ExamineJob, error: Exception, options: Options) -> Outcome:
    """The outcome of a capture set that met a bug: a row like any other, and a sentence."""
    from docexam.cli.failure import bug_sentence, debugging

    if debugging():
        import traceback

        traceback.print_exception(error)
    message, hint = bug_sentence(error)
    (row,) = unreadable(job, InputError(message, code="bug", hint=hint), options).examined
    row = dataclasses.replace(row, code=ExitCode.BUG)
    return Outcome((row,), bug=(f"{job.name}: {message}", hint))


def _written(job: ExamineJob, capture: OpenCapture, found: list[Examination]) -> Outcome:
    """Writes what was asked for, and keeps of each report what the parent shows."""
    from docexam.report.report_json import report_to_line

    problems: list[OutputError] = []
    kept = []
    for number, examination in enumerate(found, 1):
        report = examination.report
        files: dict[str, str] = {}
        try:
            if job.html_to is not None:
                _write_html(_numbered(job.html_to, number), examination)
            if job.evidence_to is not None:
                folder = job.name if number == 1 else f"{job.name}-{number}"
                files = _write_evidence(job.evidence_to, folder, report)
        except OutputError as error:
            problems.append(error)
        log = _log_line(report, capture.capture)
        line = report_to_line(report, files)
        kept.append(Examined(_without_crops(report), line, log, exit_code_of(report)))
    return Outcome(tuple(kept), not_written=problems[0] if problems else None)


def _log_line(report: Report, capture: CaptureSet | None) -> str:
    from docexam.checks.decision import NAME
    from docexam.report.log_record import log_line, log_record

    return log_line(log_record(report, capture, decision=NAME, routines=_routines()))


def _routines() -> dict[str, dict[str, str]]:
    from docexam.checks.registry import all_checks

    return {
        check.id: {
            "generic_code": check.generic_code,
            "inspection_class": check.inspection_class,
            "version": check.version,
        }
        for check in all_checks()
    }


def exit_code_of(report: Report) -> ExitCode:
    """What one report means for the exit code of the run."""
    from docexam.report.weighing import shows_no_document

    if report.verdict == "REFER":
        return ExitCode.REFER
    if shows_no_document(report):
        return ExitCode.UNREADABLE
    return ExitCode.INCOMPLETE if report.verdict == "INCOMPLETE" else ExitCode.CLEAR


def _write_html(path: Path, examination: Examination) -> None:
    from docexam.cli.output import make_folder, write_private_file
    from docexam.report.html_report import report_html

    make_folder(path.parent)
    text = report_html(examination.report, examination.pictures)
    write_private_file(path, text.encode("utf-8", errors="replace"))


def _write_evidence(folder: Path, name: str, report: Report) -> dict[str, str]:
    """Every crop once, as a private file; gives its path in `folder` by its sha256."""
    from docexam.cli.output import make_folder, write_private_file
    from docexam.report.report_json import sha256_of

    files: dict[str, str] = {}
    for finding in report.findings:
        for crop in finding.evidence:
            digest = sha256_of(crop)
            if digest in files:
                continue
            parts = (f"{len(files) + 1:03}", finding.check, crop.page, crop.light)
            make_folder(folder / name)
            inside = f"{name}/{safe_name('-'.join(parts))}.png"
            write_private_file(folder / inside, crop.png)
            files[digest] = inside
    return files


def safe_name(text: str) -> str:
    """A name for a file: a page may be called anything, a path included."""
    return _UNSAFE.sub("_", text).strip("._")[:_LONGEST_NAME] or "capture"


def _numbered(path: Path, number: int) -> Path:
    return path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")


def _without_crops(report: Report) -> Report:
    """A report that is small enough to be sent to the parent."""
    bare = tuple(dataclasses.replace(each, evidence=()) for each in report.findings)
    return dataclasses.replace(report, findings=bare)
