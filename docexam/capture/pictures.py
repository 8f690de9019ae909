"""Every picture in a file, upright, in 8 bits: opened with limits, decoded by content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docexam.capture.files import read_file
from docexam.capture.kinds import kind_of
from docexam.capture.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from docexam.capture.pixels import Pixels


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """One image of a file.

    `pixels` are (H, W) grey or (H, W, 3) BGR, uint8, after the EXIF turn. `image` counts pages
    from 1. `ppi` is what the file claims, None where it claims nothing that can be believed.
    `orientation` is the EXIF turn that was applied (1 = none).
    """

    pixels: Pixels
    image: int = 1
    ppi: float | None = None
    orientation: int = 1


def open_pictures(
    path: Path, *, limits: Limits | None = None, colour: bool = True
) -> Iterator[Picture]:
    """The pictures in a PNG, JPEG, BMP, WebP or GIF file, or the pages of a TIFF or PDF.

    Pages are decoded one by one, as they are asked for. Without `colour` all pixels are grey,
    which is several times faster to decode; with it, a grey file still gives grey pixels.

    Raises:
        InputError: the file or one of its pages cannot be read; pages before it were given.
    """
    limits = limits or Limits()
    data = read_file(path, max_bytes=limits.max_file_bytes)
    yield from decode_pictures(data, limits=limits, colour=colour)


def decode_pictures(
    data: bytes, *, limits: Limits | None = None, colour: bool = True
) -> Iterator[Picture]:
    """As `open_pictures`, from bytes in memory."""
    limits = limits or Limits()
    kind = kind_of(data)
    if kind == "tiff":
        from docexam.capture.tiff import tiff_pages

        yield from tiff_pages(data, limits=limits, colour=colour)
    elif kind == "pdf":
        from docexam.capture.pdf import pdf_pages

        yield from pdf_pages(data, limits=limits, colour=colour)
    else:
        from docexam.capture.raster import decode_raster

        yield decode_raster(data, kind, limits=limits, colour=colour)
