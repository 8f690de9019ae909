"""What is personal on a page: its zone, its portrait and the fields of its visual zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from docexam.vision.perforation_holes import number_boxes
from docexam.vision.photo_place import find_portrait

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.nouns.measurement import BoxMm
    from docexam.nouns.report import VizField
    from docexam.vision.page_from_capture import SeenPage

# Our starting values.
ROOM_MM = 0.8
NEAR_MM = 2.0


def personal_boxes(
    pages: Sequence[SeenPage], viz: Sequence[tuple[VizField, ...]]
) -> list[list[BoxMm]]:
    """Boxes of each page, in its own millimetres, that no model may keep.

    Portraits stand in one place on all documents of a kind: what a single page takes for one
    elsewhere is none.
    """
    portraits = [find_portrait(page.view, page.zone) for page in pages]
    usual = _usual([box for box in portraits if box is not None], len(pages))
    found = []
    for page, fields in zip(pages, viz, strict=True):
        boxes = [*(field.box_mm for field in fields), *number_boxes(page.view)]
        if page.zone is not None:
            boxes.append(page.zone.box_mm)
        found.append([_with_room(box) for box in (*boxes, *usual)])
    return found


def _usual(boxes: Sequence[BoxMm], pages: int) -> list[BoxMm]:
    """The median box, if at least half of the pages have one near it."""
    if not boxes:
        return []
    middle = np.median(boxes, axis=0)
    near = sum(bool(np.abs(np.subtract(box, middle)).max() <= NEAR_MM) for box in boxes)
    x, y, w, h = (float(side) for side in middle)
    return [(x, y, w, h)] if 2 * near >= pages else []


def _with_room(box: BoxMm) -> BoxMm:
    x, y, w, h = box
    return (x - ROOM_MM, y - ROOM_MM, w + 2 * ROOM_MM, h + 2 * ROOM_MM)
