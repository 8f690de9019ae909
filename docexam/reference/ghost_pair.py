"""Portrait and second portrait of one page, cut to one size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.reference.page_sample import GRID_PX_PER_MM, window_of

if TYPE_CHECKING:
    from docexam.nouns.measurement import BoxMm
    from docexam.reference.ghost_place import GhostPlace
    from docexam.reference.page_sample import PageSample
    from docexam.vision.page import Linear

# Our starting values, in millimetres of the second portrait.
SMOOTH_MM = 0.13
_COARSEST_MM = 1.0
_REACH_MM = 0.4
_USUAL_BLUR_MM = 0.08
_LEAST_SEEN = 0.97
REACH = round(_REACH_MM * GRID_PX_PER_MM)
"""How many pixels the second portrait is cut wider than the first, on every side."""


@dataclass(frozen=True, slots=True, eq=False)
class GhostPair:
    """(h, w) logarithms on the model's grid: the portrait made small, and the second portrait.

    `second` and `infrared` (None without that light) reach REACH further on every side.
    """

    first: Linear
    second: Linear
    infrared: Linear | None


def pair_of(sample: PageSample, portrait: BoxMm, ghost: GhostPlace) -> GhostPair | None:
    """Both cut from one page; None where a part was not seen."""
    scale = ghost.box_mm[2] / portrait[2]
    x, y, w, h = ghost.box_mm
    shape = (round(h * GRID_PX_PER_MM), round(w * GRID_PX_PER_MM))
    wide = (
        x - REACH * w / shape[1],
        y - REACH * h / shape[0],
        w * (1 + 2 * REACH / shape[1]),
        h * (1 + 2 * REACH / shape[0]),
    )
    whole = (shape[0] + 2 * REACH, shape[1] + 2 * REACH)
    for box, light in ((portrait, "white"), (ghost.box_mm, "white"), (ghost.box_mm, "ir")):
        if light in sample.seen and not _is_seen(sample, light, box):
            return None
    quality = sample.view.quality.get("white")
    blur = _USUAL_BLUR_MM if quality is None else quality.edge_spread_mm or _USUAL_BLUR_MM
    # made small, the portrait is sharper than what the lens left of the second one
    unequal = blur * float(np.sqrt(max(1 - scale**2, 0.0)))
    first = _cut(sample, "white", portrait, shape, SMOOTH_MM / scale)
    first = blurred(first[:, ::-1] if ghost.mirrored else first, max(unequal, 0.02))
    infrared = _cut(sample, "ir", wide, whole, SMOOTH_MM) if "ir" in sample.pictures else None
    return GhostPair(first, _cut(sample, "white", wide, whole, SMOOTH_MM), infrared)


def second_at_rest(pair: GhostPair) -> Linear:
    """The second portrait where the model has it, of the size of the first."""
    return np.asarray(pair.second[REACH:-REACH, REACH:-REACH], np.float32)


def features(picture: Linear) -> Linear:
    """Without the coarse tones, which lamps, wear and paper make too."""
    return np.asarray(picture - blurred(picture, _COARSEST_MM), np.float32)


def blurred(picture: Linear, sigma_mm: float) -> Linear:
    """Smoothed by `sigma_mm` of the model's grid."""
    sigma = sigma_mm * GRID_PX_PER_MM
    return np.asarray(
        cv2.GaussianBlur(np.ascontiguousarray(picture, np.float32), (0, 0), sigma), np.float32
    )


def _cut(
    sample: PageSample, light: str, box: BoxMm, shape: tuple[int, int], smooth_mm: float
) -> Linear:
    """The logarithm of one light in a box, smoothed on the page, (h, w) of `shape`."""
    room = 3 * smooth_mm + 0.5
    x, y, w, h = box
    picture = sample.pictures[light]
    rows, columns = window_of((x - room, y - room, w + 2 * room, h + 2 * room), picture.shape)
    part = picture[rows, columns]
    grey = part if part.ndim == 2 else part.mean(axis=2)
    tone = np.log(np.maximum(blurred(np.asarray(grey, np.float32), smooth_mm), 0.004))
    per = (w * GRID_PX_PER_MM / shape[1], h * GRID_PX_PER_MM / shape[0])
    start = (x * GRID_PX_PER_MM - columns.start, y * GRID_PX_PER_MM - rows.start)
    matrix = np.array(
        [[per[0], 0, start[0] + per[0] / 2 - 0.5], [0, per[1], start[1] + per[1] / 2 - 0.5]]
    )
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    cut = cv2.warpAffine(tone, matrix, shape[::-1], flags=how, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cut, np.float32)


def _is_seen(sample: PageSample, light: str, box: BoxMm) -> bool:
    part = sample.seen[light][window_of(box, sample.seen[light].shape)]
    return part.size > 0 and float(part.mean()) >= _LEAST_SEEN
