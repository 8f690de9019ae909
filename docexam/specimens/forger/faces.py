"""Whose face a forger puts in: another person, the less alike the cruder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.specimens.faces import Face
from docexam.specimens.seeds import rng_for

if TYPE_CHECKING:
    from docexam.specimens.forger.work import Work

_OTHER_SEX_FROM = 0.85


def another(work: Work, purpose: str) -> Face:
    """Another person of this severity: crude is of the other sex and far in age."""
    face = work.genuine.face
    rng = rng_for("forger", "face", purpose, work.genuine.design.name, face.seed)
    seed = int(rng.integers(1_000_000, 2_000_000_000))
    sex = face.sex
    if work.severity >= _OTHER_SEX_FROM:
        sex = "F" if face.sex == "M" else "M"
    years = round(work.between(0, 24))
    age = face.age_years - years if face.age_years - years >= 18 else face.age_years + years
    return Face(seed, sex, age)
