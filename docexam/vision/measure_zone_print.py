"""The print of the zone, character by character: place, pitch, alignment, size and shape.

Infrared first, where the background vanishes; white where infrared does not show the zone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from docexam.nouns.measurement import NotMeasured
from docexam.vision.glyph_fit import fit_glyphs
from docexam.vision.page_scale import ruler
from docexam.vision.zone_glyphs import glyph_measurements
from docexam.vision.zone_ink import zone_ink
from docexam.vision.zone_pitch import pitch_measurements
from docexam.vision.zone_place import place_measurements
from docexam.vision.zone_print import ZonePrint, line_fits

if TYPE_CHECKING:
    from docexam.nouns.measurement import Measurement
    from docexam.vision.page import PageView
    from docexam.vision.zone_view import ZoneView

NAMES = (
    "mrz.pitch",
    "mrz.pitch-jump",
    "mrz.least-distance",
    "mrz.skew",
    "mrz.misalignment",
    "mrz.misalignment-line",
    "mrz.left",
    "mrz.width",
    "mrz.line-centre",
    "mrz.line-spacing",
    "mrz.line-gap",
    "mrz.capital-height",
    "mrz.digit-height",
    "mrz.stroke",
    "mrz.glyph-outlier",
    "mrz.font",
    "mrz.font-character",
)
# Infrared is good enough where the zone looks like OCR-B and is not pale; our starting values.
_ALIKE = 0.75
_DEEP = 0.35
_LEAST_SHARE = 0.6


def measure(page: PageView, zone: ZoneView | None) -> list[Measurement | NotMeasured]:
    """All of NAMES for one page; nothing for a page without a zone.

    `mrz.line-centre` and `mrz.line-spacing` come once a line, as `mrz.line-centre.1`.
    """
    if zone is None:
        return []
    found = zone_print(page, zone)
    if found is None:
        light = tuple(each for each in ("ir", "white") if each in page.lights)
        return [NotMeasured(n, page.page, light, "zone.no-print", {}, True) for n in NAMES]
    return [
        *pitch_measurements(page, found),
        *place_measurements(page, zone, found),
        *glyph_measurements(page, found),
    ]


def zone_print(page: PageView, zone: ZoneView) -> ZonePrint | None:
    """The zone's characters on their outlines, in the light that shows them better."""
    tried = []
    for light in ("ir", "white"):
        characters = zone.characters.get(light, ())
        if light not in page.lights or not characters:
            continue
        ink = zone_ink(page, light, zone.box_mm)
        fits = fit_glyphs(ink, characters)
        if len(fits) < _LEAST_SHARE * len(characters):
            continue
        like = float(np.median([fit.likeness for fit in fits]))
        deep = float(np.median([fit.depth for fit in fits]))
        tried.append((like * deep, ink, fits))
        if like >= _ALIKE and deep >= _DEEP:
            break
    if not tried:
        return None
    _, ink, fits = max(tried, key=lambda each: each[0])
    lines = line_fits(fits)
    if not lines:
        return None
    heights = [fit.height for fit in fits if fit.height is not None and fit.character != "<"]
    rule = ruler(page, float(np.median(heights)) if heights else None)
    return ZonePrint(ink.light, rule, ink, fits, lines)
