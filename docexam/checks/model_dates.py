"""The dates of a document against the terms and the years of its kind."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from docexam.checks.check import Check
from docexam.checks.examined import VISA_PAGE
from docexam.checks.judging import finding
from docexam.checks.mrz_dates import SURE_DATE
from docexam.checks.viz_text import read_date
from docexam.checks.zone_choice import main_zone
from docexam.reference.terms_calendar import is_term, term_months

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding, FindingSeverity
    from docexam.nouns.report import VizField

PART = "terms"
MANY = 20
"""Documents from which on a term that none of them had is suspicious even if it is shorter than
theirs, as a child's may be (our starting value)."""


def judge_term(check: Check, examined: Examined) -> Sequence[Finding]:
    """`date.term`: the term is one of those that genuine documents had, to the day."""
    return [replace(_term(check, examined), from_model=True)]


def judge_window(check: Check, examined: Examined) -> Sequence[Finding]:
    """`date.model-window`: issued between the first and the last year of the kind."""
    return [replace(_window(check, examined), from_model=True)]


def _term(check: Check, examined: Examined) -> Finding:
    page = examined.main_page
    if examined.model is None:
        return finding(check, "not_performed", "no-model", page=page)
    facts = _facts(examined)
    if facts is None or not facts["terms"]:
        return finding(check, "not_applicable", "model.no-such-feature", page=page)
    issued, expires = _issue(examined), _expiry(examined)
    if issued is None or expires is None:
        return finding(check, "not_performed", "term.no-dates", page=page)
    page, field, day = issued
    months = term_months(day, expires)
    terms = [int(each["months"]) for each in facts["terms"]]
    right = months in terms or any(is_term(day, expires, term) for term in terms)
    known = ", ".join(_in_words(term) for term in terms)
    params: dict[str, float | str] = {
        "term": f"{(expires - day).days} days" if months is None else _in_words(months),
        "terms": known,
        "documents": float(facts["documents"]),
    }
    if right:
        return finding(check, "passed", "term.known", params, page=page, box_mm=field.box_mm)
    sure = field.confidence >= SURE_DATE
    return finding(
        check,
        "failed" if sure else "inconclusive",
        "term.other" if sure else "term.unsure",
        params,
        page=page,
        light=(field.light,),
        severity=_weight(months, facts, visa=examined.model.key.document_code.startswith("V")),
        box_mm=field.box_mm,
    )


def _weight(months: int | None, facts: Mapping[str, Any], *, visa: bool) -> FindingSeverity:
    """Shorter terms are given to children and in need; none is given a longer one than all.

    Visas are given for as long as a journey asks for.
    """
    longest = max(int(each["months"]) for each in facts["terms"])
    longer = months is not None and months > longest and not visa
    return "suspicious" if longer or int(facts["documents"]) >= MANY else "notice"


def _window(check: Check, examined: Examined) -> Finding:
    page, model = examined.main_page, examined.model
    if model is None:
        return finding(check, "not_performed", "no-model", page=page)
    issued = _issue(examined)
    if issued is None:
        return finding(check, "not_performed", "term.no-dates", page=page)
    page, field, day = issued
    params: dict[str, float | str] = {
        "issued": str(day.year),
        "first": str(model.key.first_year),
        "last": "today" if model.last_year is None else str(model.last_year),
    }
    early = day.year < model.key.first_year
    late = model.last_year is not None and day.year > model.last_year
    if not early and not late:
        return finding(check, "passed", "window.inside", params, page=page, box_mm=field.box_mm)
    if field.confidence < SURE_DATE:
        code = "term.unsure"
        return finding(check, "inconclusive", code, params, page=page, box_mm=field.box_mm)
    # the earliest year that was seen may not be the first
    only_seen = early and not model.first_year_given
    return finding(
        check,
        "failed",
        "window.early" if early else "window.late",
        params,
        page=page,
        light=(field.light,),
        severity="notice" if only_seen else "suspicious",
        box_mm=field.box_mm,
    )


def _facts(examined: Examined) -> Mapping[str, Any] | None:
    """The terms of the kind, on whichever page they were learned."""
    if examined.model is None:
        return None
    found = (facts for (_, part), facts in examined.model.facts.items() if part == PART)
    return next(found, None)


def _issue(examined: Examined) -> tuple[str, VizField, dt.date] | None:
    """The page, the field and the day of issue as printed with four figures of the year."""
    for page, fields in examined.viz.items():
        if page == VISA_PAGE and page != examined.main_page:
            continue
        for field in fields:
            if field.name == "issue_date" and (day := read_date(field.text)) is not None:
                return page, field, day
    return None


def _expiry(examined: Examined) -> dt.date | None:
    """The zone's date of expiry, where all of it was surely read."""
    chosen = main_zone(examined)
    printed = None if chosen is None else chosen.reading.fields.expiry_date
    if chosen is None or printed is None or len(printed) != len("2026-01-01"):
        return None
    if chosen.is_open(chosen.field_places("expiry_date")):
        return None
    return dt.date.fromisoformat(printed)


def _in_words(months: int) -> str:
    years, rest = divmod(months, 12)
    count, unit = (years, "year") if not rest else (months, "month")
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


CHECKS = (
    Check(
        "date.term",
        ("C",),
        ("white",),
        judge_term,
        severity="suspicious",
        inspection_class="data",
        needs_model=True,
    ),
    Check(
        "date.model-window",
        ("C",),
        ("white",),
        judge_window,
        severity="suspicious",
        inspection_class="data",
        needs_model=True,
    ),
)
