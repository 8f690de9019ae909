"""Ink within a field that answers otherwise in infrared than the field does: strokes added by pen.

What was drawn over a printed character is seen in white as one character with it. In infrared the
two inks part (Doc 9303-2, appendix C: IR-AB-ID, IR-TR-ID), so the area of what is dark in white and
pale in infrared, where the field's own ink stays, is measured.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.vision.field_runs import contrast_pair

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docexam.nouns.measurement import BoxMm
    from docexam.vision.field_runs import ContrastPair, Field
    from docexam.vision.page import PageView

NAME = "viz.ink-spot"

# Our starting values.
_ROOM_MM = 0.25
_REACH_MM = 0.10
_RESIDUAL_SHARE = 0.5
_WINDOW_MM = 1.0
_LEAST_WHITE = 0.25
_STAYS = 0.5
_SOLID = (0.75, 0.90)
"""How dark, against the darkest of the field, a stroke is: paler is printed ground or an edge."""
_GONE = (0.20, 0.30)
"""The part of a stroke's contrast that only white light shows."""
_GLARE = 0.985
_NOISE_MM2 = 0.006
_BLUR_MM2 = 0.05


def ink_spot(
    page: PageView, fields: Mapping[str, BoxMm], pair: ContrastPair | None = None
) -> Measurement | NotMeasured:
    """`viz.ink-spot`: the most ink, in mm2 within a square of 1 mm, that only white light shows.

    `fields`: places of print by name. The ink of each is held against that same field's ink; a
    field that vanishes in infrared is left out. `details` name the `field` of the spot.
    """
    missing = [light for light in ("ir", "white") if light not in page.lights]
    if missing:
        return NotMeasured(NAME, page.page, ("ir",), "no-light", {"light": missing[0]})
    pair = contrast_pair(page) if pair is None else pair
    white, infrared = _as_sharp_as_each_other(page, pair)
    scale = pair.px_per_mm
    reach_mm = _REACH_MM + _RESIDUAL_SHARE * (page.lights["ir"].residual_mm or 0.0)
    found = [
        (*spot, name)
        for name, box in fields.items()
        if (spot := _spot(white, infrared, scale, box, reach_mm)) is not None
    ]
    if not found:
        return NotMeasured(NAME, page.page, ("ir", "white"), "viz.few-fields", {"fields": 0.0})
    area_mm2, place, name = max(found)
    spread_mm = max(_spread_mm(page, light) for light in ("white", "ir"))
    u = float(np.hypot(_NOISE_MM2, _BLUR_MM2 * max(spread_mm - 0.1, 0.0)))
    details: dict[str, float | str] = {"field": name, "fields": float(len(found))}
    wavelength = page.lights["ir"].wavelength_nm
    if wavelength is not None:
        details["wavelength_nm"] = wavelength
    return Measurement(NAME, page.page, ("ir", "white"), area_mm2, "mm2", u, place, details=details)


def _spread_mm(page: PageView, light: str) -> float:
    quality = page.quality.get(light)
    spread = None if quality is None else quality.edge_spread_mm
    return 0.05 if spread is None else spread


def _as_sharp_as_each_other(page: PageView, pair: ContrastPair) -> tuple[Field, Field]:
    """The contrast in white and in infrared, the sharper one blurred as the other is."""
    white, infrared, scale = pair.white, _without_glare(page, pair.infrared), pair.px_per_mm
    spreads = [_spread_mm(page, light) for light in ("white", "ir")]
    levelled = []
    for contrast, own in zip((white, infrared), spreads, strict=True):
        more_px = float(np.sqrt(max(max(spreads) ** 2 - own**2, 0.0))) * scale
        blurred = cv2.GaussianBlur(contrast, (0, 0), more_px) if more_px > 0.3 else contrast
        levelled.append(np.asarray(blurred, np.float32))
    return levelled[0], levelled[1]


def _without_glare(page: PageView, contrast: Field) -> Field:
    """Infrared with full contrast where a reflection hides the print: it proves nothing gone."""
    level = page.lights["ir"].grey
    glare = cv2.dilate((level >= _GLARE).astype(np.uint8), np.ones((3, 3), np.uint8))
    if not glare.any():
        return contrast
    size = (contrast.shape[1], contrast.shape[0])
    hidden = cv2.resize(glare, size, interpolation=cv2.INTER_NEAREST).astype(bool)
    return np.asarray(np.where(hidden, 1.0, contrast), np.float32)


def _spot(
    white: Field, infrared: Field, scale: float, box: BoxMm, reach_mm: float
) -> tuple[float, BoxMm] | None:
    """The area of the largest spot in one field and its place; None where no ink is seen."""
    x, y, w, h = box
    rows = slice(max(round((y - _ROOM_MM) * scale), 0), max(round((y + h + _ROOM_MM) * scale), 0))
    left = max(round((x - _ROOM_MM) * scale), 0)
    columns = slice(left, max(round((x + w + _ROOM_MM) * scale), 0))
    seen, hidden = white[rows, columns], infrared[rows, columns]
    if seen.size < 60 or seen.shape != hidden.shape:
        return None
    deep = float(np.percentile(seen, 97))
    core = seen > 0.6 * deep
    if deep < _LEAST_WHITE or int(core.sum()) < 6:
        return None
    kept = float(np.median(hidden[core] / seen[core]))
    if kept < _STAYS:  # what infrared shows of such a field may be the printed ground
        return None
    size = 2 * max(1, round(reach_mm * scale)) + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    lost = seen / deep - np.asarray(cv2.dilate(hidden, kernel), np.float32) / (kept * deep)
    odd = _ramp(lost, _GONE) * _ramp(seen / deep, _SOLID)
    side = max(3, round(_WINDOW_MM * scale))
    areas = cv2.boxFilter(odd, -1, (side, side), normalize=False, borderType=cv2.BORDER_CONSTANT)
    row, column = np.unravel_index(int(np.argmax(areas)), areas.shape)
    place = (
        (left + float(column)) / scale - _WINDOW_MM / 2,
        (rows.start + float(row)) / scale - _WINDOW_MM / 2,
        _WINDOW_MM,
        _WINDOW_MM,
    )
    return float(areas[row, column]) / scale**2, place


def _ramp(values: Field, ends: tuple[float, float]) -> Field:
    low, high = ends
    return np.asarray(np.clip((values - low) / (high - low), 0.0, 1.0), np.float32)
