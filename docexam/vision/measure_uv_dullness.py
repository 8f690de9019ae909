"""How much a page glows under ultraviolet, and whether a part of it glows otherwise.

Doc 9303-2, appendix C, has papers dull under ultraviolet (UV-BR-FU, UV-BR-MR). In units of
ordinary office paper, blue-white glow only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.vision.uv_glow import SUBSTRATE_PERCENTILE, glow_map

if TYPE_CHECKING:
    from docexam.nouns.measurement import BoxMm
    from docexam.vision.page import PageView
    from docexam.vision.uv_glow import GlowMap
    from docexam.vision.zone_view import ZoneView

NAMES = ("uv.page", "uv.zone-apart")
UNIT = "office paper"
_ROOM_MM = 1.0
_LEAST = 0.005
_UNEVEN = 0.25
"""Share by which lamps may light two places of a page unequally; our starting value."""


def measure(page: PageView, zone: ZoneView | None) -> list[Measurement | NotMeasured]:
    """`uv.page`, and for a page with a zone how far the zone lies apart from it."""
    if "uv" not in page.lights:
        return [NotMeasured(n, page.page, ("uv",), "no-light", {"light": "uv"}) for n in NAMES]
    glow = glow_map(page)
    if glow is None:
        return [NotMeasured(n, page.page, ("uv",), "uv.no-colour", {}, True) for n in NAMES]
    found: list[Measurement | NotMeasured] = [_page(page, glow)]
    if zone is not None:
        found.append(apart(page, glow, "uv.zone-apart", [with_room(zone.box_mm)]))
    return found


def _page(page: PageView, glow: GlowMap) -> Measurement:
    level = glow.page / glow.office
    u = float(np.hypot(glow.office_error * level, _LEAST))
    box = (0.0, 0.0, *page.size_mm)
    details = _details(glow, level)
    return Measurement("uv.page", page.page, ("uv",), level, UNIT, u, box, details=details)


def apart(
    page: PageView,
    glow: GlowMap,
    name: str,
    boxes: list[BoxMm],
    percentile: float = SUBSTRATE_PERCENTILE,
) -> Measurement | NotMeasured:
    """How much more these places glow than the page, of several the median; 0 where less."""
    levels = [level for box in boxes if (level := glow.substrate(box, percentile)) is not None]
    if not levels:
        return NotMeasured(name, page.page, ("uv",), "uv.not-seen", {}, True)
    here, whole = float(np.median(levels)) / glow.office, glow.page / glow.office
    scatter = float(np.std(levels)) / glow.office / np.sqrt(len(levels))
    uneven = _UNEVEN / 2 * max(here, whole)
    u = float(np.sqrt((glow.office_error * (here - whole)) ** 2 + uneven**2 + scatter**2))
    u = float(np.hypot(u, _LEAST))
    return Measurement(
        name,
        page.page,
        ("uv",),
        max(here - whole, 0.0),
        UNIT,
        u,
        _around(boxes),
        details={**_details(glow, whole), "here": here},
    )


def _details(glow: GlowMap, level: float) -> dict[str, float | str]:
    return {
        "level": level,
        "against": "patch" if glow.by_patch else "picture",
        "brightest": glow.brightest,
    }


def with_room(box: BoxMm) -> BoxMm:
    """The box with the paper around its print."""
    x, y, w, h = box
    return (x - _ROOM_MM, y - _ROOM_MM, w + 2 * _ROOM_MM, h + 2 * _ROOM_MM)


def _around(boxes: list[BoxMm]) -> BoxMm:
    left, top = max(min(b[0] for b in boxes), 0.0), max(min(b[1] for b in boxes), 0.0)
    right, low = max(b[0] + b[2] for b in boxes), max(b[1] + b[3] for b in boxes)
    return (left, top, right - left, low - top)
