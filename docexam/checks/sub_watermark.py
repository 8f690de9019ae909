"""Watermark and security thread in transmitted light, against a document model.

Doc 9303-2, A.5.1.1 and appendix C: TL-WM and VI-TR-TH. Nothing general is asked: a document need
not have either, and what imitates one in print is not told from other print without a model.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.checks.against_model import judge_by_model
from docexam.checks.check import Check

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding, FindingSeverity

WATERMARK = {
    "model.watermark": "watermark",
    "model.watermark-contrast": "watermark-contrast",
    "model.watermark-offset": "watermark-offset",
}
"""Measurement to the reason that it gives."""
WEIGHTS: dict[str, FindingSeverity] = {"model.watermark-offset": "suspicious"}
"""Sheets are cut and printed with tolerances that a handful of enrolled ones need not show."""


def judge_watermark(check: Check, examined: Examined) -> Sequence[Finding]:
    """`sub.watermark`: the learned picture is in the sheet, as deep, and in its place."""
    first, *more = (
        judge_by_model(check, examined, name, code=code, severity=WEIGHTS.get(name))
        for name, code in WATERMARK.items()
    )
    bad = [
        each
        for found in (first, *more)
        for each in found
        if each.outcome in ("failed", "inconclusive", "error")
    ]
    return bad or first


def judge_thread(check: Check, examined: Examined) -> Sequence[Finding]:
    """`sub.thread`: a band that lets next to nothing through lies near the learned place."""
    return judge_by_model(check, examined, code="thread")


CHECKS = (
    Check(
        "sub.watermark",
        ("C",),
        ("transmitted", "white"),
        judge_watermark,
        version="2",
        severity="strong",
        needs=tuple(WATERMARK),
        generic_code="IR-AB-WM",
        inspection_class="material",
        needs_model=True,
    ),
    Check(
        "sub.thread",
        ("C",),
        ("transmitted", "white"),
        judge_thread,
        version="2",
        severity="strong",
        needs=("model.thread",),
        generic_code="VI-TR-TH",
        inspection_class="material",
        needs_model=True,
    ),
)
