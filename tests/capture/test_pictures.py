"""Every form of picture comes out upright, in 8 bits, and looking as it should."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest
from PIL import Image

from docexam.capture.limits import Limits
from docexam.capture.pictures import Picture, decode_pictures, open_pictures
from docexam.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def scene() -> Image.Image:
    """A colour picture of 240 x 160 without any symmetry: dark top left, red right."""
    pixels = np.full((160, 240, 3), 200, dtype=np.uint8)
    pixels[:40, :60] = 20
    pixels[60:150, 150:220] = (220, 60, 40)
    pixels[100:140, 20:100, 1] = np.linspace(0, 255, 80, dtype=np.uint8)
    return Image.fromarray(pixels)


def encoded(image: Image.Image, form: str, **options: Any) -> bytes:
    stream = io.BytesIO()
    image.save(stream, form, **options)
    return stream.getvalue()


def only(data: bytes, *, colour: bool = True, limits: Limits | None = None) -> Picture:
    pictures = list(decode_pictures(data, colour=colour, limits=limits))
    assert len(pictures) == 1
    picture = pictures[0]
    assert picture.pixels.dtype == np.uint8
    assert picture.pixels.flags["C_CONTIGUOUS"]
    if not colour:
        assert picture.pixels.ndim == 2
    return picture


def difference(pixels: np.ndarray[Any, Any], expected: Image.Image) -> float:
    """Mean difference in levels, in grey where either is grey."""
    rgb = np.asarray(expected.convert("RGB"))
    wanted = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY) if pixels.ndim == 2 else rgb[..., ::-1]
    assert pixels.shape == wanted.shape
    return float(np.abs(pixels.astype(float) - wanted).mean())


FORMS = [
    ("PNG", "RGB", {}, 0.1),
    ("PNG", "L", {}, 0.1),
    ("PNG", "1", {}, 0.1),
    ("PNG", "P", {}, 6),
    ("PNG", "RGBA", {}, 0.1),
    ("PNG", "LA", {}, 0.1),
    ("JPEG", "RGB", {"quality": 95}, 3),
    ("JPEG", "RGB", {"quality": 95, "progressive": True}, 3),
    ("JPEG", "L", {"quality": 95}, 3),
    ("JPEG", "CMYK", {"quality": 95}, 3),
    ("TIFF", "RGB", {}, 0.1),
    ("TIFF", "RGB", {"compression": "jpeg"}, 6),
    ("TIFF", "L", {"compression": "tiff_lzw"}, 0.1),
    ("TIFF", "1", {"compression": "group4"}, 0.1),
    ("TIFF", "P", {"compression": "tiff_adobe_deflate"}, 6),
    ("TIFF", "CMYK", {}, 3),
    ("TIFF", "RGBA", {}, 0.1),
    ("BMP", "RGB", {}, 0.1),
    ("BMP", "L", {}, 0.1),
    ("BMP", "1", {}, 0.1),
    ("BMP", "P", {}, 6),
    ("WEBP", "RGB", {"lossless": True}, 0.1),
    ("WEBP", "RGBA", {"lossless": True}, 0.1),
    ("GIF", "P", {}, 6),
    ("PDF", "RGB", {"resolution": 200.0}, 6),
    ("PDF", "L", {"resolution": 200.0}, 6),
    ("PDF", "1", {"resolution": 200.0}, 1),
]


@pytest.mark.parametrize("colour", [True, False])
@pytest.mark.parametrize(
    ("form", "mode", "options", "tolerance"), FORMS, ids=[f"{f[0]}-{f[1]}-{f[2]}" for f in FORMS]
)
def test_every_form_looks_the_same(
    form: str, mode: str, options: dict[str, Any], tolerance: float, *, colour: bool
) -> None:
    image = scene().convert(mode)
    picture = only(encoded(image, form, **options), colour=colour)
    assert difference(picture.pixels, image) <= max(tolerance, 0 if colour else 0.5)
    assert picture.image == 1


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_the_exif_turn_is_applied_once(form: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[274] = orientation
    options: dict[str, Any] = {"quality": 95} if form == "JPEG" else {}
    data = encoded(scene(), form, exif=exif, **({"lossless": True} if form == "WEBP" else options))
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }
    expected = scene().transpose(turns[orientation]) if orientation in turns else scene()
    picture = only(data)
    assert difference(picture.pixels, expected) < 3
    assert picture.orientation == orientation


@pytest.mark.parametrize("value", [0, 9, 77])
def test_an_exif_turn_that_does_not_exist_is_none(value: int) -> None:
    exif = Image.Exif()
    exif[274] = value
    picture = only(encoded(scene(), "JPEG", exif=exif, quality=95))
    assert difference(picture.pixels, scene()) < 3


def test_a_late_exif_chunk_in_png_counts() -> None:
    exif = Image.Exif()
    exif[274] = 6
    data = encoded(scene(), "PNG", exif=exif)
    start = data.index(b"eXIf") - 4
    end = start + 12 + int.from_bytes(data[start : start + 4], "big")
    tail = data.index(b"IEND") - 4
    late = data[:start] + data[end:tail] + data[start:end] + data[tail:]
    assert only(late).pixels.shape == (240, 160, 3)


@pytest.mark.parametrize("form", ["PNG", "TIFF"])
@pytest.mark.parametrize("bits", [10, 12, 14, 16])
def test_deep_grey_uses_the_bits_it_has(form: str, bits: int) -> None:
    grey = np.asarray(scene().convert("L")).astype(np.uint16)
    deep = Image.fromarray((grey << (bits - 8)).astype(np.uint16))
    assert difference(only(encoded(deep, form)).pixels, scene().convert("L")) < 1


@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_deep_colour_uses_the_bits_it_has(suffix: str) -> None:
    bgr = np.ascontiguousarray(np.asarray(scene())[..., ::-1]).astype(np.uint16) << 4
    _, data = cv2.imencode(suffix, bgr)
    assert difference(only(data.tobytes()).pixels, scene()) < 1


def test_hot_pixels_do_not_darken_a_deep_scan() -> None:
    deep = np.asarray(scene().convert("L")).astype(np.uint16) << 4
    deep[0, :5] = 65535
    assert difference(only(encoded(Image.fromarray(deep), "PNG")).pixels, scene().convert("L")) < 1


def test_white_is_zero_in_deep_tiff() -> None:
    grey = np.asarray(scene().convert("L")).astype(np.uint16) << 8
    deep = Image.fromarray((65280 - grey).astype(np.uint16))
    data = encoded(deep, "TIFF", tiffinfo={262: 0})
    assert difference(only(data).pixels, scene().convert("L")) < 3


def test_float_tiff() -> None:
    grey = np.asarray(scene().convert("L")).astype(np.float32) / 255
    assert difference(only(encoded(Image.fromarray(grey), "TIFF")).pixels, scene().convert("L")) < 1


def ink(level: int, *, ground_alpha: int = 0) -> Image.Image:
    pixels = np.zeros((160, 240, 4), dtype=np.uint8)
    pixels[..., 3] = ground_alpha
    pixels[60:100, 40:200] = (level, level, level, 255)
    return Image.fromarray(pixels)


@pytest.mark.parametrize("form", ["PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize(("level", "ground"), [(0, 255), (90, 255), (255, 0)])
def test_ink_on_nothing_stays_visible(form: str, level: int, ground: int) -> None:
    options = {"lossless": True, "exact": True} if form == "WEBP" else {}
    picture = only(encoded(ink(level), form, **options))
    grey = picture.pixels if picture.pixels.ndim == 2 else picture.pixels[..., 0]
    assert abs(int(grey[80, 100]) - level) <= 1
    assert abs(int(grey[10, 10]) - ground) <= 1


def test_palette_with_transparency() -> None:
    flat = Image.fromarray((np.asarray(ink(0))[..., 3] > 0).astype(np.uint8), "P")
    flat.putpalette([0, 0, 0, 0, 0, 0])
    picture = only(encoded(flat, "PNG", transparency=0), colour=False)
    assert picture.pixels[10, 10] == 255
    assert picture.pixels[80, 100] == 0


def test_an_alpha_channel_that_hides_everything_is_ignored() -> None:
    image = scene().convert("RGBA")
    image.putalpha(0)
    assert difference(only(encoded(image, "PNG")).pixels, scene()) < 0.1


def test_pages_of_a_tiff_come_in_order() -> None:
    pages = [scene().resize((240 + 10 * i, 160)) for i in range(3)]
    data = encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    pictures = list(decode_pictures(data))
    assert [p.image for p in pictures] == [1, 2, 3]
    assert [p.pixels.shape[1] for p in pictures] == [240, 250, 260]


def test_pages_of_a_pdf_come_in_order_at_their_own_resolution() -> None:
    pages = [scene().resize((240 + 10 * i, 160)) for i in range(3)]
    data = encoded(pages[0], "PDF", save_all=True, append_images=pages[1:], resolution=150.0)
    pictures = list(decode_pictures(data))
    assert [p.image for p in pictures] == [1, 2, 3]
    assert [p.pixels.shape for p in pictures] == [(160, 240, 3), (160, 250, 3), (160, 260, 3)]
    assert pictures[0].ppi == pytest.approx(150, abs=1)


def test_a_drawn_pdf_page_is_rendered_at_300_ppi(drawn_pdf: Callable[..., bytes]) -> None:
    data = drawn_pdf(b"0.2 0.2 0.2 rg 10 10 60 20 re f", width=144, height=72)
    picture = only(data)
    assert picture.pixels.shape[:2] == (300, 600)
    assert picture.ppi == pytest.approx(300, abs=1)
    assert picture.pixels[-60, 100].max() < 80


@pytest.mark.parametrize(("form", "key"), [("PNG", "dpi"), ("JPEG", "dpi"), ("TIFF", "dpi")])
def test_the_claimed_resolution_is_told_unless_it_is_a_default(form: str, key: str) -> None:
    assert only(encoded(scene(), form, **{key: (400, 400)})).ppi == pytest.approx(400, abs=1)
    assert only(encoded(scene(), form, **{key: (72, 72)})).ppi is None


def test_suffixes_do_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "scan.txt"
    path.write_bytes(encoded(scene(), "PNG"))
    assert len(list(open_pictures(path))) == 1


def test_data_after_the_end_of_a_jpeg_does_not_matter() -> None:
    data = encoded(scene(), "JPEG", quality=95) + b"telephone's own notes" * 10
    assert difference(only(data).pixels, scene()) < 3


def test_a_limit_can_be_raised_and_lowered() -> None:
    data = encoded(scene(), "PNG")
    with pytest.raises(InputError) as caught:
        only(data, limits=Limits(max_pixels=240 * 160 - 1))
    assert caught.value.code == "input.too-large"
    assert only(data, limits=Limits(max_pixels=240 * 160)).pixels.shape == (160, 240, 3)
