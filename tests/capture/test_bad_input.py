"""Whatever is wrong with a file costs one sentence: never a trace, a wait, or a flood of memory."""

from __future__ import annotations

import io
import os
import resource
import struct
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

from docexam.capture.files import read_file
from docexam.capture.limits import Limits
from docexam.capture.pictures import decode_pictures, open_pictures
from docexam.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def encoded(form: str, mode: str = "RGB", *, size: tuple[int, int] = (240, 160)) -> bytes:
    noise = np.random.default_rng(1).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
    stream = io.BytesIO()
    Image.fromarray(noise).convert(mode).save(stream, form)
    return stream.getvalue()


def error_of(data: bytes, **options: Any) -> InputError:
    with pytest.raises(InputError) as caught:
        list(decode_pictures(data, **options))
    return sound(caught.value)


def error_at(path: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        list(open_pictures(path))
    return sound(caught.value)


def sound(error: InputError) -> InputError:
    assert error.code.startswith("input.")
    assert error.message.endswith(".")
    assert "\n" not in error.message
    assert error.message[0].isupper()
    return error


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF", "PDF"])
@pytest.mark.parametrize("share", [0.02, 0.1, 0.5, 0.9, 0.99])
def test_a_picture_cut_short_is_refused(
    form: str, share: float, capfd: pytest.CaptureFixture[str]
) -> None:
    data = encoded(form)
    error_of(data[: max(3, int(len(data) * share))])
    assert capfd.readouterr() == ("", "")


def test_a_jpeg_without_its_last_bytes_says_so() -> None:
    assert error_of(encoded("JPEG")[:-400]).code == "input.truncated"
    assert error_of(encoded("PNG")[:-40]).code == "input.truncated"


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF", "PDF"])
def test_flipped_bytes_never_escape(form: str, capfd: pytest.CaptureFixture[str]) -> None:
    data = encoded(form)
    rng = np.random.default_rng(7)
    refused = 0
    for _ in range(40):
        broken = bytearray(data)
        for at in rng.integers(0, min(len(data), 2000), 4):
            broken[at] ^= int(rng.integers(1, 256))
        try:
            list(decode_pictures(bytes(broken), limits=Limits(max_pixels=1_000_000)))
        except InputError as error:
            sound(error)
            refused += 1
    assert refused > 0
    if form != "JPEG":  # libjpeg warns of what it could still read; the command line mutes it
        assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"P<UTOERIKSSON", "input.not-a-picture"),
        (b"\0\1\2\3" * 100, "input.not-a-picture"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 50, "input.heic"),
        (b"\x89PNG\r\n\x1a\n", "input.truncated"),
        (b"%PDF-1.7\nnothing", "input.damaged"),
        (b"BM but only a text that begins so", "input.not-a-picture"),
    ],
)
def test_what_is_no_picture(data: bytes, code: str) -> None:
    assert error_of(data).code == code


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF", "PDF"])
def test_one_pixel(form: str) -> None:
    assert error_of(encoded(form, size=(1, 1))).code == "input.too-small"


