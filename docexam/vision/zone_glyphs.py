"""Size, stroke and shape of a zone's characters against OCR-B size 1 (ISO 1073-2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.vision import ocrb
from docexam.vision.page_scale import no_ruler

if TYPE_CHECKING:
    from docexam.nouns.measurement import BoxMm
    from docexam.vision.glyph_fit import GlyphFit
    from docexam.vision.page import PageView
    from docexam.vision.zone_print import ZonePrint

_LEAST_OF_A_KIND = 4
_TALL = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_DIGITS = frozenset("0123456789")


def glyph_measurements(page: PageView, found: ZonePrint) -> list[Measurement | NotMeasured]:
    """`mrz.capital-height`, `.digit-height`, `.stroke`, `.glyph-outlier`, `.font*`."""
    return [
        _height(page, found, "mrz.capital-height", _TALL, ocrb.CAPITAL_MM),
        _height(page, found, "mrz.digit-height", _DIGITS, ocrb.DIGIT_MM),
        _stroke(page, found),
        _outlier(page, found),
        _font(page, found),
        _font_of_character(page, found),
    ]


def _height(
    page: PageView, found: ZonePrint, name: str, kind: frozenset[str], nominal_mm: float
) -> Measurement | NotMeasured:
    """The height of flat characters of a kind, from that of all its characters."""
    rule = found.ruler
    if rule is None:
        return no_ruler(name, page, (found.light,))
    shares = [f.height for f in found.fits if f.character in kind and f.height is not None]
    if len(shares) < _LEAST_OF_A_KIND:
        return NotMeasured(name, page.page, (found.light,), "zone.too-few", {}, True)
    middle, spread = _middle(shares)
    # the edge of a blurred stroke is known to a fraction of its blur
    blur = 0.15 * found.ink.spread_mm + 0.01 * 400 / found.ink.ppi
    u = float(np.hypot(nominal_mm * spread / np.sqrt(len(shares)), blur))
    value, u = rule.length(nominal_mm * middle, u)
    return _measurement(page, found, name, value, "mm", u, found.box_mm, len(shares))


def _stroke(page: PageView, found: ZonePrint) -> Measurement | NotMeasured:
    """Stroke width from the area of ink, which blur does not change, over the strokes' length."""
    sure = [fit for fit in found.fits if fit.likeness >= 0.7]
    if len(sure) < _LEAST_OF_A_KIND:
        return NotMeasured("mrz.stroke", page.page, (found.light,), "zone.too-few", {}, True)
    middle, spread = _middle([fit.ink for fit in sure])
    value = ocrb.STROKE_MM * middle
    # full contrast of a stroke is not seen where the blur is as wide as the stroke
    lost = 0.25 * (found.ink.spread_mm / ocrb.STROKE_MM) ** 2
    u = ocrb.STROKE_MM * float(np.sqrt((spread / np.sqrt(len(sure))) ** 2 + lost**2 + 0.03**2))
    if found.light != "ir":
        u = float(np.hypot(u, 0.09))  # background print counts as ink
    return _measurement(page, found, "mrz.stroke", value, "mm", u, found.box_mm, len(sure))


def _outlier(page: PageView, found: ZonePrint) -> Measurement | NotMeasured:
    """The character whose size is farthest from that of the others, as a relative difference."""
    known = [f for f in found.fits if f.height is not None and f.character != "<"]
    if len(known) < 2 * _LEAST_OF_A_KIND:
        return NotMeasured("mrz.glyph-outlier", page.page, (found.light,), "zone.too-few", {}, True)
    heights = np.array([f.height for f in known], np.float64)
    middle, spread = _middle(list(heights))
    off = np.abs(heights / middle - 1)
    worst = int(off.argmax())
    fit = known[worst]
    u = max(spread, 0.05 * found.ink.spread_mm / 0.05 * 0.2, 0.01)
    return _measurement(
        page, found, "mrz.glyph-outlier", float(off[worst]), "1", u, fit.box_mm, len(known), fit
    )


def _font(page: PageView, found: ZonePrint) -> Measurement:
    """1 - correlation with the outlines, the median of all characters."""
    far = [1 - fit.likeness for fit in found.fits]
    value, spread = _middle(far)
    u = float(np.hypot(spread / np.sqrt(len(far)) * 2, _shape_uncertainty(found)))
    return _measurement(page, found, "mrz.font", value, "1", u, found.box_mm, len(far))


def _font_of_character(page: PageView, found: ZonePrint) -> Measurement:
    """The same for the character that is least like its outline, over all places it stands in."""
    by_character: dict[str, list[GlyphFit]] = {}
    for fit in found.fits:
        by_character.setdefault(fit.character, []).append(fit)
    several = {c: fits for c, fits in by_character.items() if len(fits) >= 2} or by_character
    middles = {c: float(np.median([1 - f.likeness for f in fits])) for c, fits in several.items()}
    worst = max(middles, key=lambda each: middles[each])
    fits = several[worst]
    _, spread = _middle([1 - fit.likeness for fit in fits])
    u = float(np.hypot(spread / np.sqrt(len(fits)), _shape_uncertainty(found)))
    # the nearest to its fellows stands for them as evidence
    fit = min(fits, key=lambda each: abs(1 - each.likeness - middles[worst]))
    return _measurement(
        page, found, "mrz.font-character", middles[worst], "1", u, fit.box_mm, len(fits), fit
    )


def _shape_uncertainty(found: ZonePrint) -> float:
    """What blur and coarse pixels do to a correlation: our estimate.

    Drawn captures of 300 ppi stay below 0.025, real pictures of 150 to 240 ppi in white below 0.09.
    """
    coarse = (100 / found.ink.ppi) ** 2
    return 0.015 + 0.12 * coarse + (0.05 if found.light != "ir" else 0.0)


def _middle(values: list[float]) -> tuple[float, float]:
    """Median, and standard deviation without the outliers."""
    middle = float(np.median(values))
    return middle, 1.4826 * float(np.median(np.abs(np.array(values) - middle)))


def _measurement(
    page: PageView,
    found: ZonePrint,
    name: str,
    value: float,
    unit: str,
    u: float,
    box: BoxMm,
    count: int,
    fit: GlyphFit | None = None,
) -> Measurement:
    details: dict[str, float | str] = {"characters": float(count), "ppi": found.ink.ppi}
    if fit is not None:
        details |= {"line": float(fit.line), "column": float(fit.column)}
    return Measurement(
        name=name,
        page=page.page,
        light=(found.light,),
        value=value,
        unit=unit,
        uncertainty=u,
        box_mm=box,
        details=details,
    )
