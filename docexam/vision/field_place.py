"""How near the data of a page come to its edges and to its machine readable zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.vision.page_scale import edge_uncertainty_mm, no_ruler, ruler

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.nouns.measurement import BoxMm
    from docexam.vision.field_runs import TextRun
    from docexam.vision.page import PageView
    from docexam.vision.zone_view import ZoneView

_INK_EDGE_MM = 0.1
"""How well the end of a run of text is known: our estimate."""


def place_of_runs(
    page: PageView, zone: ZoneView | None, runs: Sequence[TextRun]
) -> list[Measurement | NotMeasured]:
    """`doc.margin` (Doc 9303-4, 2.4) and `mrz.clear-height` (Doc 9303-4, 4.1)."""
    boxes = [run.box_mm for run in runs]
    found = [_margin(page, [*boxes, *([] if zone is None else [zone.box_mm])])]
    if zone is not None:
        found.append(_clear_height(page, zone, boxes))
    return found


def _margin(page: PageView, boxes: list[BoxMm]) -> Measurement | NotMeasured:
    """The least distance of any data from an edge of the page that was seen."""
    name, light = "doc.margin", ("white",)
    seen = page.outline
    if not boxes:
        return NotMeasured(name, page.page, light, "viz.few-fields", {"fields": 0.0})
    if seen is None:
        return NotMeasured(name, page.page, light, "outline.none")
    rule = ruler(page)
    if rule is None:
        return no_ruler(name, page, light)
    distances: list[tuple[float, BoxMm, str]] = []
    for x, y, w, h in boxes:
        box = (x, y, w, h)
        if seen.left is not None:
            distances.append((x - seen.left, box, "left"))
        if seen.right is not None:
            distances.append((seen.right - x - w, box, "right"))
        if seen.top is not None:
            distances.append((y - seen.top, box, "top"))
        if seen.bottom is not None:
            distances.append((seen.bottom - y - h, box, "bottom"))
    if not distances:
        return NotMeasured(name, page.page, light, "outline.none")
    least, box, side = min(distances)
    u = edge_uncertainty_mm(page, "white") + _INK_EDGE_MM
    value, u = rule.length(least, u)
    details: dict[str, float | str] = {"side": side, "format": page.format}
    return Measurement(name, page.page, light, value, "mm", u, box, details=details)


def _clear_height(page: PageView, zone: ZoneView, boxes: list[BoxMm]) -> Measurement | NotMeasured:
    """From the bottom edge up to the lowest datum above the zone."""
    name, light = "mrz.clear-height", ("white",)
    above = [box for box in boxes if box[1] < zone.box_mm[1]]
    if not above:
        return NotMeasured(name, page.page, light, "viz.few-fields", {"fields": 0.0})
    if page.outline is None or page.outline.bottom is None:
        return NotMeasured(name, page.page, light, "outline.none", {"side": "bottom"})
    rule = ruler(page)
    if rule is None:
        return no_ruler(name, page, light)
    lowest = max(above, key=lambda box: box[1] + box[3])
    u = edge_uncertainty_mm(page, "white") + _INK_EDGE_MM
    value, u = rule.length(page.outline.bottom - lowest[1] - lowest[3], u)
    details: dict[str, float | str] = {"format": page.format}
    return Measurement(name, page.page, light, value, "mm", u, lowest, details=details)
