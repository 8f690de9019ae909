"""Between stored levels and light: the sRGB transfer curve (IEC 61966-2-1), both ways."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from docexam.capture.pixels import Pixels
    from docexam.nouns.capture_set import Encoding

Linear = NDArray[np.float32]


@cache
def _decoding(encoding: Encoding) -> NDArray[np.float32]:
    levels = np.arange(256) / 255.0
    if encoding == "srgb":
        levels = np.where(levels <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4)
    return levels.astype(np.float32)


def linear_of(pixels: Pixels, encoding: Encoding) -> Linear:
    """8-bit samples as linear intensities 0..1, of the same shape."""
    return np.asarray(cv2.LUT(pixels, _decoding(encoding)), np.float32)


@cache
def _encoding_table() -> NDArray[np.uint8]:
    light = np.arange(4097) / 4096.0
    curve = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.asarray(np.round(curve * 255), np.uint8)


def encode_srgb(pixels: Linear) -> Pixels:
    """Linear intensities as 8-bit sRGB samples; what lies beyond 0..1 is clipped."""
    index = np.round(np.clip(pixels, 0.0, 1.0) * 4096).astype(np.uint16)
    return np.asarray(_encoding_table()[index])
