"""The ink of the visual zone's fields in infrared: all alike, and either seen or gone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from docexam.checks.check import Check
from docexam.checks.cross_viz import SURE, is_coarse
from docexam.checks.format_limits import OURS
from docexam.checks.ir_contrast import B900_LOW
from docexam.checks.ir_model_ink import INK_WORDS, judge_ink_by_model
from docexam.checks.judging import FAIL_AT, PASS_AT, finding, within
from docexam.checks.several import judge_all
from docexam.nouns.finding import Limit, Measured
from docexam.nouns.report import FIELDS_OF_THE_HOLDER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding, FindingSeverity
    from docexam.nouns.measurement import BoxMm, Measurement
    from docexam.nouns.report import VizField

APART_MOST = 0.20
"""How far one field's answer to infrared may lie from the others'; our starting value."""
HALF_GONE = (0.25, 0.70)
"""Inks for documents stay or vanish in infrared; mixed ones do neither. Our starting value."""
SPOT_MOST_MM2 = 0.03
SPOT_TOO_MUCH_MM2 = 0.05
"""Ink within one field that only white light shows: a stroke of a pen is 0.1 mm2 and more. What
lens, registration and printed ground leave of one ink was at most 0.012 on drawn genuine data pages
(88 documents), 0.025 on visas. Our starting values."""
STROKE_MOST_MM2 = 0.03
STROKE_TOO_MUCH_MM2 = 0.05
"""The same within one character, with none around it: under 0.001 on 102 drawn genuine pages of
designs and devices for development, 0.07 and more of 128 strokes drawn by a forger (severity 0.5
to 1). Our starting values."""
SOURCE = f"Doc 9303-2, appendix C (IR-AB-ID, IR-TR-ID); {OURS}"


_NUMBERS = ("document_number", "numbering")
_MANY_FIELDS = 4


def judge_ink(check: Check, examined: Examined) -> Sequence[Finding]:
    """`ir.personalisation-ink`: within the page, and as the model of the issue has it."""
    within_page = judge_all(
        check,
        examined,
        {
            "viz.ink-apart": partial(_apart, check, examined),
            "viz.ink-stroke": partial(_stroke, check, examined),
            "viz.ink-spot": partial(_spot, check, examined),
            "viz.ink": partial(_half_gone, check, examined),
        },
    )
    return [*_told_once(within_page), *judge_ink_by_model(check, examined)]


def _told_once(found: Sequence[Finding]) -> list[Finding]:
    """Without the spot of a page where a stroke was found: it is the same ink."""
    strokes = {each.page for each in found if each.reason.code == "ink-stroke.above"}
    return [
        each for each in found if each.page not in strokes or each.reason.code != "ink-spot.above"
    ]


def _apart(check: Check, examined: Examined, measured: Measurement) -> Finding:
    """Weighs less where the odd text is not surely a field: nobody read it as one, or not surely.

    A motif that was taken for letters has another ink too, and so have captions, which are what
    was not read among fields that were. The number is often printed with the blank, in an ink of
    its own.
    """
    fields = examined.viz.get(measured.page, ())
    read = _field_at(fields, measured.box_mm)
    field = None if read is None else read.name
    surely = read is not None and read.confidence >= SURE and field in FIELDS_OF_THE_HOLDER
    usual = field in _NUMBERS or (read is None and len(fields) >= _MANY_FIELDS)
    doubtful: FindingSeverity = "notice" if usual else "suspicious"
    return within(
        check,
        measured,
        high=APART_MOST,
        source=SOURCE,
        code="ink-apart",
        severity=None if surely else doubtful,
        params={} if field is None else {"field": field},
    )


def _stroke(check: Check, examined: Examined, measured: Measurement) -> Finding:
    """A stroke in another ink that was added to one character: no stamp and no note lies so."""
    found = within(
        check,
        measured,
        high=STROKE_MOST_MM2,
        fail_high=STROKE_TOO_MUCH_MM2,
        source=SOURCE,
        code="ink-stroke",
    )
    return _open_where_coarse(check, examined, measured, found)


def _spot(check: Check, examined: Examined, measured: Measurement) -> Finding:
    """Ink of another kind over a field: the page may have been stamped, ticked or written on."""
    found = within(
        check,
        measured,
        high=SPOT_MOST_MM2,
        fail_high=SPOT_TOO_MUCH_MM2,
        source=SOURCE,
        code="ink-spot",
        severity="suspicious",
    )
    return _open_where_coarse(check, examined, measured, found)


def _open_where_coarse(
    check: Check, examined: Examined, measured: Measurement, found: Finding
) -> Finding:
    coarse = any(is_coarse(examined, measured.page, light) for light in measured.light)
    if found.outcome == "failed" and coarse:
        return finding(
            check, "inconclusive", "viz.ink-too-coarse", page=measured.page, box_mm=measured.box_mm
        )
    return found


def _field_at(fields: Sequence[VizField], box: BoxMm) -> VizField | None:
    """The field that was read in a place: one whose middle lies in it, or that holds its middle."""
    for each in fields:
        if _holds(each.box_mm, box) or _holds(box, each.box_mm):
            return each
    return None


def _holds(outer: BoxMm, inner: BoxMm) -> bool:
    x, y = inner[0] + inner[2] / 2, inner[1] + inner[3] / 2
    return outer[0] <= x <= outer[0] + outer[2] and outer[1] <= y <= outer[1] + outer[3]


def _half_gone(check: Check, examined: Examined, measured: Measurement) -> Finding | None:
    """Speaks only where all fields are surely half gone; most inks are clearly one or the other.

    It weighs more where the zone, which must stay, is half gone as well.
    """
    low, high = HALF_GONE
    guard = FAIL_AT * measured.uncertainty
    if not low + guard < measured.value < high - guard:
        return None
    return finding(
        check,
        "failed",
        "ink-half-gone",
        measured.details,
        page=measured.page,
        light=measured.light,
        severity="strong" if _zone_is_pale(examined) else "suspicious",
        measured=Measured(measured.value, measured.unit, measured.uncertainty),
        limit=Limit(high, None, measured.unit, SOURCE),
        box_mm=measured.box_mm,
    )


def _zone_is_pale(examined: Examined) -> bool:
    """Whether a zone has surely less contrast in infrared than it must have."""
    return any(
        each.value < B900_LOW - PASS_AT * each.uncertainty
        for each in examined.measured("mrz.contrast")
    )


CHECKS = (
    Check(
        "ir.personalisation-ink",
        ("A",),
        ("ir", "white"),
        judge_ink,
        severity="strong",
        needs=("viz.ink-apart", "viz.ink-stroke", "viz.ink-spot", "viz.ink", *INK_WORDS),
        generic_code="IR-AB-ID",
        inspection_class="personalisation",
        version="13",
    ),
)
