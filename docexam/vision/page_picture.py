"""A whole page under one light, encoded for people: as large as a screen needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.vision.linear import encode_srgb

if TYPE_CHECKING:
    from docexam.vision.page import PageView

WIDEST_PX = 1100
_QUALITY = 82


def page_jpeg(page: PageView, light: str) -> bytes:
    """One light of a page as an sRGB JPEG that covers the nominal page, at most WIDEST_PX wide."""
    pixels = page.lights[light].pixels
    height, width = pixels.shape[:2]
    if width > WIDEST_PX:
        size = (WIDEST_PX, max(1, round(height * WIDEST_PX / width)))
        small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
        pixels = small.astype(np.float32, copy=False)
    done, data = cv2.imencode(".jpg", encode_srgb(pixels), [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    if not done:
        raise RuntimeError("a page could not be encoded")
    return data.tobytes()
