"""The document's size, corners and trim (step E)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from docexam.checks.check import Check
from docexam.checks.format_limits import OURS, limits_of
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
"""Two neighbouring corners of a data page sharper than this are taken to be the bound ones."""
CORNERS_APART_MM = 0.60
WAVE_MOST_MM = 0.08


def judge_size(check: Check, examined: Examined) -> Sequence[Finding]:
    """`geo.size`: between the inner and the outer rectangle of the format."""
    return judge_all(
        check,
        examined,
        {
            "doc.width": partial(_side, check, examined, 0),
            "doc.height": partial(_side, check, examined, 1),
        },
    )


def _side(check: Check, examined: Examined, at: int, measured: Measurement) -> Finding | None:
    limits = limits_of(measured.details.get("format"))
    if limits is None:
        return None
    source = f"{limits.part}, 2: inner and outer rectangle"
    word = ("width", "height")[at]
    seen = examined.pages.get(measured.page)
    stands = seen is not None and seen.size_mm is not None and seen.size_mm[1] > seen.size_mm[0]
    of_format = 1 - at if stands else at  # a page that is read along its shorter side
    return within(
        check,
        measured,
        low=limits.inner[of_format],
        high=limits.outer[of_format],
        source=source,
        params={"side": word},
    )


def judge_corner(check: Check, examined: Examined) -> Sequence[Finding]:
    """`geo.corner`: the radius of each corner, of cards and data pages."""
    return judge_all(check, examined, {"doc.corner": partial(_corner, check)})


def _corner(check: Check, measured: Measurement) -> Finding:
    name = measured.details.get("format")
    limits = limits_of(name)
    beside = float(measured.details.get("neighbour", 0.0))
    is_bound = name == "TD3" and max(measured.value, beside) < BOUND_CORNER_MM
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


def judge_trim(check: Check, examined: Examined) -> Sequence[Finding]:
    """`edge.trim`: edges are cut along one line, and corners by one die."""
    wave = partial(
        within,
        check,
        high=WAVE_MOST_MM,
        source=f"Doc 9303-4, 2.3 asks for straight edges; {OURS}",
        code="trim.wave",
    )
    corners = partial(_corner_spread, check)
    return judge_all(check, examined, {"doc.edge-wave": wave, "doc.corner-spread": corners})


def _corner_spread(check: Check, measured: Measurement) -> Finding | None:
    limits = limits_of(measured.details.get("format"))
    if limits is None or not limits.has_round_corners:
        return None
    return within(
        check,
        measured,
        high=CORNERS_APART_MM,
        source=f"{limits.part}, 2: radii of 3.18 +/- 0.30 mm differ by at most 0.60",
        code="trim.corners",
    )


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
        version="3",
    ),
    Check(
        "geo.corner",
        ("E",),
        ("white", "ir"),
        judge_corner,
        severity="suspicious",
        needs=("doc.corner",),
        inspection_class="material",
        version="2",
    ),
    Check(
        "edge.trim",
        ("E",),
        ("white", "ir"),
        judge_trim,
        severity="strong",
        needs=("doc.edge-wave", "doc.corner-spread"),
        inspection_class="material",
    ),
)
