"""How good one light's picture is, as numbers; whether that is good enough, a check says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.vision.page import Quality
from docexam.vision.percentiles import percentiles

if TYPE_CHECKING:
    from docexam.nouns.measurement import BoxMm
    from docexam.vision.page import LightView, Linear, PageView

_CLIPPED = 0.985
_DARK = 0.002
_FLAT_MM = 1.0
_GLYPHS = 24


def quality_of(page: PageView, light: str, print_boxes: tuple[BoxMm, ...] = ()) -> Quality:
    """The numbers of one light; `print_boxes` are glyphs whose edges tell the blur."""
    view = page.lights[light]
    seen = np.count_nonzero(view.mask) / view.mask.size
    # shares need no more than a sixteenth of the pixels
    inside = view.pixels[2::4, 2::4][view.mask[2::4, 2::4]]
    if not len(inside):
        return Quality(view.native_ppi, seen, 0.0, 1.0, 0.0)
    # NumPy is slow along an axis of three
    level = inside if inside.ndim == 1 else np.maximum.reduce([*inside.T])
    grey = view.grey
    spread, motion = _edge_spread(grey, page, print_boxes)
    return Quality(
        native_ppi=view.native_ppi,
        seen=seen,
        saturated=float((level >= _CLIPPED).mean()),
        dark=float((level <= _DARK).mean()),
        noise=_noise_of(grey, page.px_per_mm),
        edge_spread_mm=spread,
        motion=motion,
    )


def noise_of(view: LightView, px_per_mm: float) -> float:
    """Standard deviation of the finest detail in the flattest tenth of the page, linear."""
    return _noise_of(view.grey, px_per_mm)


def _noise_of(grey: Linear, px_per_mm: float) -> float:
    # in place: each further field of this size is as much memory as a light
    fine = cv2.blur(grey, (3, 3))
    np.subtract(grey, fine, out=fine)
    np.multiply(fine, fine, out=fine)
    size = max(3, round(_FLAT_MM * px_per_mm))
    shape = (grey.shape[1] // size, grey.shape[0] // size)
    power = cv2.resize(fine, shape, interpolation=cv2.INTER_AREA)
    found = power[1:-1, 1:-1]
    found = found[found > 0]
    if not len(found):
        return 0.0
    # a box of 3 x 3 takes a ninth of white noise away
    return float(np.sqrt(max(float(np.percentile(found, 10)), 0.0) * 9 / 8))


def edge_spread(
    page: PageView, light: str, boxes: tuple[BoxMm, ...]
) -> tuple[float | None, float | None]:
    """Standard deviation of the blur in millimetres, and that across over that down the page.

    A blurred step of height c and spread s is c / (s sqrt(2 pi)) steep at its steepest; the
    steepest places of many strokes give the spread. A stroke of 0.35 mm that is blurred by more
    than half of its width loses height as well as steepness, so large spreads read too small.
    """
    return _edge_spread(page.lights[light].grey, page, boxes)


def _edge_spread(
    grey: Linear, page: PageView, boxes: tuple[BoxMm, ...]
) -> tuple[float | None, float | None]:
    across: list[float] = []
    down: list[float] = []
    for box in boxes[:: max(1, len(boxes) // _GLYPHS)]:
        part = _part(grey, page, box)
        if part is None:
            continue
        brightest, darkest = percentiles(part, (95, 3))
        height = float(np.float32(brightest) - np.float32(darkest))
        if height <= 0.01:
            continue
        for found, axis in ((across, 1), (down, 0)):
            (steepest,) = percentiles(np.abs(np.diff(part, axis=axis)), (99,))
            found.append(height / (max(steepest, 1e-6) * np.sqrt(2 * np.pi)))
    if len(across) < 3:
        return None, None
    x, y = float(np.median(across)), float(np.median(down))
    return min(x, y) / page.px_per_mm, max(x, y) / max(min(x, y), 1e-6)


def _part(grey: Linear, page: PageView, box: BoxMm) -> Linear | None:
    x, y, w, h = box
    part = grey[page.window((x - 0.4, y - 0.4, w + 0.8, h + 0.8))]
    return part if min(part.shape) >= 8 else None
