"""Where on pages of one kind the holder's data and portrait stand, on the model's grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from docexam.reference.page_sample import window_of
from docexam.vision.perforation_holes import number_boxes
from docexam.vision.photo_place import find_portrait

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.nouns.measurement import BoxMm
    from docexam.reference.page_sample import PageSample
    from docexam.vision.page import Mask

ROOM_MM = 0.8
"""About each field; our starting value."""


def personal_mask(samples: Sequence[PageSample], shape: tuple[int, ...]) -> Mask:
    """(h, w) where zones and fields of these pages stand: nothing of them may be kept."""
    mask = np.zeros(shape, np.bool_)
    for sample in samples:
        boxes = [*(field.box_mm for field in sample.viz), *number_boxes(sample.view)]
        if sample.zone is not None:
            boxes.append(sample.zone.box_mm)
        for box in boxes:
            x, y, w, h = sample.model_box(box)
            grown = (x - ROOM_MM, y - ROOM_MM, w + 2 * ROOM_MM, h + 2 * ROOM_MM)
            mask[window_of(grown, shape)] = True
    return mask


def portrait_of(samples: Sequence[PageSample]) -> BoxMm | None:
    """Where most of these pages have their portrait; None where most seem to have none."""
    found = [
        sample.model_box(box)
        for sample in samples
        if (box := find_portrait(sample.view, sample.zone)) is not None
    ]
    if 2 * len(found) <= len(samples):
        return None
    x, y, w, h = (float(part) for part in np.median(found, axis=0))
    return (x, y, w, h)
