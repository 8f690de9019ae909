"""What shines alike on every copy of an issue, in light that comes from one direction.

A map of shine (h, w) on the model's grid says how much more light a place sends up than its print
explains, against the page's ground. Optical devices and images in a film shine in the same place
on every copy. Where holders' data or portraits stand nothing is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from docexam.reference.page_sample import GRID_PX_PER_MM, window_of
from docexam.reference.uv_personal import personal_mask, portrait_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from docexam.nouns.measurement import BoxMm
    from docexam.reference.page_sample import PageSample
    from docexam.reference.parts import Part, Picture
    from docexam.vision.page import Linear, Mask

# Our starting values.
SHINES = 0.12
"""Of the page's ground: less is no image."""
STEADY = 0.5
"""The second dimmest copy shows at least this share of the usual."""
SOFT_MM = 0.15
JOINED_MM = 1.5
SMALLEST_MM2 = 2.0
LEAST_TOGETHER_MM2 = 12.0
AROUND_MM = 1.0
MOST_OFF_MM = 1.0
"""Films and foils are laid on with a tolerance of their own."""
_STEP_MM = 0.25
_PORTRAIT_ROOM_MM = 0.8
_FULL = 255
_COARSE = 16
_EVEN_MM = 15.0


@dataclass(frozen=True, slots=True, eq=False)
class Shine:
    """The places that shine: `level` (h, w) 8 bit, 255 for `peak`, 0 elsewhere."""

    level: Picture
    peak: float
    boxes_mm: tuple[BoxMm, ...]
    area_mm2: float


def common_shine(maps: Sequence[Linear], samples: Sequence[PageSample]) -> Shine | None:
    """What shines on all of these copies; None where hardly anything does."""
    soft = np.stack([softened(each) for each in maps])
    middle = np.median(soft, axis=0)
    dimmest = np.sort(soft, axis=0)[min(1, len(soft) - 1)]
    fixed = (middle >= SHINES) & (dimmest >= STEADY * middle)
    fixed &= ~_personal(samples, middle.shape)
    fixed = cv2.morphologyEx(fixed.astype(np.uint8), cv2.MORPH_OPEN, np.ones((2, 2), np.uint8)) > 0
    boxes, kept = _pieces(np.asarray(fixed))
    area = float(kept.sum()) / GRID_PX_PER_MM**2
    if not boxes or area < LEAST_TOGETHER_MM2:
        return None
    level = np.where(kept, middle, 0.0)
    peak = float(level.max())
    picture = np.asarray(np.clip(np.rint(level / peak * _FULL), 0, _FULL), np.uint8)
    return Shine(picture, peak, tuple(boxes), area)


def shine_of(part: Part, picture: str) -> Shine:
    """The image that a part keeps."""
    boxes = tuple(box_of(each) for each in part.facts["boxes_mm"])
    level = part.pictures[picture]
    return Shine(level, float(part.facts["peak"]), boxes, float(part.facts["area_mm2"]))


def facts_of(shine: Shine) -> dict[str, Any]:
    """What `shine_of` needs beside the picture, as plain JSON."""
    return {
        "boxes_mm": [[round(part, 3) for part in box] for box in shine.boxes_mm],
        "peak": shine.peak,
        "area_mm2": round(shine.area_mm2, 2),
    }


def box_of(parts: Sequence[float]) -> BoxMm:
    """A box that a part keeps."""
    x, y, w, h = (float(part) for part in parts)
    return (x, y, w, h)


def around(boxes: Sequence[BoxMm]) -> BoxMm:
    """The box around boxes."""
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, low = max(b[0] + b[2] for b in boxes), max(b[1] + b[3] for b in boxes)
    return (left, top, right - left, low - top)


