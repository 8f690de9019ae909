"""The border of the portrait: a genuine one is printed and flat (step F, and L for the film)."""

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

RELIEF_MOST = 0.08
"""How far the border may stand out in raking light, as a share of the light beside it; our
starting value, four times what flat print showed and half of a photograph slipped under a film."""
SOURCE = f"Doc 9303-2, appendix C, C.27 (cut marks); {OURS}"


def judge_edge(check: Check, examined: Examined) -> Sequence[Finding]:
    """`photo.edge`: no step along the portrait's border under any raking lamp."""
    hold = partial(within, check, high=RELIEF_MOST, source=SOURCE, code="relief")
    return judge_all(check, examined, {"photo.relief": hold})


CHECKS = (
    Check(
        "photo.edge",
        ("F", "L"),
        ("oblique-n", "white"),
        judge_edge,
        severity="strong",
        needs=("photo.relief",),
        inspection_class="personalisation",
        version="2",
    ),
)
