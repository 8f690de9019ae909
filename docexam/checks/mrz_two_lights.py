"""The zone in infrared against the zone in white: what a pen or another ink has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.checks.check import Check
from docexam.checks.judging import absent, finding
from docexam.checks.zone_choice import all_places, around, character_at, open_in, same_shape
from docexam.nouns.finding import Limit, Measured

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.checks.examined import Examined, ZoneSeen
    from docexam.nouns.finding import Finding, Outcome

SOURCE = "Doc 9303-3, 4.11: the zone is read in B900 and is visibly printed"
_NO_DIFFERENCE = Limit(None, 0.0, "characters", SOURCE)


def judge_two_lights(check: Check, examined: Examined) -> Sequence[Finding]:
    """`ir.mrz-vs-white`: both lights show the same characters."""
    if not examined.zones or not all(examined.has_light(light) for light in check.lights):
        return [absent(check, examined)]
    return [_compare(check, zone) for zone in examined.zones.values()]


def _compare(check: Check, zone: ZoneSeen) -> Finding:
    infrared, white = zone.readings.get("ir"), zone.readings.get("white")
    page = zone.page
    if infrared is None or white is None or zone.box_mm is None:
        return finding(check, "not_performed", "not-measured", page=page)
    if not infrared.found and not white.found:
        return finding(check, "not_performed", "no-zone", page=page)
    if not infrared.found or not white.found:
        # That a zone is gone in infrared is for ir.b900 to measure.
        params = {"light": "ir" if not infrared.found else "white"}
        return finding(check, "inconclusive", "two-lights.one-unread", params, page=page)
    if not same_shape(infrared, white):
        return finding(
            check, "inconclusive", "two-lights.other-shape", page=page, box_mm=zone.box_mm
        )
    differ = sorted(
        place
        for place in all_places(white)
        if character_at(infrared, place) != character_at(white, place)
    )
    unsure = open_in(infrared) | open_in(white)
    sure = [place for place in differ if place not in unsure]
    outcome: Outcome = "failed" if sure else "inconclusive" if differ else "passed"
    code = f"two-lights.{'differ' if sure else 'open' if differ else 'same'}"
    shown = sure or differ
    boxes = [zone.characters[place] for place in shown if place in zone.characters]
    return finding(
        check,
        outcome,
        code,
        {
            "count": float(len(shown)),
            "places": "; ".join(f"{line}:{column}" for line, column in shown[:8]),
            "ir": "".join(character_at(infrared, place) for place in shown[:8]),
            "white": "".join(character_at(white, place) for place in shown[:8]),
        },
        page=page,
        measured=Measured(float(len(sure)), "characters", 0.0),
        limit=_NO_DIFFERENCE,
        box_mm=around(boxes) if boxes else zone.box_mm,
    )


CHECKS = (
    Check(
        "ir.mrz-vs-white",
        ("A",),
        ("ir", "white"),
        judge_two_lights,
        severity="strong",
        inspection_class="personalisation",
    ),
)
