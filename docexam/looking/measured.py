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
                missed[page, each.name] = each
    return replace(examined, measurements=found, not_measured=missed)
