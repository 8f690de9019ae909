"""What is personal on a page: its zone, its portrait and the fields of its visual zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.vision.photo_place import find_portrait

if TYPE_CHECKING:
    from docexam.nouns.measurement import BoxMm
    from docexam.nouns.report import VizField
    from docexam.vision.page_from_capture import SeenPage

ROOM_MM = 0.8
"""About each of them; our starting value."""


def personal_boxes(page: SeenPage, viz: tuple[VizField, ...]) -> list[BoxMm]:
    """Boxes in the page's own millimetres that no model may keep."""
    boxes = [field.box_mm for field in viz]
    if page.zone is not None:
        boxes.append(page.zone.box_mm)
    portrait = find_portrait(page.view, page.zone)
    if portrait is not None:
        boxes.append(portrait)
    return [(x - ROOM_MM, y - ROOM_MM, w + 2 * ROOM_MM, h + 2 * ROOM_MM) for x, y, w, h in boxes]
