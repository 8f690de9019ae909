"""PNG, JPEG, BMP, WebP and GIF: one image a file, decoded by OpenCV."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.capture.headers import damaged, obedient_pillow, read_header, refuse_extremes
from docexam.capture.pictures import Picture
from docexam.capture.pixels import flatten_alpha, to_eight_bits, turn

if TYPE_CHECKING:
    from docexam.capture.kinds import Kind
    from docexam.capture.limits import Limits
    from docexam.capture.pixels import Pixels, Samples


def decode_raster(data: bytes, kind: Kind, *, limits: Limits, colour: bool) -> Picture:
    """Decode one picture whose header has been found sound and within `limits`.

    Raises:
        InputError: damaged, cut short, too large or too small.
    """
    header = read_header(data, kind)
    refuse_extremes(header.width_px, header.height_px, limits)
    if kind == "gif":
        samples: Samples = _first_frame_of_gif(data)
    elif header.plain:
        samples = _decode(data, cv2.IMREAD_ANYCOLOR if colour else cv2.IMREAD_GRAYSCALE)
    else:
        samples = _decode(data, cv2.IMREAD_UNCHANGED)
    if samples.shape[:2] != (header.height_px, header.width_px):
        raise damaged()
    pixels = to_colour(flatten_alpha(to_eight_bits(samples)), colour=colour)
    upright = turn(pixels, header.orientation) if header.orientation != 1 else pixels
    return Picture(pixels=upright, ppi=header.ppi, orientation=header.orientation)


def to_colour(pixels: Pixels, *, colour: bool) -> Pixels:
    """Grey pixels where no colour is wanted; otherwise as they are."""
    if colour or pixels.ndim == 2:
        return np.ascontiguousarray(pixels)
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), dtype=np.uint8)


@cache
def silence_opencv() -> None:
    """OpenCV prints its own complaints to standard error; docexam says one sentence instead."""
    # The place of the setting moved between OpenCV 4 and 5; 0 is silent in both.
    set_level = getattr(cv2, "setLogLevel", None) or cv2.utils.logging.setLogLevel
    set_level(0)


def _decode(data: bytes, flags: int) -> Samples:
    silence_opencv()
    try:
        # The EXIF turn is ours to apply: OpenCV heeds it in some modes and formats only.
        samples = cv2.imdecode(
            np.frombuffer(data, dtype=np.uint8),
            flags if flags == cv2.IMREAD_UNCHANGED else flags | cv2.IMREAD_IGNORE_ORIENTATION,
        )
    except cv2.error as error:
        if error.code == cv2.Error.StsNoMem:
            raise MemoryError from error
        raise damaged() from error
    if samples is None:
        raise damaged()
    return samples


def _first_frame_of_gif(data: bytes) -> Pixels:
    from PIL import GifImagePlugin

    try:
        with obedient_pillow():
            rgba = np.asarray(GifImagePlugin.GifImageFile(io.BytesIO(data)).convert("RGBA"))
    except Exception as error:
        raise damaged() from error
    return np.asarray(cv2.cvtColor(rgba, cv2.COLOR_RGBA2BGRA), dtype=np.uint8)