def against_ground(picture: Linear, ground_of: Callable[[Linear], Linear], least: float) -> Linear:
    """A picture against what is usual about each place: lamps are uneven.

    `ground_of` takes the print off a coarse picture; the ground counts as no darker than `least`.
    """
    rows, columns = picture.shape[:2]
    size = (max(columns // _COARSE, 1), max(rows // _COARSE, 1))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    ground = ground_of(np.asarray(small, np.float32))
    usual = cv2.GaussianBlur(ground, (0, 0), _EVEN_MM * GRID_PX_PER_MM / _COARSE)
    usual = cv2.resize(usual, (columns, rows), interpolation=cv2.INTER_LINEAR)
    return np.asarray(picture / np.maximum(usual, least), np.float32)


def softened(map_: Linear) -> Linear:
    """Without the finest detail, in which copies never lie alike."""
    return np.asarray(cv2.GaussianBlur(map_, (0, 0), SOFT_MM * GRID_PX_PER_MM), np.float32)


def shown(map_: Linear, seen: Mask, shine: Shine) -> float | None:
    """How strongly the model's image shows, 1 as on the enrolled copies, 0 where it is missing.

    The mean of its pieces by their size, at the place (up to MOST_OFF_MM off) that fits best; None
    where less than half of it was seen.
    """
    soft = softened(map_)
    level = shine.level.astype(np.float32) * np.float32(shine.peak / _FULL)
    whole = level > 0
    if (seen & whole).sum() < 0.5 * whole.sum():
        return None
    reach = round(MOST_OFF_MM / _STEP_MM)
    moves = [round(step * _STEP_MM * GRID_PX_PER_MM) for step in range(-reach, reach + 1)]
    shares = [
        _share(soft, seen, level, shine.boxes_mm, (right, down))
        for right in moves
        for down in moves
    ]
    return max(shares)


def _share(
    soft: Linear, seen: Mask, level: Linear, boxes: Sequence[BoxMm], move: tuple[int, int]
) -> float:
    total, weight = 0.0, 0.0
    for x, y, w, h in boxes:
        box = (x - AROUND_MM, y - AROUND_MM, w + 2 * AROUND_MM, h + 2 * AROUND_MM)
        rows, columns = window_of(box, level.shape)
        top, left = rows.start + move[1], columns.start + move[0]
        if top < 0 or left < 0:
            continue
        model = level[rows, columns]
        there = (slice(top, top + model.shape[0]), slice(left, left + model.shape[1]))
        if soft[there].shape != model.shape or not seen[there].all():
            continue
        apart = model - model.mean()
        area = float((model > 0).sum())
        total += area * float((soft[there] * apart).sum() / max(float((apart**2).sum()), 1e-9))
        weight += area
    return total / weight if weight else 0.0


def _pieces(fixed: Mask) -> tuple[list[BoxMm], Mask]:
    side = 2 * round(JOINED_MM * GRID_PX_PER_MM / 2) + 1
    joined = cv2.dilate(fixed.astype(np.uint8), np.ones((side, side), np.uint8))
    count, labels = cv2.connectedComponents(joined)
    boxes: list[BoxMm] = []
    kept = np.zeros(fixed.shape, np.bool_)
    for label in range(1, count):
        own = fixed & (labels == label)
        if own.sum() < SMALLEST_MM2 * GRID_PX_PER_MM**2:
            continue
        kept |= own
        rows, columns = np.nonzero(own)
        x, y = columns.min() / GRID_PX_PER_MM, rows.min() / GRID_PX_PER_MM
        w, h = (np.ptp(columns) + 1) / GRID_PX_PER_MM, (np.ptp(rows) + 1) / GRID_PX_PER_MM
        boxes.append((float(x), float(y), float(w), float(h)))
    return boxes, kept


def _personal(samples: Sequence[PageSample], shape: tuple[int, ...]) -> Mask:
    mask = personal_mask(samples, shape)
    portrait = portrait_of(samples)
    if portrait is not None:
        x, y, w, h = portrait
        room = _PORTRAIT_ROOM_MM
        mask[window_of((x - room, y - room, w + 2 * room, h + 2 * room), shape)] = True
    return mask
