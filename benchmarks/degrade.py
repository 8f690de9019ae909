"""What happens to pictures on the way to a reader: turned, blurred, glared, compressed, shrunk.

Each degradation takes RGB pixels (H x W x 3, uint8) and the place of the zone, and gives pixels, or
None where it does not apply. It is saved without loss (PNG) unless it says otherwise.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.zones import Place

Pixels = NDArray[np.uint8]
GREY = (128, 128, 128)
SMALLEST_PITCH_PX = 7.0
"""Half resolution is asked only of pictures whose characters stay at least this far apart."""


@dataclass(frozen=True, slots=True)
class Degradation:
    """A named change; `suffix` None keeps the picture's own file format."""

    name: str
    title: str
    apply: Callable[[Pixels, Place | None], Pixels | None]
    needs_place: bool = False
    suffix: str | None = ".png"
    jpeg_quality: int = 95


def turned(degrees: float) -> Callable[[Pixels, Place | None], Pixels]:
    """Turn clockwise about the middle; the canvas grows and is filled with grey."""

    def apply(pixels: Pixels, _place: Place | None) -> Pixels:
        height, width = pixels.shape[:2]
        if degrees % 90 == 0:
            return np.ascontiguousarray(np.rot90(pixels, k=-int(degrees // 90) % 4))
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
        cos, sin = abs(matrix[0, 0]), abs(matrix[0, 1])
        wide, high = math.ceil(width * cos + height * sin), math.ceil(width * sin + height * cos)
        matrix[:, 2] += (wide - width) / 2, (high - height) / 2
        grown = cv2.warpAffine(
            pixels, matrix, (wide, high), flags=cv2.INTER_CUBIC, borderValue=GREY
        )
        return np.asarray(grown, np.uint8)

    return apply


def same(pixels: Pixels, _place: Place | None) -> Pixels:
    """The picture as it is; used where only the file format changes."""
    return pixels


def blurred(pixels: Pixels, place: Place | None) -> Pixels | None:
    """Gaussian blur with a sigma of 0.08 character pitch."""
    if place is None:
        return None
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), 0.08 * place.pitch_px), np.uint8)


def dimmed(pixels: Pixels, _place: Place | None) -> Pixels:
    """Gain 0.5."""
    return np.asarray(np.rint(pixels * 0.5), np.uint8)


def glared(pixels: Pixels, place: Place | None) -> Pixels | None:
    """A white ellipse, 0.15 page width wide, one line height away from the text.

    It lies above the middle of the zone, where glare usually is worst; below where the picture ends
    before. The page is taken to be as wide as the picture, and the ellipse half as high as wide.
    """
    if place is None:
        return None
    height, width = pixels.shape[:2]
    semi_x = 0.075 * width
    semi_y = semi_x / 2
    top_left, top_right, bottom_right, bottom_left = (np.array(p) for p in place.quad)
    above, below = (top_left + top_right) / 2, (bottom_left + bottom_right) / 2
    up = (above - below) / np.linalg.norm(above - below)
    angle = math.degrees(math.atan2(*(top_right - top_left)[::-1]))
    away = place.line_height_px + semi_y
    centre = above + up * away
    if not (0 <= centre[0] < width and 0 <= centre[1] < height):
        centre = below - up * away
    glare = pixels.copy()
    box = ((float(centre[0]), float(centre[1])), (2 * semi_x, 2 * semi_y), angle)
    cv2.ellipse(glare, box, (255, 255, 255), thickness=-1, lineType=cv2.LINE_AA)
    return glare


def halved(pixels: Pixels, place: Place | None) -> Pixels | None:
    """Half resolution, where the characters stay at least `SMALLEST_PITCH_PX` apart."""
    if place is None or place.pitch_px / 2 < SMALLEST_PITCH_PX:
        return None
    return scaled(pixels, 0.5)


def enlarged(pixels: Pixels, _place: Place | None) -> Pixels:
    """Enlarged to 2 megapixels; a larger picture stays as it is."""
    factor = math.sqrt(2e6 / (pixels.shape[0] * pixels.shape[1]))
    return scaled(pixels, factor) if factor > 1 else pixels


def scaled(pixels: Pixels, factor: float) -> Pixels:
    """Resampled by `factor`: area means when smaller, cubic when larger."""
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=how), np.uint8)


DEGRADATIONS: dict[str, Degradation] = {
    d.name: d
    for d in (
        *(Degradation(f"turn-{a}", f"turned by {a} degrees", turned(a)) for a in (5, 15, 90, 180)),
        Degradation("jpeg-30", "JPEG quality 30", same, suffix=".jpg", jpeg_quality=30),
        Degradation("blur", "blurred, sigma 0.08 character pitch", blurred, needs_place=True),
        Degradation("gain", "gain 0.5", dimmed),
        Degradation("glare", "white ellipse of 0.15 page width", glared, needs_place=True),
        Degradation("half", "half resolution, pitch >= 7 px", halved, needs_place=True),
        Degradation("2mp", "enlarged to 2 megapixels", enlarged, suffix=None),
    )
}


def encode(pixels: Pixels, suffix: str, jpeg_quality: int) -> bytes:
    """RGB pixels as the bytes of a PNG or JPEG file."""
    parameters: list[Any] = []
    if suffix in (".jpg", ".jpeg"):
        parameters = [cv2.IMWRITE_JPEG_QUALITY, jpeg_quality]
    done, data = cv2.imencode(suffix, cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR), parameters)
    if not done:
        raise ValueError(f"OpenCV cannot write {suffix}")
    return data.tobytes()
