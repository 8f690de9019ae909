"""Takes the fields out of lines of the right length, without judging them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.mrz.check_digits import long_number
from docexam.mrz.dates import PrintedDate, century_rule
from docexam.mrz.layouts import LAYOUTS, Layout
from docexam.mrz.names import NameParts, split_name
from docexam.nouns.reading import Fields

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

_CUTS = {
    layout.name: tuple(
        (span.name, span.line - 1, span.first - 1, span.last)
        for span in layout.fields
        if span.name != "filler" and not span.name.endswith("_digit")
    )
    for layout in LAYOUTS.values()
}


def raw_fields(layout: Layout, lines: Sequence[str]) -> dict[str, str]:
    """Each field as printed, fillers and all, by its name in the layout."""
    return {name: lines[line][first:last] for name, line, first, last in _CUTS[layout.name]}


def holder(raw: Mapping[str, str]) -> NameParts:
    """The names, from one field or from two."""
    if "name" in raw:
        return split_name(raw["name"])
    surname = " ".join(raw["surname"].replace("<", " ").split())
    return NameParts(surname, " ".join(raw.get("given_names", "").replace("<", " ").split()))


def fields_of(
    layout: Layout,
    lines: Sequence[str],
    raw: Mapping[str, str],
    *,
    birth: PrintedDate | None,
    expiry: PrintedDate | None,
    today: dt.date,
) -> Fields:
    """The data elements of a zone, by contract `docexam.reading/1`."""
    number = raw["document_number"].rstrip("<")
    optional = raw.get("optional_data_1")
    tail = long_number(layout, lines)
    if tail is not None and optional is not None:
        number = raw["document_number"] + tail[0]
        optional = optional[len(tail[0]) + 1 :].lstrip("<")
    names = holder(raw)
    return Fields(
        document_code=raw["document_code"].rstrip("<"),
        issuing_state=raw["issuing_state"].rstrip("<"),
        document_number=number,
        surname=names.surname,
        given_names=names.given_names if "given_names" in raw or "name" in raw else None,
        nationality=_text(raw.get("nationality")),
        birth_date=birth.iso if birth else None,
        birth_date_printed=raw.get("birth_date"),
        sex=raw.get("sex"),
        expiry_date=expiry.iso if expiry else None,
        expiry_date_printed=raw.get("expiry_date"),
        century_rule=century_rule(today),
        optional_data_1=_text(optional),
        optional_data_2=_text(raw.get("optional_data_2")),
    )


def _text(printed: str | None) -> str | None:
    return None if printed is None else printed.rstrip("<")
