"""How one page shows the motifs of its model: each motif's likeness, place, glow and colour."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from docexam.reference.page_sample import GRID_PX_PER_MM, window_of
from docexam.reference.placing import between_pixels
from docexam.reference.uv_motifs import shares

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from docexam.nouns.measurement import BoxMm
    from docexam.reference.uv_excess import Excess
    from docexam.reference.uv_motifs import Colour, Labels, Motif
    from docexam.vision.page import Linear, Mask

# Our starting values.
REACH_MM = 1.6
"""How far print may stand from its place and still be found."""
APART_MM = 0.35
"""How far one motif may lie from where all of them together lie: pages bend."""
ROOM_MM = 0.6
COARSER = 2
ALIKE = 0.5
FEWEST = 3
LEAST_SPREAD = 1e-3
LEAST_AROUND = 40
CLIPPED = 0.97
NOISE_SHARE = 0.3
"""What a dark picture cuts off of its noise looks like a glow of this share of it."""
GROUND_SHARE = 0.1
"""By how much of its level the ground around a motif may differ from that below it."""
LEAST_SEEN = 0.9
MOST_CLIPPED = 0.02


@dataclass(frozen=True, slots=True)
class MotifSeen:
    """One motif on one page.

    `likeness` -1..1 is the correlation with the model's motif at its best place nearby. `glow` is
    how much it glows above what is around it, in linear levels, and `error` its standard
    deviation; `colour` the shares of blue, green and red in it, `clipped` where that is cut off.
    """

    motif: Motif
    likeness: float
    glow: float
    error: float
    colour: Colour
    clipped: bool


@dataclass(frozen=True, slots=True)
class Look:
    """All motifs of a page. `shift_mm` is how far all of them lie from their place (x, y).

    `scatter_mm` is how well the motifs agree in that, of one motif; None with fewer than three.
    `peak` is the height of their common correlation.
    """

    seen: tuple[MotifSeen, ...]
    shift_mm: tuple[float, float]
    scatter_mm: float | None
    peak: float


def look_at(page: Excess, motifs: Sequence[Motif], labels: Labels, glow: Linear) -> Look | None:
    """Every motif that the page shows; None where it shows none of their places."""
    numbered = [
        (number, motif)
        for number, motif in enumerate(motifs, 1)
        if page.seen[window_of(motif.box_mm, glow.shape)].mean() >= LEAST_SEEN
    ]
    if not numbered:
        return None
    weights = np.array([motif.area_mm2**0.5 for _, motif in numbered])
    move = _coarse(page.level, glow, [motif for _, motif in numbered], weights)
    near = max(2, round(APART_MM * GRID_PX_PER_MM))
    surfaces = [_surface(page.level, motif, glow, move, near) for _, motif in numbered]
    at_x, at_y, peak = _peak(np.average(surfaces, axis=0, weights=weights))
    found = (move[0] + round(at_x) - near, move[1] + round(at_y) - near)
    others = cv2.dilate((glow > 0).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    seen, places = [], []
    for (number, motif), surface in zip(numbered, surfaces, strict=True):
        x, y, likeness = _peak(surface)
        if likeness > ALIKE:
            places.append((x, y))
        seen.append(_seen(page, motif, number, labels, others, found, likeness))
    scatter = None
    if len(places) >= FEWEST:
        off = np.asarray(places) - np.median(places, axis=0)
        scatter = float(1.4826 * np.median(np.abs(off))) / GRID_PX_PER_MM
    shift = ((move[0] + at_x - near) / GRID_PX_PER_MM, (move[1] + at_y - near) / GRID_PX_PER_MM)
    return Look(tuple(seen), shift, scatter, peak)


def _coarse(
    level: Linear, glow: Linear, motifs: Sequence[Motif], weights: NDArray[Any]
) -> tuple[int, int]:
    """How far all motifs together lie from their place, in pixels, on a coarser grid."""
    scale = 1 / COARSER
    small, model = (_smaller(each, scale) for each in (level, glow))
    reach = round(REACH_MM * GRID_PX_PER_MM * scale)
    surfaces = []
    for motif in motifs:
        rows, columns = window_of(_with_room(motif), glow.shape)
        rows = slice(round(rows.start * scale), round(rows.stop * scale))
        columns = slice(round(columns.start * scale), round(columns.stop * scale))
        surfaces.append(_scores(small, model[rows, columns], rows, columns, (0, 0), reach))
    x, y, _ = _peak(np.average(surfaces, axis=0, weights=weights))
    return round((x - reach) * COARSER), round((y - reach) * COARSER)


def _smaller(picture: Linear, scale: float) -> Linear:
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32)


def _surface(level: Linear, motif: Motif, glow: Linear, move: tuple[int, int], near: int) -> Linear:
    rows, columns = window_of(_with_room(motif), glow.shape)
    return _scores(level, glow[rows, columns], rows, columns, move, near)


def _scores(
    level: Linear, template: Linear, rows: slice, columns: slice, move: tuple[int, int], reach: int
) -> Linear:
    """(2 reach + 1, 2 reach + 1) correlations of a template around its place and `move` (x, y)."""
    if float(template.std()) < LEAST_SPREAD:
        return np.zeros((2 * reach + 1, 2 * reach + 1), np.float32)
    there = slice(rows.start + move[1], rows.stop + move[1])
    beside = slice(columns.start + move[0], columns.stop + move[0])
    around = _padded(level, there, beside, reach)
    score = cv2.matchTemplate(around, np.ascontiguousarray(template), cv2.TM_CCOEFF_NORMED)
    return np.asarray(np.nan_to_num(np.clip(score, -1, 1)), np.float32)


def _with_room(motif: Motif) -> BoxMm:
    x, y, w, h = motif.box_mm
    return (x - ROOM_MM, y - ROOM_MM, w + 2 * ROOM_MM, h + 2 * ROOM_MM)


def _padded(level: Linear, rows: slice, columns: slice, reach: int) -> Linear:
    """The window with room around it, 0 beyond the page."""
    top, low = max(rows.start - reach, 0), min(rows.stop + reach, level.shape[0])
    left, right = max(columns.start - reach, 0), min(columns.stop + reach, level.shape[1])
    cut = level[top:low, left:right]
    return np.asarray(
        cv2.copyMakeBorder(
            cut,
            top - rows.start + reach,
            rows.stop + reach - low,
            left - columns.start + reach,
            columns.stop + reach - right,
            cv2.BORDER_CONSTANT,
        ),
        np.float32,
    )


def _peak(surface: NDArray[Any]) -> tuple[float, float, float]:
    """Column, row and height of the highest place, between pixels."""
    flat = np.ascontiguousarray(surface, np.float32)
    _, best, _, (x, y) = cv2.minMaxLoc(flat)
    return x + between_pixels(flat[y, :], x), y + between_pixels(flat[:, x], y), float(best)


def _seen(
    page: Excess,
    motif: Motif,
    number: int,
    labels: Labels,
    others: Mask,
    move: tuple[int, int],
    likeness: float,
) -> MotifSeen:
    x, y, w, h = motif.box_mm
    box = (x - 1.0, y - 1.0, w + 2.0, h + 2.0)
    rows, columns = window_of(box, labels.shape)
    # the window of the page lies where the motif was found
    down = int(np.clip(move[1], -rows.start, labels.shape[0] - rows.stop))
    right = int(np.clip(move[0], -columns.start, labels.shape[1] - columns.stop))
    there = (slice(rows.start + down, rows.stop + down),
             slice(columns.start + right, columns.stop + right))  # fmt: skip
    own = labels[rows, columns] == number
    seen = page.seen[there]
    inside, around = own & seen, ~others[rows, columns] & seen
    if not inside.any():
        return MotifSeen(motif, likeness, 0.0, page.noise, (1 / 3, 1 / 3, 1 / 3), clipped=True)
    colours = page.picture[there]
    # where nothing but motifs is near, the ground of the page stands for that around
    alone = around.sum() < LEAST_AROUND
    ground = page.ground if alone else np.median(colours[around], axis=0)
    pixels = colours[inside]
    mean = pixels.mean(axis=0) - ground
    noise = page.noise * max(NOISE_SHARE, 1 / math.sqrt(max(len(pixels) / 4, 1)))
    error = math.hypot(noise, GROUND_SHARE * float(page.ground.max()))
    clipped = float((pixels.max(axis=1) > CLIPPED).mean()) > MOST_CLIPPED
    return MotifSeen(motif, likeness, float(mean.max()), error, shares(mean), clipped)
