"""The perforated number: the holes of a sheet say the number of its document.

Manual of passport examination, step D; Doc 9303-2, appendix C: VI-AB-PD. Where a document model
knows holes, they must be there, of their width and at their pitch.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docexam.checks.against_model import judge_by_model
from docexam.checks.check import Check
from docexam.checks.cross_pages import is_visa
from docexam.checks.format_limits import OURS
from docexam.checks.judging import absent, finding, not_performed
from docexam.checks.perforated_number import hole_reading
from docexam.checks.zone_choice import chosen_zones
from docexam.nouns.finding import Limit, Measured

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.checks.examined import Examined
    from docexam.checks.zone_choice import ChosenZone
    from docexam.nouns.finding import Finding, FindingSeverity, Outcome
    from docexam.nouns.measurement import Measurement

TEXT = "perforation.text"
OF_MODEL = {
    "model.perforation-holes": "perforation-holes",
    "model.perforation-diameter": "perforation-diameter",
    "model.perforation-pitch": "perforation-pitch",
    "model.perforation-offset": "perforation-offset",
}
SOURCE = f"the number is perforated through every sheet; {OURS}"
SURE = 0.9
"""How surely the least sure character is read where the holes may speak against the zone: our
starting value. It does not show a typeface that the reader never saw, whose A it surely takes for
an R: only a model whose own pages all said their numbers does."""


def judge_perforation(check: Check, examined: Examined) -> Sequence[Finding]:
    """`sub.perforation`: the holes of each page say the zone's number; and are as the model has."""
    zone = passport_zone(examined)
    found = [judge_number(check, examined, each, zone) for each in examined.measured(TEXT)]
    found += [not_performed(check, each) for each in examined.missed(TEXT) if each.inconclusive]
    known = examined.model.limits if examined.model is not None else {}
    for name, code in OF_MODEL.items():
        if any(measured == name for _, measured in known):
            found += judge_by_model(check, examined, name, code=code)
    held = [each for each in found if each.outcome not in ("not_applicable", "not_performed")]
    if held:
        bad = [each for each in held if each.outcome != "passed"]
        return bad or held[:1]
    if found:
        return found[:1]
    if any(each.code == "perforation.none" for each in examined.missed(TEXT)):
        return [finding(check, "not_applicable", "perforation.none", page=examined.main_page)]
    return [absent(check, examined)]


def passport_zone(examined: Examined) -> ChosenZone | None:
    """The zone that has the number of the document itself, not that of a visa in it."""
    return next((zone for zone in chosen_zones(examined) if not is_visa(zone)), None)


def judge_number(
    check: Check, examined: Examined, text: Measurement, zone: ChosenZone | None
) -> Finding:
    """What the holes of one page say against the zone's number."""
    number = None if zone is None else zone.reading.fields.document_number
    if zone is None or not number:
        return finding(check, "not_performed", "perforation.no-number", page=text.page)
    result = hole_reading(text, number)
    outcome: Outcome = "inconclusive"
    code, severity = f"perforation.{result.answer}", check.severity
    if result.answer == "equal":
        outcome = "passed"
    elif zone.is_open(zone.field_places("document_number")):
        code = "perforation.zone-open"
    elif result.answer in ("differs", "other"):
        severity = _weight(check, examined, text.page)
        outcome = "failed" if text.value >= SURE else "inconclusive"
        code = code if outcome == "failed" else "perforation.unsure"
    places = zone.box_of(zone.field_places("document_number"))
    shown = (text.page, text.light[0], text.box_mm), (zone.page, zone.light, places)
    one = finding(
        check,
        outcome,
        code,
        {**text.details, "read": result.read, "zone": number},
        page=text.page,
        light=text.light,
        severity=severity,
        measured=Measured(float(result.distance), "characters", 0.0),
        limit=Limit(None, 0.0, "characters", SOURCE),
        box_mm=text.box_mm,
    )
    return one if outcome == "passed" else replace(one, evidence=examined.proofs(*shown))


def _weight(check: Check, examined: Examined, page: str) -> FindingSeverity:
    """Strong only where a model knows that these holes say the number, and so are surely read.

    Otherwise a typeface may be misread, and another number altogether may be that of the blank.
    """
    facts = {} if examined.model is None else examined.model.facts.get((page, "perforation"), {})
    return check.severity if facts.get("says_number") else "suspicious"


CHECKS = (
    Check(
        "sub.perforation",
        ("D",),
        ("transmitted",),
        judge_perforation,
        version="2",
        severity="strong",
        needs=(TEXT, *OF_MODEL),
        generic_code="VI-AB-PD",
        inspection_class="material",
    ),
)
