"""The fields of the visual zone as far as they can be told by their captions: ink and place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.vision.added_strokes import NAME as STROKE_NAME
from docexam.vision.added_strokes import ink_stroke
from docexam.vision.field_ink import NAMES as INK_NAMES
from docexam.vision.field_ink import ink_of_runs
from docexam.vision.field_place import place_of_runs
from docexam.vision.field_runs import find_fields

if TYPE_CHECKING:
    from docexam.vision.page import PageView
    from docexam.vision.zone_view import ZoneView

NAMES = (*INK_NAMES, STROKE_NAME, "doc.margin", "mrz.clear-height")


def measure(page: PageView, zone: ZoneView | None) -> list[Measurement | NotMeasured]:
    """All of NAMES for one page. Fields are looked for in white light."""
    if "white" not in page.lights:
        params = {"light": "white"}
        return [NotMeasured(n, page.page, ("white",), "no-light", params) for n in NAMES]
    runs = find_fields(page, zone)
    return [
        *ink_of_runs(page, runs),
        ink_stroke(page, zone),
        *place_of_runs(page, zone, runs),
    ]
