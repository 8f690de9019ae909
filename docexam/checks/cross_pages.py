"""Pages of one document against each other, and a visa against the passport that bears it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.checks.check import Check
from docexam.checks.cross_viz import SURE, VERY_SURE, is_coarse
from docexam.checks.examined import VISA_PAGE
from docexam.checks.judging import finding
from docexam.checks.viz_compare import compare
from docexam.checks.viz_text import edit_distance, number_key
from docexam.checks.zone_choice import ChosenZone, chosen_zones
from docexam.nouns.finding import Limit, Measured

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding, Outcome
    from docexam.nouns.report import VizField

_SHARED = ("document_number", "surname", "given_names", "name", "birth_date")
_OF_HOLDER = ("surname", "given_names", "birth_date", "sex", "nationality")
_SOURCE = "Doc 9303-2, C.23 and C.24: pages and sides carry one person and one number"
_VISA_SOURCE = "Doc 9303-7, 4: the visa's zone repeats the data of the passport"


def judge_sides(check: Check, examined: Examined) -> Sequence[Finding]:
    """`x.sides`: what another page prints, or its own zone, is of the same person and number."""
    pages = [page for page in examined.pages if page != VISA_PAGE]
    if len(pages) < 2:
        return [finding(check, "not_applicable", "sides.one-page", page=examined.main_page)]
    zones = [zone for zone in chosen_zones(examined) if not is_visa(zone)]
    if not zones:
        return [finding(check, "not_performed", "no-zone", page=examined.main_page)]
    main, *others = zones
    findings = [_zones(check, main, other) for other in others]
    for page, fields in examined.viz.items():
        if page not in (main.page, VISA_PAGE):
            findings += [
                _field(check, examined, page, f, main) for f in fields if f.name in _SHARED
            ]
    return findings or [finding(check, "not_performed", "sides.nothing-shared", page=main.page)]


def is_visa(zone: ChosenZone) -> bool:
    """Whether a zone is that of a visa, by its page or by its layout."""
    return zone.page == VISA_PAGE or (zone.reading.format or "").startswith("MRV")


def _zones(check: Check, main: ChosenZone, other: ChosenZone) -> Finding:
    names = [
        name
        for name in ("document_number", "birth_date_printed", "surname", "nationality")
        if getattr(main.reading.fields, name) and getattr(other.reading.fields, name)
    ]
    differ = [
        name
        for name in names
        if getattr(main.reading.fields, name) != getattr(other.reading.fields, name)
    ]
    sure = not main.open_places and not other.open_places
    return _compared(check, other, names, differ, sure=sure, code="sides", source=_SOURCE)


def _compared(
    check: Check,
    zone: ChosenZone,
    names: list[str],
    differ: list[str],
    *,
    sure: bool,
    code: str,
    source: str,
) -> Finding:
    outcome: Outcome = "inconclusive"
    if names and (sure or not differ):
        outcome = "failed" if differ else "passed"
    return finding(
        check,
        outcome if names else "not_performed",
        f"{code}.{'differ' if differ else 'equal' if names else 'nothing-shared'}",
        {"fields": ", ".join(differ or names)},
        page=zone.page,
        light=(zone.light,),
        measured=Measured(float(len(differ)), "fields", 0.0) if names else None,
        limit=Limit(None, 0.0, "fields", source) if names else None,
        box_mm=zone.zone.box_mm,
    )


def _field(
    check: Check, examined: Examined, page: str, field: VizField, main: ChosenZone
) -> Finding:
    result = compare(field, main)
    outcome: Outcome = "inconclusive"
    if result.answer == "equal":
        outcome = "passed"
    elif result.answer == "differs" and not main.open_places:
        # One slip of the reader is for x.viz-mrz; another page of another person differs by more.
        needed = VERY_SURE if result.distance <= 2 else SURE
        sure = field.confidence >= needed and not is_coarse(examined, page, field.light)
        outcome = "failed" if sure else "inconclusive"
    comparable = result.answer in ("equal", "differs")
    code = {"equal": "sides.equal", "differs": "sides.differ"}.get(result.answer, "viz.unreadable")
    return finding(
        check,
        outcome,
        code,
        {"fields": field.name, "field": field.name},
        page=page,
        light=(field.light,),
        measured=Measured(float(result.distance), "characters", 0.0) if comparable else None,
        limit=Limit(None, 0.0, "characters", _SOURCE) if comparable else None,
        box_mm=field.box_mm,
    )


def judge_visa(check: Check, examined: Examined) -> Sequence[Finding]:
    """`x.visa-passport`: names, birth, sex, nationality and number (Doc 9303-2, C.40 and C.45)."""
    zones = chosen_zones(examined)
    visas = [zone for zone in zones if is_visa(zone)]
    passports = [zone for zone in zones if not is_visa(zone)]
    if not visas:
        code = "visa.unread" if VISA_PAGE in examined.pages and passports else "visa.none"
        outcome: Outcome = "not_performed" if code == "visa.unread" else "not_applicable"
        return [finding(check, outcome, code, page=examined.main_page)]
    if not passports:
        return [finding(check, "not_performed", "visa.no-passport", page=visas[0].page)]
    return [_visa(check, visa, passports[0]) for visa in visas]


def _visa(check: Check, visa: ChosenZone, passport: ChosenZone) -> Finding:
    one, other = visa.reading.fields, passport.reading.fields
    names = [name for name in _OF_HOLDER if getattr(one, name) and getattr(other, name)]
    differ = [name for name in names if not _same(name, getattr(one, name), getattr(other, name))]
    # The number is the visa's own or the passport's (Doc 9303-7, 4.2.2): equal counts, other not.
    optional = number_key((one.optional_data_1 or "") + (one.document_number or ""))
    if other.document_number and number_key(other.document_number) in optional:
        names.append("document_number")
    sure = not visa.open_places and not passport.open_places
    return _compared(check, visa, names, differ, sure=sure, code="visa", source=_VISA_SOURCE)


def _same(name: str, one: str, other: str) -> bool:
    """Equal; a name may be cut shorter on one of the two."""
    if name not in ("surname", "given_names"):
        return one == other
    shorter, longer = sorted((one.split(), other.split()), key=lambda words: len(" ".join(words)))
    pairs = zip(shorter, longer, strict=False)
    return (
        len(shorter) <= len(longer)
        and all(
            a == b or (min(len(a), len(b)) >= 1 and (a.startswith(b) or b.startswith(a)))
            for a, b in pairs
        )
        and edit_distance("".join(shorter)[:2], "".join(longer)[:2]) == 0
    )


CHECKS = (
    Check("x.sides", ("C",), ("white", "ir"), judge_sides, severity="strong", version="3"),
    Check("x.visa-passport", ("C", "O"), ("white", "ir"), judge_visa, severity="strong"),
)
