"""Whether fluorescent print that runs up to the portrait runs on across it.

What is put over the print, or scraped off to make room, breaks it at the border (Doc 9303-2,
appendix C: UV-LU-OP). Print that follows the border, such as a frame around the portrait, does not
run into it, and is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.vision.photo_border import STRIPS_PER_MM, border_level, border_sides
from docexam.vision.photo_place import find_portrait

if TYPE_CHECKING:
    from docexam.vision.page import PageView
    from docexam.vision.photo_border import BorderSide
    from docexam.vision.zone_view import ZoneView

Field = NDArray[np.float32]

NAME = "uv.over-photo"
NAMES = (NAME,)
# Our starting values.
_BRIGHT_PERCENTILE = 99
_GLOWS = 0.10
_SMOOTH_MM = 0.5
_SIDEWAYS_MM = 1.0
_GROUND_PERCENTILE = 20
_MOST_COVERED = 0.5
"""A side along which more than this glows is followed by the print, not crossed."""
_PALE = 0.4
_LEAST_MM = 1.5
_LEAST_RUN_MM = 0.4
_SHARE = 0.1


def measure(page: PageView, zone: ZoneView | None) -> list[Measurement | NotMeasured]:
    """`uv.over-photo`: how bright crossing print is within the border, 1 where it is as outside."""
    for light in ("uv", "white"):
        if light not in page.lights:
            return [NotMeasured(NAME, page.page, ("uv",), "no-light", {"light": light})]
    view = page.lights["uv"]
    if view.pixels.ndim != 3:
        return [NotMeasured(NAME, page.page, ("uv",), "uv.no-colour", {}, True)]
    portrait = find_portrait(page, zone)
    if portrait is None:
        return [NotMeasured(NAME, page.page, ("uv",), "photo.not-found")]
    level = border_level(page, "uv")
    brightest = float(np.percentile(level.max(axis=2), _BRIGHT_PERCENTILE))
    white = {each.side: each for each in border_sides(border_level(page, "white"), portrait)}
    shares: list[Field] = []
    crossed = []
    for each in border_sides(level, portrait):
        if each.side in white:
            share = _continued(each, _pale(white[each.side]), _GLOWS * brightest)
            if len(share):
                shares.append(share)
                crossed.append(each.side)
    places = np.concatenate(shares) if shares else np.empty(0, np.float32)
    length = len(places) / STRIPS_PER_MM
    if length < _LEAST_MM:
        params = {"length_mm": length}
        return [NotMeasured(NAME, page.page, ("uv",), "photo.no-uv-print", params)]
    value = float(np.clip(np.median(places), 0.0, 1.0))
    runs = length / _SMOOTH_MM
    u = float(np.hypot(_SHARE, np.std(np.clip(places, 0, 1)) / np.sqrt(max(runs, 1.0))))
    details: dict[str, float | str] = {"length_mm": length, "sides": float(len(crossed))}
    return [Measurement(NAME, page.page, ("uv",), value, "1", u, portrait, details=details)]


def _pale(white: BorderSide) -> NDArray[np.bool_]:
    """Where the portrait is light within its border: dark clothes quench what glows below them."""
    paper = float(np.median(white.outside.mean(axis=1)))
    return np.asarray(white.inside.mean(axis=1) > _PALE * paper, np.bool_)


def _continued(side: BorderSide, pale: NDArray[np.bool_], least: float) -> Field:
    """The glow within the border over that outside, at each place that print crosses."""
    outside, further, inside = (
        _above_ground(strip) for strip in (side.outside, side.further, side.inside)
    )
    reaches = np.asarray((outside > least) & (further > least), np.uint8)[:, None]
    run = np.ones((round(_LEAST_RUN_MM * STRIPS_PER_MM), 1), np.uint8)
    crosses = cv2.morphologyEx(reaches, cv2.MORPH_OPEN, run)[:, 0] > 0
    if float(crosses.mean()) > _MOST_COVERED:
        return np.empty(0, np.float32)
    # print that crosses at an angle comes out a little further along
    reach = round(_SIDEWAYS_MM * STRIPS_PER_MM) * 2 + 1
    best = cv2.dilate(inside[:, None], np.ones((reach, 1), np.uint8))[:, 0]
    at = crosses & pale
    return np.asarray(best[at] / outside[at], np.float32)


def _above_ground(strip: Field) -> Field:
    """The strongest channel along a strip, over the darkest part of the strip."""
    strongest = np.ascontiguousarray(strip.max(axis=1)[:, None], np.float32)
    wide = round(_SMOOTH_MM * STRIPS_PER_MM)
    smooth = cv2.blur(strongest, (1, wide))[:, 0]
    return np.asarray(smooth - np.percentile(smooth, _GROUND_PERCENTILE), np.float32)
