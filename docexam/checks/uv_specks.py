"""Glue that glows along an edge: a leaf or a sticker that was put in (steps A and S).

Doc 9303-2, appendix C.27 (traces of glue, exchanged leaves).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from docexam.checks.check import Check
from docexam.checks.format_limits import OURS
from docexam.checks.judging import left_open, within
from docexam.checks.several import judge_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding
    from docexam.nouns.measurement import Measurement

EDGE_MOST = 0.05
"""How much more one edge of a page may glow than the page beside it and than its other edges,
office paper being 1; our starting value: genuine pages showed 0.01 at most, glued ones 0.19."""
OF_DULL_PAPER = 0.05
"""Glow of dull paper. The binding of a genuine booklet may be glued too: glue fails only on a leaf
whose own paper also glows more than that."""
SOURCE = f"Doc 9303-2, appendix C, C.27 (traces of glue); {OURS}"


def judge_specks(check: Check, examined: Examined) -> Sequence[Finding]:
    """`uv.specks`: no edge of a page glows by itself."""
    return judge_all(check, examined, {"uv.specks": partial(_edge, check)})


def _edge(check: Check, measured: Measurement) -> Finding:
    bright = float(measured.details.get("level", 0.0)) > OF_DULL_PAPER
    one = within(check, measured, high=EDGE_MOST, source=SOURCE, code="glue")
    return one if bright else left_open(one, "glue.dull-leaf")


CHECKS = (
    Check(
        "uv.specks",
        ("A", "S"),
        ("uv",),
        judge_specks,
        severity="strong",
        needs=("uv.specks",),
        inspection_class="material",
        version="2",
    ),
)
