"""Print contrast of the zone in infrared, character by character, and of its background.

Doc 9303-3, 4.11 asks for a print contrast signal of at least 0.6 in B900; how it is measured, and
what it means that 80 % of a stroke has it, is ISO 1831's.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.vision import ocrb
from docexam.vision.zone_ink import APERTURE_MM, zone_ink

if TYPE_CHECKING:
    from docexam.vision.page import PageView
    from docexam.vision.zone_ink import ZoneInk
    from docexam.vision.zone_view import CharacterView, ZoneView

NAMES = ("mrz.contrast", "mrz.contrast-weakest", "mrz.contrast-variation", "mrz.background")
STROKE_SHARE = 0.8
"""The share of a stroke that must have the contrast (ISO 1831)."""
_LOW_TENTH = 10
_INK_ROOM_MM = 0.25
_CLEAR_MM = 2.0
_STRUCTURE_PERCENTILE = 90


@dataclass(frozen=True, slots=True)
class GlyphContrast:
    """One character's contrast in infrared and in white (None where there is no such picture)."""

    character: CharacterView
    ir: float
    white: float | None


def measure(page: PageView, zone: ZoneView | None) -> list[Measurement | NotMeasured]:
    """All of NAMES for one page; nothing for a page without a zone."""
    if zone is None:
        return []
    if "ir" not in page.lights:
        return [NotMeasured(n, page.page, ("ir",), "no-light", {"light": "ir"}) for n in NAMES]
    ink = zone_ink(page, "ir", zone.box_mm)
    white = zone_ink(page, "white", zone.box_mm) if "white" in page.lights else None
    glyphs = contrasts(ink, white, zone)
    if not glyphs:
        return [NotMeasured(n, page.page, ("ir",), "zone.no-print", {}, True) for n in NAMES]
    return [
        _of_zone(page, zone, ink, glyphs),
        _weakest(page, ink, glyphs),
        _variation(page, ink, glyphs),
        _background(page, zone, ink, white),
    ]


def contrasts(ink: ZoneInk, white: ZoneInk | None, zone: ZoneView) -> list[GlyphContrast]:
    """The contrast of every character that lies inside the picture."""
    in_white = {
        (each.line, each.column): contrast_of(white, each)
        for each in zone.characters.get("white", ())
        if white is not None
    }
    found = []
    for each in zone.characters.get("ir", ()):
        contrast = contrast_of(ink, each)
        if contrast is not None:
            found.append(GlyphContrast(each, contrast, in_white.get((each.line, each.column))))
    return found


def contrast_of(ink: ZoneInk, character: CharacterView) -> float | None:
    """The PCS that 80 % of a character's strokes have; None where the picture does not show it.

    Of the middle of the strokes, an area that the character's OCR-B outline tells, in whatever
    font it is printed. What the lens takes from thin strokes is given back.
    """
    window = ink.window(character.cell_mm)
    cell = ink.contrast[window]
    if cell.size < 16 or not ink.seen[window].all() or character.character not in ocrb.atlas():
        return None
    core = ocrb.core_mm2(character.character) * STROKE_SHARE * ink.px_per_mm**2
    rank = min(max(round(core), 3), cell.size)
    level = float(np.partition(cell, cell.size - rank, axis=None)[cell.size - rank])
    return min(1.0, level / _kept(character.character, _spread_um(ink)))


def _spread_um(ink: ZoneInk) -> int:
    pixel = 25.4 / ink.ppi / np.sqrt(12)
    return int(min(round(float(np.hypot(ink.spread_mm, pixel)) * 100) * 10, 140))


@cache
def _kept(character: str, spread_um: int) -> float:
    """What lens and aperture leave of the contrast of a character printed fully black."""
    tile = ocrb.blurred(character, spread_um)
    seen = cv2.GaussianBlur(tile, (0, 0), APERTURE_MM * ocrb.PX_PER_MM / np.sqrt(12))
    rank = round(ocrb.core_mm2(character) * STROKE_SHARE * ocrb.PX_PER_MM**2)
    return float(np.partition(seen, seen.size - rank, axis=None)[seen.size - rank])


def _uncertainty(ink: ZoneInk, value: float, character: str) -> float:
    """Of one character: what was given back is known to a third, and the noise of the picture."""
    given_back = value * (1 - _kept(character, _spread_um(ink))) / 3
    paper = float(np.median(ink.paper))
    noise = ink.noise / max(paper, 1e-3) / max(APERTURE_MM * ink.px_per_mm, 1.0)
    return float(np.sqrt(given_back**2 + (2 * noise) ** 2 + 0.01**2))


