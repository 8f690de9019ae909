"""How a measurement becomes a finding: limits, guard bands, and what could not be measured.

With an uncertainty u (one standard deviation) a value passes where it is within the limit by u and
fails where it is beyond by more than 2u; between the two it is inconclusive (our starting value).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docexam.nouns.finding import Finding, Limit, Measured, Outcome, Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from docexam.checks.check import Check
    from docexam.checks.examined import Examined
    from docexam.nouns.finding import FindingSeverity
    from docexam.nouns.measurement import BoxMm, Crop, Measurement, NotMeasured

PASS_AT = 1.0
FAIL_AT = 2.0


def finding(
    check: Check,
    outcome: Outcome,
    code: str,
    params: Mapping[str, float | str] | None = None,
    *,
    page: str,
    light: tuple[str, ...] | None = None,
    severity: FindingSeverity | None = None,
    measured: Measured | None = None,
    limit: Limit | None = None,
    box_mm: BoxMm | None = None,
    evidence: tuple[Crop, ...] = (),
) -> Finding:
    """A finding of `check`; `code` and `params` say why, a catalogue has the sentence."""
    return Finding(
        check=check.id,
        step=check.step,
        page=page,
        light=check.lights if light is None else light,
        outcome=outcome,
        severity=severity or check.severity,
        reason=Reason(code, dict(params or {})),
        silent=check.silent,
        measured=measured,
        limit=limit,
        box_mm=box_mm,
        evidence=evidence,
    )


def within(
    check: Check,
    measurement: Measurement,
    *,
    source: str,
    low: float | None = None,
    high: float | None = None,
    fail_low: float | None = None,
    fail_high: float | None = None,
    severity: FindingSeverity | None = None,
    code: str | None = None,
    params: Mapping[str, float | str] | None = None,
) -> Finding:
    """Holds one value against `low` and `high`, with the guard band of this module.

    `fail_low` and `fail_high` widen the band where the source has one: what lies between them and
    the limit is inconclusive however sure the measurement is. `source` names where the limit comes
    from. `code` replaces `inside`, `below`, `above` and `near-limit`, with that word put behind it.
    """
    value, u = measurement.value, measurement.uncertainty
    below = low is not None and value < (low if fail_low is None else fail_low) - FAIL_AT * u
    above = high is not None and value > (high if fail_high is None else fail_high) + FAIL_AT * u
    inside = (low is None or value >= low + PASS_AT * u) and (
        high is None or value <= high - PASS_AT * u
    )
    outcome: Outcome = "failed" if below or above else "passed" if inside else "inconclusive"
    word = "below" if below else "above" if above else "inside" if inside else "near-limit"
    return finding(
        check,
        outcome,
        word if code is None else f"{code}.{word}",
        {**measurement.details, **(params or {})},
        page=measurement.page,
        light=measurement.light,
        severity=severity,
        measured=Measured(value, measurement.unit, u),
        limit=Limit(low, high, measurement.unit, source),
        box_mm=measurement.box_mm,
        evidence=measurement.crops,
    )


def left_open(one: Finding, code: str) -> Finding:
    """`inconclusive` in place of `failed`: a genuine document may look so too, as `code` says."""
    if one.outcome != "failed":
        return one
    return replace(one, outcome="inconclusive", reason=Reason(code, one.reason.params))


def not_performed(check: Check, missed: NotMeasured) -> Finding:
    """A check whose quantity is missing: not good enough to tell, or not there at all."""
    outcome: Outcome = "inconclusive" if missed.inconclusive else "not_performed"
    return finding(check, outcome, missed.code, missed.params, page=missed.page, light=missed.light)


def each_measurement(
    check: Check,
    examined: Examined,
    judge_one: Callable[[Measurement], Finding],
    *,
    name: str | None = None,
) -> list[Finding]:
    """`judge_one` on each page's measurement of `name` (`check.needs[0]`); else why there is none.

    Always at least one finding: what was not measured anywhere is `not_performed`.
    """
    wanted = name or check.needs[0]
    findings = [judge_one(measurement) for measurement in examined.measured(wanted)]
    findings += [not_performed(check, missed) for missed in examined.missed(wanted)]
    return findings or [absent(check, examined)]


def absent(check: Check, examined: Examined) -> Finding:
    """`not_performed`: no document, a light is missing, or else nothing was measured."""
    page = examined.main_page
    seen = examined.pages.get(page)
    for light in check.lights:
        if seen is not None and (why := seen.why_without(light)) is not None:
            return finding(check, "not_performed", *why, page=page, light=(light,))
    if examined.pages and not any(each.documents for each in examined.pages.values()):
        return finding(check, "not_performed", "detect.none", page=page)
    missing = [light for light in check.lights if not examined.has_light(light)]
    if missing:
        params = {"light": ", ".join(missing)}
        return finding(check, "not_performed", "no-light", params, page=page, light=tuple(missing))
    return finding(check, "not_performed", "not-measured", page=page)
