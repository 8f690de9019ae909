"""Ink within a field that answers otherwise in infrared than the field does.

What was drawn over a printed character is seen in white as one character with it. In infrared the
two inks part (Doc 9303-2, appendix C: IR-AB-ID, IR-TR-ID), so the area of what is dark in white and
pale in infrared, where the field's own ink stays, is measured.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.vision.light_pair import levelled_pair, spread_mm
from docexam.vision.lost_ink import lost_ink, staying_ink, window_of
from docexam.vision.overprint import LONG_MM, overprint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docexam.nouns.measurement import BoxMm
    from docexam.vision.light_pair import LightPair
    from docexam.vision.page import PageView

NAME = "viz.ink-spot"

# Our starting values.
_ROOM_MM = 0.25
_WINDOW_MM = 1.0
_NOISE_MM2 = 0.006
_BLUR_MM2 = 0.05


def ink_spot(page: PageView, fields: Mapping[str, BoxMm]) -> Measurement | NotMeasured:
    """`viz.ink-spot`: the most ink, in mm2 within a square of 1 mm, that only white light shows.

    `fields`: places of print by name. The ink of each is held against that same field's ink; a
    field that vanishes in infrared is left out. `details` name the `field` of the spot.
    """
    missing = [light for light in ("ir", "white") if light not in page.lights]
    if missing:
        return NotMeasured(NAME, page.page, ("ir",), "no-light", {"light": missing[0]})
    pair = levelled_pair(page)
    found = [
        (*spot, name)
        for name, box in fields.items()
        if (spot := _spot(page, pair, box)) is not None
    ]
    if not found:
        return NotMeasured(NAME, page.page, ("ir", "white"), "viz.few-fields", {"fields": 0.0})
    area_mm2, place, name = max(found)
    u = lost_area_u(page)
    details: dict[str, float | str] = {"field": name, "fields": float(len(found))}
    wavelength = page.lights["ir"].wavelength_nm
    if wavelength is not None:
        details["wavelength_nm"] = wavelength
    return Measurement(NAME, page.page, ("ir", "white"), area_mm2, "mm2", u, place, details=details)


def lost_area_u(page: PageView) -> float:
    """How well such an area is known, in mm2: blur takes and gives at the edges of strokes."""
    widest_mm = max(spread_mm(page, light) for light in ("white", "ir"))
    return float(np.hypot(_NOISE_MM2, _BLUR_MM2 * max(widest_mm - 0.1, 0.0)))


def _spot(page: PageView, pair: LightPair, box: BoxMm) -> tuple[float, BoxMm] | None:
    """The area of the largest spot in one field and its place; None where no ink is seen."""
    window = window_of(box, _ROOM_MM, pair)
    ink = staying_ink(pair, window)
    if ink is None:
        return None
    scale = pair.px_per_mm
    side = max(3, round(_WINDOW_MM * scale))
    lost = lost_ink(pair, window, ink)
    if float(lost.sum()) > _NOISE_MM2 * scale**2:
        # SPECIMEN and stamps in colour are no ink that was added to a character
        lost[overprint(page, LONG_MM)[0][window]] = 0.0
    areas = cv2.boxFilter(
        lost, -1, (side, side),
        normalize=False, borderType=cv2.BORDER_CONSTANT,
    )  # fmt: skip
    row, column = np.unravel_index(int(np.argmax(areas)), areas.shape)
    place = (
        (window[1].start + float(column)) / scale - _WINDOW_MM / 2,
        (window[0].start + float(row)) / scale - _WINDOW_MM / 2,
        _WINDOW_MM,
        _WINDOW_MM,
    )
    return float(areas[row, column]) / scale**2, place
