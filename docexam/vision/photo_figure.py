"""Head and shoulders on a ground that is the page's own: a portrait without a border.

The shoulders of a portrait reach both of its sides and its low border (Doc 9303-3, 2.1 and the
guidance it refers to); its height follows from the shape that portraits have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from docexam.nouns.measurement import BoxMm

# Our starting values.
_DARK = 0.30
_BLUR_MM = 0.4
_CLOSE_MM = 2.0
_LEFT_MOST_MM = 14.0
_WIDTH_MM = (18.0, 37.0)
_HEIGHT_MM = (24.0, 46.0)
_SOLID = (0.45, 0.92)
_SHOULDERS = 0.6
_SHAPE = 1.29


def figure_box(dark: NDArray[np.float32], px_per_mm: float) -> BoxMm | None:
    """The box of the portrait around the largest figure at the left; None where there is none.

    `dark` (h, w) is 0 on paper and 1 where nothing is sent back.
    """
    soft = cv2.GaussianBlur(dark, (0, 0), _BLUR_MM * px_per_mm)
    side = round(_CLOSE_MM * px_per_mm) | 1
    marked = cv2.morphologyEx(
        (soft >= _DARK).astype(np.uint8),
        cv2.MORPH_OPEN,
        cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)),
    )
    _, labels, stats, _ = cv2.connectedComponentsWithStats(marked, connectivity=4)
    best: tuple[int, BoxMm] | None = None
    for number in range(1, len(stats)):
        if stats[number, cv2.CC_STAT_LEFT] > _LEFT_MOST_MM * px_per_mm:
            continue
        box = _of_figure(labels == number, px_per_mm)
        area = int(stats[number, cv2.CC_STAT_AREA])
        if box is not None and (best is None or area > best[0]):
            best = (area, box)
    return None if best is None else best[1]


def _of_figure(figure: NDArray[np.bool_], px_per_mm: float) -> BoxMm | None:
    """The box of the portrait of one dark shape, if it can be a head with shoulders."""
    rows = np.flatnonzero(figure.any(axis=1))
    top, below = int(rows[0]), int(rows[-1]) + 1
    head = np.flatnonzero(figure[top : top + (below - top) // 3].any(axis=0))
    middle = (head[0] + head[-1]) / 2
    figure = figure & _mirrored(figure, middle)  # a device beside the shoulders has no counterpart
    across = figure.sum(axis=1)
    low = int(np.flatnonzero(across >= _SHOULDERS * across.max())[-1]) + 1
    shoulders = np.flatnonzero(figure[max(low - round(2 * px_per_mm), top) : low].any(axis=0))
    if len(shoulders) == 0:
        return None
    high = (low - top) / px_per_mm
    # pale clothes hide shoulders: the height of the figure tells the least that they are
    width = max((shoulders[-1] + 1 - shoulders[0]) / px_per_mm, high / _SHAPE)
    if not (_WIDTH_MM[0] <= width <= _WIDTH_MM[1] and _HEIGHT_MM[0] <= high <= _HEIGHT_MM[1]):
        return None
    solid = float(figure[top:low].sum()) / (width * high * px_per_mm**2)
    if not _SOLID[0] <= solid <= _SOLID[1]:
        return None
    left = max((middle + 0.5) / px_per_mm - width / 2, 0.0)
    above = max(low / px_per_mm - max(_SHAPE * width, high), 0.0)
    return (float(left), float(above), float(width), float(low / px_per_mm - above))


def _mirrored(figure: NDArray[np.bool_], middle: float) -> NDArray[np.bool_]:
    """The shape turned over about an upright line."""
    columns = np.rint(2 * middle - np.arange(figure.shape[1])).astype(np.int64)
    inside = (columns >= 0) & (columns < figure.shape[1])
    return np.asarray(figure[:, np.clip(columns, 0, figure.shape[1] - 1)] & inside, np.bool_)
