"""The visual zone and the bar codes of each page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docexam.checks.examined import VISA_PAGE
from docexam.checks.viz_naming import named_by_zone
from docexam.checks.zone_choice import main_zone
from docexam.errors import DependencyMissing, InputError
from docexam.vision.barcodes import read_barcodes
from docexam.vision.field_ink import ink_of_viz
from docexam.vision.read_viz import read_viz_lines

if TYPE_CHECKING:
    from docexam.checks.examined import Examined
    from docexam.looking.document import GlassDocument
    from docexam.nouns.measurement import Measurement
    from docexam.nouns.report import Barcode, VizField


def with_text(examined: Examined, document: GlassDocument, *, viz_wanted: bool) -> Examined:
    """`examined` with the visual zone, the ink of its fields and the bar codes of each page."""
    viz: dict[str, tuple[VizField, ...]] = {}
    absent: dict[str, str] = {}
    barcodes: list[Barcode] = []
    inks: dict[tuple[str, str], Measurement] = {}
    zone = main_zone(examined)
    for page, seen in document.pages.items():
        if seen is None:
            continue
        barcodes += read_barcodes(seen.view)
        if not viz_wanted:
            continue
        try:
            read = read_viz_lines(seen.view, seen.zone)
        except DependencyMissing:
            absent[page] = "no-reader"
        except InputError:
            absent[page] = "reader-failed"
        else:
            own = zone if zone is not None and (page == zone.page or page != VISA_PAGE) else None
            fields = named_by_zone(read.fields, read.unnamed, own)
            if fields:
                viz[page] = fields
            else:
                absent[page] = "no-viz"
            inks |= {(page, each.name): each for each in ink_of_viz(seen.view, fields)}
    return replace(
        examined,
        viz=viz,
        viz_absent=absent,
        barcodes=tuple(barcodes),
        measurements={**examined.measurements, **inks},
    )
