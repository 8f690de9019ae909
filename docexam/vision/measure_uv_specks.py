"""Glue that glows along one edge of the page.

A leaf that was put into a booklet is glued to a stub; glue and the brighteners in it glow
blue-white and touch the edge (Doc 9303-2, appendix C.27). A frame that is printed runs along
several edges and stays off them. In units of ordinary office paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.vision.uv_glow import blue_white, glow_map

if TYPE_CHECKING:
    from docexam.nouns.measurement import BoxMm
    from docexam.vision.page import PageView
    from docexam.vision.uv_glow import GlowMap
    from docexam.vision.zone_view import ZoneView

Field = NDArray[np.float32]
Places = NDArray[np.bool_]

NAME = "uv.specks"
NAMES = (NAME,)
SIDES = ("top", "bottom", "left", "right")
# Our starting values.
_PX_PER_MM = 6.0
_RIM_MM = 0.25
_EDGE_MM = 1.1
_BEYOND_MM = (3.0, 5.0)
_PIECE_MM = 1.0
_CORNER_MM = 4.0
_RUN_SHARE = 0.70
"""A run of glue is uneven: its brightness is what the best three tenths of an edge reach."""
_BED_SHARE = 0.3
_LEAST = 0.01
_SEEN = 0.9
_LEAST_EDGES = 3
_LEAST_PIECES = 10
_UNEVEN = 0.1


def measure(page: PageView, _zone: ZoneView | None) -> list[Measurement | NotMeasured]:
    """`uv.specks`: how much more one edge glows than the page beside it and than other edges."""
    view = page.lights.get("uv")
    if view is None:
        return [NotMeasured(NAME, page.page, ("uv",), "no-light", {"light": "uv"})]
    glow = glow_map(page)
    if glow is None:
        return [NotMeasured(NAME, page.page, ("uv",), "uv.no-colour", {}, True)]
    size = (round(page.size_mm[0] * _PX_PER_MM), round(page.size_mm[1] * _PX_PER_MM))
    colours = cv2.resize(view.pixels, size, interpolation=cv2.INTER_AREA)
    field = blue_white(np.asarray(colours, np.float32))
    seen = cv2.resize(view.mask.astype(np.float32), size, interpolation=cv2.INTER_AREA) > _SEEN
    bed = 0.0 if view.bed is None else float(blue_white(np.array(view.bed, np.float32)))
    return [_edge(page, glow, field, seen, bed)]


def _edge(
    page: PageView, glow: GlowMap, field: Field, seen: Places, bed: float
) -> Measurement | NotMeasured:
    runs = {side: _run(page, field, seen, side) for side in SIDES}
    known = {side: run for side, run in runs.items() if run is not None}
    if len(known) < _LEAST_EDGES:
        return NotMeasured(NAME, page.page, ("uv",), "specks.edges-not-seen")
    order = sorted(known, key=lambda side: known[side], reverse=True)
    best, second = known[order[0]], max(known[order[1]], 0.0)
    if bed > _BED_SHARE * max(best, 1e-4) and bed > glow.page:
        # what glows at the edge may be the bed
        return NotMeasured(NAME, page.page, ("uv",), "specks.bed-glows")
    value = max(best - second, 0.0) / glow.office
    level = glow.page / glow.office
    uneven = _UNEVEN * max(level, value)
    u = float(np.sqrt(glow.scale_u(value) ** 2 + uneven**2 + _LEAST**2))
    details: dict[str, float | str] = {"level": level, "side": order[0]}
    box = _beside(page, order[0])
    return Measurement(NAME, page.page, ("uv",), value, "office paper", u, box, details=details)


def _run(page: PageView, field: Field, seen: Places, side: str) -> float | None:
    """How much more an edge glows than the page a little further in, linear; None if not seen."""
    turned = field if side in ("top", "bottom") else field.T
    shown = seen if side in ("top", "bottom") else seen.T
    if side in ("bottom", "right"):
        turned, shown = turned[::-1], shown[::-1]
    corner = round(_CORNER_MM * _PX_PER_MM)
    start = _page_edge_px(page, side) + round(_RIM_MM * _PX_PER_MM)
    first = (start, start + round(_EDGE_MM * _PX_PER_MM))
    further = tuple(round(v * _PX_PER_MM) for v in _BEYOND_MM)
    near, inner = turned[slice(*first), corner:-corner], turned[slice(*further), corner:-corner]
    if not len(near) or shown[slice(*first), corner:-corner].mean() < _SEEN:
        return None
    piece = round(_PIECE_MM * _PX_PER_MM)
    count = near.shape[1] // piece
    if count < _LEAST_PIECES:
        return None
    pieces = near[:, : count * piece].mean(axis=0).reshape(count, piece).mean(axis=1)
    return float(np.quantile(pieces, _RUN_SHARE) - np.median(inner))


def _page_edge_px(page: PageView, side: str) -> int:
    """Where the page's own edge lies within the nominal page, 0 where it was not seen or beyond."""
    if page.outline is None:
        return 0
    (width, height), seen = page.size_mm, page.outline
    inward = {
        "top": seen.top,
        "left": seen.left,
        "bottom": None if seen.bottom is None else height - seen.bottom,
        "right": None if seen.right is None else width - seen.right,
    }[side]
    return 0 if inward is None else max(round(inward * _PX_PER_MM), 0)


def _beside(page: PageView, side: str) -> BoxMm:
    width, height = page.size_mm
    deep = _BEYOND_MM[0]
    return {
        "top": (0.0, 0.0, width, deep),
        "bottom": (0.0, height - deep, width, deep),
        "left": (0.0, 0.0, deep, height),
        "right": (width - deep, 0.0, deep, height),
    }[side]
