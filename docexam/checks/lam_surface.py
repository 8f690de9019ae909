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
    from docexam.nouns.finding import Finding, FindingSeverity
    from docexam.nouns.measurement import Measurement

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
    """`lam.surface`: no margin of the film stands up, and the film runs across the portrait.

    A film or a device of the issue may cover the text and leave out the portrait: how that shines
    is suspicious at most. `lam.retro` holds it against a model, which knows.
    """

    def margin(seen: Measurement) -> Finding:
        severity: FindingSeverity = "strong" if _by_both_pairs(seen) else "suspicious"
        return within(
            check,
            seen,
            high=MARGIN_MOST_MM,
            source=SOURCE,
            code="film-margin",
            severity=severity,
        )

    photo = partial(
        within, check, low=PHOTO_LEAST, source=SOURCE, code="film-photo", severity="suspicious"
    )
    return judge_all(check, examined, {MARGIN: margin, PHOTO: photo})


def _by_both_pairs(margin: Measurement) -> bool:
    """Whether lamps along the page and lamps across it both show the margin."""
    sides = {side.strip() for side in str(margin.details.get("sides", "")).split(",")}
    return bool(sides & {"left", "right"}) and bool(sides & {"top", "bottom"})


CHECKS = (
    Check(
        "lam.surface",
        ("L",),
        ("oblique-n", "oblique-e", "oblique-s", "oblique-w", "coaxial"),
        judge_surface,
        version="2",
        severity="strong",
        needs=(MARGIN, PHOTO),
        inspection_class="material",
    ),
)
