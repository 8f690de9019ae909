"""The visual zone against the machine readable zone, field by field."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docexam.checks.check import Check
from docexam.checks.examined import VISA_PAGE
from docexam.checks.judging import finding
from docexam.checks.mrz_read import no_zone
from docexam.checks.viz_compare import (
    DATA_FIELDS,
    NAME_FIELDS,
    compare,
    compare_page,
    date_stands_elsewhere,
    stands_elsewhere,
    zone_text,
)
from docexam.checks.viz_naming import EVEN_CHANCE
from docexam.checks.zone_choice import main_zone
from docexam.nouns.finding import Limit, Measured

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docexam.checks.examined import Examined
    from docexam.checks.viz_compare import Comparison
    from docexam.checks.zone_choice import ChosenZone
    from docexam.nouns.finding import Finding, FindingSeverity, Outcome
    from docexam.nouns.report import VizField

SURE = 0.80
VERY_SURE = 0.95
"""Our starting values. Below SURE a difference is not held against a document, for a name below
VERY_SURE: marks on letters are easily lost, and another script may be read as Latin. Figures are
not: on drawn genuine pages up to moderate wear none was misread above 0.7.
"""
TALLEST_HEIGHTS = 1.4
"""Our starting value: on drawn pages a changed letter is at most 1.2 of its line's letters high;
what runs on above or below may be a stamp or a stain."""
LEAST_PPI = 250.0
"""Capitals of 2 mm have 20 pixels then, which readers of print ask for (our starting value)."""
_SOURCE = "Doc 9303-3, 3.4: the zone repeats the data of the visual zone"
_SOURCE_NAME = "Doc 9303-3, 4.6 and section 6: transliteration and truncation"
_ZONE_FIELDS = {
    "surname": ("name", "surname"),
    "given_names": ("name", "given_names"),
    "passport_number": ("document_number",),
    "numbering": ("document_number",),
}
# Words for a nationality vary; numbers and dates do not.
_ON_EVERY_DOCUMENT = {
    "document_number": ("passport_number", "numbering"),
    "birth_date": (),
    "expiry_date": (),
}
"""Fields that a visual zone must have, and what may stand for them (Doc 9303-4 to -7)."""
_SEVERITY: dict[str, FindingSeverity] = {"nationality": "suspicious", "numbering": "suspicious"}
"""Where the number itself is the zone's, a second one that is nearly it may be of another kind."""


def judge_data(check: Check, examined: Examined) -> Sequence[Finding]:
    """`x.viz-mrz`: number, dates, sex and nationality, a finding each."""
    return _judge(check, examined, DATA_FIELDS)


def judge_names(check: Check, examined: Examined) -> Sequence[Finding]:
    """`x.viz-mrz-name`: the names by the tables of Doc 9303-3, section 6, and cut where full."""
    return _judge(check, examined, NAME_FIELDS)


def _judge(check: Check, examined: Examined, names: tuple[str, ...]) -> list[Finding]:
    chosen = main_zone(examined)
    if chosen is None:
        return [no_zone(check, examined)]
    if chosen.layout is None:
        return [finding(check, "not_performed", "no-structure", page=chosen.page)]
    found = [
        _one(check, examined, page, field, chosen, result)
        for page, fields in examined.viz.items()
        if page == chosen.page or page != VISA_PAGE
        for field, result in _compared([each for each in fields if each.name in names], chosen)
    ]
    if found:
        return [*found, *_not_found(check, examined, chosen, names)]
    code = next(iter(examined.viz_absent.values()), "no-viz")
    return [finding(check, "not_performed", f"viz.{code}", page=chosen.page)]


def _not_found(
    check: Check, examined: Examined, chosen: ChosenZone, names: tuple[str, ...]
) -> list[Finding]:
    """What every document prints and nobody found: it was not compared, and so did not pass."""
    read = {field.name for fields in examined.viz.values() for field in fields}
    return [
        finding(check, "not_performed", "viz.not-found", {"field": name}, page=chosen.page)
        for name, others in _ON_EVERY_DOCUMENT.items()
        if name in names and not read & {name, *others}
    ]


