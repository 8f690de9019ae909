"""What a file is, by its first bytes and never by its name."""

from __future__ import annotations

from typing import Literal

from docexam.errors import InputError

Kind = Literal["png", "jpeg", "tiff", "pdf", "bmp", "webp", "gif"]

PICTURE_SUFFIXES = frozenset(
    {".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".tif", ".tiff", ".pdf", ".bmp", ".dib"}
    | {".webp", ".gif"}
)
"""Only to choose files within a folder; a file that is named outright is judged by content."""

_HEIF_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"heif"}
_BMP_HEADER_SIZES = {12, 16, 40, 52, 56, 64, 108, 124}


def kind_of(data: bytes) -> Kind:
    """The kind of picture that `data` holds.

    Raises:
        InputError: none that docexam reads.
    """
    kind = _kind_or_none(data)
    if kind is None:
        raise _not_a_picture(data)
    return kind


def _kind_or_none(data: bytes) -> Kind | None:
    head = data[:16]
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head[:4] in {b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"}:
        return "tiff"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if head.startswith(b"BM") and int.from_bytes(data[14:18], "little") in _BMP_HEADER_SIZES:
        return "bmp"
    if b"%PDF-" in data[:1024]:  # Readers accept junk before it, and scanners write some.
        return "pdf"
    return None


def _not_a_picture(data: bytes) -> InputError:
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        return InputError(
            "It is a HEIC picture, which docexam does not read.",
            code="input.heic",
            hint='Save it as JPEG (on a telephone: camera format "most compatible").',
        )
    if b"\0" not in data[:512]:
        return InputError(
            "It is text, not a picture.",
            code="input.not-a-picture",
            hint="MRZ text goes to docexam verify.",
        )
    return InputError(
        "It is not a picture that docexam reads.",
        code="input.not-a-picture",
        hint="Save it as PNG, JPEG, TIFF, PDF, BMP or WebP.",
    )
