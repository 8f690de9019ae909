"""Part `watermark`: the picture in the sheet, in its grey levels, as transmitted light shows it.

A watermark is thicker and thinner paper (Doc 9303-2, A.5.1.1). An imitation in print takes its
share of white light too, so that nothing of it is left in what `see_through` tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.reference.ink_depth import (
    DEPTH_PX_PER_MM,
    as_depth,
    as_picture,
    box_around,
    cannot,
    coarse,
    grey_of,
)
from docexam.reference.page_sample import widened
from docexam.reference.parts import NotLearned, Part
from docexam.reference.see_through import FEWEST, LIGHTS, of_holders, sheets, through
from docexam.reference.sheet_thread import thread_of
from docexam.reference.tolerance import learned_limit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from docexam.nouns.measurement import BoxMm
    from docexam.reference.page_sample import PageSample
    from docexam.vision.page import Linear, Mask

NAME = "watermark"
LIKENESS, CONTRAST, OFFSET = (
    "model.watermark",
    "model.watermark-contrast",
    "model.watermark-offset",
)
NAMES = (LIKENESS, CONTRAST, OFFSET)
# Our starting values.
_STEP, _APART = 0.08, 0.10
_BROAD_MM, _LEAST_MM2 = 1.2, 60.0
_SEEN, _SEEN_LIKE = 0.3, 0.3
"""Of its depth in the sheet, and how alike, a shape may show in white: a watermark shows none."""
_AROUND_MM, _BESIDE_THREAD_MM = 2.0, 1.0
_REACH_MM = 4.0
"""Paper is cut and printed this far apart at most."""
_LEAST_SEEN = 0.5
_CLOUD_MM2 = 4.0
"""So large are the clouds of a sheet: places nearer than that are one for chance."""
# Floors of what genuine documents may differ by: our starting values.
_FLOORS = {LIKENESS: (0.35, "low"), CONTRAST: (0.5, "low"), OFFSET: (2.5, "high")}


def learn(samples: Sequence[PageSample]) -> Part | NotLearned:
    """The picture that these sheets share; NotLearned where they let no such thing be seen."""
    taught = sheets(NAME, samples)
    if isinstance(taught, NotLearned):
        return taught
    both, seen = taught
    insides = np.array([np.where(known, inside, np.nan) for inside, known in seen])
    known = np.isfinite(insides).sum(axis=0) > len(both) / 2
    middle, spread = _common(insides, known)
    kept = known & ~of_holders(both, known.shape) & (spread < _APART)
    thread = thread_of(middle, known)
    beside = widened(thread, _BESIDE_THREAD_MM, DEPTH_PX_PER_MM)
    kept &= ~beside
    mask = _unseen_in_white(_picture_of(middle, kept), kept, middle, both)
    if not mask.any():
        return NotLearned(NAME, "learn.no-such-print")
    around = widened(mask, _AROUND_MM, DEPTH_PX_PER_MM) & kept
    pictures = {
        "inside": as_picture(np.where(around, middle, 0.0).astype(np.float32)),
        "where": around.astype(np.uint8) * 255,
    }
    low, high = (float(part) for part in np.percentile(middle[around], (5, 95)))
    facts = {
        "box_mm": [round(part, 2) for part in box_around(mask)],
        "area_mm2": round(float(mask.sum()) / DEPTH_PX_PER_MM**2, 1),
        "darkest": round(low, 3),
        "brightest": round(high, 3),
        "copies": len(both),
    }
    bare = Part(NAME, facts, pictures)
    values: dict[str, list[float]] = {name: [] for name in NAMES}
    for each in both:
        for found in measure(each, bare):
            if isinstance(found, Measurement):
                values[found.name].append(found.value)
    if min(len(each) for each in values.values()) < FEWEST:
        return NotLearned(NAME, "learn.no-such-print")
    units = {OFFSET: "mm"}
    limits = {
        name: learned_limit(values[name], units.get(name, "1"), floor=floor, side=side)
        for name, (floor, side) in _FLOORS.items()
    }
    return Part(NAME, facts, pictures, limits)


def measure(sample: PageSample, part: Part) -> list[Measurement | NotMeasured]:
    """`model.watermark`: correlation with the learned picture, where it fits best.

    `model.watermark-contrast`: its depth, the learned being 1. `model.watermark-offset`: how far
    it lies from the learned place against the print, mm.
    """
    if unable := cannot(sample, NAMES, LIGHTS):
        return [*unable]
    page = sample.view.page
    inside, known = through(sample)
    if not known.any():
        return [NotMeasured(n, page, LIGHTS, "sheet.opaque", {}, True) for n in NAMES]
    wanted = as_depth(part.pictures["inside"])
    where = part.pictures["where"] > 0
    rows, columns = _best_move(inside * known, np.where(where, wanted, 0.0), where)
    inside = _moved(inside, rows, columns)
    both = where & (_moved(known.astype(np.float32), rows, columns) > 0)
    if both.sum() < _LEAST_SEEN * where.sum():
        params = {"seen": float(both.sum()) / float(where.sum())}
        return [NotMeasured(n, page, LIGHTS, "model.unseen", params, True) for n in NAMES]
    here, there = inside[both] - inside[both].mean(), wanted[both] - wanted[both].mean()
    contrast = float(here @ there / max(float(there @ there), 1e-9))
    likeness = float(here @ there / max(float(np.sqrt((here @ here) * (there @ there))), 1e-9))
    spots = max(float(both.sum()) / DEPTH_PX_PER_MM**2 / _CLOUD_MM2, 2.0)
    noise = float(np.std(here - contrast * there)) / max(float(np.std(there)), 1e-6)
    u = {
        LIKENESS: (1 - likeness**2) / np.sqrt(spots) + 0.01,
        CONTRAST: noise / np.sqrt(spots) + 0.02,
        OFFSET: (sample.placing.residual_mm or 0.3) + 0.25,
    }
    x, y, w, h = (float(each) for each in part.facts["box_mm"])
    box = sample.page_box((x + columns / DEPTH_PX_PER_MM, y + rows / DEPTH_PX_PER_MM, w, h))
    offset = float(np.hypot(rows, columns)) / DEPTH_PX_PER_MM
    values = {LIKENESS: (likeness, "1"), CONTRAST: (contrast, "1"), OFFSET: (offset, "mm")}
    if contrast < 0.25:
        del values[OFFSET]  # where there is none, it lies nowhere
    return [
        _measured(sample, name, value, unit, float(u[name]), box)
        for name, (value, unit) in values.items()
    ]


def _common(insides: NDArray[np.float32], known: Mask) -> tuple[Linear, Linear]:
    """(h, w) the median of the copies, and how far they lie apart there."""
    filled = np.where(np.isfinite(insides), insides, np.nan)
    filled[:, ~known] = 0.0
    middle = np.nanmedian(filled, axis=0).astype(np.float32)
    apart = np.nanmedian(np.abs(filled - middle), axis=0).astype(np.float32)
    return middle, np.asarray(cv2.GaussianBlur(apart, (0, 0), 0.5 * DEPTH_PX_PER_MM), np.float32)


def _picture_of(middle: Linear, kept: Mask) -> Mask:
    """The broad shapes that stand out from the sheet."""
    side = round(_BROAD_MM * DEPTH_PX_PER_MM) | 1
    round_ = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    mask = np.zeros(middle.shape, np.uint8)
    for way in (-1.0, 1.0):
        stands = (kept & (way * middle > _STEP)).astype(np.uint8)
        mask = np.maximum(mask, cv2.morphologyEx(stands, cv2.MORPH_OPEN, round_)).astype(np.uint8)
    labels = _together(mask > 0)
    sizes = np.bincount(labels[mask > 0], minlength=int(labels.max()) + 1)
    large = sizes >= _LEAST_MM2 * DEPTH_PX_PER_MM**2
    large[0] = False
    return np.asarray((mask > 0) & large[labels])


def _unseen_in_white(mask: Mask, kept: Mask, middle: Linear, samples: Sequence[PageSample]) -> Mask:
    """Without shapes that white light shows too: foil and thick ink stop light as paper does."""
    white = np.median([grey_of(coarse(each, "white")[0]) for each in samples], axis=0)
    tone = cv2.log(np.maximum(white, 0.01).astype(np.float32))
    found = mask.copy()
    labels = _together(mask)
    for number in range(1, int(labels.max()) + 1):
        area = (labels == number) & kept
        inside, shown = middle[area] - middle[area].mean(), tone[area] - tone[area].mean()
        both, own, other = inside @ shown, inside @ inside, shown @ shown
        depth = abs(float(both)) / max(float(own), 1e-9)
        likeness = abs(float(both)) / max(float(np.sqrt(own * other)), 1e-9)
        if depth > _SEEN and likeness > _SEEN_LIKE:
            found[area] = False
    return found


def _together(mask: Mask) -> NDArray[np.int32]:
    """(h, w) numbers from 1 of the shapes and the ground close around them."""
    side = round(_BROAD_MM * DEPTH_PX_PER_MM) | 1
    near = cv2.dilate(mask.astype(np.uint8), np.ones((2 * side + 1,) * 2, np.uint8))
    return np.asarray(cv2.connectedComponents(near)[1], np.int32)


def _best_move(inside: Linear, wanted: Linear, where: Mask) -> tuple[int, int]:
    """By how many rows and columns a sheet lies further than the learned picture."""
    reach = round(_REACH_MM * DEPTH_PX_PER_MM)
    pattern = np.where(where, wanted - wanted[where].mean(), 0.0).astype(np.float32)
    around = cv2.copyMakeBorder(inside, reach, reach, reach, reach, cv2.BORDER_CONSTANT)
    score = cv2.matchTemplate(around, pattern, cv2.TM_CCORR)
    _, _, _, (x, y) = cv2.minMaxLoc(score)
    return y - reach, x - reach


def _moved(picture: Linear, rows: int, columns: int) -> Linear:
    """What lies so far further, laid back; 0 where nothing was."""
    height, width = picture.shape
    found = np.zeros_like(picture)
    top, left = max(-rows, 0), max(-columns, 0)
    low, right = min(height - rows, height), min(width - columns, width)
    found[top:low, left:right] = picture[top + rows : low + rows, left + columns : right + columns]
    return found


def _measured(
    sample: PageSample, name: str, value: float, unit: str, u: float, box: BoxMm
) -> Measurement:
    return Measurement(name, sample.view.page, LIGHTS, value, unit, u, box)
