"""A page that fills its picture, cropped so close that its edges cannot be looked for.

Nothing tells such a page from its bed, so it must show by itself that it is a document: its picture
has a format's size, print reaches near all four sides, and lines of text can be made out. Its edges
stay unseen, so nothing is measured of its size and trim.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.vision.lay_lights import Found, lay_lights
from docexam.vision.locate_outline import format_of_outline, ordered, shows_no_bed
from docexam.vision.locate_page import expected_from_corners
from docexam.vision.upright_text import text_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docexam.vision.light_pictures import LightPicture
    from docexam.vision.page_format import PageFormat

# Our starting values.
CROPPED_WITHIN_MM = 1.5
"""By how much the picture's sides may differ from the format's: far less than a bed would add."""
FEWEST_LINES = 3
"""Of text, as long as upright_text has them: grain and creases make no rows of letters."""
NEAR_SIDE_MM = 8.0
PRINT_LEVELS = 6.0  # sRGB levels
PRINT_BLUR_MM = 0.6
PRINT_SHARE = 0.01
RIM_MM = 1.0
"""So much of the picture's rim may show the page's own edge."""
_LOOKED_AT_PX_PER_MM = 5.0
_MM_PER_INCH = 25.4


def page_that_fills(
    pictures: Mapping[str, LightPicture], page: str, expected: str | None
) -> Found | None:
    """The one document that a whole picture shows; None where it may be no document.

    `expected` is the format that another page of the same document has. Without the picture's
    resolution its shape must be a format's and no bed be seen.
    """
    picture = pictures.get("white")
    if picture is None:
        return None
    height, width = picture.pixels.shape[:2]
    corners = ordered(
        np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64) - 0.5
    )
    place = format_of_outline(corners, page, ppi=picture.ppi, expected=expected)
    if place is None:
        return None
    if picture.ppi is not None and not _has_size(picture, place):
        return None
    if not (_print_reaches_sides(picture, place) or shows_no_bed(picture.pixels)):
        return None
    found = Found(place, "white", expected_from_corners(corners, place), {}, fills=True)
    return found if len(text_lines(lay_lights(pictures, page, found))) >= FEWEST_LINES else None


def _has_size(picture: LightPicture, place: PageFormat) -> bool:
    """Whether the whole picture has the format's size, lying either way."""
    px_per_mm = (picture.ppi or 0.0) / _MM_PER_INCH
    sides = sorted(picture.pixels.shape[:2])
    nominal = sorted((place.width_mm, place.height_mm))
    off = [abs(a - b * px_per_mm) for a, b in zip(sides, nominal, strict=True)]
    return bool(max(off) <= CROPPED_WITHIN_MM * px_per_mm)


def _print_reaches_sides(picture: LightPicture, place: PageFormat) -> bool:
    """Whether print is seen near every side, where a smaller page would leave bare bed."""
    long_px = max(picture.pixels.shape[:2])
    scale = min(1.0, _LOOKED_AT_PX_PER_MM * max(place.width_mm, place.height_mm) / long_px)
    px_per_mm = scale * long_px / max(place.width_mm, place.height_mm)
    small = cv2.resize(picture.grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    grey = small.astype(np.float32)
    detail = np.abs(grey - cv2.GaussianBlur(grey, (0, 0), PRINT_BLUR_MM * px_per_mm))
    printed = detail > PRINT_LEVELS
    depth, rim = round(NEAR_SIDE_MM * px_per_mm), round(RIM_MM * px_per_mm)
    inside = printed[rim:-rim, rim:-rim]
    bands = (inside[:depth], inside[-depth:], inside[:, :depth], inside[:, -depth:])
    return all(float(band.mean()) >= PRINT_SHARE for band in bands)
