"""The surface of a page: its film lies flat, ends at the page's edge, and is whole (step L)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from docexam.checks.check import Check
from docexam.checks.format_limits import OURS
from docexam.checks.judging import within
from docexam.checks.several import judge_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding

MARGIN, PHOTO = "film.margin", "film.sheen-photo"
MARGIN_MOST_MM = 0.006
"""How far the margin may stand up on three sides, times the cotangent of the lamps' height; our
starting value, thirty times what genuine pages showed and a quarter of a film that was pressed on
again with little care."""
PHOTO_LEAST = -0.20
"""How much less of coaxial light may come back from the portrait's surface than from the page's;
our starting value, three times what genuine pages showed and half of a photograph that was glued
over a film."""
SOURCE = f"Doc 9303-2, appendix C, C.27 (laminate tampered with); {OURS}"


def judge_surface(check: Check, examined: Examined) -> Sequence[Finding]:
    """`lam.surface`: no margin of the film stands up, and the film runs across the portrait."""
    margin = partial(within, check, high=MARGIN_MOST_MM, source=SOURCE, code="film-margin")
    photo = partial(within, check, low=PHOTO_LEAST, source=SOURCE, code="film-photo")
    return judge_all(check, examined, {MARGIN: margin, PHOTO: photo})


CHECKS = (
    Check(
        "lam.surface",
        ("L",),
        ("oblique-n", "oblique-e", "oblique-s", "oblique-w", "coaxial"),
        judge_surface,
        severity="strong",
        needs=(MARGIN, PHOTO),
        inspection_class="material",
    ),
)
