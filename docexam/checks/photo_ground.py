"""The ground of the portrait: print of the page runs on through it (step F).

Background lines in white, fluorescent print under ultraviolet. Some issuers leave the place of the
portrait blank, so that print which ends there leaves the question open by itself; it fails where
the ground of the portrait also glows unlike the page: then something lies there that hides the
print (Doc 9303-2, appendix C).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from docexam.checks.check import Check
from docexam.checks.format_limits import OURS
from docexam.checks.judging import FAIL_AT, left_open, within
from docexam.checks.several import judge_all
from docexam.checks.uv_over_model import over_by_model

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding, FindingSeverity
    from docexam.nouns.measurement import Measurement

LINES_LEAST = 0.25
"""Contrast of the lines within the border, those outside being 1; our starting value, below the
0.30 of the palest genuine portrait and above the 0.20 of photographs glued on."""
GLOW_LEAST = 0.60
"""Brightness of fluorescent print within the border, that outside being 1; our starting value:
genuine print showed 0.95 and more, print under a photograph mostly less than 0.4."""
CROSSED_LEAST = 2.0
"""Sides that print has to cross before its end weighs fully: a single motif may end anywhere."""
GLOWS_FROM = 0.015
"""How much the portrait's ground must glow unlike the page, office paper being 1, before print
that ends there counts; our starting value, half of what fails by itself."""
LINES_SOURCE = f"Doc 9303-2, appendix C, C.27 (interrupted background); {OURS}"
GLOW_SOURCE = f"Doc 9303-2, appendix C (UV-LU-OP); {OURS}"


def judge_background(check: Check, examined: Examined) -> Sequence[Finding]:
    """`photo.background`: the lines of the background run on below the portrait."""
    return judge_all(check, examined, {"photo.background": partial(_background, check, examined)})


def _background(check: Check, examined: Examined, measured: Measurement) -> Finding:
    one = within(check, measured, low=LINES_LEAST, source=LINES_SOURCE, code="lines")
    return one if _glows(examined, measured.page) else left_open(one, "lines.ends")


def judge_over(check: Check, examined: Examined) -> Sequence[Finding]:
    """`uv.over-photo`: fluorescent print runs unbroken across the portrait's border.

    A model that knows of print across the portrait says more than what the border shows.
    """
    seen = judge_all(check, examined, {"uv.over-photo": partial(_over, check, examined)})
    known = over_by_model(check, examined)
    pages = {each.page for each in known}
    told = [each for each in seen if each.outcome != "not_performed" or each.page not in pages]
    return [*told, *known]


def _over(check: Check, examined: Examined, measured: Measurement) -> Finding:
    crossed = float(measured.details.get("sides", 0.0)) >= CROSSED_LEAST
    severity: FindingSeverity = check.severity if crossed else "suspicious"
    one = within(
        check, measured, low=GLOW_LEAST, source=GLOW_SOURCE, severity=severity, code="crossing"
    )
    # an issuer may want print to end at a portrait which glows as its page
    return one if _glows(examined, measured.page) else left_open(one, "crossing.ends")


def _glows(examined: Examined, page: str) -> bool:
    """Whether the portrait glows more than its page, beyond what chance would do."""
    apart = examined.measurements.get((page, "uv.photo-apart"))
    return apart is not None and apart.value > max(GLOWS_FROM, FAIL_AT * apart.uncertainty)


CHECKS = (
    Check(
        "uv.over-photo",
        ("F", "A"),
        ("uv", "white"),
        judge_over,
        severity="strong",
        needs=("uv.over-photo", "uv.photo-apart"),
        generic_code="UV-LU-OP",
        inspection_class="personalisation",
        version="5",
    ),
    Check(
        "photo.background",
        ("F",),
        ("white", "uv"),
        judge_background,
        severity="strong",
        needs=("photo.background", "uv.photo-apart"),
        inspection_class="personalisation",
        version="4",
    ),
)
