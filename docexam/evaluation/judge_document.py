"""Draws one document, or opens one of somebody else, examines it and keeps what was found."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from docexam.capture.capture_set import open_capture_set
from docexam.checks.decision import VERSION
from docexam.checks.registry import all_checks
from docexam.errors import InputError
from docexam.evaluation.capture_day import day_of
from docexam.evaluation.document_result import CheckResult, DocumentResult, key_of
from docexam.evaluation.held_capture import held_capture
from docexam.evaluation.plan import DrawnTask
from docexam.evaluation.truth_file import ForeignTask, parse_truth
from docexam.evaluation.worker_start import get_ready
from docexam.examination import SOFTWARE, Options, examine
from docexam.specimens.forger.forge import forging
from docexam.specimens.series import draw_specimen

if TYPE_CHECKING:
    from collections.abc import Callable

    from docexam.capture.capture_set import OpenCapture
    from docexam.evaluation.enrolment import RunModels
    from docexam.reference.store import ModelStore

Task = DrawnTask | ForeignTask
LOST = "input.memory"
"""The trouble of a document whose process was ended by the system: to be tried again."""


@dataclass(frozen=True, slots=True)
class JudgeDocuments:
    """How a worker starts; then one task after the other.

    `viz`: read the visual zone too. `models` are those that documents are held against.
    """

    viz: bool = True
    models: RunModels | None = None

    def __call__(self) -> Callable[[Task], DocumentResult]:
        """Get ready."""
        get_ready()
        return self.judge

    def judge(self, task: Task) -> DocumentResult:
        """The result of one task; a capture that cannot be opened is a result too."""
        if isinstance(task, ForeignTask):
            return self._examined(
                task, lambda: open_capture_set(Path(task.folder)), task.truth_text
            )
        change = forging((task.attack,), task.severity) if task.attack else None
        capture, truth_text = held_capture(draw_specimen(task.job, change))
        return self._examined(task, lambda: capture, truth_text)

    def lost(self, task: Task) -> DocumentResult:
        """The result where the worker died."""
        if isinstance(task, ForeignTask):
            return self._result(task, task.truth_text, LOST)
        return DocumentResult(
            key=self.key(task),
            name=task.name,
            genuine=not task.attack,
            design=task.job.design,
            device=task.job.device,
            wear=task.job.wear,
            attacks=task.attack,
            severity=task.severity,
            expect=(),
            needs_model=False,
            checks=(),
            trouble=LOST,
        )

    def key(self, task: Task) -> str:
        """What the result of `task` depends on: its bytes, the options and the checks' versions."""
        models = [] if self.models is None else _digests(self.models)
        return key_of([type(task).__name__, task, self.viz, models, _software()])

    def _examined(
        self, task: Task, opened: Callable[[], OpenCapture], truth_text: str
    ) -> DocumentResult:
        started = time.perf_counter()
        trouble = ""
        checks: tuple[CheckResult, ...] = ()
        lights: tuple[str, ...] = ()
        model_known = False
        try:
            capture = opened()
            options = Options(
                today=day_of(capture.capture.captured_at),
                viz=self.viz,
                proofs=False,
                models=None if self.models is None else _store(self.models),
            )
            found = examine(capture, options)
        except InputError as error:
            trouble = error.code
        else:
            checks = tuple(
                CheckResult(each.check, each.outcome, each.severity, each.silent, each.from_model)
                for examination in found
                for each in examination.report.findings
            )
            model_known = any(each.report.model is not None for each in found)
            lights = tuple(
                sorted({image.light for page in capture.capture.pages for image in page.images})
            )
        elapsed_ms = round((time.perf_counter() - started) * 1e3, 1)
        result = self._result(task, truth_text, trouble)
        return replace(
            result, checks=checks, lights=lights, model_known=model_known, elapsed_ms=elapsed_ms
        )

    def _result(self, task: Task, truth_text: str, trouble: str) -> DocumentResult:
        truth = parse_truth(truth_text, task.name)
        return DocumentResult(
            key=self.key(task),
            name=truth.capture,
            genuine=truth.genuine,
            design=truth.design,
            device=truth.device,
            wear=truth.wear,
            attacks="+".join(dict.fromkeys(each.attack for each in truth.attacks)),
            severity=min((each.severity for each in truth.attacks), default=0.0),
            expect=tuple(dict.fromkeys(c for each in truth.attacks for c in each.expect)),
            needs_model=bool(truth.attacks) and all(each.needs_model for each in truth.attacks),
            checks=(),
            trouble=trouble,
        )


@cache
def _store(models: RunModels) -> ModelStore:
    return models.store()


@cache
def _digests(models: RunModels) -> list[tuple[str, str]]:
    """The files of every model; signatures are new with every enrolment and do not count."""
    return [file for each in _store(models).models for file in each.hashes]


@cache
def _software() -> list[str]:
    return [SOFTWARE, VERSION, *(f"{each.id} {each.version}" for each in all_checks())]
