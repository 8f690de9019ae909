"""The one change of data that a forger of this document is after: a date or a number.

All attacks on data aim at the same change, so that together they make one job: the year erased
in the visual zone is the year altered in the machine readable one.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from docexam.mrz.layouts import LAYOUTS
from docexam.specimens.holders import Holder, written_date
from docexam.specimens.mrz_text import mrz_lines
from docexam.specimens.seeds import rng_for

if TYPE_CHECKING:
    from docexam.specimens.design import Design, PageDesign
    from docexam.specimens.document import Document

Datum = Literal["birth_date", "expiry_date", "document_number"]
DATA: tuple[Datum, ...] = ("birth_date", "expiry_date", "document_number")


@dataclass(frozen=True)
class DataChange:
    """One datum told otherwise.

    `viz_text` is the visual zone's new text, `at` the character of it that changes. `cells` are
    the places (line, column), from 0, of the zone that change without its check digits; `lines`
    is the whole zone with digits that fit.
    """

    field: Datum
    viz_text: str
    at: int
    cells: tuple[tuple[int, int], ...]
    lines: tuple[str, ...]
    holder: Holder


def viz_fields(pages: tuple[PageDesign, ...]) -> tuple[str, ...]:
    """The data that these pages print in the visual zone and the zone repeats."""
    printed = {place.field for page in pages for place in page.fields}
    return tuple(field for field in DATA if field in printed)


def planned_change(document: Document, allowed: tuple[Datum, ...] = DATA) -> DataChange:
    """The change for this document, the same whichever attack asks for it.

    A date whose year differs in one digit, or a number with another digit, chosen by the seed
    among the data that the drawn visual zone shows.
    """
    design = document.design
    rng = rng_for("forger", "plan", design.name, document.seed)
    pages = tuple(design.pages[page] for page in document.pages)
    shown = [field for field in viz_fields(pages) if field in allowed] or list(allowed)
    field = shown[int(rng.integers(len(shown)))]
    holder = _changed(document.holder, field)
    old, new = datum_text(design, document.holder, field), datum_text(design, holder, field)
    at = next(at for at, (a, b) in enumerate(zip(old, new, strict=True)) if a != b)
    cells, lines = _zone(document, holder, field)
    return DataChange(field, new, at, cells, lines, holder)


def datum_text(design: Design, holder: Holder, field: str) -> str:
    """What the visual zone of a design prints for a datum of the holder."""
    value = getattr(holder, field)
    if isinstance(value, dt.date):
        return written_date(value, design.months)
    return str(value)


def _changed(holder: Holder, field: Datum) -> Holder:
    if field == "document_number":
        number = holder.document_number
        at = max(place for place, sign in enumerate(number) if sign.isdigit())
        digit = str((int(number[at]) + 3) % 10)
        return replace(holder, document_number=number[:at] + digit + number[at + 1 :])
    if field == "expiry_date":
        # ten years more, by one stroke of the tens
        return replace(holder, expiry_date=_in_year(holder.expiry_date, 10))
    decade = holder.birth_date.year % 10
    step = 4 if decade <= 5 else -4
    return replace(holder, birth_date=_in_year(holder.birth_date, step))


def _in_year(day: dt.date, step: int) -> dt.date:
    try:
        return day.replace(year=day.year + step)
    except ValueError:  # 29 February: the day of the month must not change, so another step
        return day.replace(year=day.year + (20 if step == 10 else step // 2 * 2))


def _zone(
    document: Document, holder: Holder, field: str
) -> tuple[tuple[tuple[int, int], ...], tuple[str, ...]]:
    """The cells of the datum that change, and the zone with all check digits recomputed."""
    design: Design = document.design
    before, after = mrz_lines(design, document.holder), mrz_lines(design, holder)
    spans = [LAYOUTS[design.format].field(field)]
    if field == "document_number":
        spans.append(LAYOUTS[design.format].field("optional_data_1"))
    cells = []
    for span in spans:
        if span is not None:
            line = span.line - 1
            cells += [
                (line, column)
                for column in range(span.first - 1, span.last)
                if before[line][column] != after[line][column]
            ]
    return tuple(cells), after
