"""The personal data's ink in infrared against a document model, and how several limits speak."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.checks.against_model import judge_by_model

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docexam.checks.check import Check
    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding

INK_WORDS = {
    "model.mrz-ink": "model-ink.zone",
    "model.viz-ink": "model-ink.fields",
    "model.viz-ink-field": "model-ink.field",
}
"""Measurement to the reason that it gives."""


def judge_ink_by_model(check: Check, examined: Examined) -> Sequence[Finding]:
    """`ir.personalisation-ink`: the zone's ink and the fields' answer as on genuine documents.

    Silent without a model, and where the model knows no such ink: the check speaks without it.
    """
    known = {name for _, name in examined.model.limits} if examined.model is not None else set()
    if not known & set(INK_WORDS):
        return []
    return what_differs(check, examined, INK_WORDS)


def what_differs(check: Check, examined: Examined, words: Mapping[str, str]) -> list[Finding]:
    """By measurement and its reason: what is amiss, a finding each; else the first of each page."""
    found = [
        each
        for name, code in words.items()
        for each in judge_by_model(check, examined, name, code=code)
    ]
    told = [each for each in found if each.measured is not None]
    amiss = [each for each in told if each.outcome != "passed"]
    spoken = {each.page for each in amiss}
    passed = {each.page: each for each in reversed(told) if each.page not in spoken}
    unclear = [each for each in found if each.outcome == "inconclusive" and each.measured is None]
    return [*amiss, *passed.values(), *unclear[:1]] or found[:1]
