"""What the measurers say of each page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docexam.nouns.measurement import Measurement
from docexam.vision.measuring import measure_page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docexam.checks.examined import Examined
    from docexam.looking.document import GlassDocument
    from docexam.nouns.measurement import NotMeasured


def measured(examined: Examined, document: GlassDocument, names: Iterable[str]) -> Examined:
    """`examined` with what these measurers say of each page."""
    wanted = list(names)
    found: dict[tuple[str, str], Measurement] = dict(examined.measurements)
    missed: dict[tuple[str, str], NotMeasured] = dict(examined.not_measured)
    for page, seen in document.pages.items():
        if seen is None:
            continue
        for each in measure_page(seen.view, seen.zone, wanted):
            if isinstance(each, Measurement):
                found[page, each.name] = each
            else:
                missed[page, each.name] = with_reason(each, examined)
    return replace(examined, measurements=found, not_measured=missed)


def with_reason(missed: NotMeasured, examined: Examined) -> NotMeasured:
    """Of a light that was captured in vain: why, in place of its absence."""
    page = examined.pages.get(missed.page)
    if missed.code != "no-light" or page is None:
        return missed
    for light in str(missed.params.get("light", "")).split(", "):
        if (why := page.why_without(light)) is not None:
            return replace(missed, code=why[0], params=why[1])
    return missed
