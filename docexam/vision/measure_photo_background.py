"""Whether the fine lines of the page run on under the ground of the portrait.

A genuine portrait is printed over the background print, which shows through its pale ground; a
photograph put on the page, or printed on what was put in, ends the lines at its border (Doc 9303-2,
appendix C.27). What counts is texture that neighbouring strips have in common: noise of the camera
and grain of the print differ from strip to strip, lines do not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.vision.photo_border import STRIPS_PER_MM, border_level, border_strip, side_places
from docexam.vision.photo_place import find_portrait

if TYPE_CHECKING:
    from docexam.nouns.measurement import BoxMm
    from docexam.vision.page import PageView
    from docexam.vision.zone_view import ZoneView

Field = NDArray[np.float32]

NAME = "photo.background"
NAMES = (NAME,)
# Our starting values.
_BESIDE_MM = 0.9
_APART_MM = 0.35
_WIDE_MM = 0.3
_LINES_MM = 1.6
"""Lines further apart than this count as shading."""
_PIECE_MM = 5.0
_SHIFT_MM = 0.75
_PALE = 0.45
_PLAIN_PERCENTILE = 25
"""Hair and clothes have texture of their own: the plainer quarter of the border is ground."""
_LEAST_PIECES = 4
_OF_USUAL = 0.25
_LEAST_LINES = 0.03
_SHARE = 0.1
_LEAST = 0.02


def measure(page: PageView, zone: ZoneView | None) -> list[Measurement | NotMeasured]:
    """`photo.background`: the lines' contrast within the border over that outside of it."""
    if "white" not in page.lights:
        return [NotMeasured(NAME, page.page, ("white",), "no-light", {"light": "white"})]
    portrait = find_portrait(page, zone)
    if portrait is None:
        return [NotMeasured(NAME, page.page, ("white",), "photo.not-found")]
    pieces = _pieces(page, portrait)
    if len(pieces) < _LEAST_PIECES:
        return [NotMeasured(NAME, page.page, ("white",), "photo.no-ground")]
    # where lines run along the border instead of into it, they tell nothing
    pieces = pieces[pieces[:, 0] >= _OF_USUAL * np.median(pieces[:, 0])]
    outside = float(np.sqrt(np.median(pieces[:, 0])))
    within = float(np.sqrt(np.percentile(pieces[:, 1], _PLAIN_PERCENTILE)))
    if outside < _LEAST_LINES:
        return [NotMeasured(NAME, page.page, ("white",), "photo.no-lines", {"lines": outside})]
    value = within / outside
    # of the ground's own scatter alone: hair and clothes are not what is measured
    plain = np.sort(np.sqrt(pieces[:, 1]))[: max(len(pieces) // 2, 2)]
    scatter = float(np.std(plain)) / outside / np.sqrt(len(plain))
    u = float(np.sqrt((_SHARE * value) ** 2 + scatter**2 + _LEAST**2))
    details: dict[str, float | str] = {"lines": outside, "pieces": float(len(pieces))}
    return [Measurement(NAME, page.page, ("white",), value, "1", u, portrait, details=details)]


def _pieces(page: PageView, portrait: BoxMm) -> NDArray[np.float64]:
    """(n, 2): the texture in common of two strips outside and of two within, piece by piece."""
    level = border_level(page, "white")
    length = round(_PIECE_MM * STRIPS_PER_MM)
    found: list[tuple[float, float]] = []
    for place in side_places(level, portrait):
        if place.side == "bottom":  # clothes
            continue
        distances = (_BESIDE_MM, _BESIDE_MM + _APART_MM, -_BESIDE_MM, -_BESIDE_MM - _APART_MM)
        strips = [border_strip(place, distance, _WIDE_MM) for distance in distances]
        if not all(len(strip) for strip in strips):
            continue
        lines = [_lines(strip) for strip in strips]
        for start in range(0, len(strips[0]) - length + 1, length):
            part = slice(start, start + length)
            if float(strips[2][part].mean()) > _PALE * float(strips[0][part].mean()):
                found.append(
                    (
                        _common(lines[0][part], lines[1][part]),
                        _common(lines[2][part], lines[3][part]),
                    )
                )
    return np.array(found, np.float64).reshape(-1, 2)


def _lines(strip: Field) -> Field:
    """A strip's fine contrast: what is left of it when its slow changes are divided out."""
    wide = round(_LINES_MM * STRIPS_PER_MM)
    slow = cv2.blur(strip, (1, wide)).reshape(strip.shape)
    return np.asarray(strip / np.maximum(slow, 1e-3) - 1, np.float32)


def _common(one: Field, other: Field) -> float:
    """The covariance of two strips where they match best: lines cross at an angle."""
    reach = round(_SHIFT_MM * STRIPS_PER_MM)
    middle = one[reach:-reach]
    shifts = range(-reach, reach + 1)
    best = max(
        float((middle * other[reach + s : len(other) - reach + s]).sum(axis=1).mean())
        for s in shifts
    )
    return max(best, 0.0)
