"""Fluorescent fibres in the sheet: as many, as bright and as unseen as the document model says.

Doc 9303-2, appendix C (UV-LU-FI). Printed strokes glow less, or not at all, and leave their ink on
the sheet, where white light shows it.
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
    """`uv.fibres`: enough strokes glow as brightly as fibres, and show no ink in white light."""
    counted = judge_by_model(check, examined, code="fibres")
    inked = judge_by_model(check, examined, "uv.fibres.ink", code="fibres-ink")
    bad = [one for one in (*counted, *inked) if one.outcome in ("failed", "inconclusive")]
    return bad or counted


CHECKS = (
    Check(
        "uv.fibres",
        ("C",),
        ("uv",),
        judge_fibres,
        severity="strong",
        needs=("uv.fibres", "uv.fibres.ink"),
        generic_code="UV-LU-FI",
        inspection_class="material",
        needs_model=True,
        version="2",
    ),
)
