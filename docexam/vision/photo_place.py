"""Where the portrait stands: the upright frame of the sizes of Doc 9303 with the clearest border.

Doc 9303-4 to -7: 32 to 45 mm high and 26 to 35 mm wide, at the left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from docexam.nouns.measurement import BoxMm
    from docexam.vision.page import PageView
    from docexam.vision.zone_view import ZoneView

Field = NDArray[np.float32]

# Our starting values; sizes with a little room, for a photograph that was glued over another.
_WIDTH_MM = (25.0, 37.0)
_HEIGHT_MM = (31.0, 47.0)
_LEFT_MM = (1.5, 14.0)
_TOP_MM = 4.0
_COARSE_PX_PER_MM = 2.0
_CLIP = 0.12
_LEAST_BORDER = 0.022
_DARK_SHARE = 0.12


def find_portrait(page: PageView, zone: ZoneView | None) -> BoxMm | None:
    """The portrait's box in white light; None where nothing looks like one."""
    view = page.lights.get("white")
    if view is None:
        return None
    width, height = page.size_mm
    low = height - 1.5 if zone is None else zone.box_mm[1] - 0.5
    size = (round(width * _COARSE_PX_PER_MM), round(height * _COARSE_PX_PER_MM))
    small = cv2.resize(view.pixels, size, interpolation=cv2.INTER_AREA)
    level = small if small.ndim == 3 else small[..., None]
    paper = np.percentile(level.reshape(-1, level.shape[2]), 80, axis=0) + 1e-4
    shade = np.asarray(level / paper, np.float32)
    across = _steps(shade, axis=1)
    down = _steps(shade, axis=0)
    dark = np.asarray(np.clip(1 - shade.mean(axis=2), 0, 1), np.float32)
    return _best(across, down, dark, low)


def _steps(shade: Field, axis: int) -> Field:
    """The step between each place and the next, the strongest of the channels, clipped."""
    step = np.abs(np.diff(shade, axis=axis, append=np.take(shade, [-1], axis=axis)))
    return np.asarray(np.minimum(step.max(axis=2), _CLIP), np.float32)


def _best(across: Field, down: Field, dark: Field, low_mm: float) -> BoxMm | None:
    scale = _COARSE_PX_PER_MM
    # a border is a straight line: sums along columns and rows tell how clear it is
    columns = np.vstack([np.zeros((1, across.shape[1])), np.cumsum(across, axis=0)])
    rows = np.hstack([np.zeros((down.shape[0], 1)), np.cumsum(down, axis=1)])
    inside = cv2.integral(dark)
    best, found = 0.0, None
    lefts = np.arange(round(_LEFT_MM[0] * scale), round(_LEFT_MM[1] * scale) + 1)
    for h in range(round(_HEIGHT_MM[0] * scale), round(_HEIGHT_MM[1] * scale) + 1):
        tops = np.arange(round(_TOP_MM * scale), round(low_mm * scale) - h + 1)
        if not len(tops):
            break
        # clearness of every upright line of this height, by its top (rows) and x (columns)
        upright = (columns[tops + h] - columns[tops]) / h
        for w in range(round(_WIDTH_MM[0] * scale), round(_WIDTH_MM[1] * scale) + 1):
            if lefts[-1] + w >= across.shape[1] or not 1.15 <= h / w <= 1.45:
                continue
            level = (rows[:, lefts + w] - rows[:, lefts]) / w
            sides = (
                upright[:, lefts - 1],
                upright[:, lefts + w - 1],
                level[tops - 1],
                level[tops + h - 1],
            )
            total = (
                inside[(tops + h)[:, None], lefts + w]
                - inside[tops[:, None], lefts + w]
                - inside[(tops + h)[:, None], lefts]
                + inside[tops[:, None], lefts]
            ) / (h * w)
            score = np.mean(sides, axis=0) + 0.5 * np.min(sides, axis=0)
            score = np.where(total >= _DARK_SHARE, score, 0.0)
            at = int(np.argmax(score))
            if score.flat[at] > best:
                best = float(score.flat[at])
                top, left = tops[at // len(lefts)], lefts[at % len(lefts)]
                found = (float(left) / scale, float(top) / scale, w / scale, h / scale)
    return found if best >= _LEAST_BORDER else None
