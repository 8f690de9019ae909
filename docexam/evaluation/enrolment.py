"""Document models for a run: each design's own, learned from genuine documents set aside for it."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from docexam.errors import InputError, UsageError
from docexam.evaluation.document_result import key_of
from docexam.evaluation.held_capture import held_capture
from docexam.evaluation.plan import RESERVED_SEEDS, Conditions, genuine_job
from docexam.evaluation.worker_start import get_ready
from docexam.examination import SOFTWARE
from docexam.reference.enrol import enrol
from docexam.reference.signature import Refused, fingerprint
from docexam.reference.store import ModelStore, StoredModel, save_model, trusted_model
from docexam.specimens.series import CAPTURED_AT, draw_specimen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from docexam.specimens.series import Job

MODELS_FOLDER = "models"
RECORD_FILE = "enrolled.json"


@dataclass(frozen=True, slots=True)
class EnrolTask:
    """One design to enrol; `number` keeps models of one state, type and year apart."""

    design: str
    number: int
    jobs: tuple[Job, ...]

    @property
    def key(self) -> str:
        """What the model depends on."""
        return key_of([self.design, self.number, *self.jobs, SOFTWARE])


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


@dataclass(frozen=True, slots=True)
class EnrolDesigns:
    """How a worker starts; then one design after the other is enrolled into `folder`."""

    folder: str

    def __call__(self) -> Callable[[EnrolTask], Enrolled]:
        """Get ready."""
        get_ready()
        return self.enrol

    def enrol(self, task: EnrolTask) -> Enrolled:
        """Draw genuine documents, learn from them and sign with a key that nobody keeps."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        captures = [held_capture(draw_specimen(job))[0] for job in task.jobs]
        today = dt.datetime.fromisoformat(CAPTURED_AT).date()
        try:
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
