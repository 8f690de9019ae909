"""Whether the portrait or the fields of the visual zone glow unlike their page.

Photographic paper, office paper and glue glow; what was glued over a dull page shows
(Doc 9303-2, appendix C: UV-BR-PH, UV-BR-VZ). In units of ordinary office paper.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.vision.field_runs import find_fields
from docexam.vision.measure_uv_dullness import apart, with_room
from docexam.vision.photo_place import find_portrait
from docexam.vision.uv_glow import glow_map

if TYPE_CHECKING:
    from docexam.vision.page import PageView
    from docexam.vision.zone_view import ZoneView

NAMES = ("uv.photo-apart", "uv.fields-apart")
PORTRAIT_PERCENTILE = 75
"""A portrait is dark in its hair and clothes; its ground shows what it is printed on.
Fluorescent print across less than a quarter of it does not count."""
_RIM_SHARE = 0.06
_LEAST_FIELDS = 3


def measure(page: PageView, zone: ZoneView | None) -> list[Measurement | NotMeasured]:
    """All of NAMES, for pages whose portrait and fields are found in white light."""
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
        glowing = apart(page, glow, "uv.photo-apart", [inner], PORTRAIT_PERCENTILE)
        if isinstance(glowing, Measurement):
            # the proof shows the page beside the portrait
            glowing = replace(glowing, box_mm=portrait)
        found.append(glowing)
    boxes = [with_room(each.box_mm) for each in find_fields(page, zone)]
    if len(boxes) < _LEAST_FIELDS:
        params = {"fields": float(len(boxes))}
        found.append(NotMeasured("uv.fields-apart", page.page, ("uv",), "viz.few-fields", params))
    else:
        found.append(apart(page, glow, "uv.fields-apart", boxes))
    return found
