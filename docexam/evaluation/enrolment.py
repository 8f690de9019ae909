"""Document models for a run: each design's own, learned from genuine documents set aside for it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from docexam.capture.capture_set import open_capture_set
from docexam.errors import InputError, UsageError
from docexam.evaluation.capture_day import day_of
from docexam.evaluation.document_result import key_of
from docexam.evaluation.held_capture import held_capture
from docexam.evaluation.plan import RESERVED_SEEDS, Conditions, genuine_job
from docexam.evaluation.truth_file import ForeignTask, parse_truth
from docexam.evaluation.worker_start import get_ready
from docexam.examination import SOFTWARE
from docexam.reference.enrol import enrol
from docexam.reference.signature import Refused, fingerprint
from docexam.reference.store import ModelStore, StoredModel, save_model, trusted_model
from docexam.specimens.series import draw_specimen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from docexam.capture.capture_set import OpenCapture
    from docexam.specimens.series import Job

MODELS_FOLDER = "models"
RECORD_FILE = "enrolled.json"


@dataclass(frozen=True, slots=True)
class EnrolTask:
    """One design to enrol; `number` keeps models of one state, type and year apart.

    `sources` are its genuine documents: to be drawn, or capture sets of somebody else.
    """

    design: str
    number: int
    sources: tuple[Job | ForeignTask, ...]

    @property
    def key(self) -> str:
        """What the model depends on."""
        return key_of([self.design, self.number, *self.sources, SOFTWARE])


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What came of one: the model's folder and the fingerprint of its key, or the code of why not.

    `left_out` of the genuine captures could not teach.
    """

    key: str
    design: str
    model: str = ""
    signed_by: str = ""
    learned_from: int = 0
    left_out: int = 0
    trouble: str = ""


def enrol_tasks(conditions: Conditions) -> list[EnrolTask]:
    """One task a design: its wears and devices take turns among the seeds set aside."""
    last = conditions.seeds[1]
    seeds = range(last - RESERVED_SEEDS + 1, last + 1)
    return [
        EnrolTask(
            design,
            number,
            tuple(genuine_job(conditions, design, at, seed) for at, seed in enumerate(seeds)),
        )
        for number, design in enumerate(conditions.designs, 1)
    ]


def set_aside(tasks: Sequence[ForeignTask]) -> tuple[list[EnrolTask], list[ForeignTask]]:
    """The first genuine sets of each design, to learn from, and all other sets, to be judged.

    A design is only enrolled where as many genuine sets as it learns from are left to be judged.
    """
    genuine: dict[str, list[ForeignTask]] = {}
    for task in tasks:
        truth = parse_truth(task.truth_text, task.name)
        if truth.genuine and truth.design:
            genuine.setdefault(truth.design, []).append(task)
    enrolling = [
        EnrolTask(design, number, tuple(of_it[:RESERVED_SEEDS]))
        for number, (design, of_it) in enumerate(genuine.items(), 1)
        if len(of_it) >= 2 * RESERVED_SEEDS
    ]
    learned_from = {source for task in enrolling for source in task.sources}
    return enrolling, [task for task in tasks if task not in learned_from]


@dataclass(frozen=True, slots=True)
class EnrolDesigns:
    """How a worker starts; then one design after the other is enrolled into `folder`."""

    folder: str

    def __call__(self) -> Callable[[EnrolTask], Enrolled]:
        """Get ready."""
        get_ready()
        return self.enrol

    def enrol(self, task: EnrolTask) -> Enrolled:
        """Learn from the genuine documents, and sign with a key that nobody keeps."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        try:
            captures = [_capture_of(source) for source in task.sources]
            today = max(day_of(each.capture.captured_at) for each in captures)
            model = enrol(captures, today=today, number=task.number)
        except (InputError, UsageError) as error:
            return Enrolled(task.key, task.design, trouble=error.code)
        key = Ed25519PrivateKey.generate()
        place = save_model(model, Path(self.folder), key, replace=True)
        return Enrolled(
            task.key,
            task.design,
            place.name,
            fingerprint(key.public_key()),
            model.learned_from,
            len(model.left_out),
        )

    def lost(self, task: EnrolTask) -> Enrolled:
        """The result where the worker died."""
        return Enrolled(task.key, task.design, trouble="input.memory")


def _capture_of(source: Job | ForeignTask) -> OpenCapture:
    if isinstance(source, ForeignTask):
        return open_capture_set(Path(source.folder))
    return held_capture(draw_specimen(source))[0]


def enrolled_before(folder: Path, tasks: Iterable[EnrolTask]) -> dict[str, Enrolled]:
    """Models of an earlier run that are whole and were learned from the same documents, by key."""
    try:
        lines = json.loads((folder / RECORD_FILE).read_text(encoding="utf-8"))
        known = {each.key: each for each in (Enrolled(**line) for line in lines)}
    except (OSError, ValueError, TypeError):
        return {}
    wanted = {task.key for task in tasks}
    found = {}
    for each in known.values():
        if each.key in wanted and each.model:
            try:
                _stored(folder, each)
            except Refused:
                continue
            found[each.key] = each
    return found


def record_of(enrolled: Sequence[Enrolled]) -> bytes:
    """What `enrolled_before` reads."""
    return (json.dumps([asdict(each) for each in enrolled], indent=1) + "\n").encode()


@dataclass(frozen=True, slots=True)
class RunModels:
    """The models of one run: where they lie, and what is known of each design."""

    folder: str
    enrolled: tuple[Enrolled, ...]

    @property
    def designs(self) -> frozenset[str]:
        """Those that have a model."""
        return frozenset(each.design for each in self.enrolled if each.model)

    def store(self) -> ModelStore:
        """As an examination takes them.

        Raises:
            Refused: a model was altered since it was enrolled.
        """
        folder = Path(self.folder)
        return ModelStore(tuple(_stored(folder, each) for each in self.enrolled if each.model))


def _stored(folder: Path, one: Enrolled) -> StoredModel:
    return trusted_model(folder / one.model, frozenset({one.signed_by}))
