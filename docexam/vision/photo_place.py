"""Where the portrait stands: the upright frame of the sizes of Doc 9303 with the clearest border.

Doc 9303-4 to -7: 32 to 45 mm high and 26 to 35 mm wide, at the left.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from docexam.nouns.measurement import BoxMm
    from docexam.vision.page import PageView
    from docexam.vision.zone_view import ZoneView

Field = NDArray[np.float32]
Places = NDArray[np.int64]

# Our starting values; sizes with a little room, for a photograph that was glued over another.
_WIDTH_MM = (25.0, 37.0)
_HEIGHT_MM = (31.0, 47.0)
_LEFT_MM = (1.5, 14.0)
_TOP_MM = 4.0
_COARSE_PX_PER_MM = 2.0
_CLIP = 0.12
_SHAPE = (1.15, 1.45)
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


@dataclass(frozen=True, slots=True, eq=False)
class _Frames:
    """Sums that tell at once how clear the border of any frame is, and how dark its inside."""

    columns: NDArray[np.float64]
    rows: NDArray[np.float64]
    inside: NDArray[np.float64]

    def best(self, w: int, h: int, lefts: Places, tops: Places) -> tuple[float, int, int]:
        """(score, left, top) of the clearest frame of one size, in grid pixels."""
        # clearness of every upright line of this height, by its top (rows) and x (columns)
        upright = (self.columns[tops + h] - self.columns[tops]) / h
        level = (self.rows[:, lefts + w] - self.rows[:, lefts]) / w
        sides = (
            upright[:, lefts - 1],
            upright[:, lefts + w - 1],
            level[tops - 1],
            level[tops + h - 1],
        )
        low, high = (tops + h)[:, None], tops[:, None]
        dark = self.inside[low, lefts + w] - self.inside[high, lefts + w]
        dark = (dark - self.inside[low, lefts] + self.inside[high, lefts]) / (h * w)
        score = np.mean(sides, axis=0) + 0.5 * np.min(sides, axis=0)
        score = np.where(dark >= _DARK_SHARE, score, 0.0)
        at = int(np.argmax(score))
        return float(score.flat[at]), int(lefts[at % len(lefts)]), int(tops[at // len(lefts)])


def _best(across: Field, down: Field, dark: Field, low_mm: float) -> BoxMm | None:
    """The clearest frame: sizes in steps of a millimetre first, then finer about the best."""
    scale = _COARSE_PX_PER_MM
    frames = _Frames(
        np.vstack([np.zeros((1, across.shape[1])), np.cumsum(across, axis=0)]),
        np.hstack([np.zeros((down.shape[0], 1)), np.cumsum(down, axis=1)]),
        np.asarray(cv2.integral(dark), np.float64),
    )
    smallest, largest = (
        (round(_WIDTH_MM[i] * scale), round(_HEIGHT_MM[i] * scale)) for i in (0, 1)
    )

    def clearest(widths: range, heights: range) -> tuple[float, int, int, int, int]:
        found = (0.0, 0, 0, 0, 0)
        for h in heights:
            tops = np.arange(round(_TOP_MM * scale), round(low_mm * scale) - h + 1)
            for w in widths:
                lefts = np.arange(
                    round(_LEFT_MM[0] * scale),
                    min(round(_LEFT_MM[1] * scale), across.shape[1] - w - 1) + 1,
                )
                if len(tops) and len(lefts) and _SHAPE[0] <= h / w <= _SHAPE[1]:
                    score, left, top = frames.best(w, h, lefts, tops)
                    found = max(found, (score, left, top, w, h))
        return found

    rough = clearest(range(smallest[0], largest[0] + 1, 2), range(smallest[1], largest[1] + 1, 2))
    if not rough[3]:
        return None
    w, h = rough[3:]
    score, left, top, w, h = clearest(range(w - 1, w + 2), range(h - 1, h + 2))
    return (left / scale, top / scale, w / scale, h / scale) if score >= _LEAST_BORDER else None
