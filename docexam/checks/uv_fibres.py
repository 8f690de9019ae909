"""Fluorescent fibres in the sheet: as many and as bright as the document model knows them.

Doc 9303-2, appendix C (UV-LU-FI). Printed strokes glow less, or not at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.checks.against_model import judge_by_model
from docexam.checks.check import Check

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding


def judge_fibres(check: Check, examined: Examined) -> Sequence[Finding]:
    """`uv.fibres`: enough strokes glow as brightly as the sheet's fibres."""
    return judge_by_model(check, examined, code="fibres")


CHECKS = (
    Check(
        "uv.fibres",
        ("C",),
        ("uv",),
        judge_fibres,
        severity="strong",
        needs=("uv.fibres",),
        generic_code="UV-LU-FI",
        inspection_class="material",
        needs_model=True,
    ),
)
