"""The fixed print of one page: several genuine ones laid together, and what they have in common.

Only what is the same on every one of them is kept: a face, a name or a number must not show.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from docexam.reference.page_sample import GRID_PX_PER_MM, laid_on_model, window_of
from docexam.reference.placing import UNPLACED, Placing, place, print_detail
from docexam.vision.plane import inverse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from docexam.nouns.measurement import BoxMm
    from docexam.reference.parts import Picture
    from docexam.vision.page import Linear, Mask, PageView

ROUNDS = 2
# Our starting values.
FINEST_MM = 0.2
"""Print finer than this moves between devices; it is not compared."""
NEAR_MM = 0.8
LEAST_CONTRAST = 0.06
MOST_CHANGE = 0.6
ROOM_MM = 1.5
"""About what is personal: the next document's may be longer, and stand a little beside it."""
SMALLEST_MM = 3.0
LINE_GAP_MM, WORD_GAP_MM = 6.0, 1.2
TEXT_DEPTH, TEXT_HEIGHT_MM = -0.3, 4.5
_GREY_LEVELS_A_UNIT = 32.0
_MEAN = np.full((1, 3), 1 / 3, np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """`placings` of the pages in their order; `detail` (h, w) of the fixed print, 0 elsewhere.

    `fixed` (h, w) marks what is the same on every page.
    """

    placings: tuple[Placing, ...]
    detail: Linear
    fixed: Mask


def common_ground(views: Sequence[PageView], personal: Sequence[Sequence[BoxMm]]) -> Ground:
    """What several pages of one kind have in common in white light.

    The grid is the mean of the pages' own: each of them lies a little differently in its outline.
    `personal` are the boxes of each page, in its own millimetres, that are known to be personal.
    A page that shows another print than most has no residual in its placing, and teaches nothing.
    """
    own = [white_detail(view) for view in views]
    found = _on_one_of_them(own)
    for _ in range(ROUNDS):
        placings = _centred(found)
        used = [at for at, one in enumerate(found) if one.residual_mm is not None] or [0]
        laid = [white_detail(views[at], placings[at]) for at in used]
        template = np.asarray(np.median(laid, axis=0), np.float32)
        found = [place(template, detail) for detail in own]
    fixed = _same_everywhere([views[at] for at in used], [placings[at] for at in used])
    for at in used:
        for box in personal[at]:
            fixed[window_of(_on_model(box, placings[at]), fixed.shape)] = False
    detail = np.asarray(template * fixed, np.float32)
    return Ground(tuple(place(detail, each, fixed) for each in own), detail, fixed)


def _on_one_of_them(details: Sequence[Linear]) -> list[Placing]:
    """All pages on the first one that most of the others lie on."""
    found: list[Placing] = []
    for base in details:
        found = [place(base, each) for each in details]
        if 2 * sum(one.residual_mm is not None for one in found) > len(found):
            break
    return found


def as_picture(detail: Linear) -> Picture:
    """The detail in 8 bits, 128 = none."""
    return np.asarray(np.clip(128 + detail * _GREY_LEVELS_A_UNIT, 0, 255), np.uint8)


def as_detail(ground: Picture) -> Linear:
    """The reverse of `as_picture`."""
    return (ground.astype(np.float32) - 128) / _GREY_LEVELS_A_UNIT


def white_detail(view: PageView, placing: Placing = UNPLACED) -> Linear:
    """The print of a page in white light on the model's grid; KeyError without white light."""
    return print_detail(*_grey(view, "white", placing))


def _grey(view: PageView, light: str, placing: Placing) -> tuple[Linear, Mask]:
    picture, mask = laid_on_model(view, light, placing)
    grey = picture if picture.ndim == 2 else cv2.transform(picture, _MEAN)
    return np.asarray(grey, np.float32), mask


def _centred(placings: Sequence[Placing]) -> list[Placing]:
    """The same placings from the mean of the pages' grids in place of the first page's."""
    known = [each.to_page for each in placings if each.residual_mm is not None]
    if not known:
        return list(placings)
    back = inverse(np.mean(known, axis=0))
    return [Placing(each.to_page @ back, each.residual_mm, each.likeness, each.tiles)
            for each in placings]  # fmt: skip


def _same_everywhere(views: Sequence[PageView], placings: Sequence[Placing]) -> Mask:
    """(h, w) where the pages differ by less than the contrast of what they share.

    Infrared is asked too: fixed print that runs over data in white light is often gone there.
    """
    lights = [x for x in ("white", "ir") if all(x in view.lights for view in views)]
    return ~_grown(np.any([_differs(views, placings, light) for light in lights], axis=0))


def _differs(
    views: Sequence[PageView], placings: Sequence[Placing], light: str
) -> NDArray[np.bool_]:
    logs = []
    for view, one in zip(views, placings, strict=True):
        grey, _ = _grey(view, light, one)
        log = np.log(np.maximum(grey, 0.01)).astype(np.float32)
        fine = cv2.GaussianBlur(log, (0, 0), FINEST_MM * GRID_PX_PER_MM)
        logs.append(fine - cv2.GaussianBlur(log, (0, 0), 2.0 * GRID_PX_PER_MM))
    middle = np.median(logs, axis=0).astype(np.float32)
    change = _near(np.mean([(log - middle) ** 2 for log in logs], axis=0))
    shared = _near(middle**2)
    differs = np.sqrt(change) > MOST_CHANGE * (np.sqrt(shared) + LEAST_CONTRAST)
    return _with_their_lines(_opened(differs), middle < TEXT_DEPTH)


def _near(values: NDArray[Any]) -> NDArray[np.float32]:
    sigma = NEAR_MM * GRID_PX_PER_MM / 2
    return np.asarray(cv2.GaussianBlur(values.astype(np.float32), (0, 0), sigma), np.float32)


def _opened(differs: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Without specks."""
    return cv2.morphologyEx(differs.astype(np.uint8), cv2.MORPH_OPEN, _disc(0.3)) > 0


def _with_their_lines(differs: NDArray[np.bool_], ink: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """With the rest of each word that differs in some letters: the others agree by chance."""
    words = cv2.morphologyEx(ink.astype(np.uint8), cv2.MORPH_CLOSE, _level(WORD_GAP_MM))
    count, marks, facts, _ = cv2.connectedComponentsWithStats(words)
    beside = cv2.dilate(differs.astype(np.uint8), _level(2 * WORD_GAP_MM)) > 0
    lines = facts[:, cv2.CC_STAT_HEIGHT] <= TEXT_HEIGHT_MM * GRID_PX_PER_MM
    touched = np.unique(marks[beside & (words > 0)])
    own = [mark for mark in touched if 0 < mark < count and lines[mark]]
    return differs | np.isin(marks, own)


def _level(length_mm: float) -> NDArray[np.uint8]:
    """A level line, for closing and growing along lines of text."""
    return np.ones((1, 2 * round(length_mm / 2 * GRID_PX_PER_MM) + 1), np.uint8)


def _grown(differs: NDArray[np.bool_]) -> Mask:
    """Without islands, and with room about what differs."""
    mask = cv2.morphologyEx(differs.astype(np.uint8), cv2.MORPH_CLOSE, _disc(SMALLEST_MM / 2))
    # letters that happen to be the same stand in a line of others that are not
    mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, _level(LINE_GAP_MM))
    mask = cv2.dilate(mask, _disc(ROOM_MM))
    outside, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    filled = cv2.drawContours(np.zeros_like(mask), outside, -1, 1, cv2.FILLED)
    rest, marks, facts, _ = cv2.connectedComponentsWithStats(1 - filled)
    least = (2 * SMALLEST_MM * GRID_PX_PER_MM) ** 2
    islands = [i for i in range(1, rest) if facts[i, cv2.CC_STAT_AREA] < least]
    return np.asarray((filled > 0) | np.isin(marks, islands))


def _disc(radius_mm: float) -> NDArray[np.uint8]:
    side = 2 * round(radius_mm * GRID_PX_PER_MM) + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)), np.uint8)


def _on_model(box: BoxMm, placing: Placing) -> BoxMm:
    x, y, w, h = box
    dx, dy = placing.to_page[0, 2], placing.to_page[1, 2]
    return (x - dx, y - dy, w, h)
