"""Where the fields of the visual zone stand: black print that differs from holder to holder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.reference.ink_depth import DEPTH_PX_PER_MM, coarse, depth_of, depth_window
from docexam.reference.portrait_place import holder_areas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.nouns.measurement import BoxMm
    from docexam.reference.page_sample import PageSample

# Our starting values.
_DIFFERS = 0.08
_BLACK = 0.30
_JOIN_MM = (3.0, 0.6)
_WIDTH_MM, _HEIGHT_MM = (2.5, 90.0), (1.0, 7.0)
_ZONE_ROOM_MM = 1.0


def field_boxes(samples: Sequence[PageSample]) -> list[BoxMm]:
    """The places of the fields in millimetres of the model, outside portraits and zone."""
    depths = np.array([depth_of(coarse(each, "white")[0]).min(axis=2) for each in samples])
    differs = (depths.std(axis=0) > _DIFFERS) & (depths.max(axis=0) > _BLACK)
    shape = differs.shape
    held = cv2.resize(
        holder_areas(samples).astype(np.uint8), shape[::-1], interpolation=cv2.INTER_NEAREST
    )
    differs &= cv2.dilate(held, np.ones((round(4 * DEPTH_PX_PER_MM),) * 2, np.uint8)) == 0
    for each in samples:
        if each.zone is not None:
            x, y, w, h = each.model_box(each.zone.box_mm)
            room = _ZONE_ROOM_MM
            differs[depth_window((x - room, y - room, w + 2 * room, h + 2 * room), shape)] = False
    across, down = (round(side * DEPTH_PX_PER_MM) for side in _JOIN_MM)
    joined = cv2.morphologyEx(
        differs.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((down, across), np.uint8)
    )
    boxes = cv2.connectedComponentsWithStats(joined)[2][1:, :4] / DEPTH_PX_PER_MM
    return [
        (float(x), float(y), float(w), float(h))
        for x, y, w, h in boxes
        if _WIDTH_MM[0] <= w <= _WIDTH_MM[1] and _HEIGHT_MM[0] <= h <= _HEIGHT_MM[1]
    ]
