"""How large an input may be before it is refused; every number is our starting value."""

from __future__ import annotations

from dataclasses import dataclass

DEFAULT_MAX_MEGAPIXELS = 200
MIN_SHORT_SIDE_PX = 8
MIN_LONG_SIDE_PX = 90
"""The shortest line has 30 characters (Doc 9303-5); below 3 px a character nobody can read it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits on one file; all are checked on headers, before anything is decoded.

    `max_pixels` holds for each page; 200 megapixels are 200 MB in grey and 600 MB in colour.
    `max_side_px` is what OpenCV's warps can address.
    """

    max_pixels: int = DEFAULT_MAX_MEGAPIXELS * 1_000_000
    max_side_px: int = 32_766
    max_file_bytes: int = 512 * 1024 * 1024
    max_pages: int = 500
