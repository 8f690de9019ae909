"""The bare ground of a page on the model's grid: how light it is where no letter stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from docexam.reference.page_sample import GRID_PX_PER_MM, window_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docexam.nouns.measurement import BoxMm
    from docexam.reference.page_sample import PageSample
    from docexam.reference.parts import Picture
    from docexam.vision.page import Linear, Mask

LIGHTS = ("white", "uv")
Levels = NDArray[np.float32]
"""(h, w, 3) logarithm of the light, the page's median being 0; NaN where it is not known."""
REACH_MM = 4.5
"""How far around a field the ground is looked at."""
# Our starting values.
_INK = 0.40
_INK_FLANK_MM = 0.25
_PAPER_MM = 4.5
_RIM_MM = 0.5
_FLOOR = 0.02
_LEAST_BARE = 2
"""So many genuine pages must be bare at a place."""
_HOLE_MM = 1.2
_LAMP_MM = 4.0
"""What changes more slowly than this between two pages is lamp, haze and wear."""
_STEPS, _ZERO = 50.0, 100.0


@dataclass(frozen=True, slots=True, eq=False)
class GroundSeen:
    """One page: `levels` by light, and `bare` (h, w) where no black letter stands."""

    levels: Mapping[str, Levels]
    bare: Mask


def ground_seen(sample: PageSample) -> GroundSeen:
    """The ground of a page that shows white and ultraviolet; KeyError without one of them."""
    bare = _bare(sample.pictures["white"], sample.seen["white"]) & sample.seen["uv"]
    return GroundSeen({light: _levels(sample.pictures[light]) for light in LIGHTS}, bare)


def levelled(pages: Sequence[GroundSeen]) -> list[GroundSeen]:
    """The same pages as if under one lamp: without what is wide of their difference from all.

    Otherwise the ground would step wherever a letter hides it on one of them.
    """
    bare = np.array([page.bare for page in pages])
    found: list[dict[str, Levels]] = [{} for _ in pages]
    for light in LIGHTS:
        middle = _middle(np.array([page.levels[light] for page in pages]), bare)
        for page, levels in zip(pages, found, strict=True):
            own = page.levels[light]
            known = page.bare & ~np.isnan(middle[..., 0])
            levels[light] = own - _wide(own - np.nan_to_num(middle), known)
    return [GroundSeen(levels, page.bare) for levels, page in zip(found, pages, strict=True)]


def usual_ground(pages: Sequence[GroundSeen], boxes: Sequence[BoxMm]) -> dict[str, Levels]:
    """The ground of pages near these boxes of the model, NaN elsewhere."""
    shape = pages[0].bare.shape
    usual = {light: np.full((*shape, 3), np.nan, np.float32) for light in LIGHTS}
    for box in boxes:
        window = window_of(grown(box, REACH_MM), shape)
        bare = np.array([page.bare[window] for page in pages])
        enough = bare.sum(axis=0) >= _LEAST_BARE
        for light, levels in usual.items():
            middle = _middle(np.array([page.levels[light][window] for page in pages]), bare)
            levels[window] = np.where(enough[..., None], middle, np.float32(np.nan))
    return usual


def as_picture(levels: Levels) -> Picture:
    """8 bits a channel, 0 where it is not known.

    Small holes are closed from what lies around them: they have the shape of somebody's letters.
    """
    unknown = np.asarray(np.isnan(levels).any(axis=-1), np.uint8)
    coded = np.clip(np.round(np.nan_to_num(levels) * _STEPS + _ZERO), 1, 255).astype(np.uint8)
    side = round(2 * _HOLE_MM * GRID_PX_PER_MM) | 1
    wide = cv2.morphologyEx(unknown, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    holes = np.asarray(unknown * (wide == 0), np.uint8)
    closed = cv2.inpaint(coded, holes, _HOLE_MM * GRID_PX_PER_MM, cv2.INPAINT_TELEA)
    return np.asarray(np.where((wide > 0)[..., None], 0, np.maximum(closed, 1)), np.uint8)


def as_levels(picture: Picture) -> Levels:
    """The reverse of `as_picture`."""
    levels = (picture.astype(np.float32) - np.float32(_ZERO)) / np.float32(_STEPS)
    return np.asarray(np.where(picture == 0, np.float32(np.nan), levels), np.float32)


def grown(box: BoxMm, by_mm: float) -> BoxMm:
    """The box with `by_mm` more on each side."""
    x, y, w, h = box
    return (x - by_mm, y - by_mm, w + 2 * by_mm, h + 2 * by_mm)


def _middle(stack: Levels, bare: Mask) -> Levels:
    """(h, w, 3) median over pages (n, h, w, 3) of what is bare; NaN where nothing is."""
    held = np.where(bare[..., None], stack, np.float32(np.inf))  # sorted behind what is known
    held.sort(axis=0)
    count = bare.sum(axis=0)[None, ..., None]
    low, high = (
        np.take_along_axis(held, np.maximum(at, 0), 0)[0] for at in ((count - 1) // 2, count // 2)
    )
    with np.errstate(invalid="ignore"):
        middle = (low + high) / 2
    return np.asarray(np.where(count[0] > 0, middle, np.float32(np.nan)), np.float32)


def _wide(levels: Levels, known: Mask) -> Levels:
    """What of `levels` is wider than _LAMP_MM, told from where it is `known`."""
    height, width = known.shape
    size, sigma = (width // 4, height // 4), _LAMP_MM * GRID_PX_PER_MM / 4
    weight = known.astype(np.float32)
    summed, seen = (
        cv2.GaussianBlur(cv2.resize(each, size, interpolation=cv2.INTER_AREA), (0, 0), sigma)
        for each in (levels * weight[..., None], weight)
    )
    wide = summed / np.maximum(seen, 1e-3)[..., None]
    return np.asarray(cv2.resize(wide, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


def _levels(picture: Linear) -> Levels:
    colours = picture if picture.ndim == 3 else cv2.merge([picture] * 3)
    few = colours[::5, ::5].reshape(-1, 3)
    middle = np.maximum(np.median(few, axis=0), 1e-4).astype(np.float32)
    return np.asarray(cv2.log(np.maximum(colours / middle, 0) + np.float32(_FLOOR)), np.float32)


def _bare(white: Linear, seen: Mask) -> Mask:
    """Away from black print, its flanks and the rim."""
    strongest = white
    if white.ndim == 3:
        blue, green, red = cv2.split(white)
        strongest = np.asarray(cv2.max(cv2.max(blue, green), red), np.float32)
    height, width = strongest.shape
    small = cv2.resize(strongest, (width // 4, height // 4), interpolation=cv2.INTER_AREA)
    side = round(_PAPER_MM * GRID_PX_PER_MM / 4) | 1
    paper = cv2.GaussianBlur(cv2.dilate(small, np.ones((side, side), np.uint8)), (0, 0), 4.0)
    paper = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    marked = (strongest < (1 - _INK) * paper).astype(np.uint8)
    ink = cv2.dilate(marked, _square(_INK_FLANK_MM))
    inner = cv2.erode(seen.astype(np.uint8), _square(_RIM_MM))
    return np.asarray((ink == 0) & (inner > 0), np.bool_)


def _square(radius_mm: float) -> NDArray[np.uint8]:
    return np.ones((2 * round(radius_mm * GRID_PX_PER_MM) + 1,) * 2, np.uint8)
