"""Infrared against a document model: print that vanishes or stays, and the second portrait.

Doc 9303-2, appendix C: IR-TR-IS, IR-AB-IS, IR-AB-SP.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.checks.against_model import judge_by_model
from docexam.checks.check import Check

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding


def judge_dropout(check: Check, examined: Examined) -> Sequence[Finding]:
    """`ir.dropout`: print that must vanish in infrared does; carbon copies keep it."""
    return judge_by_model(check, examined, code="dropout")


def judge_split(check: Check, examined: Examined) -> Sequence[Finding]:
    """`ir.split`: coloured print that must stay in infrared does; copies lose it."""
    return judge_by_model(check, examined, code="split")


def judge_ghost(check: Check, examined: Examined) -> Sequence[Finding]:
    """`ir.ghost`: the second portrait stays or vanishes as on genuine documents."""
    return judge_by_model(check, examined, code="ghost-ir")


CHECKS = (
    Check(
        "ir.dropout",
        ("A", "C"),
        ("ir", "white"),
        judge_dropout,
        severity="strong",
        needs=("model.ir-dropout",),
        generic_code="IR-TR-IS",
        inspection_class="print",
        needs_model=True,
    ),
    Check(
        "ir.split",
        ("C",),
        ("ir", "white"),
        judge_split,
        severity="strong",
        needs=("model.ir-split",),
        generic_code="IR-AB-IS",
        inspection_class="print",
        needs_model=True,
    ),
    Check(
        "ir.ghost",
        ("F",),
        ("ir", "white"),
        judge_ghost,
        severity="strong",
        needs=("model.ghost-ir",),
        generic_code="IR-AB-SP",
        version="2",
        inspection_class="personalisation",
        needs_model=True,
    ),
)
