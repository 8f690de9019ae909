"""The fluorescent print of an issue: what glows alike on every copy, cut into motifs of one colour.

Fibres, lint and personal data glow or quench on each copy elsewhere, and are left out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from numpy.typing import NDArray

from docexam.reference.page_sample import GRID_PX_PER_MM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.nouns.measurement import BoxMm
    from docexam.reference.uv_excess import Excess
    from docexam.vision.page import Linear, Mask

Labels = NDArray[np.uint8]
Colour = tuple[float, float, float]

ROUNDS = 3
MOST_MOTIFS = 60
# Our starting values.
GLOWS = 0.12
"""Of the brightest print of the page: weaker glow is no motif."""
STEADY = 0.6
"""A place belongs to a motif where the dimmest copy shows at least this of the brightest."""
OUTLIERS = 0.15
"""Share of the copies that may be dirty or damaged at a place, at each end."""
SOFT_MM = 0.19
LAMPS_MM = 6.0
"""Nearer places than this are lit alike."""
MOST_CHANGING = 0.2
"""More of a motif than this changes from copy to copy: it is personal, such as a portrait."""
RING_MM = 1.5
MOST_AROUND = 0.2
"""As much of what lies within RING_MM of a motif: the middle of a face is alike on all."""
LEAST_BEYOND_NOISE = 6.0
SAME_COLOUR = 0.12
"""Colours nearer than this, as the share of light that changes its channel, are one."""
JOINED_MM = 1.2
LARGEST_MM = 20.0
SMALLEST_MM2 = 1.5
SMALLEST_SIDE_MM = 1.5


@dataclass(frozen=True, slots=True)
class Motif:
    """One piece of fluorescent print.

    `colour` are the shares of blue, green and red in its glow; `level` its mean glow, the page's
    brightest print being 1; `area_mm2` what of it glows.
    """

    box_mm: BoxMm
    colour: Colour
    level: float
    area_mm2: float


@dataclass(frozen=True, slots=True, eq=False)
class Motifs:
    """All fluorescent print of a page.

    `glow` (h, w) is the strongest channel of the fixed print, the page's brightest being 1, and 0
    elsewhere; `labels` (h, w) the number of the motif at each place from 1, 0 for none. `gains` are
    the levels of the brightest print in the captures learned from.
    """

    motifs: tuple[Motif, ...]
    labels: Labels
    glow: Linear
    gains: tuple[float, ...]


def common_motifs(pages: Sequence[Excess], personal: Mask) -> Motifs | None:
    """The motifs that these pages of one issue share; None where nothing glows alike on all.

    `personal` (h, w) is where text of the holder is known to stand on some of them.
    """
    gains, middle = _together(pages)
    scale = _brightest(middle)
    if scale <= 0:
        return None
    gains = [gain * scale for gain in gains]
    middle /= scale
    noise = float(np.median([page.noise / g for page, g in zip(pages, gains, strict=True)]))
    least = max(GLOWS, LEAST_BEYOND_NOISE * noise / math.sqrt(len(pages)))
    varies = _changing(pages, gains, middle, least)
    changing = personal | varies
    fixed = np.asarray((middle >= least) & ~changing)
    fixed = np.asarray(cv2.medianBlur(fixed.astype(np.uint8), 3) > 0)
    colours = [(page.picture - page.ground) / g for page, g in zip(pages, gains, strict=True)]
    colour = np.maximum(np.median(colours, axis=0), 0).astype(np.float32)
    labels, motifs = _cut(colour, middle, fixed, changing, varies & ~personal)
    if not motifs:
        return None
    return Motifs(tuple(motifs), labels, _filled(middle, labels, changing), tuple(gains))


def _changing(
    pages: Sequence[Excess], gains: Sequence[float], middle: Linear, least: float
) -> Mask:
    """Where some copies glow and others do not: under personal print, and where fibres lie."""
    soft = []
    for page, gain in zip(pages, gains, strict=True):
        even = page.level / (gain * _lit(page.level / gain, middle, least))
        soft.append(cv2.GaussianBlur(even, (0, 0), SOFT_MM * GRID_PX_PER_MM))
    ranked = np.sort(soft, axis=0)
    few = int(len(pages) * OUTLIERS)
    high, low = ranked[len(pages) - 1 - few], ranked[few]
    return np.asarray((high >= least) & (low < STEADY * high))


def _lit(level: Linear, middle: Linear, least: float) -> Linear:
    """How brightly each place is lit against the others of its page: lamps are uneven."""
    glows = (middle >= least).astype(np.float32)
    size = (max(level.shape[1] // 8, 1), max(level.shape[0] // 8, 1))
    here, usual = (
        cv2.GaussianBlur(
            cv2.resize(each * glows, size, interpolation=cv2.INTER_AREA),
            (0, 0),
            LAMPS_MM * GRID_PX_PER_MM / 8,
        )
        for each in (level, middle)
    )
    small = np.clip((here + 0.01) / (usual + 0.01), 0.3, 3.0).astype(np.float32)
    return np.asarray(cv2.resize(small, level.shape[::-1]), np.float32)


def _filled(middle: Linear, labels: Labels, changing: Mask) -> Linear:
    """The glow of the motifs; where copies differ, that of the motif around."""
    near = cv2.dilate((labels > 0).astype(np.uint8), _disc(0.25)) > 0
    sure = (near & ~changing).astype(np.float32)
    sigma = JOINED_MM * GRID_PX_PER_MM / 2
    around = cv2.GaussianBlur(middle * sure, (0, 0), sigma)
    share = cv2.GaussianBlur(sure, (0, 0), sigma)
    hull = cv2.morphologyEx((labels > 0).astype(np.uint8), cv2.MORPH_CLOSE, _disc(JOINED_MM)) > 0
    filled = np.where(changing & hull, around / np.maximum(share, 0.05), middle * near)
    return np.asarray(filled, np.float32)


def _together(pages: Sequence[Excess]) -> tuple[list[float], Linear]:
    """How bright each capture is, and the median of all after that is taken out."""
    gains = [max(_brightest(page.level), 1e-4) for page in pages]
    middle = np.zeros(1, np.float32)
    for _ in range(ROUNDS):
        stack = [page.level / g for page, g in zip(pages, gains, strict=True)]
        middle = np.asarray(np.median(stack, axis=0), np.float32)
        bright = middle > 0.3 * _brightest(middle)
        if bright.sum() < 50:
            break
        gains = [
            max(g * float(np.median(one[bright] / middle[bright])), 1e-4)
            for g, one in zip(gains, stack, strict=True)
        ]
    return gains, middle


def _brightest(level: Linear) -> float:
    """The level of what glows most, small specks left out."""
    return float(np.percentile(cv2.blur(level, (3, 3))[::2, ::2], 99.0))


def _cut(
    colours: Linear, level: Linear, fixed: Mask, changing: Mask, varies: Mask
) -> tuple[Labels, list[Motif]]:
    """Pieces of one colour, of about LARGEST_MM at most, the largest first."""
    pieces: list[tuple[float, NDArray[np.int64]]] = []
    for mask in _by_colour(colours, fixed):
        joined = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, _disc(JOINED_MM / 2))
        _, marks = cv2.connectedComponents(joined)
        marks = np.where(mask, marks, 0)
        for places in _tiles(marks):
            area = len(places) / GRID_PX_PER_MM**2
            sides = (places.max(axis=0) - places.min(axis=0) + 1) / GRID_PX_PER_MM
            if area < SMALLEST_MM2 or sides.min() < SMALLEST_SIDE_MM:
                continue
            if _share_changing(places, changing) > MOST_CHANGING:
                continue
            if _share_around(places, varies) <= MOST_AROUND:
                pieces.append((area, places))
    pieces = sorted(pieces, key=lambda piece: -piece[0])[:MOST_MOTIFS]
    labels = np.zeros(fixed.shape, np.uint8)
    motifs = []
    for number, (area, places) in enumerate(pieces, 1):
        rows, columns = places[:, 0], places[:, 1]
        labels[rows, columns] = number
        motifs.append(
            Motif(_box(places), shares(colours[rows, columns].mean(axis=0)),
                  float(level[rows, columns].mean()), area)
        )  # fmt: skip
    return labels, motifs


def _share_changing(places: NDArray[np.int64], changing: Mask) -> float:
    """How much of a piece, its holes filled, changes from copy to copy."""
    top, left = places.min(axis=0)
    flat = np.zeros(places.max(axis=0) - (top, left) + 1, np.uint8)
    flat[places[:, 0] - top, places[:, 1] - left] = 1
    outside, _ = cv2.findContours(flat, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    whole = cv2.drawContours(np.zeros_like(flat), outside, -1, 1, cv2.FILLED) > 0
    part = changing[top : top + flat.shape[0], left : left + flat.shape[1]]
    return float((part & whole).sum() / max(whole.sum(), 1))


def _share_around(places: NDArray[np.int64], varies: Mask) -> float:
    """How much of the ring about a piece glows on some copies and not on others."""
    room = round(RING_MM * GRID_PX_PER_MM)
    top, left = np.maximum(places.min(axis=0) - room, 0)
    low, right = places.max(axis=0) + room + 1
    near = varies[top:low, left:right]
    piece = np.zeros(near.shape, np.uint8)
    piece[places[:, 0] - top, places[:, 1] - left] = 1
    ring = (cv2.dilate(piece, _disc(RING_MM)) > 0) & (piece == 0)
    return float(near[ring].mean()) if ring.any() else 0.0


def _tiles(marks: NDArray[Any]) -> list[NDArray[np.int64]]:
    """(n, 2) rows and columns of each connected piece, cut where it is larger than LARGEST_MM."""
    rows, columns = np.nonzero(marks)
    tile = LARGEST_MM * GRID_PX_PER_MM
    keys = {}
    mark = marks[rows, columns]
    for one in np.unique(mark):
        at = np.nonzero(mark == one)[0]
        y, x = rows[at], columns[at]
        many_y = max(1, round((np.ptp(y) + 1) / tile))
        many_x = max(1, round((np.ptp(x) + 1) / tile))
        row = np.minimum((y - y.min()) * many_y // (np.ptp(y) + 1), many_y - 1)
        column = np.minimum((x - x.min()) * many_x // (np.ptp(x) + 1), many_x - 1)
        for cell in np.unique(row * many_x + column):
            inside = row * many_x + column == cell
            keys[one, cell] = np.column_stack([y[inside], x[inside]])
    return [np.asarray(places, np.int64) for places in keys.values()]


def _by_colour(colours: Linear, fixed: Mask) -> list[Mask]:
    """The fixed print in one mask for each colour, the commonest first."""
    soft = cv2.GaussianBlur(colours * fixed[..., None], (0, 0), 1.5)
    tint = soft / np.maximum(soft.sum(axis=2, keepdims=True), 1e-6)
    left = fixed.copy()
    masks: list[Mask] = []
    least = SMALLEST_MM2 * GRID_PX_PER_MM**2
    while left.sum() > least and len(masks) < 8:
        bins = (tint[left][:, 1:] * 12).astype(int)
        values, counts = np.unique(bins, axis=0, return_counts=True)
        common = (bins == values[counts.argmax()]).all(axis=1)
        middle = tint[left][common].mean(axis=0)
        alike = left & (0.5 * np.abs(tint - middle).sum(axis=2) < SAME_COLOUR)
        if alike.sum() <= least:
            break
        masks.append(np.asarray(alike))
        left &= ~alike
    return masks


def shares(colour: NDArray[Any]) -> Colour:
    """Blue, green and red as shares of their sum; even where there is no light."""
    clean = np.maximum(np.asarray(colour, np.float64), 0)
    total = float(clean.sum())
    if total <= 0:
        return (1 / 3, 1 / 3, 1 / 3)
    blue, green, red = (float(part / total) for part in clean)
    return (blue, green, red)


def _box(places: NDArray[np.int64]) -> BoxMm:
    (top, left), (low, right) = places.min(axis=0), places.max(axis=0) + 1
    x, y, w, h = (float(v) / GRID_PX_PER_MM for v in (left, top, right - left, low - top))
    return (x, y, w, h)


def _disc(radius_mm: float) -> NDArray[np.uint8]:
    side = 2 * round(radius_mm * GRID_PX_PER_MM) + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)), np.uint8)
