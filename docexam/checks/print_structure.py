"""How the page is printed: by lines of one ink, or by droplets and dots as copies are (step C)."""

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

GRAIN_MOST = 0.058
"""Genuine drawn pages show up to 0.03, and up to 0.062 where the camera is worn out; copies by
inkjet 0.055 to 0.115."""
SCREEN_MOST = 0.10
"""Genuine drawn pages show up to 0.045 and a net of regular lines that cross squarely 0.11; pure
rows of dots 0.5, copies by laser printers 0.06 to 0.24 while the lens is sharp."""
_SOURCE = "Doc 9303-2, A.5.2.1: lines of one ink, no halftone"


def judge_background(check: Check, examined: Examined) -> Sequence[Finding]:
    """`print.background`: no droplets and no rows of dots all over the page."""
    grain = partial(within, check, high=GRAIN_MOST, source=f"{_SOURCE}; {OURS}", code="print.grain")
    screen = partial(
        within, check, high=SCREEN_MOST, source=f"{_SOURCE}; {OURS}", code="print.screen"
    )
    return judge_all(check, examined, {"print.grain": grain, "print.screen": screen})


CHECKS = (
    Check(
        "print.background",
        ("C",),
        ("white",),
        judge_background,
        severity="strong",
        needs=("print.grain", "print.screen"),
        inspection_class="print",
    ),
)
