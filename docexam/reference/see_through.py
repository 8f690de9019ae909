"""What a sheet holds inside, from transmitted light against white: print left out.

Light passes print once on its way through the sheet, and twice where it is sent back. Half of the
print's depth in white, taken off its depth in transmitted light (as logarithms), leaves what only
the sheet does: watermark, thread, and print of the other side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.reference.ink_depth import DEPTH_PX_PER_MM, coarse, depth_of, grey_of
from docexam.reference.page_sample import widened
from docexam.reference.parts import NotLearned
from docexam.reference.portrait_place import holder_areas
from docexam.reference.uv_personal import personal_mask, portrait_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from docexam.reference.page_sample import PageSample
    from docexam.vision.page import Linear, Mask

LIGHTS = ("transmitted", "white")
# Our starting values.
FEWEST = 3
_DARKEST = 0.002
_PRINT_HALF = 0.5
_BLACK = -1.1
"""Logarithm of white against the page's: darker print tells nothing of the sheet below it."""
_LAMP = 1.2
_OPAQUE = 0.01
"""Of full scale: a page that lets less through is opaque, and what is seen there is noise."""
_FINE_MM = 0.3
_FITS, _FAR = 4, 0.2
_ROOM_MM = 1.0
_PRINT, _PRINT_ROOM_MM, _PRINT_APART_MM = 0.25, 0.7, 2.5
_RIM_MM = 3.0


def sheets(
    name: str, samples: Sequence[PageSample]
) -> tuple[list[PageSample], list[tuple[Linear, Mask]]] | NotLearned:
    """The samples that show LIGHTS, and `through` of each; NotLearned for the part `name`."""
    both = [each for each in samples if all(light in each.pictures for light in LIGHTS)]
    if len(both) < FEWEST:
        return NotLearned(name, "learn.few-pages", {"pages": float(len(both))})
    seen = [through(each) for each in both]
    if not all(known.any() for _, known in seen):
        return NotLearned(name, "learn.no-such-print")
    return both, seen


def through(sample: PageSample) -> tuple[Linear, Mask]:
    """(h, w) on the coarse grid: how much more (above 0) or less light a place lets through.

    Logarithm against the sheet around, lamp and folds left out; and where it can be told: nowhere
    on an opaque page. KeyError without LIGHTS.
    """
    passed, seen = coarse(sample, LIGHTS[0])
    white, in_white = coarse(sample, LIGHTS[1])
    there, back = (cv2.log(np.maximum(grey_of(each), _DARKEST)) for each in (passed, white))
    inside = np.asarray(there - _PRINT_HALF * back, np.float32)
    known = seen & in_white
    if not known.any() or float(np.median(grey_of(passed)[known])) < _OPAQUE:
        return np.zeros_like(inside), np.zeros_like(known)
    known &= back > np.median(back[known]) + _BLACK
    known &= there < np.median(there[known]) + _LAMP  # holes and what lies beside the page
    inside = np.asarray(inside - _sheet(inside, known), np.float32)
    inside[~known] = 0.0
    share = cv2.GaussianBlur(known.astype(np.float32), (0, 0), _FINE_MM * DEPTH_PX_PER_MM)
    fine = cv2.GaussianBlur(inside, (0, 0), _FINE_MM * DEPTH_PX_PER_MM)
    return np.where(known, fine / np.maximum(share, 1e-3), 0.0).astype(np.float32), known


def _sheet(inside: Linear, known: Mask) -> NDArray[np.float64]:
    """The lamp across the page: a curved surface through most of what is known."""
    rows, columns = inside.shape
    y, x = np.mgrid[-1 : 1 : rows * 1j, -1 : 1 : columns * 1j]
    terms = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=-1)
    few = np.s_[::4, ::4]
    kept = known[few].copy()
    values, at = inside[few], terms[few]
    surface = np.zeros(6)
    for _ in range(_FITS):
        surface, *_rest = np.linalg.lstsq(at[kept], values[kept], rcond=None)
        near = np.abs(values - at @ surface) <= _FAR
        if (near & known[few]).sum() < 50:
            break
        kept = near & known[few]
    return np.asarray(terms @ surface)


def of_holders(samples: Sequence[PageSample], shape: tuple[int, ...]) -> Mask:
    """(h, w) on the coarse grid: what is or may be a holder's; nothing of it may be kept."""
    fine = (shape[0] * 2, shape[1] * 2)
    areas = personal_mask(samples, fine).astype(np.uint8)
    mask = cv2.resize(areas, shape[::-1], interpolation=cv2.INTER_AREA) > 0
    differs = holder_areas(samples).astype(np.uint8)
    mask |= cv2.resize(differs, shape[::-1], interpolation=cv2.INTER_NEAREST) > 0
    portrait = portrait_of(samples)
    if portrait is not None:
        left, top, w, h = (round(part * DEPTH_PX_PER_MM) for part in portrait)
        mask[max(top, 0) : top + h, max(left, 0) : left + w] = True
    mask = widened(mask, _ROOM_MM, DEPTH_PX_PER_MM)
    mask |= _print_of_any(samples)
    rim = round(_RIM_MM * DEPTH_PX_PER_MM)
    inner = np.zeros_like(mask)
    inner[rim:-rim, rim:-rim] = True
    return np.asarray(mask | ~inner)


def _print_of_any(samples: Sequence[PageSample]) -> Mask:
    """Where any copy has print, as areas too coarse to show what it says."""
    found = [depth_of(grey_of(coarse(each, "white")[0])) > _PRINT for each in samples]
    areas = widened(np.any(found, axis=0), _PRINT_ROOM_MM, DEPTH_PX_PER_MM).astype(np.uint8)
    side = round(_PRINT_APART_MM * DEPTH_PX_PER_MM) | 1
    closed = cv2.morphologyEx(areas, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    return np.asarray(closed > 0)