def _compared(
    fields: Sequence[VizField], chosen: ChosenZone
) -> Iterable[tuple[VizField, Comparison]]:
    return zip(fields, compare_page(fields, chosen), strict=True)


def _one(
    check: Check,
    examined: Examined,
    page: str,
    field: VizField,
    chosen: ChosenZone,
    result: Comparison,
) -> Finding:
    places = chosen.field_places(*_ZONE_FIELDS.get(field.name, (field.name,)))
    every = [each for fields in examined.viz.values() for each in fields]
    if result.answer == "differs" and (
        stands_elsewhere(field, examined.viz[page], chosen)
        or date_stands_elsewhere(field, every, chosen)
    ):
        result = replace(result, answer="misplaced")
    outcome, code = _outcome(result, field, is_open=chosen.is_open(places))
    if (outcome, code) == ("inconclusive", "unsure") and _was_equal(field, chosen):
        outcome, code = _outcome_of_added(field)
    if outcome == "failed" and is_coarse(examined, page, field.light):
        outcome, code = "inconclusive", "too-coarse"
    comparable = result.answer in ("equal", "differs")
    is_name = check.id == "x.viz-mrz-name"
    return finding(
        check,
        outcome,
        f"viz.{code}",
        {
            "field": field.name,
            "printed": field.text,
            "zone": zone_text(field.name, chosen),
        },
        page=page,
        light=(field.light, chosen.light) if field.light != chosen.light else (field.light,),
        severity=_SEVERITY.get(field.name),
        measured=Measured(float(result.distance), "characters", 0.0) if comparable else None,
        limit=Limit(None, 0.0, "characters", _SOURCE_NAME if is_name else _SOURCE)
        if comparable
        else None,
        box_mm=field.box_mm,
        evidence=()
        if outcome in ("passed", "not_applicable")
        else examined.proofs(
            (page, field.light, field.box_mm),
            (chosen.page, chosen.light, chosen.box_of(places)),
        ),
    )


def _was_equal(field: VizField, chosen: ChosenZone) -> bool:
    """Whether infrared shows what the zone says, where white light shows something else."""
    if field.apart is None:
        return False
    before = replace(field, text=field.apart.infrared, apart=None)
    return compare(before, chosen).answer == "equal"


def _outcome_of_added(field: VizField) -> tuple[Outcome, str]:
    """The zone is confirmed by infrared, so ink that only white light shows made the difference.

    Another mark than a stroke within the line may lie over it by chance, and readers may err.
    """
    apart = field.apart
    surely = apart is not None and apart.white_sure >= VERY_SURE and apart.infrared_sure >= SURE
    if surely and apart is not None and 0.0 < apart.reach <= TALLEST_HEIGHTS:
        return "failed", "ink-added"
    return "inconclusive", "unsure"


def is_coarse(examined: Examined, page: str, light: str) -> bool:
    """Whether the picture is too coarse to hold what a reader made of it against the page."""
    seen = examined.pages.get(page)
    ppi = seen.quality.get(light, {}).get("native_ppi") if seen is not None else None
    return ppi is not None and ppi < LEAST_PPI


def _outcome(result: Comparison, field: VizField, *, is_open: bool) -> tuple[Outcome, str]:
    if result.answer == "no-field":
        return "not_applicable", "no-field"
    if result.answer == "no-table":
        return "not_performed", "no-table"
    if result.answer in ("unreadable", "misplaced"):
        return "inconclusive", result.answer
    if result.answer == "equal" and field.name == "sex" and field.confidence <= EVEN_CHANCE:
        return "not_performed", "ambiguous"
    if result.answer == "equal":
        # Two independent readings that agree settle an open character.
        return "passed", "equal"
    if is_open:
        return "inconclusive", "zone-open"
    sure = VERY_SURE if field.name in (*NAME_FIELDS, "numbering") else SURE
    if result.answer == "alike" or field.confidence < sure:
        return "inconclusive", "unsure"
    return "failed", "differs"


CHECKS = (
    Check("x.viz-mrz", ("A", "C"), ("white",), judge_data, severity="strong", version="12"),
    Check("x.viz-mrz-name", ("A", "C"), ("white",), judge_names, severity="strong", version="6"),
)
