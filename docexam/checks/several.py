"""Checks that hold several measurements: what is said when all pass, and when some do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from docexam.checks.judging import absent, not_performed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from docexam.checks.check import Check
    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding
    from docexam.nouns.measurement import Measurement, NotMeasured

_Kind = TypeVar("_Kind")


def judge_all(
    check: Check,
    examined: Examined,
    judges: Mapping[str, Callable[[Measurement], Finding | None]],
) -> list[Finding]:
    """Every measurement whose name is a key of `judges` or begins with it and a dot.

    For each page: all that did not pass; where all passed, the first. A check whose every quantity
    is missing says why once; one that could hold some of them speaks of those.
    """
    found: list[Finding] = []
    pages = dict.fromkeys([page for page, _ in examined.measurements])
    pages |= dict.fromkeys([page for page, _ in examined.not_measured])
    for page in pages:
        judged = [
            finding
            for name, judge in judges.items()
            for measurement in _named(examined.measurements, page, name)
            if (finding := judge(measurement)) is not None
        ]
        missed = [m for name in judges for m in _named(examined.not_measured, page, name)]
        found += _spoken(check, judged, missed)
    return found or [absent(check, examined)]


def _spoken(
    check: Check, judged: Sequence[Finding], missed: Sequence[NotMeasured]
) -> list[Finding]:
    bad = [each for each in judged if each.outcome not in ("passed", "not_applicable")]
    if bad:
        # of several for one and the same reason (too coarse), one is enough
        return list({each.reason.code: each for each in bad[::-1]}.values())[::-1]
    unclear = [each for each in missed if each.inconclusive]
    if judged:
        return [judged[0], *(not_performed(check, each) for each in unclear[:1])]
    return [not_performed(check, each) for each in (unclear or list(missed))[:1]]


def _named(table: Mapping[tuple[str, str], _Kind], page: str, name: str) -> list[_Kind]:
    return [
        each
        for (at, key), each in table.items()
        if at == page and (key == name or key.startswith(f"{name}."))
    ]
