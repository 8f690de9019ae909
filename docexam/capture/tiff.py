"""The pages of a TIFF file, by Pillow; OpenCV takes the deep colour that Pillow cuts to 8 bits."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.capture.headers import (
    damaged,
    obedient_pillow,
    ppi_of,
    refuse_extremes,
    truncated,
)
from docexam.capture.page_limit import too_many_pages
from docexam.capture.pictures import Picture
from docexam.capture.pixels import flatten_alpha, to_eight_bits, turn
from docexam.capture.raster import silence_opencv, to_colour
from docexam.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.TiffImagePlugin import TiffImageFile

    from docexam.capture.limits import Limits
    from docexam.capture.pixels import Pixels, Samples

# TIFF 6.0, section 8.
_NEW_SUBFILE_TYPE, _BITS_PER_SAMPLE, _PHOTOMETRIC, _ORIENTATION = 254, 258, 262, 274
_REDUCED_OR_MASK = 0b101
_WHITE_IS_ZERO = 0


def tiff_pages(data: bytes, *, limits: Limits, colour: bool) -> Iterator[Picture]:
    """Each page in turn; thumbnails and masks among them are passed over.

    Raises:
        InputError: damaged, cut short, too large, or more pages than `limits` allows.
    """
    number = frame = 0
    image = _open(data)
    while True:
        if number >= limits.max_pages:
            raise too_many_pages(limits.max_pages)
        if not int(image.tag_v2.get(_NEW_SUBFILE_TYPE, 0)) & _REDUCED_OR_MASK:
            number += 1
            yield _page(image, data, frame, number, limits=limits, colour=colour)
        frame += 1
        if not _seek(image, frame):
            break
    if number == 0:
        raise damaged()


def _open(data: bytes) -> TiffImageFile:
    from PIL.TiffImagePlugin import TiffImageFile

    try:
        with obedient_pillow():
            return TiffImageFile(io.BytesIO(data))
    except Exception as error:
        raise damaged() from error


def _seek(image: TiffImageFile, frame: int) -> bool:
    try:
        with obedient_pillow():
            image.seek(frame)
    except EOFError:
        return False
    except Exception as error:
        raise damaged() from error
    return True


def _page(
    image: TiffImageFile, data: bytes, frame: int, number: int, *, limits: Limits, colour: bool
) -> Picture:
    width, height = image.size
    refuse_extremes(width, height, limits)
    orientation = image.tag_v2.get(_ORIENTATION, 1)
    bits = image.tag_v2.get(_BITS_PER_SAMPLE, (1,))
    ppi = ppi_of(image)
    try:
        with obedient_pillow():
            if len(bits) > 1 and max(bits) > 8:
                pixels = turn(_by_opencv(data, frame), orientation)
            else:
                pixels = _by_pillow(image)  # Pillow turns TIFF pictures upright itself.
    except InputError:
        raise
    except OSError as error:
        raise (truncated() if "truncated" in str(error) else damaged()) from error
    except Exception as error:
        raise damaged() from error
    flat = to_colour(flatten_alpha(pixels), colour=colour)
    return Picture(pixels=flat, image=number, ppi=ppi, orientation=orientation)


def _by_pillow(image: TiffImageFile) -> Pixels:
    mode = image.mode
    if mode in ("1", "L"):
        return np.asarray(image.convert("L"))
    if mode.startswith("I") or mode == "F":
        deep: Samples = np.asarray(image)
        inverted = mode != "F" and image.tag_v2.get(_PHOTOMETRIC) == _WHITE_IS_ZERO
        eight = to_eight_bits(deep)
        return (255 - eight).astype(np.uint8) if inverted else eight
    has_alpha = mode in ("LA", "PA", "RGBA", "RGBa", "La") or "transparency" in image.info
    if has_alpha:
        rgba = np.asarray(image.convert("RGBA"))
        return np.asarray(cv2.cvtColor(rgba, cv2.COLOR_RGBA2BGRA), dtype=np.uint8)
    rgb = np.asarray(image.convert("RGB"))
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR), dtype=np.uint8)


def _by_opencv(data: bytes, frame: int) -> Pixels:
    silence_opencv()
    found, pages = cv2.imdecodemulti(
        np.frombuffer(data, dtype=np.uint8), cv2.IMREAD_UNCHANGED, range=(frame, frame + 1)
    )
    if not found or len(pages) != 1:
        raise damaged()
    return to_eight_bits(pages[0])
