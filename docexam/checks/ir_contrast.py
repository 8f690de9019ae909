"""The zone in infrared: B900 ink, a clear ground, and no character unlike its neighbours."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from docexam.checks.check import Check
from docexam.checks.format_limits import OURS
from docexam.checks.judging import FAIL_AT, finding, within
from docexam.checks.several import judge_all
from docexam.nouns.finding import Limit, Measured

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding
    from docexam.nouns.measurement import Measurement

B900_SOURCE = (
    "Doc 9303-3, 4.11: print contrast at least 0.6 in B900; "
    "below 0.35 (ISO 1831, range Z) it has failed"
)
B900_LOW, B900_LOST = 0.60, 0.35
SEEN_IN_WHITE = 0.50
"""Print that shows at least this contrast in white is print; our starting value."""
B900_LEAST_PPI = 150.0
"""Contrast through a 0.2 mm aperture needs pixels of at most 0.17 mm; our starting value."""
BACKGROUND_MOST = 0.15
"""What a tenth of the ground may reach in infrared; our starting value."""
VARIATION_MOST = 1.50
NEARLY = 0.995
"""A picture of 300 ppi measures 299 where a camera looks a little askew."""


def judge_b900(check: Check, examined: Examined) -> Sequence[Finding]:
    """`ir.b900`: the zone as a whole, and each character that white shows and infrared lost."""
    return judge_all(
        check,
        examined,
        {"mrz.contrast": partial(_zone, check), "mrz.contrast-weakest": partial(_character, check)},
    )


def _zone(check: Check, measured: Measurement) -> Finding:
    if coarse := too_coarse(check, measured, B900_LEAST_PPI):
        return coarse
    white = float(measured.details.get("white", 0.0))
    judged = within(
        check, measured, low=B900_LOW, fail_low=B900_LOST, source=B900_SOURCE, code="contrast"
    )
    if judged.outcome == "failed" and white < SEEN_IN_WHITE:
        # Print that white does not show either is no print: a matter for mrz.read.
        return finding(
            check,
            "inconclusive",
            "contrast.unseen",
            measured.details,
            page=measured.page,
            light=measured.light,
            measured=judged.measured,
            limit=judged.limit,
            box_mm=measured.box_mm,
        )
    return judged


def _character(check: Check, measured: Measurement) -> Finding | None:
    """Only a character that is surely lost speaks; the others are counted in the zone's finding."""
    white = float(measured.details.get("white", 0.0))
    lost = measured.value < B900_LOST - FAIL_AT * measured.uncertainty
    if not lost or white < SEEN_IN_WHITE or too_coarse(check, measured, B900_LEAST_PPI):
        return None
    return finding(
        check,
        "failed",
        "contrast.character",
        measured.details,
        page=measured.page,
        light=("ir", "white"),
        measured=Measured(measured.value, measured.unit, measured.uncertainty),
        limit=Limit(B900_LOST, None, measured.unit, B900_SOURCE),
        box_mm=measured.box_mm,
    )


def judge_clear(check: Check, examined: Examined) -> Sequence[Finding]:
    """`ir.mrz-clear`: what is printed around the zone is gone in infrared."""
    hold = partial(
        within,
        check,
        high=BACKGROUND_MOST,
        source=f"Doc 9303-3, 4.11 asks that the zone stands out; {OURS}",
        code="background",
    )
    return judge_all(check, examined, {"mrz.background": hold})


def judge_defects(check: Check, examined: Examined) -> Sequence[Finding]:
    """`ir.mrz-defects`: contrast varies by less than 1.5 from character to character."""
    return judge_all(check, examined, {"mrz.contrast-variation": partial(_variation, check)})


def _variation(check: Check, measured: Measurement) -> Finding:
    if coarse := too_coarse(check, measured, B900_LEAST_PPI):
        return coarse
    if float(measured.details.get("median", 0.0)) < B900_LOST:
        # Without ink in infrared there is no variation to speak of; ir.b900 has said so.
        return finding(
            check,
            "not_performed",
            "variation.no-ink",
            page=measured.page,
            light=measured.light,
        )
    source = "Doc 9303-3, 4.11: contrast variation ratio below 1.50"
    return within(check, measured, high=VARIATION_MOST, source=source, code="variation")


def too_coarse(check: Check, measured: Measurement, least_ppi: float) -> Finding | None:
    """`inconclusive` where the picture has too few pixels for this check, else None."""
    ppi = float(measured.details.get("ppi", 0.0))
    if ppi >= NEARLY * least_ppi:
        return None
    return finding(
        check,
        "inconclusive",
        "too-coarse",
        {"ppi": ppi, "least_ppi": least_ppi},
        page=measured.page,
        light=measured.light,
        box_mm=measured.box_mm,
    )


CHECKS = (
    Check(
        "ir.b900",
        ("A",),
        ("ir",),
        judge_b900,
        severity="strong",
        needs=("mrz.contrast", "mrz.contrast-weakest"),
        generic_code="IR-AB-MR",
        inspection_class="personalisation",
    ),
    Check(
        "ir.mrz-clear",
        ("C",),
        ("ir",),
        judge_clear,
        severity="suspicious",
        needs=("mrz.background",),
        generic_code="IR-TR-IS",
        inspection_class="print",
    ),
    Check(
        "ir.mrz-defects",
        ("A",),
        ("ir",),
        judge_defects,
        severity="strong",
        needs=("mrz.contrast-variation",),
        inspection_class="personalisation",
    ),
)
