"""What each light shows of a page, place by place: linear levels in cells of half a millimetre."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from docexam.vision.once_a_page import once_a_page

if TYPE_CHECKING:
    from docexam.vision.page import PageView

Cells = NDArray[np.float32]
Seen = NDArray[np.bool_]

CELLS_PER_MM = 2.0
RIM_MM = 2.0
"""The page's rim: its edge and the shade beside it are no print."""
_SEEN = 0.99


@once_a_page
def light_cells(page: PageView, light: str) -> tuple[Cells, Seen] | None:
    """(h, w) or (h, w, 3) BGR mean levels, and (h, w) the cells that were seen, without the rim.

    None where the page has no picture under `light`, or is hardly larger than its rim.
    """
    view = page.lights.get(light)
    if view is None:
        return None
    width, height = (round(side * CELLS_PER_MM) for side in page.size_mm)
    rim = round(RIM_MM * CELLS_PER_MM)
    if min(width, height) <= 2 * rim:
        return None
    levels = cv2.resize(view.pixels, (width, height), interpolation=cv2.INTER_AREA)
    if view.mask.all():
        seen = np.ones((height, width), np.bool_)
    else:
        shown = view.mask.astype(np.float32)
        seen = cv2.resize(shown, (width, height), interpolation=cv2.INTER_AREA) >= _SEEN
    inside = np.zeros_like(seen)
    inside[rim:-rim, rim:-rim] = True
    return np.asarray(levels, np.float32), np.asarray(seen & inside, np.bool_)
