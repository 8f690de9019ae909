"""Documents that show no zone: by their outline in any light, else as all of a close crop."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.vision.close_crop import page_that_fills
from docexam.vision.lay_lights import Found, lay_lights
from docexam.vision.locate_outline import format_of_outline, misfit, rough_pages
from docexam.vision.locate_page import expected_from_corners
from docexam.vision.plane import scaling, shift
from docexam.vision.side_by_side import side_by_side
from docexam.vision.upright_text import is_upside_down

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from docexam.vision.light_pictures import LightPicture
    from docexam.vision.page_format import PageFormat
    from docexam.vision.plane import Points

LAID_IN = ("white", "ir")
"""Lights that a page without a zone is laid out in, the best first."""
SEEN_IN = ("white", "ir", "uv")
"""Lights whose pictures are searched: a white card on a white bed may differ in one alone."""
# Our starting values.
UV_WITHIN = 0.015
"""Of a size in ultraviolet: a frame of glowing print inside a dull page is no outline."""
SAME_FRAME = 0.02


@dataclass(frozen=True, slots=True, eq=False)
class _Candidate:
    """A rectangle in one light's picture that may be a page; `corners` are in its pixels."""

    light: str
    place: PageFormat
    corners: Points
    misfit: float
    share: NDArray[np.float32]


def documents_without_zone(
    pictures: Mapping[str, LightPicture], page: str, expected: str | None
) -> list[Found]:
    """What lies on the glass, from the top down, the right way up as far as its text tells.

    `expected` is the format that another page of the same document has.
    """
    if not any(light in pictures for light in LAID_IN):
        return []
    found = _by_outline(pictures, page, expected) or _by_outline(
        pictures, page, expected, bowed=True
    )
    if not found:
        whole = page_that_fills(pictures, page, expected)
        found = [] if whole is None else [whole]
    return [_upright(pictures, page, document) for document in found]


def _by_outline(
    pictures: Mapping[str, LightPicture], page: str, expected: str | None, *, bowed: bool = False
) -> list[Found]:
    """What stands out from its bed in any light; `bowed` as for `rough_pages`."""
    searched = [
        light
        for light in SEEN_IN
        # a shape alone is too little to tell another bed or glowing print by
        if light in pictures and (pictures[light].ppi or (light in LAID_IN and not bowed))
    ]

    def seen(light: str) -> list[_Candidate]:
        return _candidates(pictures[light], page, expected, bowed=bowed)

    candidates = [one for each in side_by_side(seen, searched) for one in each]
    documents = [_laid(pictures, one) for one in _apart(candidates)]
    return [document for document in documents if document is not None]


def _candidates(
    picture: LightPicture, page: str, expected: str | None, *, bowed: bool
) -> list[_Candidate]:
    """The rectangles in one picture that have a format's size; without `ppi`, its shape."""
    within = None if picture.light in LAID_IN else UV_WITHIN
    found = []
    for corners in rough_pages(picture.pixels, bowed=bowed):
        place = format_of_outline(corners, page, ppi=picture.ppi, expected=expected, within=within)
        if place is not None:
            off = misfit(corners, place, ppi=picture.ppi)
            share = _shares(picture, corners)
            found.append(_Candidate(picture.light, place, corners, off, share))
    return found


def _shares(picture: LightPicture, corners: Points) -> NDArray[np.float32]:
    """The corners as shares of the picture's width and height, alike in every light."""
    height, width = picture.pixels.shape[:2]
    return np.asarray(corners / (width, height), np.float32)


def _apart(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """Of rectangles that lie on one another the best one, from the top down.

    That is the one of the larger format, for what is printed on a page is smaller than it, and of
    one format the one that fits it best.
    """
    chosen: list[_Candidate] = []
    for one in sorted(candidates, key=lambda c: (-c.place.width_mm * c.place.height_mm, c.misfit)):
        if not any(_same_place(one, other) for other in chosen):
            chosen.append(one)
    return sorted(chosen, key=lambda one: float(one.share[:, 1].mean()))


def _same_place(one: _Candidate, other: _Candidate) -> bool:
    """Whether the middle of either lies on the other."""
    return any(
        cv2.pointPolygonTest(a.share, b.share.mean(axis=0).tolist(), measureDist=False) >= 0
        for a, b in ((one, other), (other, one))
    )


def _laid(pictures: Mapping[str, LightPicture], one: _Candidate) -> Found | None:
    """The document in the picture that shows print best, where that is of the same frame."""
    base = next(light for light in LAID_IN if light in pictures)
    own, theirs = pictures[one.light], pictures[base]
    growth = np.divide(theirs.pixels.shape[:2], own.pixels.shape[:2])
    true = theirs.ppi / own.ppi if theirs.ppi and own.ppi else float(growth.mean())
    if one.light == base or np.abs(growth / true - 1).max() <= SAME_FRAME:
        corners = (one.corners + 0.5) * (true if one.light != base else 1.0) - 0.5
        return Found(one.place, base, expected_from_corners(corners, one.place), {})
    if one.light not in LAID_IN:
        return None
    return Found(one.place, one.light, expected_from_corners(one.corners, one.place), {})


def _upright(pictures: Mapping[str, LightPicture], page: str, document: Found) -> Found:
    """The document the right way up, as far as its text tells."""
    if not is_upside_down(lay_lights(pictures, page, document)):
        return document
    width, height = document.format.width_mm, document.format.height_mm
    turned = document.expected @ shift(width, height) @ scaling(-1.0, -1.0)
    return replace(document, expected=np.asarray(turned))
