"""Size, place and squareness of the portrait (step F).

Doc 9303-4 to -7 give sizes. Many genuine documents keep to them loosely, and a border that fades
looks smaller than it was set, so a size alone is a notice; a portrait that lies askew is more.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from docexam.checks.check import Check
from docexam.checks.format_limits import OURS
from docexam.checks.judging import finding, left_open, within
from docexam.checks.several import judge_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding
    from docexam.nouns.measurement import Measurement

SIZES_MM = {
    "portrait.width": {"MRV-A": (26.0, 32.0), "MRV-B": (26.0, 31.0)},
    "portrait.height": {"MRV-A": (32.0, 40.0), "MRV-B": (32.0, 39.0)},
}
USUAL_MM = {"portrait.width": (26.0, 35.0), "portrait.height": (32.0, 45.0)}
"""Of cards and data pages: 32 x 26 to 45 x 35 mm; visas have their own (Doc 9303-7)."""
ROOM_MM = 1.0
"""A border that fades out looks smaller than it was set, on all sides; our starting value."""
LEFT_MM = 2.0
SKEW_MOST_DEG = 0.6
"""Our starting value: drawn genuine pages measured up to 0.2, photographs glued on from 0.8 on."""


def judge_portrait(check: Check, examined: Examined) -> Sequence[Finding]:
    """`geo.portrait`: size and place as Doc 9303 has them, and square to the page.

    Genuine issuers print other sizes, so that these are never failed: told, and left open.
    """
    found = judge_all(
        check,
        examined,
        {
            "portrait.skew": partial(_skew, check),
            "portrait.width": partial(_size, check),
            "portrait.height": partial(_size, check),
            "portrait.left": partial(_left, check),
        },
    )
    told = [each for each in found if each.outcome != "not_performed"]
    if told:
        return told
    borderless = next((each for each in found if each.reason.code == "photo.no-border"), None)
    if borderless is None:
        return found[:1]
    return [finding(check, "not_applicable", "photo.no-border", page=borderless.page)]


def _skew(check: Check, measured: Measurement) -> Finding:
    source = f"square to the page; {OURS}"
    return within(check, measured, high=SKEW_MOST_DEG, source=source, code="portrait-skew")


def _size(check: Check, measured: Measurement) -> Finding:
    name = str(measured.details.get("format"))
    low, high = SIZES_MM[measured.name].get(name, USUAL_MM[measured.name])
    part = "Doc 9303-7" if name.startswith("MRV") else "Doc 9303-4 to -6"
    judged = within(
        check,
        measured,
        low=low - ROOM_MM,
        high=high + ROOM_MM,
        source=f"{part}: {low:g} to {high:g} mm; room of {ROOM_MM:g} mm: {OURS}",
        severity="notice",
        code=measured.name.replace(".", "-"),
    )
    return left_open(judged, judged.reason.code)


def _left(check: Check, measured: Measurement) -> Finding:
    judged = within(
        check,
        measured,
        low=LEFT_MM,
        source="Doc 9303-4 to -7: at least 2 mm from the left edge",
        severity="notice",
        code="portrait-left",
    )
    return left_open(judged, judged.reason.code)


CHECKS = (
    Check(
        "geo.portrait",
        ("F",),
        ("white",),
        judge_portrait,
        severity="suspicious",
        needs=("portrait.width", "portrait.height", "portrait.left", "portrait.skew"),
        inspection_class="personalisation",
        version="3",
    ),
)
