"""The document's size and corners (step E)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from docexam.checks.check import Check
from docexam.checks.format_limits import limits_of
from docexam.checks.judging import finding, within
from docexam.checks.several import judge_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding
    from docexam.nouns.measurement import Measurement

CORNER_MM = (2.88, 3.48)
MARGIN_MM = 2.0
BOUND_CORNER_MM = 1.0
"""A corner of a data page that is sharper than this is taken to be on the bound side."""


def judge_size(check: Check, examined: Examined) -> Sequence[Finding]:
    """`geo.size`: between the inner and the outer rectangle of the format."""
    return judge_all(
        check,
        examined,
        {"doc.width": partial(_side, check, 0), "doc.height": partial(_side, check, 1)},
    )


def _side(check: Check, at: int, measured: Measurement) -> Finding | None:
    limits = limits_of(measured.details.get("format"))
    if limits is None:
        return None
    source = f"{limits.part}, 2: inner and outer rectangle"
    word = ("width", "height")[at]
    return within(
        check,
        measured,
        low=limits.inner[at],
        high=limits.outer[at],
        source=source,
        params={"side": word},
    )


def judge_corner(check: Check, examined: Examined) -> Sequence[Finding]:
    """`geo.corner`: the radius of each corner, of cards and data pages."""
    return judge_all(check, examined, {"doc.corner": partial(_corner, check)})


def _corner(check: Check, measured: Measurement) -> Finding:
    name = measured.details.get("format")
    limits = limits_of(name)
    is_bound = name == "TD3" and measured.value < BOUND_CORNER_MM
    if limits is None or not limits.has_round_corners or is_bound:
        code = "corner.bound" if is_bound else "corner.none"
        return finding(
            check,
            "not_applicable",
            code,
            measured.details,
            page=measured.page,
            light=measured.light,
            box_mm=measured.box_mm,
        )
    low, high = CORNER_MM
    source = f"{limits.part}, 2: radius 3.18 +/- 0.30 mm"
    return within(check, measured, low=low, high=high, source=source)


def judge_margin(check: Check, examined: Examined) -> Sequence[Finding]:
    """`geo.margin`: no data within 2 mm of an edge."""
    hold = partial(
        within, check, low=MARGIN_MM, source="Doc 9303-4, 2.4: margins of 2.0 mm free of data"
    )
    return judge_all(check, examined, {"doc.margin": hold})


CHECKS = (
    Check(
        "geo.margin",
        ("E",),
        ("white",),
        judge_margin,
        severity="suspicious",
        needs=("doc.margin",),
        inspection_class="personalisation",
    ),
    Check(
        "geo.size",
        ("E",),
        ("white", "ir"),
        judge_size,
        severity="strong",
        needs=("doc.width", "doc.height"),
        inspection_class="material",
    ),
    Check(
        "geo.corner",
        ("E",),
        ("white", "ir"),
        judge_corner,
        severity="suspicious",
        needs=("doc.corner",),
        inspection_class="material",
    ),
)
