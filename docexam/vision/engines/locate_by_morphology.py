"""Finds lines of print without a model: dark marks that closing joins to long, thin bars.

For the Tesseract engine where the finder's model is missing. It knows one size of print at a time,
needs even paper and finds only lines that fill a good part of the picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.vision.locate_candidate import LineCandidate, ZoneCandidate
from docexam.vision.locate_mrz import to_grey

if TYPE_CHECKING:
    from docexam.capture.pixels import Pixels
    from docexam.vision.locate_candidate import Xy

# Our starting values; lengths in the picture scaled so that its long side is one of these.
_LONG_SIDES_PX = (480, 800, 1400)
_HAT_PX = 17
_JOINS_PX = (
    7,
    10,
    15,
)  # Narrow ones keep the close lines of TD1 apart, wide ones join large print.
_HEIGHT_PX = (5.0, 26.0)
_SLENDER = 14.0  # 30 characters of one pitch are 27 capital heights; closing thickens the bar.
_FILLED = 0.35
_STEP_HEIGHTS = (1.1, 4.0)
_ALIKE = 0.75
_TURN_DEGREES = 4.0
MOST_LINES = 3


@dataclass(frozen=True, slots=True)
class _Bar:
    """A straight bar of print: its middle, its direction (unit vector), length and height, px."""

    middle: tuple[float, float]
    along: tuple[float, float]
    length: float
    height: float


def locate_by_morphology(pixels: Pixels) -> list[ZoneCandidate]:
    """Places that may be a zone, the one with the longest lines first; the direction is open.

    `pixels` as for `locate_zones`.
    """
    grey = to_grey(pixels)
    found: list[ZoneCandidate] = []
    for long_side in _LONG_SIDES_PX:
        scale = long_side / max(grey.shape)
        size = (max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale)))
        how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        small = np.asarray(cv2.resize(grey, size, interpolation=how), np.uint8)
        marks = _dark_marks(small)
        for join_px in _JOINS_PX:
            found += [_candidate(group, scale) for group in _groups(_bars(marks, join_px))]
    return _different(sorted(found, key=lambda zone: -zone.score))


def _different(zones: list[ZoneCandidate]) -> list[ZoneCandidate]:
    """The zones without those that lie over a better one."""
    kept: list[ZoneCandidate] = []
    for zone in zones:
        middle = _middle(zone)
        if all(
            np.hypot(*(middle - _middle(k))) > 0.5 * len(k.lines) * 2 * k.lines[0].height_px
            for k in kept
        ):
            kept.append(zone)
    return kept


def _middle(zone: ZoneCandidate) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    ends = [xy for line in zone.lines for xy in (line.start_xy, line.end_xy)]
    return np.asarray(np.mean(ends, axis=0))


def _dark_marks(grey: Pixels) -> Pixels:
    hat = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, _disc(_HAT_PX))
    _, marks = cv2.threshold(hat, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return np.asarray(marks, np.uint8)


def _bars(marks: Pixels, join_px: int) -> list[_Bar]:
    joined = cv2.morphologyEx(marks, cv2.MORPH_CLOSE, _disc(join_px))
    contours, _ = cv2.findContours(joined, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    bars = []
    for contour in contours:
        middle, size, _ = box = cv2.minAreaRect(contour)
        height, length = min(size), max(size)
        slender = _HEIGHT_PX[0] <= height <= _HEIGHT_PX[1] and length >= _SLENDER * height
        if not slender or cv2.contourArea(contour) < _FILLED * height * length:
            continue
        corners = cv2.boxPoints(box)
        sides = corners[1] - corners[0], corners[2] - corners[1]
        side = max(sides, key=lambda s: float(np.hypot(*s)))
        if side[0] < 0:
            side = -side
        along = side / np.hypot(*side)
        bars.append(
            _Bar(
                (float(middle[0]), float(middle[1])),
                (float(along[0]), float(along[1])),
                float(length),
                float(height),
            )
        )
    return bars


def _disc(size: int) -> Pixels:
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)), np.uint8)


def _groups(bars: list[_Bar]) -> list[list[_Bar]]:
    """Bars under one another, of one length and direction; a bar alone is other print."""
    groups: list[list[_Bar]] = []
    # Each along its own direction: bars that are not parallel never come together anyway.
    for bar in sorted(bars, key=lambda b: b.along[0] * b.middle[1] - b.along[1] * b.middle[0]):
        for group in groups:
            if len(group) < MOST_LINES and _follows(group[-1], bar):
                group.append(bar)
                break
        else:
            groups.append([bar])
    return [group for group in groups if len(group) > 1]


def _across(bar: _Bar, reference: _Bar) -> float:
    """How far below the reference's line a bar lies, pixels."""
    ax, ay = reference.along
    dx, dy = np.subtract(bar.middle, reference.middle)
    return float(ax * dy - ay * dx)


def _follows(above: _Bar, below: _Bar) -> bool:
    height = (above.height + below.height) / 2
    step = _across(below, above) / height
    shorter, longer = sorted((above.length, below.length))
    shift = np.dot(np.subtract(below.middle, above.middle), above.along)
    cosine = abs(float(np.dot(above.along, below.along)))
    parallel = cosine > np.cos(np.radians(_TURN_DEGREES))
    alike = shorter > _ALIKE * longer and abs(shift) < (1 - _ALIKE) * longer
    return bool(parallel and alike and _STEP_HEIGHTS[0] < step < _STEP_HEIGHTS[1])


def _candidate(group: list[_Bar], scale: float) -> ZoneCandidate:
    lines = tuple(_line(bar, scale) for bar in group)
    longest = max(line.length_px for line in lines)
    score = len(group) * longest * scale / _LONG_SIDES_PX[-1] / MOST_LINES
    return ZoneCandidate(lines, min(1.0, score))


def _line(bar: _Bar, scale: float) -> LineCandidate:
    half = np.array(bar.along) * (bar.length - bar.height) / 2
    start, end = np.array(bar.middle) - half, np.array(bar.middle) + half

    def in_picture(point: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Xy:
        x, y = (point + 0.5) / scale - 0.5
        return float(x), float(y)

    return LineCandidate(in_picture(start), in_picture(end), 0.9 * bar.height / scale, 0.5)
