"""Whose face a forger puts in: another person, the less alike the cruder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.specimens.faces import Face
from docexam.specimens.seeds import rng_for

if TYPE_CHECKING:
    from docexam.specimens.forger.work import Work

_STRANGER_FROM = 0.85
_YEARS_APART = 22
_MOST_ALIKE = 0.85


def another(work: Work, purpose: str) -> Face:
    """Another person of this severity.

    Crude is a stranger of the other sex and of another generation; below that a look-alike of the
    holder's own sex and age, the more alike the more skilled (`Face.likeness`).
    """
    face = work.genuine.face
    rng = rng_for("forger", "face", purpose, work.genuine.design.name, face.seed)
    seed = int(rng.integers(1_000_000, 2_000_000_000))
    if work.severity < _STRANGER_FROM:
        likeness = _MOST_ALIKE * (1 - work.severity)
        return Face(seed, face.sex, face.age_years, like=face, likeness=likeness)
    older = face.age_years - _YEARS_APART < 18
    age = face.age_years + (_YEARS_APART if older else -_YEARS_APART)
    return Face(seed, "F" if face.sex == "M" else "M", age)
