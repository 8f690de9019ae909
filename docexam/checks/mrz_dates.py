"""The order of a document's dates: birth, issue, expiry.

A zone prints years of two digits, and the rule that gives them their century puts them in order
by itself. So only the years of four digits in the visual zone can break the order.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from docexam.checks.check import Check
from docexam.checks.examined import VISA_PAGE
from docexam.checks.judging import finding
from docexam.checks.viz_text import read_date
from docexam.checks.zone_choice import around, main_zone
from docexam.nouns.finding import Limit, Measured

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding, Outcome
    from docexam.nouns.report import VizField

OLDEST_YEARS = 125
SURE_DATE = 0.80
"""Our starting values: the greatest age, and how sure a printed date must be to be held against."""
_NAMES = ("birth_date", "issue_date", "expiry_date")


def judge_order(check: Check, examined: Examined) -> Sequence[Finding]:
    """`date.order`: birth < issue < expiry, neither birth nor issue to come, age at most 125.

    What a visa prints may be the first day of its validity, which may be to come.
    """
    page, fields = _dated_fields(examined)
    if not fields:
        page = examined.main_page
        code = examined.viz_absent.get(page, "no-viz")
        return [finding(check, "not_performed", f"date.order.{code}", page=page, light=("white",))]
    dates = {name: day for name, (_, day) in fields.items()}
    chosen = main_zone(examined)
    if "expiry_date" not in dates and chosen is not None:
        printed = chosen.reading.fields.expiry_date
        if printed and not chosen.is_open(chosen.field_places("expiry_date")):
            dates["expiry_date"] = dt.date.fromisoformat(printed)
    is_visa = page == VISA_PAGE or (
        chosen is not None and (chosen.reading.format or "").startswith("MRV")
    )
    broken = _broken(dates, examined.today, may_begin_later=is_visa)
    sure = all(field.confidence >= SURE_DATE for field, _ in fields.values())
    outcome: Outcome = "passed" if broken is None else "failed" if sure else "inconclusive"
    age = examined.today.year - dates["birth_date"].year if "birth_date" in dates else None
    return [
        finding(
            check,
            outcome,
            broken or "date.order",
            {name: day.isoformat() for name, day in dates.items()},
            page=page,
            light=tuple(sorted({field.light for field, _ in fields.values()})),
            measured=None if age is None else Measured(float(age), "years", 0.0),
            limit=None
            if age is None
            else Limit(0.0, float(OLDEST_YEARS), "years", "our starting value"),
            box_mm=around(field.box_mm for field, _ in fields.values()),
        )
    ]


def _dated_fields(examined: Examined) -> tuple[str, dict[str, tuple[VizField, dt.date]]]:
    """The first page with dates that have four-digit years, and those dates."""
    for page, fields in examined.viz.items():
        if page == VISA_PAGE and page != examined.main_page:
            continue
        found = {
            field.name: (field, day)
            for field in fields
            if field.name in _NAMES and (day := read_date(field.text)) is not None
        }
        if found:
            return page, found
    return examined.main_page, {}


def _broken(dates: dict[str, dt.date], today: dt.date, *, may_begin_later: bool) -> str | None:
    """Which rule the dates break, as a code; None for none."""
    birth, issue, expiry = (dates.get(name) for name in _NAMES)
    if birth is not None and birth > today:
        return "date.order.birth-to-come"
    if birth is not None and today.year - birth.year > OLDEST_YEARS:
        return "date.order.too-old"
    if issue is not None and issue > today and not may_begin_later:
        return "date.order.issue-to-come"
    if birth is not None and issue is not None and birth > issue:
        return "date.order.issued-before-birth"
    if issue is not None and expiry is not None and issue >= expiry:
        return "date.order.expired-before-issue"
    if birth is not None and expiry is not None and birth >= expiry:
        return "date.order.expired-before-birth"
    return None


CHECKS = (Check("date.order", ("A",), ("white",), judge_order, severity="strong", version="3"),)
