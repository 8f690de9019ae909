"""The pictures as they are and after each degradation, as files that a reader opens."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageOps

from benchmarks.degrade import Degradation, encode

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.degrade import Pixels
    from benchmarks.truth import Picture
    from benchmarks.zones import Place


def open_rgb(path: Path) -> Pixels:
    """RGB pixels after the EXIF turn; transparent pictures on white."""
    with Image.open(path) as opened:
        image = ImageOps.exif_transpose(opened).convert("RGBA")
    white = Image.new("RGBA", image.size, "white")
    return np.asarray(Image.alpha_composite(white, image).convert("RGB"))


def write_variant(
    picture: Picture, degradation: Degradation, place: Place | None, folder: Path
) -> Picture | None:
    """Write the degraded picture to `folder`; None where the degradation does not apply."""
    pixels = degradation.apply(open_rgb(picture.path), place)
    if pixels is None:
        return None
    suffix = degradation.suffix or picture.path.suffix
    path = folder / f"{degradation.name}--{picture.path.stem}{suffix}"
    path.write_bytes(encode(pixels, suffix, degradation.jpeg_quality))
    return replace(picture, path=path)
