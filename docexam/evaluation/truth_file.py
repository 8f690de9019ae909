"""Reading `docexam.truth/1`: what a capture set really is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path  # noqa: TC003 - a field of a public dataclass

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from docexam.errors import InputError
from docexam.specimens.truth import SCHEMA, TRUTH_FOLDER


class AttackTruth(BaseModel):
    """One attack, and the checks that physics lets see it."""

    model_config = ConfigDict(frozen=True)

    attack: str
    severity: float = Field(gt=0.0, le=1.0)
    expect: tuple[str, ...]
    needs_model: bool


class Truth(BaseModel):
    """The part of the truth that an evaluation needs; the rest is ignored."""

    model_config = ConfigDict(frozen=True)

    schema_name: str = Field(alias="schema", pattern=f"^{SCHEMA}$")
    capture: str = Field(min_length=1)
    genuine: bool
    design: str = ""
    device: str = ""
    wear: float = 0.0
    attacks: tuple[AttackTruth, ...]


@dataclass(frozen=True, slots=True)
class ForeignTask:
    """One capture set that somebody else made, and its truth."""

    folder: str
    truth_text: str

    @property
    def name(self) -> str:
        """The capture set's folder."""
        return self.folder


def parse_truth(text: str, name: str) -> Truth:
    """The truth in `text`.

    Raises:
        InputError: it is no `docexam.truth/1`, or contradicts itself.
    """
    try:
        truth = Truth.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "its beginning"
        raise InputError(
            f"The truth of {name!r} is wrong at {where}: {first['msg']}.",
            code="evaluate.truth",
            hint=f"It must be {SCHEMA}, as docexam specimen writes it.",
        ) from error
    if truth.genuine == bool(truth.attacks):
        raise InputError(
            f"The truth of {name!r} says genuine {str(truth.genuine).lower()}, "
            f"with {len(truth.attacks)} attacks.",
            code="evaluate.truth",
            hint="A genuine document has none, a forged one has at least one.",
        )
    return truth


def foreign_tasks(folder: Path) -> list[ForeignTask]:
    """The capture sets of `folder` that have a truth, by name.

    Raises:
        InputError: there is none, a truth has no set, or a truth cannot be read.
    """
    truths = sorted((folder / TRUTH_FOLDER).glob("*.json"))
    if not truths:
        raise InputError(
            f"The folder {str(folder)!r} holds no capture sets with their truth.",
            code="evaluate.no-truth",
            hint=f"It needs the sets, and {TRUTH_FOLDER}/NAME.json for each.",
        )
    tasks = []
    for path in truths:
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(
                f"The truth {str(path)!r} cannot be read.", code="evaluate.truth"
            ) from error
        parse_truth(text, path.stem)
        found = [
            each for each in (folder / path.stem, folder / f"{path.stem}.zip") if each.exists()
        ]
        if not found:
            raise InputError(
                f"There is a truth of {path.stem!r} in {str(folder)!r}, but no capture set.",
                code="evaluate.no-capture",
                hint="Bring the set back, or remove its truth.",
            )
        tasks.append(ForeignTask(str(found[0].resolve()), text))
    return tasks
