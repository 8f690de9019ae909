"""For how long documents of one kind are issued, and in which years these were.

States issue for whole years, often to the day before; adults and children have different terms.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

from docexam.reference.parts import NotLearned, Part
from docexam.reference.terms_calendar import term_months
from docexam.vision.read_viz_forms import date_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.nouns.measurement import Measurement, NotMeasured
    from docexam.reference.page_sample import PageSample

NAME = "terms"

# Our starting values.
LEAST_DOCUMENTS = 3
SURE_DATE = 0.80


def learn(samples: Sequence[PageSample]) -> Part | NotLearned:
    """The terms of these documents and their years of issue, from the dates that a page prints."""
    spans = [span for sample in samples if (span := _dates(sample)) is not None]
    if len(spans) < LEAST_DOCUMENTS:
        return NotLearned(NAME, "learn.few-dates", {"documents": float(len(spans))})
    months = Counter(term_months(issued, expires) for issued, expires in spans)
    years = sorted(issued.year for issued, _ in spans)
    facts = {
        "terms": [
            {"months": term, "documents": count}
            for term, count in sorted(months.items(), key=lambda each: each[0] or 0)
            if term is not None
        ],
        "others": months.get(None, 0),
        "documents": len(spans),
        "issued": [years[0], years[-1]],
    }
    return Part(NAME, facts)


def measure(sample: PageSample, part: Part) -> list[Measurement | NotMeasured]:
    """Nothing: dates are data, judged as they were read."""
    del sample, part
    return []


def _dates(sample: PageSample) -> tuple[dt.date, dt.date] | None:
    """Issue and expiry of one document: the one printed, the other from its zone."""
    issued = None
    for field in sample.viz:
        key = date_key(field.text) if field.name == "issue_date" else None
        if key is not None and key[0] > 999 and field.confidence >= SURE_DATE:
            issued = key
    expires = None if sample.fields is None else sample.fields.expiry_date
    if issued is None or expires is None or len(expires) != len("2026-01-01"):
        return None
    try:
        span = dt.date(*issued), dt.date.fromisoformat(expires)
    except ValueError:
        return None
    return span if span[0] < span[1] else None
