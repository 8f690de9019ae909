"""The surface of a page: its film lies flat and ends at the page's edge (step L)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from docexam.checks.check import Check
from docexam.checks.format_limits import OURS
from docexam.checks.judging import each_measurement, within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding

MARGIN_MOST_MM = 0.006
"""How far the margin may stand up on three sides, times the cotangent of the lamps' height; our
starting value, thirty times what genuine pages showed and a quarter of a film that was pressed on
again with little care."""
SOURCE = f"Doc 9303-2, appendix C, C.27 (laminate tampered with); {OURS}"


def judge_surface(check: Check, examined: Examined) -> Sequence[Finding]:
    """`lam.surface`: no margin of the film stands up along the page's sides."""
    hold = partial(within, check, high=MARGIN_MOST_MM, source=SOURCE, code="film-margin")
    return each_measurement(check, examined, hold)


CHECKS = (
    Check(
        "lam.surface",
        ("L",),
        ("oblique-n", "oblique-e", "oblique-s", "oblique-w"),
        judge_surface,
        severity="strong",
        needs=("film.margin",),
        inspection_class="material",
    ),
)
