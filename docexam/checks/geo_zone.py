"""Where the zone stands on the page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from docexam.checks.check import Check
from docexam.checks.format_limits import OURS, FormatLimits, limits_of
from docexam.checks.judging import within
from docexam.checks.several import judge_all

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from docexam.checks.check import Judge
    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding, FindingSeverity
    from docexam.nouns.measurement import Measurement

LEFT_APART_MM = 1.0
EXTENT_SHORT_MM = 1.5
SPACING_APART_MM = 0.20
LEAST_GAP_MM = 0.65
HEIGHT_APART_MM = 1.0


def _left(check: Check, measured: Measurement, limits: FormatLimits) -> Finding:
    return within(
        check,
        measured,
        low=limits.left - LEFT_APART_MM,
        high=limits.left + LEFT_APART_MM,
        source=f"{limits.part}, 4.2: left edge of the first character",
    )


def _centre(check: Check, measured: Measurement, limits: FormatLimits) -> Finding | None:
    at = int(float(measured.details.get("line", 0.0))) - 1
    if not 0 <= at < len(limits.line_centres):
        return None
    centre = limits.line_centres[at]
    return within(
        check,
        measured,
        low=centre - limits.centre_apart,
        high=centre + limits.centre_apart,
        source=f"{limits.source}, 4.2: line inside its printing band",
    )


def _width(check: Check, measured: Measurement, limits: FormatLimits) -> Finding:
    source = f"{limits.part}, 4.2: printing zone; shortest text {OURS}"
    return within(
        check,
        measured,
        low=limits.text_extent - EXTENT_SHORT_MM,
        high=limits.zone_width,
        source=source,
    )


def _spacing(check: Check, measured: Measurement, limits: FormatLimits) -> Finding:
    return within(
        check,
        measured,
        low=limits.line_spacing - SPACING_APART_MM,
        high=limits.line_spacing + SPACING_APART_MM,
        source=f"{limits.source}, 4.2; tolerance {OURS}",
    )


def _gap(check: Check, measured: Measurement, limits: FormatLimits) -> Finding:
    del limits
    return within(check, measured, low=LEAST_GAP_MM, source="ISO 1831: gap between lines")


def _clear_height(check: Check, measured: Measurement, limits: FormatLimits) -> Finding:
    return within(
        check,
        measured,
        low=limits.zone_height - HEIGHT_APART_MM,
        source=f"{limits.source}, 4.1: height of the zone",
    )


def _judge(
    holds: dict[str, Callable[[Check, Measurement, FormatLimits], Finding | None]],
) -> Judge:
    """A judge of these measurements; a page of a format that has no figures says nothing."""

    def hold(
        how: Callable[[Check, Measurement, FormatLimits], Finding | None],
        check: Check,
        measured: Measurement,
    ) -> Finding | None:
        limits = limits_of(measured.details.get("format"))
        return None if limits is None else how(check, measured, limits)

    def judge(check: Check, examined: Examined) -> Sequence[Finding]:
        judges = {name: partial(hold, how, check) for name, how in holds.items()}
        return judge_all(check, examined, judges)

    return judge


def _check(
    id_: str,
    step: tuple[str, ...],
    holds: dict[str, Callable[[Check, Measurement, FormatLimits], Finding | None]],
    severity: FindingSeverity = "strong",
) -> Check:
    return Check(
        id_,
        step,
        ("ir", "white"),
        _judge(holds),
        severity=severity,
        needs=tuple(holds),
        inspection_class="personalisation",
    )


CHECKS = (
    _check("geo.mrz-zone", ("A", "E"), {"mrz.line-centre": _centre}),
    _check("geo.mrz-left", ("A",), {"mrz.left": _left}),
    _check("geo.mrz-width", ("A",), {"mrz.width": _width}),
    _check("geo.mrz-height", ("A",), {"mrz.clear-height": _clear_height}, "notice"),
    _check("geo.mrz-lines", ("A",), {"mrz.line-spacing": _spacing, "mrz.line-gap": _gap}),
)
