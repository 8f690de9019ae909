"""How the page is printed: by lines of one ink, or by droplets and dots as copies are (step C)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from docexam.checks.check import Check
from docexam.checks.format_limits import OURS
from docexam.checks.judging import FAIL_AT, left_open, within
from docexam.checks.several import judge_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding
    from docexam.nouns.measurement import Measurement

GRAIN_MOST = 0.036
"""Genuine drawn pages show up to 0.027, grounds of scales all over among them, and up to 0.040
where the camera is worn out; copies by inkjet 0.030 to 0.07."""
SCREEN_MOST = 0.10
"""Genuine drawn pages show up to 0.045 and a net of regular lines that cross squarely 0.11; pure
rows of dots 0.5, copies by laser printers 0.06 to 0.24 while the lens is sharp."""
ROSETTE_MOST = 1.9
"""Genuine drawn pages show 1.0 to 1.25, those with portraits of dots up to 1.34 and with scales all
over 1.6; copies by laser printers 2.8 to 18, and 1.2 to 11 where the camera is worn out."""
ROSETTE_STRONG = 2.5
"""From here on, with the guard band, a rosette refers: two grounds of scales over each other, drawn
by chance, came to 2.6 without it."""
NET_SURE, NET_MOST = 12.0, 35.0
"""Genuine drawn pages show up to 6 and copies up to 11, where beats of the screens are left out;
straight nets that cross all over a page 40 and more, whose overtones look like a rosette; nets that
wave a little 15 to 40."""
_SOURCE = "Doc 9303-2, A.5.2.1: lines of one ink, no halftone"


def judge_background(check: Check, examined: Examined) -> Sequence[Finding]:
    """`print.background`: no droplets and no rows of dots all over the page.

    A weak rosette, or one beside coarser lines that cross, is only suspicious: a net of lines may
    make one.
    """
    grain = partial(within, check, high=GRAIN_MOST, source=f"{_SOURCE}; {OURS}", code="print.grain")
    screen = partial(
        within, check, high=SCREEN_MOST, source=f"{_SOURCE}; {OURS}", code="print.screen"
    )
    judges = {
        "print.grain": grain,
        "print.screen": screen,
        "print.rosette": partial(_rosette, check),
    }
    return judge_all(check, examined, judges)


def _rosette(check: Check, measured: Measurement) -> Finding:
    source = f"{_SOURCE}; {OURS}"
    judged = within(check, measured, high=ROSETTE_MOST, source=source, code="print.rosette")
    net = float(measured.details.get("net", 0.0))
    if net > NET_MOST:
        return left_open(judged, "print.net")
    sure = measured.value - FAIL_AT * measured.uncertainty > ROSETTE_STRONG
    strong = judged.outcome != "failed" or (sure and net <= NET_SURE)
    return judged if strong else replace(judged, severity="suspicious")


CHECKS = (
    Check(
        "print.background",
        ("C",),
        ("white",),
        judge_background,
        severity="strong",
        needs=("print.grain", "print.screen", "print.rosette"),
        inspection_class="print",
        version="8",
    ),
)