def png_bomb(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(30_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def jpeg_bomb() -> bytes:
    data = bytearray(encoded("JPEG"))
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", 60000, 60000)
    return bytes(data)


def bmp_bomb() -> bytes:
    data = bytearray(encoded("BMP"))
    data[18:26] = struct.pack("<ii", 60000, 60000)
    return bytes(data)


def webp_bomb() -> bytes:
    stream = io.BytesIO()
    Image.new("L", (240, 160)).save(stream, "WEBP", lossless=True)
    data = bytearray(stream.getvalue())
    data[21:25] = struct.pack("<I", 0x0FFFFFFF)  # twice 14 bits: 16384 x 16384
    return bytes(data)


def gif_bomb() -> bytes:
    data = bytearray(encoded("GIF", "P"))
    data[6:10] = struct.pack("<HH", 60000, 60000)
    return bytes(data)


def tiff_bomb() -> bytes:
    data = bytearray(encoded("TIFF", "L"))
    start = struct.unpack_from("<I", data, 4)[0]
    for at in range(start + 2, start + 2 + 12 * data[start], 12):
        if struct.unpack_from("<H", data, at)[0] in (256, 257):
            struct.pack_into("<HII", data, at + 2, 4, 1, 60000)
    return bytes(data)


def pdf_bomb() -> bytes:
    stream = io.BytesIO()
    Image.new("1", (200, 200)).save(stream, "PDF", resolution=300.0)
    return stream.getvalue().replace(b"/Width 200\n/Height 200", b"/Width 60000\n/Height 60000", 1)


@pytest.mark.parametrize(
    "bomb",
    [
        lambda: png_bomb(50000, 50000),
        jpeg_bomb,
        bmp_bomb,
        gif_bomb,
        tiff_bomb,
        pdf_bomb,
        webp_bomb,
    ],
    ids=["png", "jpeg", "bmp", "gif", "tiff", "pdf", "webp"],
)
def test_a_bomb_is_refused_by_its_header(bomb: Any) -> None:
    data = bomb()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    error = error_of(data)
    grown_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert error.code == "input.too-large"
    assert "200 megapixels" in error.message or "32766" in error.message
    assert grown_kib < 60_000


def test_an_endless_pdf_page_is_refused(drawn_pdf: Callable[..., bytes]) -> None:
    data = drawn_pdf(b"1 1 5 5 re f", width=2_000_000, height=2_000_000)
    assert error_of(data).code == "input.too-large"


def test_a_large_pdf_page_is_rendered_as_finely_as_the_limit_allows(
    drawn_pdf: Callable[..., bytes],
) -> None:
    data = drawn_pdf(b"1 1 5 5 re f", width=1440, height=1440)
    (picture,) = decode_pictures(data, limits=Limits(max_pixels=4_000_000))
    assert 1990 <= picture.pixels.shape[0] <= 2000
    assert picture.ppi == pytest.approx(100, abs=1)


def test_a_long_thin_picture_is_refused() -> None:
    assert error_of(png_bomb(1_000_000, 10)).code == "input.too-large"


@pytest.mark.parametrize("form", ["TIFF", "PDF"])
def test_pages_above_the_limit_are_refused_after_those_below(form: str) -> None:
    page = Image.new("L", (240, 160), 200)
    stream = io.BytesIO()
    page.save(stream, form, save_all=True, append_images=[page] * 4)
    pictures = decode_pictures(stream.getvalue(), limits=Limits(max_pages=3))
    assert [next(pictures).image for _ in range(3)] == [1, 2, 3]
    with pytest.raises(InputError) as caught:
        next(pictures)
    assert caught.value.code == "input.too-many-pages"


def test_a_tiff_whose_directories_run_in_a_circle_ends() -> None:
    data = bytearray(encoded("TIFF"))
    start = struct.unpack_from("<I", data, 4)[0]
    count = struct.unpack_from("<H", data, start)[0]
    struct.pack_into("<I", data, start + 2 + 12 * count, start)
    assert len(list(decode_pictures(bytes(data)))) == 1


def test_a_locked_pdf_says_so() -> None:
    encrypt = (
        b"trailer<</Size 4/Root 1 0 R/Encrypt<</Filter/Standard/V 1/R 2/P -4/O(%s)/U(%s)>>"
        b"/ID[<00><00>]>>startxref\n%d\n%%%%EOF" % (b"o" * 32, b"u" * 32, 0)
    )
    body = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>endobj\n"
    )
    assert error_of(body + encrypt).code == "input.locked"


def test_empty(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()
    assert error_at(tmp_path / "a.png").code == "input.empty"


def test_absent(tmp_path: Path) -> None:
    assert error_at(tmp_path / "a.png").code == "input.missing"
    (tmp_path / "file").touch()
    assert error_at(tmp_path / "file" / "a.png").code == "input.missing"
    assert error_at(tmp_path / ("a" * 300)).code == "input.missing"
    assert error_at(tmp_path / "a\0b").code == "input.missing"


def test_a_folder(tmp_path: Path) -> None:
    assert error_at(tmp_path).code == "input.folder"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.png")
    assert error_at(tmp_path / "a.png").code == "input.not-a-file"


def test_a_device_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.png").symlink_to("/dev/zero")
    assert error_at(tmp_path / "a.png").code == "input.not-a-file"


def test_a_symlink_loop(tmp_path: Path) -> None:
    (tmp_path / "a.png").symlink_to(tmp_path / "b.png")
    (tmp_path / "b.png").symlink_to(tmp_path / "a.png")
    assert error_at(tmp_path / "a.png").code == "input.symlink-loop"


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(encoded("PNG"))
    path.chmod(0)
    if os.geteuid() == 0:  # root may read anything: let the system call say what others get

        def refuse(*_: object) -> int:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(os, "open", refuse)
    assert error_at(path).code == "input.permission"


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    with path.open("wb") as stream:
        stream.write(b"II*\0")
        stream.truncate(600 * 2**20)  # sparse
    error = error_at(path)
    assert error.code == "input.file-too-large"
    assert "512 MiB" in error.message


def test_the_size_limit_is_exact(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"12345678")
    assert read_file(path, max_bytes=8) == b"12345678"
    with pytest.raises(InputError):
        read_file(path, max_bytes=7)