def _details(page: PageView, ink: ZoneInk, glyphs: list[GlyphContrast]) -> dict[str, float | str]:
    in_white = [each.white for each in glyphs if each.white is not None]
    found: dict[str, float | str] = {
        "characters": float(len(glyphs)),
        "median": float(np.median([each.ir for each in glyphs])),
        "least": min(each.ir for each in glyphs),
        "ppi": ink.ppi,
    }
    wavelength = page.lights["ir"].wavelength_nm
    if wavelength is not None:
        found["wavelength_nm"] = wavelength
    if in_white:
        found["white"] = float(np.median(in_white))
    return found


def _of_zone(
    page: PageView,
    zone: ZoneView,
    ink: ZoneInk,
    glyphs: list[GlyphContrast],
) -> Measurement:
    """The contrast that nine of ten characters reach."""
    values = np.array([each.ir for each in glyphs])
    value = float(np.percentile(values, _LOW_TENTH))
    own = _uncertainty(ink, value, "E")
    scatter = 1.4826 * float(np.median(np.abs(values - np.median(values))))
    u = float(np.hypot(own, scatter / np.sqrt(len(values)) * 1.7))
    details = _details(page, ink, glyphs)
    return Measurement(
        "mrz.contrast", page.page, ("ir",), value, "PCS", u, zone.box_mm, details=details
    )


def _weakest(page: PageView, ink: ZoneInk, glyphs: list[GlyphContrast]) -> Measurement:
    """The character that loses most from white to infrared; without white, the faintest."""
    weak = min(glyphs, key=lambda each: each.ir - (each.white or 0.0))
    box = weak.character.cell_mm
    details = _details(page, ink, glyphs)
    details |= {"line": float(weak.character.line), "column": float(weak.character.column)}
    details["white"] = weak.white if weak.white is not None else 0.0
    u = _uncertainty(ink, weak.ir, weak.character.character)
    return Measurement(
        "mrz.contrast-weakest", page.page, ("ir",), weak.ir, "PCS", u, box, details=details
    )


def _variation(page: PageView, ink: ZoneInk, glyphs: list[GlyphContrast]) -> Measurement:
    """The contrast of the typical character over that of the faintest (CVR, ISO 1831)."""
    weak = min(glyphs, key=lambda each: each.ir)
    middle = float(np.median([each.ir for each in glyphs]))
    least = max(weak.ir, 0.02)
    value = middle / least
    u = value * _uncertainty(ink, least, weak.character.character) / least
    box = weak.character.cell_mm
    details = _details(page, ink, glyphs)
    details |= {"line": float(weak.character.line), "column": float(weak.character.column)}
    return Measurement(
        "mrz.contrast-variation", page.page, ("ir",), value, "1", u, box, details=details
    )


def _background(
    page: PageView,
    zone: ZoneView,
    ink: ZoneInk,
    white: ZoneInk | None,
) -> Measurement | NotMeasured:
    """The contrast of what is printed around and behind the characters, where there is no ink."""
    value = background_contrast(ink, zone, "ir")
    if value is None:
        return NotMeasured("mrz.background", page.page, ("ir",), "zone.no-ground", {}, True)
    details: dict[str, float | str] = {"ppi": ink.ppi}
    in_white = background_contrast(white, zone, "white") if white is not None else None
    if in_white is not None:
        details["white"] = in_white
    u = 0.02 + 2 * ink.noise / max(float(np.median(ink.paper)), 1e-3) / (0.2 * ink.px_per_mm)
    return Measurement(
        "mrz.background", page.page, ("ir",), value, "PCS", u, zone.box_mm, details=details
    )


def background_contrast(ink: ZoneInk, zone: ZoneView, light: str) -> float | None:
    """The contrast that a tenth of the ground within 2 mm of the zone reaches, clear of ink."""
    x, y, w, h = zone.box_mm
    window = ink.window((x - _CLEAR_MM, y - _CLEAR_MM, w + 2 * _CLEAR_MM, h + 2 * _CLEAR_MM))
    ground = ink.seen.copy()
    for each in zone.characters.get(light, ()):
        gx, gy, gw, gh = each.glyph_mm or each.cell_mm
        room = _INK_ROOM_MM
        ground[ink.window((gx - room, gy - room, gw + 2 * room, gh + 2 * room))] = False
    values = ink.contrast[window][ground[window]]
    return float(np.percentile(values, _STRUCTURE_PERCENTILE)) if values.size > 100 else None
