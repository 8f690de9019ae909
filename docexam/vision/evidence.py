"""The crop that proves a measurement: a piece of one light as a picture that a person can judge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.nouns.measurement import Crop
from docexam.vision.linear import encode_srgb

if TYPE_CHECKING:
    from docexam.nouns.measurement import BoxMm
    from docexam.vision.page import PageView

MARGIN_MM = 1.0
LEAST_SIDE_MM = 4.0
_DIM = 0.25
"""A crop that is darker than this everywhere is shown brighter: ultraviolet pictures often are."""


def evidence(
    page: PageView,
    light: str,
    box_mm: BoxMm,
    *,
    margin_mm: float = MARGIN_MM,
    personal: bool = True,
) -> Crop:
    """The piece of `light` around a box, at least LEAST_SIDE_MM wide and high, as an sRGB PNG.

    `box_mm` of the crop is what the picture shows, margin included. `personal` as in `Crop`; only
    the caller knows when a box shows nothing of the holder.
    """
    shown = _widened(box_mm, margin_mm, page.size_mm)
    window = page.window(shown)
    pixels = page.lights[light].pixels[window]
    if not pixels.size:
        pixels = np.zeros((1, 1), np.float32)
    brightest = float(np.percentile(pixels, 99.5))
    if 0.0 < brightest < _DIM:
        pixels = pixels * np.float32(_DIM / brightest)
    done, png = cv2.imencode(".png", encode_srgb(pixels), [cv2.IMWRITE_PNG_COMPRESSION, 4])
    if not done:
        raise RuntimeError("a crop could not be encoded")
    return Crop(page.page, light, page.box_of(window), png.tobytes(), personal)


def _widened(box: BoxMm, margin: float, size: tuple[float, float]) -> BoxMm:
    x, width = _side(box[0], box[2], margin, size[0])
    y, height = _side(box[1], box[3], margin, size[1])
    return (x, y, width, height)


def _side(start: float, length: float, margin: float, most: float) -> tuple[float, float]:
    wanted = min(max(length + 2 * margin, LEAST_SIDE_MM), most)
    first = min(max(start + length / 2 - wanted / 2, 0.0), most - wanted)
    return first, wanted
