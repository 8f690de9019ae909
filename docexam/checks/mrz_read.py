"""The zone itself: could it be read, and has it the lines of a known layout?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.checks.check import Check
from docexam.checks.judging import absent, finding
from docexam.checks.zone_choice import LIGHT_ORDER, all_places, chosen_zone, chosen_zones
from docexam.nouns.finding import Measured

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.checks.examined import Examined
    from docexam.checks.zone_choice import ChosenZone
    from docexam.nouns.finding import Finding


def judge_read(check: Check, examined: Examined) -> Sequence[Finding]:
    """`mrz.read`: infrared first, white as fallback (Doc 9303-2, C.8 and C.9)."""
    if not examined.zones:
        if not any(examined.has_light(light) for light in LIGHT_ORDER):
            return [absent(check, examined)]
        return [finding(check, "inconclusive", "mrz.not-found", page=examined.main_page)]
    return [_read(check, examined, page) for page in examined.zones]


def _read(check: Check, examined: Examined, page: str) -> Finding:
    zone = examined.zones[page]
    chosen = chosen_zone(zone)
    if chosen is None:
        return finding(check, "inconclusive", "mrz.not-found", page=page)
    open_count = len(chosen.open_places)
    return finding(
        check,
        "inconclusive" if open_count else "passed",
        "mrz.open" if open_count else "mrz.read",
        {"light": chosen.light, "open": float(open_count)},
        page=page,
        light=(chosen.light,),
        measured=Measured(float(chosen.reading.confidence), "confidence", 0.0),
        box_mm=chosen.box_of(chosen.open_places) if open_count else zone.box_mm,
    )


def judge_structure(check: Check, examined: Examined) -> Sequence[Finding]:
    """`mrz.structure`: number of lines, their lengths and the alphabet (Doc 9303-3, 4)."""
    zones = chosen_zones(examined)
    if not zones:
        return [no_zone(check, examined)]
    return [_structure(check, chosen) for chosen in zones]


def _structure(check: Check, chosen: ChosenZone) -> Finding:
    reading = chosen.reading
    wrong = [problem for problem in reading.problems if problem.id == "mrz.structure"]
    lengths = ", ".join(str(len(line)) for line in reading.lines)
    params = {"format": reading.format or "other", "lines": lengths}
    places = all_places(reading)
    if not wrong:
        # An open character is still a character: the shape stands.
        return finding(
            check,
            "passed",
            "structure.known",
            params,
            page=chosen.page,
            light=(chosen.light,),
            box_mm=chosen.zone.box_mm,
        )
    sure = not chosen.open_places and _undisputed(chosen)
    return finding(
        check,
        "failed" if sure else "inconclusive",
        "structure.unknown" if chosen.layout is None else "structure.foreign",
        params,
        page=chosen.page,
        light=(chosen.light,),
        box_mm=chosen.box_of(places),
    )


def _undisputed(chosen: ChosenZone) -> bool:
    """Whether no other light has read other lines: a zone half covered is not a wrong one."""
    return all(
        not other.found or other.lines == chosen.reading.lines
        for other in chosen.zone.readings.values()
    )


def no_zone(check: Check, examined: Examined) -> Finding:
    """The finding of a check that lacks a zone to look at."""
    return finding(check, "not_performed", "no-zone", page=examined.main_page)


CHECKS = (
    Check("mrz.read", ("A",), LIGHT_ORDER, judge_read, severity="notice"),
    Check("mrz.structure", ("A",), LIGHT_ORDER, judge_structure, severity="strong"),
)
