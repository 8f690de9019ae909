"""The film in coaxial light, held against what a document model knows of it (step L)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.checks.against_model import judge_by_model
from docexam.checks.check import Check
from docexam.checks.enrolled_device import by_enrolled_device

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding

SHEEN, PHOTO, IMAGE = "film.sheen", "film.sheen-photo", "film.retro"


def judge_retro(check: Check, examined: Examined) -> Sequence[Finding]:
    """`lam.retro`: the film shines as genuine ones do, over the portrait too, with their image.

    For each page what speaks against it; where nothing does, that the film is as it should be. On a
    device that the model was not enrolled on nothing speaks against it.
    """
    known = [
        *judge_by_model(check, examined, IMAGE, code="film-image"),
        *judge_by_model(check, examined, SHEEN, code="film-sheen"),
        *judge_by_model(check, examined, PHOTO, code="film-photo"),
    ]
    found = by_enrolled_device(examined, known, part="film", code="film.other-device")
    told = [each for each in found if each.outcome not in ("not_applicable", "not_performed")]
    spoken: dict[str, Finding] = {}
    for outcome in ("failed", "error", "inconclusive", "passed"):
        for each in told:
            if each.outcome == outcome:
                spoken.setdefault(each.page, each)
    return list(spoken.values()) or found[:1]


CHECKS = (
    Check(
        "lam.retro",
        ("L",),
        ("coaxial", "white"),
        judge_retro,
        version="2",
        severity="strong",
        needs=(IMAGE, SHEEN, PHOTO),
        inspection_class="material",
        needs_model=True,
    ),
)
