"""A picture of a document model, decoded with limits: small ones are welcome, huge ones are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.capture.headers import read_header
from docexam.capture.kinds import kind_of
from docexam.errors import InputError

if TYPE_CHECKING:
    from docexam.reference.parts import Picture

MAX_PICTURE_BYTES = 32 * 1024 * 1024


def decode_picture(data: bytes, name: str, *, max_pixels: int) -> Picture:
    """(h, w) or (h, w, 3) 8 bit.

    Raises:
        InputError: not a PNG of 8 bits, damaged, or of more than `max_pixels`.
    """
    try:
        kind = kind_of(data)
        header = read_header(data, kind)
    except InputError as error:
        raise _wrong(name, "is no PNG, or is damaged") from error
    if kind != "png":
        raise _wrong(name, "is no PNG")
    if header.width_px * header.height_px > max_pixels:
        raise _wrong(name, f"is too large ({header.width_px} x {header.height_px} pixels)")
    try:
        found = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    except cv2.error:
        found = None
    if found is None:
        raise _wrong(name, "is damaged")
    if found.dtype != np.uint8 or (found.ndim == 3 and found.shape[2] != 3):
        raise _wrong(name, "is not of 8 bits, grey or colour")
    return np.asarray(found, np.uint8)


def _wrong(name: str, what: str) -> InputError:
    return InputError(
        f"The picture {name!r} of the document model {what}.",
        code="model.picture",
        hint="Copy the whole model again.",
    )
