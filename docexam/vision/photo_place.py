"""Where the portrait stands: the upright frame of the sizes of Doc 9303 with the clearest border.

Doc 9303-4 to -7: 32 to 45 mm high and 26 to 35 mm wide, at the left. Engraved portraits often have
no border, as their ground is the page's own: then the head and shoulders tell the place. Some cards
have theirs at the right: there it is looked for where the left shows none, and must show a head;
passports and visas have it nowhere but at the left.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from docexam.vision.once_a_page import once_a_page
from docexam.vision.photo_figure import figure_box

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
_LEAST_BORDER = 0.10
_DARK_SHARE = 0.12
_ASIDE_SHARE = 0.12
_CLEAREST = 0.155
_CUT_MM = 2.0
_CLEAR_STEP = 0.05
_AT_THE_LEFT = ("TD3", "MRV-A", "MRV-B")
"""Documents whose portrait stands nowhere else (Doc 9303-4 and -7, zone III and V)."""


@once_a_page
def find_portrait(page: PageView, zone: ZoneView | None) -> BoxMm | None:
    """The portrait's box in white light; None where nothing looks like one.

    On a card of size TD1 it stands on the other side than the zone (Doc 9303-5).
    """
    view = page.lights.get("white")
    if view is None or (page.format == "TD1" and zone is not None):
        return None
    width, height = page.size_mm
    low = height - 1.5 if zone is None else zone.box_mm[1] - 0.5
    size = (round(width * _COARSE_PX_PER_MM), round(height * _COARSE_PX_PER_MM))
    small = cv2.resize(view.pixels, size, interpolation=cv2.INTER_AREA)
    level = small if small.ndim == 3 else small[..., None]
    paper = np.percentile(level.reshape(-1, level.shape[2]), 80, axis=0) + 1e-4
    shade = np.asarray(level / paper, np.float32)
    left, sure = _at_left(shade, low)
    if sure or page.format in _AT_THE_LEFT:
        return left
    right, sure = _at_left(np.ascontiguousarray(shade[:, ::-1]), low)
    if right is None or not sure:
        return left
    x, y, w, h = right
    return (width - x - w, y, w, h)


def _at_left(shade: Field, low_mm: float) -> tuple[BoxMm | None, bool]:
    """The portrait at the left of a page above `low_mm`, and whether it shows head and shoulders.

    `shade` (h, w, channels) is the page's light, paper being 1.
    """
    across = _steps(shade, axis=1)
    down = _steps(shade, axis=0)
    dark = np.asarray(np.clip(1 - shade.mean(axis=2), 0, 1), np.float32)
    score, frame = _best(across, down, dark, low_mm)
    figure = figure_box(dark[: round(low_mm * _COARSE_PX_PER_MM)], _COARSE_PX_PER_MM)
    if figure is None or frame is None:
        return frame or figure, figure is not None
    clear = _ground_step(shade, frame) >= _CLEAR_STEP
    if clear and (score >= _CLEAREST or _around(frame, figure)):
        return frame, True
    return figure, True


def _around(frame: BoxMm, figure: BoxMm) -> bool:
    """Whether a frame lies around a figure: it cuts nothing off."""
    (left, top, width, height), (x, y, w, h) = frame, figure
    cut = max(left - x, x + w - left - width, y + h - top - height)
    return cut <= _CUT_MM


def _ground_step(shade: Field, frame: BoxMm) -> float:
    """How far the ground within a frame differs from that outside, on the side where it does least.

    A frame printed around a portrait without a border has the page's own ground on both sides.
    """
    x, y, w, h = (round(v * _COARSE_PX_PER_MM) for v in frame)
    low = y + 2 * h // 3  # clothes may reach the sides below
    turned = shade.transpose(1, 0, 2)
    pairs = (
        (shade[y + 2 : low, x + 1 : x + 4], shade[y + 2 : low, max(x - 4, 0) : x - 1]),
        (shade[y + 2 : low, x + w - 4 : x + w - 1], shade[y + 2 : low, x + w + 1 : x + w + 4]),
        (
            turned[x + 2 : x + w - 2, y + 1 : y + 4],
            turned[x + 2 : x + w - 2, max(y - 4, 0) : y - 1],
        ),
    )
    steps = [
        float(np.abs(np.median(a.mean(axis=1), axis=0) - np.median(b.mean(axis=1), axis=0)).max())
        for a, b in pairs
        if a.size and b.size
    ]
    return min(steps, default=0.0)


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
    moment: NDArray[np.float64]

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
        dark, turning = (_sum_in(table, w, h, lefts, tops) for table in (self.inside, self.moment))
        # a face looks out of the middle of its portrait
        aside = np.abs(turning / np.maximum(dark, 1e-6) - (lefts + (w - 1) / 2)) / w
        score = np.mean(sides, axis=0) + 0.5 * np.min(sides, axis=0)
        possible = (dark >= _DARK_SHARE * h * w) & (aside <= _ASIDE_SHARE)
        score = np.where(possible, score, 0.0)
        at = int(np.argmax(score))
        return float(score.flat[at]), int(lefts[at % len(lefts)]), int(tops[at // len(lefts)])


def _sum_in(
    table: NDArray[np.float64], w: int, h: int, lefts: Places, tops: Places
) -> NDArray[np.float64]:
    """The sum in every frame, from a table of sums."""
    low, high = (tops + h)[:, None], tops[:, None]
    lower = table[low, lefts + w] - table[low, lefts]
    return np.asarray(lower - table[high, lefts + w] + table[high, lefts], np.float64)


def _best(across: Field, down: Field, dark: Field, low_mm: float) -> tuple[float, BoxMm | None]:
    """The clearest frame: sizes in steps of a millimetre first, then finer about the best."""
    scale = _COARSE_PX_PER_MM
    frames = _Frames(
        np.vstack([np.zeros((1, across.shape[1])), np.cumsum(across, axis=0)]),
        np.hstack([np.zeros((down.shape[0], 1)), np.cumsum(down, axis=1)]),
        np.asarray(cv2.integral(dark), np.float64),
        np.asarray(cv2.integral(dark * np.arange(dark.shape[1], dtype=np.float32)), np.float64),
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
        return 0.0, None
    w, h = rough[3:]
    score, left, top, w, h = clearest(range(w - 1, w + 2), range(h - 1, h + 2))
    frame = (left / scale, top / scale, w / scale, h / scale)
    return score, frame if score >= _LEAST_BORDER else None
