"""Lay a page on a model by the fixed print that both show in white light."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from docexam.vision.plane import affine, apply, shift

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from docexam.vision.page import Linear, Mask
    from docexam.vision.plane import Matrix, Points

# Our starting values.
PX_PER_MM = 8.0
TILE_MM, STEP_MM = 12.0, 6.0
FARTHEST_MM = 2.5
AGREE_MM, TILT, FIT_MM, REFITS = 0.12, 0.012, 0.25, 4
AFFINE_TILES, TILTED_TILES = 14, 30
LEAST_TILES, LEAST_SHARE = 5, 0.15
"""Fewer tiles than these agree by chance, where every one finds its best place."""
COARSER = 4
LEAST_LIKE, LEAST_PRINT = 0.15, 0.3
GROUND_MM = 1.2
"""Changes of brightness wider than this are light and wear, not print."""


@dataclass(frozen=True, slots=True, eq=False)
class Placing:
    """`to_page` (3 x 3) takes millimetres of the model to millimetres of the page.

    `residual_mm` is the scatter of the tiles that agree; None where too little print is common,
    so that the page lies on the model by its own edges and zone alone. `likeness` 0..1 is the
    median correlation of all tiles of the fixed print, 0 for those that do not agree in place, and
    `likeness_u` how far that median may be by chance. `tiles` says how many agree.
    """

    to_page: Matrix
    residual_mm: float | None
    likeness: float = 0.0
    tiles: int = 0
    likeness_u: float = 0.0


UNPLACED = Placing(np.eye(3), None)


def print_detail(grey: Linear, mask: Mask) -> Linear:
    """The print without what light, wear and stains do: local contrast of unit spread, (h, w)."""
    log = cv2.log(np.maximum(grey, 0.004))
    detail = log - _wide(log, GROUND_MM * PX_PER_MM)
    spread = cv2.sqrt(np.maximum(_wide(detail * detail, 2 * GROUND_MM * PX_PER_MM), 0)) + 0.02
    return np.asarray(detail / spread * mask, np.float32)


def _wide(values: NDArray[Any], sigma_px: float) -> NDArray[Any]:
    """A wide Gaussian blur, on a coarser grid where nothing is lost by that."""
    height, width = values.shape
    size = (max(1, width // COARSER), max(1, height // COARSER))
    small = cv2.resize(values, size, interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), sigma_px / COARSER)
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)


def place(template: Linear, detail: Linear, weight: Mask | None = None) -> Placing:
    """Where `detail` of a page lies against the `template` of the model, both on the model's grid.

    `weight` marks the fixed print (h, w): tiles with less than a third of it are left out.
    """
    middles, moves, likes = _tiles(template, detail, weight)
    if len(moves) < LEAST_TILES:
        return Placing(np.eye(3), None)
    apart = np.linalg.norm(moves[:, None] - moves[None, :], axis=2)
    # pages bend and cameras tilt: neighbours agree sooner than far ends
    allowed = AGREE_MM + TILT * np.linalg.norm(middles[:, None] - middles[None, :], axis=2)
    sure = likes >= LEAST_LIKE
    near = (apart <= allowed) & sure & sure[:, None]
    agreed = near[int(near.sum(axis=1).argmax())]
    least = max(LEAST_TILES, LEAST_SHARE * len(moves))
    matrix = np.eye(3)
    for _ in range(REFITS):
        if agreed.sum() < least:
            break
        matrix = _fitted(middles[agreed], moves[agreed])
        left = np.linalg.norm(apply(matrix, middles) - middles - moves, axis=1)
        agreed = (left <= FIT_MM) & sure
    likeness, u = _typical(np.where(agreed, likes, 0.0))
    if agreed.sum() < least:
        return Placing(np.eye(3), None, likeness, likeness_u=u)
    residual = float(np.sqrt((left[agreed] ** 2).mean()))
    return Placing(matrix, residual, likeness, int(agreed.sum()), u)


def _fitted(at: Points, by: Points) -> Matrix:
    """What moves tiles at (n, 2) by (n, 2): the more tiles, the more freedom it may have."""
    if len(at) >= TILTED_TILES:
        found, _ = cv2.findHomography(at, at + by, 0)
        if found is not None:
            return np.asarray(found / found[2, 2], np.float64)
    if len(at) >= AFFINE_TILES:
        return affine(at, at + by)
    return shift(*(float(x) for x in np.median(by, axis=0)))


def _typical(likes: Points) -> tuple[float, float]:
    """The median, and its standard error."""
    low, middle, high = np.percentile(np.clip(likes, 0.0, 1.0), (25, 50, 75))
    return float(middle), float(1.25 * (high - low) / 1.35 / np.sqrt(len(likes)))


def _tiles(template: Linear, detail: Linear, weight: Mask | None) -> tuple[Points, Points, Points]:
    """(n, 2) middles of tiles, (n, 2) moves of the page against them, (n,) correlations."""
    tile, step = round(TILE_MM * PX_PER_MM), round(STEP_MM * PX_PER_MM)
    reach = round(FARTHEST_MM * PX_PER_MM)
    padded = cv2.copyMakeBorder(detail, reach, reach, reach, reach, cv2.BORDER_CONSTANT)
    middles, moves, likes = [], [], []
    for top in range(0, template.shape[0] - tile + 1, step):
        for left in range(0, template.shape[1] - tile + 1, step):
            rows, columns = slice(top, top + tile), slice(left, left + tile)
            if weight is not None and weight[rows, columns].mean() < 1 / 3:
                continue
            one = template[rows, columns]
            if one.std() < LEAST_PRINT or not detail[rows, columns].any():
                continue  # no print there, or the camera did not see it
            around = padded[top : top + tile + 2 * reach, left : left + tile + 2 * reach]
            score = cv2.matchTemplate(around, one, cv2.TM_CCOEFF_NORMED)
            _, best, _, (x, y) = cv2.minMaxLoc(score)
            if not np.isfinite(best):
                best, x, y = 0.0, reach, reach
            middles.append(((left + tile / 2) / PX_PER_MM, (top + tile / 2) / PX_PER_MM))
            moves.append(((x + between_pixels(score[y, :], x) - reach) / PX_PER_MM,
                          (y + between_pixels(score[:, x], y) - reach) / PX_PER_MM))  # fmt: skip
            likes.append(best)
    return (
        np.array(middles, np.float64).reshape(-1, 2),
        np.array(moves, np.float64).reshape(-1, 2),
        np.array(likes, np.float64),
    )


def between_pixels(scores: NDArray[Any], at: int) -> float:
    """The place of the peak between pixels, from its two neighbours."""
    if not 0 < at < len(scores) - 1:
        return 0.0
    before, here, after = (float(scores[at + step]) for step in (-1, 0, 1))
    bend = before - 2 * here + after
    return 0.0 if bend >= 0 else float(np.clip(0.5 * (before - after) / bend, -0.5, 0.5))
