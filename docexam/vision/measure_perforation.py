"""The perforated number in transmitted light: its holes, and what they say.

Holes let the lamp itself through. Their number, width and pitch are measured, and the characters
that they form are read, turned and mirrored too: an even page shows the number from behind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.vision.perforation_holes import LIGHT, find_holes
from docexam.vision.perforation_text import read_holes

if TYPE_CHECKING:
    from docexam.nouns.measurement import BoxMm
    from docexam.vision.page import PageView
    from docexam.vision.perforation_holes import Holes
    from docexam.vision.zone_view import ZoneView

TEXT, HOLES, DIAMETER, PITCH = (
    "perforation.text",
    "perforation.holes",
    "perforation.diameter",
    "perforation.pitch",
)
NAMES = (TEXT, HOLES, DIAMETER, PITCH)
_LENS_MM = 0.03
"""How far a lens may widen a hole that is measured at half of its light; our starting value."""
_AMBIGUOUS = 0.05


def measure(page: PageView, _zone: ZoneView | None) -> list[Measurement | NotMeasured]:
    """What a page's largest group of holes shows.

    `perforation.text`: how surely it is read, 0..1, that of the least sure character; the details
    have `possible`, the characters that each place may hold (the likeliest first, places parted by
    a blank). `perforation.holes`: how many. `perforation.diameter` and `perforation.pitch` in mm.

    Without transmitted light nothing is done. A page without holes says `perforation.none`,
    one that is full of bright spots `perforation.too-many`.
    """
    if LIGHT not in page.lights:
        params = {"light": LIGHT}
        return [NotMeasured(TEXT, page.page, (LIGHT,), "no-light", params)]
    groups = find_holes(page)
    if groups is None:
        return [NotMeasured(TEXT, page.page, (LIGHT,), "perforation.too-many", {}, True)]
    if not groups:
        return [NotMeasured(TEXT, page.page, (LIGHT,), "perforation.none")]
    holes = groups[0]
    return [_text(page, holes), *_shape(page, holes)]


def _text(page: PageView, holes: Holes) -> Measurement | NotMeasured:
    ways = read_holes(holes)
    if not ways:
        params = {"holes": float(len(holes.at_mm))}
        return NotMeasured(TEXT, page.page, (LIGHT,), "perforation.unread", params, True)
    best = ways[0]
    rivals = [way for way in ways[1:] if way.mean > best.mean - _AMBIGUOUS]
    details: dict[str, float | str] = {
        "possible": " ".join(best.possible),
        "mirrored": "yes" if best.mirrored else "no",
        "rows": float(best.rows),
        "holes": float(len(holes.at_mm)),
        # which way round the number stands is open where another way reads as well
        "other_ways": "  ".join(" ".join(way.possible) for way in rivals),
    }
    return _measurement(page, TEXT, best.surety, "1", 0.0, holes.box_mm, details)


def _shape(page: PageView, holes: Holes) -> list[Measurement]:
    count = len(holes.at_mm)
    spread = float(np.std(holes.diameter_mm)) / np.sqrt(count)
    pixel = 0.5 / page.px_per_mm
    diameter = float(np.median(holes.diameter_mm))
    scale = page.scale_uncertainty
    return [
        _measurement(page, HOLES, float(count), "holes", float(np.sqrt(count)) / 4, holes.box_mm),
        _measurement(
            page,
            DIAMETER,
            diameter,
            "mm",
            float(np.hypot(spread, np.hypot(_LENS_MM, pixel))),
            holes.box_mm,
            {"spread_mm": float(np.std(holes.diameter_mm))},
        ),
        _measurement(
            page,
            PITCH,
            holes.pitch_mm,
            "mm",
            float(np.hypot(holes.pitch_mm * scale, pixel / np.sqrt(count))),
            holes.box_mm,
        ),
    ]


def _measurement(
    page: PageView,
    name: str,
    value: float,
    unit: str,
    uncertainty: float,
    box: BoxMm,
    details: dict[str, float | str] | None = None,
) -> Measurement:
    return Measurement(
        name, page.page, (LIGHT,), value, unit, uncertainty, box, details=details or {}
    )
