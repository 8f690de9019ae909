"""Fluorescent print across the portrait, held against what a document model knows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.checks.against_model import judge_by_model

if TYPE_CHECKING:
    from docexam.checks.check import Check
    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding

NAMES = ("model.uv-over-photo", "model.uv-over-photo.glow")


def over_by_model(check: Check, examined: Examined) -> list[Finding]:
    """What the model adds to `uv.over-photo`; nothing where it knows of no such print.

    For each page what speaks against it; where nothing does, that the print is as it should be.
    """
    if examined.model is None or not any(name in NAMES for _, name in examined.model.limits):
        return []
    found = [
        each
        for name in NAMES
        for each in judge_by_model(check, examined, name, code="over-model")
        if each.outcome in ("passed", "failed", "inconclusive")
    ]
    worst: dict[str, Finding] = {}
    for outcome in ("failed", "inconclusive", "passed"):
        for each in found:
            if each.outcome == outcome:
                worst.setdefault(each.page, each)
    return list(worst.values())
