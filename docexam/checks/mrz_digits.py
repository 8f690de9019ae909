"""Check digits: 7-3-1 modulo 10, one check for each (Doc 9303-3, 4.9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.checks.check import Check
from docexam.checks.judging import finding
from docexam.checks.mrz_read import no_zone
from docexam.checks.zone_choice import LIGHT_ORDER, chosen_zones
from docexam.mrz.ambiguity import blind_spots
from docexam.mrz.check_digits import digit_cells

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.checks.examined import Examined
    from docexam.checks.zone_choice import ChosenZone
    from docexam.nouns.finding import Finding, FindingSeverity

FIELD_OF = {
    "mrz.cd-number": "document_number",
    "mrz.cd-birth": "birth_date",
    "mrz.cd-expiry": "expiry_date",
    "mrz.cd-personal": "optional_data",
    "mrz.cd-composite": "composite",
}


def judge_digit(check: Check, examined: Examined) -> Sequence[Finding]:
    """One check digit of each zone."""
    zones = chosen_zones(examined)
    if not zones:
        return [no_zone(check, examined)]
    return [_digit(check, chosen) for chosen in zones]


def _digit(check: Check, chosen: ChosenZone) -> Finding:
    page, light = chosen.page, (chosen.light,)
    layout = chosen.layout
    if layout is None:
        return finding(check, "not_performed", "no-structure", page=page, light=light)
    field = FIELD_OF[check.id]
    rule = next((rule for rule in layout.checks if rule.field == field), None)
    if rule is None:
        params = {"format": layout.name}
        return finding(check, "not_applicable", "no-such-digit", params, page=page, light=light)
    digit = next(each for each in chosen.reading.check_digits if each.field == field)
    places = [place for place, _ in digit_cells(layout, rule, chosen.reading.lines)]
    params = {"printed": digit.printed, "computed": digit.computed}
    open_count = sum(place in chosen.open_places for place in places)
    box_mm = chosen.box_of(places)
    if open_count:
        params["open"] = str(open_count)
        return finding(
            check, "inconclusive", "digit.open", params, page=page, light=light, box_mm=box_mm
        )
    if digit.ok:
        code = "digit.unused" if digit.printed == "<" else "digit.equal"
        return finding(check, "passed", code, params, page=page, light=light, box_mm=box_mm)
    code, severity = "digit.wrong", check.severity
    if field == "composite" and all(d.ok for d in chosen.reading.check_digits if d is not digit):
        # Some issuers break it on purpose, so that a chip does not open (Doc 9303-2, C.44).
        code, severity = "digit.only-composite", COMPOSITE_ALONE
    return finding(
        check, "failed", code, params, page=page, light=light, severity=severity, box_mm=box_mm
    )


COMPOSITE_ALONE: FindingSeverity = "strong"
"""Still enough to refer: data that no other digit covers (TD1, TD2) may have been changed."""


def judge_ambiguity(check: Check, examined: Examined) -> Sequence[Finding]:
    """How many exchanges of look-alike characters the digits of each zone would not notice."""
    zones = [c for c in chosen_zones(examined) if c.layout is not None and c.layout.checks]
    if not zones:
        return [no_zone(check, examined)]
    return [_blind(check, chosen) for chosen in zones]


def _blind(check: Check, chosen: ChosenZone) -> Finding:
    page, light = chosen.page, (chosen.light,)
    if not all(digit.ok for digit in chosen.reading.check_digits):
        return finding(check, "not_applicable", "ambiguity.digits-wrong", page=page, light=light)
    layout = chosen.layout
    assert layout is not None  # noqa: S101 - the caller chose it so
    spots = blind_spots(layout, chosen.reading.lines)
    params: dict[str, float | str] = {
        "singles": float(len(spots.singles)),
        "doubles": float(spots.double_count),
        "places": "; ".join(f"{each.line}:{each.column}" for each in spots.singles[:6]),
    }
    places = [(each.line, each.column) for each in spots.singles]
    return finding(
        check,
        "passed",
        "ambiguity.counted",
        params,
        page=page,
        light=light,
        box_mm=chosen.box_of(places) if places else chosen.zone.box_mm,
    )


CHECKS = (
    Check("mrz.cd-number", ("A", "D"), LIGHT_ORDER, judge_digit, severity="decisive"),
    Check("mrz.cd-birth", ("A",), LIGHT_ORDER, judge_digit, severity="decisive"),
    Check("mrz.cd-expiry", ("A",), LIGHT_ORDER, judge_digit, severity="decisive"),
    Check("mrz.cd-personal", ("A",), LIGHT_ORDER, judge_digit, severity="decisive"),
    Check("mrz.cd-composite", ("A",), LIGHT_ORDER, judge_digit, severity="decisive"),
    Check("mrz.cd-ambiguity", ("A",), LIGHT_ORDER, judge_ambiguity, severity="notice"),
)
