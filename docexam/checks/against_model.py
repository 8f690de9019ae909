"""Judge what was measured against the limits that a document model learned."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docexam.checks.judging import each_measurement, finding, within

if TYPE_CHECKING:
    from docexam.checks.check import Check
    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding, FindingSeverity
    from docexam.nouns.measurement import Measurement


def judge_by_model(
    check: Check,
    examined: Examined,
    name: str | None = None,
    *,
    severity: FindingSeverity | None = None,
    code: str | None = None,
) -> list[Finding]:
    """Each page's measurement of `name` (`check.needs[0]`) within the model's limit.

    `not_performed` without a model, `not_applicable` where the model has no such limit. The
    findings carry `from_model`, so that a verdict without the model can be told from them.
    """
    wanted = name or check.needs[0]
    model = examined.model
    if model is None:
        return [_marked(finding(check, "not_performed", "no-model", page=examined.main_page))]
    known = {page for page, measured in model.limits if measured == wanted}
    if not known:
        code_ = "model.no-such-feature"
        return [_marked(finding(check, "not_applicable", code_, page=examined.main_page))]

    def judge_one(measurement: Measurement) -> Finding:
        limit = model.limits.get((measurement.page, wanted))
        if limit is None:
            return finding(check, "not_applicable", "model.no-such-feature", page=measurement.page)
        return within(
            check,
            measurement,
            low=limit.low,
            high=limit.high,
            source=f"{limit.source} ({model.key.name})",
            severity=severity,
            code=code,
        )

    return [_marked(each) for each in each_measurement(check, examined, judge_one, name=wanted)]


def _marked(one: Finding) -> Finding:
    return replace(one, from_model=True)
