"""What differs from the bed, as rectangles, and which format each may be."""

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


def rough_pages(pixels: Pixels, *, bowed: bool = False) -> list[Points]:
    """(4, 2) corners of each page, clockwise, from the left end of an upper long side.

    None where no bed is seen around anything. `bowed` takes the bed to be dimmed towards its
    corners, as a lens does, and not to be a mere slope. A page that is turned by more than a right
    angle cannot be told from one that is turned back; it is taken to be less.
    """
    small, scale = _small(pixels)
    mask = _not_bed(small, bowed=bowed)
    if _touches_border(mask):
        return []
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
        found.append(ordered((corners + 0.5) / scale - 0.5))
    return sorted(found, key=lambda page: float(page[:, 1].mean()))


def shows_no_bed(pixels: Pixels) -> bool:
    """Whether a picture that is not blank shows nothing that lies on a bed: all of it is page."""
    small, _ = _small(pixels)
    mask = _not_bed(small)
    if not mask.any():
        return bool(np.ptp(np.percentile(small, (2, 98))) >= LEAST_PRINT)
    return _touches_border(mask)


def _small(pixels: Pixels) -> tuple[NDArray[np.float32], float]:
    """(h, w, channels) of at most LONG_SIDE_PX, and how much smaller it is."""
    scale = min(1.0, LONG_SIDE_PX / max(pixels.shape[:2]))
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return small.astype(np.float32).reshape(*small.shape[:2], -1), scale


def _not_bed(small: NDArray[np.float32], *, bowed: bool = False) -> NDArray[np.uint8]:
    """Where the picture differs from its border, 0 or 1, without holes and specks."""
    rows, columns = small.shape[:2]
    rim = max(2, round(BORDER_SHARE * max(rows, columns)))
    border = np.ones((rows, columns), np.bool_)
    border[rim:-rim, rim:-rim] = False
    y, x = np.mgrid[-1 : 1 : rows * 1j, -1 : 1 : columns * 1j]
    # a bed under uneven lamps is a slope, not a level
    bow = [x * y, x * x, y * y] if bowed else []
    terms = np.stack([np.ones_like(x), x, y, *bow], axis=-1)
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
    """How the bed's level goes; what lies far off it, such as a patch, does not count."""
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


def ordered(corners: Points) -> Points:
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
    corners: Points,
    page: str,
    *,
    ppi: float | None,
    expected: str | None,
    within: float | None = None,
) -> PageFormat | None:
    """The format that a rectangle may be; None where its size or shape is that of no document.

    `expected` is the format that another page of the same document has. Without `ppi` only the
    shape counts, and formats of one shape are told apart by the name of the page. `within` is the
    share by which a side may differ.
    """
    most = within or (SHAPE_WITHIN if ppi is None else SIZE_WITHIN)
    names = [expected] if expected is not None and expected in FORMATS else _likely(page)
    for name in names:
        if misfit(corners, FORMATS[name], ppi=ppi) <= most:
            return upright(FORMATS[name]) if page.isdecimal() else FORMATS[name]
    return None


def misfit(corners: Points, place: PageFormat, *, ppi: float | None) -> float:
    """By which share a rectangle differs from a format: its worse side, without `ppi` its shape."""
    long, short = _sides_px(corners)
    nominal = max(place.width_mm, place.height_mm), min(place.width_mm, place.height_mm)
    if ppi is None:
        return abs(long / short / (nominal[0] / nominal[1]) - 1)
    size = long / ppi * _MM_PER_INCH, short / ppi * _MM_PER_INCH
    return max(abs(a / b - 1) for a, b in zip(size, nominal, strict=True))


def _sides_px(corners: Points) -> tuple[float, float]:
    """Mean length of the sides that run along the first one, and of the others."""
    sides = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    return float(sides[0] + sides[2]) / 2, float(sides[1] + sides[3]) / 2


def _likely(page: str) -> list[str]:
    if page == "visa":
        return ["MRV-B", "MRV-A", "TD3"]
    if page in ("data", "back"):
        return ["TD1", "TD3", "TD2"]
    return ["TD3"]
