"""Whether the portrait or the fields of the visual zone glow unlike their page.

Photographic paper, office paper and glue glow; what was glued over a dull page shows
(Doc 9303-2, appendix C: UV-BR-PH, UV-BR-VZ). In units of ordinary office paper.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.vision.field_runs import find_fields
from docexam.vision.light_cells import CELLS_PER_MM
from docexam.vision.measure_uv_dullness import apart, with_room
from docexam.vision.photo_place import find_portrait
from docexam.vision.uv_glow import glow_map

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from docexam.nouns.measurement import BoxMm
    from docexam.vision.page import PageView
    from docexam.vision.uv_glow import Field, GlowMap
    from docexam.vision.zone_view import ZoneView

NAMES = ("uv.photo-apart", "uv.fields-apart")
PORTRAIT_PERCENTILE = 78
"""A portrait is dark in its hair and clothes; its ground shows what it is printed on.
Fluorescent print across less than a fifth of it does not count."""
_ACROSS_MM = 1.5
"""What is glued on glows between the lines of print that runs across it too: each place counts as
the dullest within this width. Such lines are printed 1 to 2 mm apart (our starting value)."""
BORDER = "uv.photo-apart.border"
_RIM_SHARE = 0.06
_NEAR_MM = 0.5
_BAND_MM = 3.5
_GROUND_SHARE = 2 / 3
_PALE = 0.45
_BORDER_PERCENTILE = 25
"""Along the border: print that glows, a frame around the portrait too, leaves a quarter free."""
_LEAST_GROUND = 40
_LEAST_FIELDS = 3
_BESIDE_UNEVEN = 0.05
_LEAST = 0.003


def measure(page: PageView, zone: ZoneView | None) -> list[Measurement | NotMeasured]:
    """All of NAMES, for pages whose portrait and fields are found in white light; and BORDER.

    BORDER is how much more the pale ground within the portrait's border glows than the page just
    outside: whatever the face and the clothes, and however unevenly the lamps shine.
    """
    for light in ("uv", "white"):
        if light not in page.lights:
            return [NotMeasured(n, page.page, ("uv",), "no-light", {"light": light}) for n in NAMES]
    glow = glow_map(page)
    if glow is None:
        return [NotMeasured(n, page.page, ("uv",), "uv.no-colour", {}, True) for n in NAMES]
    found: list[Measurement | NotMeasured] = []
    portrait = find_portrait(page, zone)
    if portrait is None:
        found.append(NotMeasured("uv.photo-apart", page.page, ("uv",), "photo.not-found"))
    else:
        x, y, w, h = portrait
        inner = (
            x + _RIM_SHARE * w,
            y + _RIM_SHARE * h,
            w * (1 - 2 * _RIM_SHARE),
            h * (1 - 2 * _RIM_SHARE),
        )
        ground = replace(glow, glow=_between_lines(glow.glow))
        glowing = apart(page, ground, "uv.photo-apart", [inner], PORTRAIT_PERCENTILE)
        if isinstance(glowing, Measurement):
            # the proof shows the page beside the portrait
            glowing = replace(glowing, box_mm=portrait)
        found.append(glowing)
        border = _at_border(page, glow, portrait)
        if border is not None:
            found.append(border)
    boxes = [with_room(each.box_mm) for each in find_fields(page, zone)]
    if len(boxes) < _LEAST_FIELDS:
        params = {"fields": float(len(boxes))}
        found.append(NotMeasured("uv.fields-apart", page.page, ("uv",), "viz.few-fields", params))
    else:
        found.append(apart(page, glow, "uv.fields-apart", boxes))
    return found


def _between_lines(glow: Field) -> Field:
    """(h, w) the least glow within _ACROSS_MM of each place."""
    across = round(_ACROSS_MM * CELLS_PER_MM)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (across, across))
    return np.asarray(cv2.erode(glow, disc), np.float32)


def _at_border(page: PageView, glow: GlowMap, portrait: BoxMm) -> Measurement | None:
    """`BORDER`; None where the portrait has too little pale ground at its border."""
    rows, columns = glow.glow.shape
    grey = page.lights["white"].grey
    white = cv2.resize(grey, (columns, rows), interpolation=cv2.INTER_AREA)
    usable = glow.seen & (white > _PALE * np.percentile(white, 80))
    within = _ring(glow, portrait, -_BAND_MM, -_NEAR_MM) & usable
    outside = _ring(glow, portrait, _NEAR_MM, _BAND_MM) & usable
    if min(int(within.sum()), int(outside.sum())) < _LEAST_GROUND:
        return None
    here, whole = (
        float(np.percentile(glow.glow[places], _BORDER_PERCENTILE)) / glow.office
        for places in (within, outside)
    )
    scatter = float(
        np.hypot(*(np.std(glow.glow[each]) / np.sqrt(each.sum()) for each in (within, outside)))
    )
    u = float(
        np.sqrt(
            glow.scale_u(here - whole) ** 2
            + (scatter / glow.office) ** 2
            + (_BESIDE_UNEVEN * max(here, whole)) ** 2
            + _LEAST**2
        )
    )
    details: dict[str, float | str] = {"level": glow.page / glow.office, "here": here}
    # coloured print outside may hide how the paper glows there
    more = max(here - max(whole, glow.page / glow.office), 0.0)
    return Measurement(
        BORDER, page.page, ("uv",), more, "office paper", u, portrait, details=details
    )


def _ring(glow: GlowMap, portrait: BoxMm, first_mm: float, last_mm: float) -> NDArray[np.bool_]:
    """The places between two outlines about the portrait, without its lower third: clothes."""
    x, y, w, h = portrait
    places = np.zeros(glow.glow.shape, np.bool_)
    for grown, inside in ((max(first_mm, last_mm), True), (min(first_mm, last_mm), False)):
        box = (x - grown, y - grown, w + 2 * grown, h + 2 * grown)
        places[glow.window(box)] = inside
    low = (x - 99.0, y + _GROUND_SHARE * h, 999.0, 999.0)
    places[glow.window(low)] = False
    return places
