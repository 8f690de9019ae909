"""What a picture's header says, read before a single pixel is decoded."""

from __future__ import annotations

import contextlib
import io
import struct
import threading
import warnings
import zlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from docexam.capture.limits import MIN_LONG_SIDE_PX, MIN_SHORT_SIDE_PX, Limits
from docexam.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL import Image

    from docexam.capture.kinds import Kind

_EXIF_ORIENTATION = 274
_MM_PER_INCH = 25.4


@dataclass(frozen=True, slots=True)
class Header:
    """Size before the EXIF turn, the turn (1 = none), resolution, and whether samples need care.

    `plain` says that every sample is 8 bits wide and opaque, so that a decoder may convert.
    """

    width_px: int
    height_px: int
    orientation: int = 1
    ppi: float | None = None
    plain: bool = True


def read_header(data: bytes, kind: Kind) -> Header:
    """The header of a single-page picture.

    Raises:
        InputError: damaged or cut short.
    """
    return _png(data) if kind == "png" else _by_pillow(data, kind)


def refuse_extremes(width_px: int, height_px: int, limits: Limits) -> None:
    """Raise InputError for a picture that is too large to decode or too small to hold a zone."""
    size = f"{width_px} x {height_px} pixels"
    short, long = sorted((width_px, height_px))
    if short < 1:
        raise damaged()
    if width_px * height_px > limits.max_pixels:
        raise InputError(
            f"The picture is {size}, above the limit of {limits.max_pixels / 1e6:g} megapixels.",
            code="input.too-large",
            hint="Scale it down, or raise the limit with --max-megapixels.",
        )
    if long > limits.max_side_px:
        raise InputError(
            f"The picture is {size}; no side may be longer than {limits.max_side_px} pixels.",
            code="input.too-large",
            hint="Cut it into pieces.",
        )
    if short < MIN_SHORT_SIDE_PX or long < MIN_LONG_SIDE_PX:
        raise InputError(
            f"The picture is {size}: too small to hold a machine readable zone.",
            code="input.too-small",
            hint="Scan at 200 pixels per inch or more.",
        )


def damaged() -> InputError:
    """The error for a picture whose content contradicts itself."""
    return InputError(
        "The picture is damaged.", code="input.damaged", hint="Copy or scan it again."
    )


def truncated() -> InputError:
    """The error for a picture that ends too early.

    What is left of it is not read: half a zone could pass for a whole one.
    """
    return InputError(
        "The picture is cut short: its end is missing.",
        code="input.truncated",
        hint="Copy or scan it again.",
    )


_SETTING = threading.RLock()


@contextlib.contextmanager
def obedient_pillow() -> Iterator[None]:
    """For a moment Pillow has no limit of its own, since `Limits` decides, and warns of nothing.

    Both are settings of the whole process and are put back at the end; one thread at a time.
    """
    from PIL import Image

    with _SETTING:
        before = Image.MAX_IMAGE_PIXELS
        Image.MAX_IMAGE_PIXELS = None
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                yield
        finally:
            Image.MAX_IMAGE_PIXELS = before


def ppi_of(image: Image.Image) -> float | None:
    """Pixels per inch that the file claims, None where it claims none or nonsense."""
    dpi = image.info.get("dpi")
    if not dpi:
        return None
    try:
        return plausible_ppi(float(dpi[0]))
    except (TypeError, ValueError, ZeroDivisionError):
        return None


def plausible_ppi(ppi: float) -> float | None:
    """A claimed resolution; None for 72 and 96, which programs write when they do not know."""
    rounded = round(ppi)
    return ppi if 50 <= ppi <= 5000 and rounded not in (72, 96) else None


def _by_pillow(data: bytes, kind: Kind) -> Header:
    stream = io.BytesIO(data)
    try:
        with obedient_pillow():
            image = _open_with_pillow(stream, kind)
            width, height = image.size
            if kind == "jpeg" and not data.rstrip(b"\0\r\n").endswith(b"\xff\xd9"):
                _refuse_cut_jpeg(data)
            turn = _orientation(image) if kind in ("jpeg", "webp") else 1
            return Header(width, height, turn, ppi_of(image), plain=kind == "jpeg")
    except InputError:
        raise
    except EOFError as error:
        raise truncated() from error
    except Exception as error:
        raise damaged() from error


def _open_with_pillow(stream: io.BytesIO, kind: Kind) -> Image.Image:
    # The classes themselves: Image.open tries every format there is, and loads its module.
    if kind == "jpeg":
        from PIL.JpegImagePlugin import JpegImageFile

        return JpegImageFile(stream)
    if kind == "webp":
        from PIL.WebPImagePlugin import WebPImageFile

        return WebPImageFile(stream)
    if kind == "gif":
        from PIL.GifImagePlugin import GifImageFile

        return GifImageFile(stream)
    from PIL.BmpImagePlugin import BmpImageFile

    return BmpImageFile(stream)


def _orientation(image: Image.Image) -> int:
    try:
        value = image.getexif().get(_EXIF_ORIENTATION, 1)
    except Exception:
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _refuse_cut_jpeg(data: bytes) -> None:
    """Raise for a JPEG without its end; some cameras append data after a sound end."""
    from PIL.JpegImagePlugin import JpegImageFile

    image = JpegImageFile(io.BytesIO(data))
    image.draft("L", (image.width // 8, image.height // 8))
    try:
        image.load()
    except OSError as error:
        raise truncated() from error


def _png(data: bytes) -> Header:
    """Walk the chunks (ISO/IEC 15948, 5.3) and prove their checksums.

    libpng would print its complaints to standard error, and Pillow would decode the picture in
    search of a late EXIF chunk.
    """
    header: Header | None = None
    for kind, body in _png_chunks(data):
        if kind == b"IHDR" and len(body) == 13:
            width, height, depth, colour_type = struct.unpack(">IIBB", body[:10])
            header = Header(width, height, plain=depth <= 8 and colour_type in (0, 2, 3))
        elif header is None:
            break
        elif kind == b"tRNS":
            header = replace(header, plain=False)
        elif kind == b"pHYs" and len(body) == 9 and body[8] == 1:
            per_metre = struct.unpack(">I", body[:4])[0]
            header = replace(header, ppi=plausible_ppi(per_metre * _MM_PER_INCH / 1000))
        elif kind == b"eXIf":
            header = replace(header, orientation=_orientation_in(body))
    if header is None:
        raise damaged()
    return header


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, memoryview]]:
    view, at = memoryview(data), 8
    while True:
        if at + 12 > len(data):
            raise truncated()
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            raise truncated() if kind.isalpha() else damaged()
        (checksum,) = struct.unpack_from(">I", data, end - 4)
        if zlib.crc32(view[at + 4 : end - 4]) != checksum:
            raise damaged()
        yield kind, view[at + 8 : end - 4]
        if kind == b"IEND":
            return
        at = end


def _orientation_in(exif: memoryview) -> int:
    from PIL import Image

    block = Image.Exif()
    try:
        block.load(bytes(exif))
    except Exception:
        return 1
    value = block.get(_EXIF_ORIENTATION, 1)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1
