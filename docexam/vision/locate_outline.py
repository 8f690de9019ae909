"""Where pages lie on the glass when no zone tells: what differs from the bed, as rectangles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from docexam.vision.page_format import FORMATS, PageFormat, upright

if TYPE_CHECKING:
    from docexam.capture.pixels import Pixels
    from docexam.vision.plane import Points

FloatArray = NDArray[np.float64]

# Our starting values.
LONG_SIDE_PX = 640
LEAST_CONTRAST = 9.0  # sRGB levels
NOISE_TIMES = 5.0
LEAST_AREA = 0.04
LEAST_PRINT = 25.0  # sRGB levels
CLOSE_SHARE = 0.035
BORDER_SHARE = 0.012
RECTANGULAR = 0.80
FILLED_BORDER = 0.60
SIZE_WITHIN = 0.06
SHAPE_WITHIN = 0.05
_MM_PER_INCH = 25.4


def rough_pages(pixels: Pixels) -> list[Points]:
    """(4, 2) corners of each page, clockwise, from the left end of an upper long side.

    A picture that is cropped close, so that no bed is seen, is one page. A page that is turned by
    more than a right angle cannot be told from one that is turned back; it is taken to be less.
    """
    height, width = pixels.shape[:2]
    scale = min(1.0, LONG_SIDE_PX / max(height, width))
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    small = small.astype(np.float32).reshape(*small.shape[:2], -1)
    mask = _not_bed(small)
    if not mask.any() and np.ptp(np.percentile(small, (2, 98))) < LEAST_PRINT:
        return []
    if not mask.any() or _touches_border(mask):
        return [_ordered(np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64))]
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    found = []
    for i in range(1, count):
        if stats[i, cv2.CC_STAT_AREA] < LEAST_AREA * mask.size:
            continue
        points = cv2.findNonZero((labels == i).astype(np.uint8))
        box = cv2.minAreaRect(points)
        if stats[i, cv2.CC_STAT_AREA] < RECTANGULAR * box[1][0] * box[1][1]:
            continue
        corners = np.asarray(cv2.boxPoints(box), np.float64)
        found.append(_ordered((corners + 0.5) / scale - 0.5))
    return sorted(found, key=lambda page: float(page[:, 1].mean()))


def _not_bed(small: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Where the picture differs from its border, 0 or 1, without holes and specks."""
    rows, columns = small.shape[:2]
    rim = max(2, round(BORDER_SHARE * max(rows, columns)))
    border = np.ones((rows, columns), np.bool_)
    border[rim:-rim, rim:-rim] = False
    y, x = np.mgrid[-1 : 1 : rows * 1j, -1 : 1 : columns * 1j]
    # a bed under uneven lamps is a slope, not a level
    terms = np.stack([np.ones_like(x), x, y], axis=-1)
    apart = np.zeros((rows, columns), np.float32)
    spread = 0.0
    for channel in range(small.shape[2]):
        plane = _plane(terms[border], small[border][:, channel].astype(np.float64))
        miss = np.abs(small[..., channel] - terms @ plane)
        spread = max(spread, 1.48 * float(np.median(miss[border])))
        apart = np.maximum(apart, miss.astype(np.float32))
    mask = (apart > max(LEAST_CONTRAST, NOISE_TIMES * spread)).astype(np.uint8)
    size = max(3, round(CLOSE_SHARE * max(rows, columns)) | 1)
    padded = cv2.copyMakeBorder(mask, size, size, size, size, cv2.BORDER_CONSTANT, value=(0,))
    closed = cv2.morphologyEx(padded, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    closed = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((size, size), np.uint8))
    return np.ascontiguousarray(closed[size:-size, size:-size])


def _plane(terms: FloatArray, values: FloatArray) -> FloatArray:
    """Level and slope of the bed; what lies far off it, such as a patch, does not count."""
    keep = np.abs(values - np.median(values)) <= max(25.0, 3 * float(np.std(values)))
    for _ in range(3):
        plane, *_rest = np.linalg.lstsq(terms[keep], values[keep], rcond=None)
        miss = np.abs(values - terms @ plane)
        keep = miss <= max(4.0, 3 * float(np.median(miss)))
    return np.asarray(plane)


def _touches_border(mask: NDArray[np.uint8]) -> bool:
    """Whether something other than bed reaches three sides or more."""
    sides = (mask[2], mask[-3], mask[:, 2], mask[:, -3])
    return sum(float(side.mean()) > FILLED_BORDER for side in sides) >= 3


def _ordered(corners: Points) -> Points:
    """Corners clockwise from the top left of a page that lies on its longer side."""
    sides = np.roll(corners, -1, axis=0) - corners
    if (
        corners[:, 0] @ np.roll(corners[:, 1], -1) - corners[:, 1] @ np.roll(corners[:, 0], -1)
    ) < 0:
        corners = corners[::-1]
        sides = np.roll(corners, -1, axis=0) - corners
    length = np.linalg.norm(sides, axis=1)
    longer = 0 if length[0] + length[2] >= length[1] + length[3] else 1
    first, other = longer, longer + 2
    # the top side runs to the right; of a page that stands upright, upwards
    x, y = sides[first] / length[first]
    start = first if (x, -y) > (0.2, -2.0) or (abs(x) <= 0.2 and y < 0) else other
    return np.roll(corners, -start, axis=0)


def format_of_outline(
    corners: Points, page: str, *, ppi: float | None, expected: str | None
) -> PageFormat | None:
    """The format that a rectangle may be; None where its size or shape is that of no document.

    `expected` is the format that another page of the same document has. Without `ppi` only the
    shape counts, and formats of one shape are told apart by the name of the page.
    """
    sides = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    long, short = float(sides[0] + sides[2]) / 2, float(sides[1] + sides[3]) / 2
    names = [expected] if expected is not None and expected in FORMATS else _likely(page)
    for name in names:
        place = FORMATS[name]
        if ppi is not None:
            size = (long / ppi * _MM_PER_INCH, short / ppi * _MM_PER_INCH)
            fits = all(
                abs(a / b - 1) <= SIZE_WITHIN
                for a, b in zip(size, (place.width_mm, place.height_mm), strict=True)
            )
        else:
            fits = abs(long / short / (place.width_mm / place.height_mm) - 1) <= SHAPE_WITHIN
        if fits:
            return upright(place) if page.isdecimal() else place
    return None


def _likely(page: str) -> list[str]:
    if page == "visa":
        return ["MRV-B", "MRV-A", "TD3"]
    if page in ("data", "back"):
        return ["TD1", "TD3", "TD2"]
    return ["TD3"]
