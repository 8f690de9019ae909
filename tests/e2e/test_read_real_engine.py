"""The default engine from the command line, on drawn pages in every kind of file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from docexam.errors import ExitCode
from docexam.specimens.white_page import draw_white_page

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]

GOOD = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F3204153ZE184226B<<<<<16",
)
WRONG = (GOOD[0], GOOD[1].replace("7408122", "7408123"))


def page(lines: tuple[str, ...]) -> Image.Image:
    """A page as a scanner with a grey bed sees it."""
    drawn = Image.fromarray(draw_white_page(lines, ppi=300).picture)
    sheet = Image.new("L", (drawn.width + 120, drawn.height + 160), 90)
    sheet.paste(drawn, (60, 70))
    return sheet


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drawn")
    good = page(GOOD)
    good.save(folder / "a.png")
    turned = Image.Exif()
    turned[274] = 6
    good.rotate(90, expand=True).save(folder / "b-turned.jpg", exif=turned, quality=85)
    good.rotate(180).convert("RGB").save(folder / "c-upside-down.bmp")
    pages = [
        each.point(lambda level: 255 if level > 60 else 0).convert("1")
        for each in (good, Image.new("L", good.size, 200), page(WRONG))
    ]
    pages[0].save(folder / "d.tiff", save_all=True, append_images=pages[1:], compression="group4")
    good.convert("RGB").save(folder / "e.pdf", resolution=300.0)
    deep = np.asarray(good).astype(np.uint16) << 4
    Image.fromarray(deep).save(folder / "f-12-bit.png")
    clear = np.zeros((good.height, good.width, 4), dtype=np.uint8)
    clear[..., 3] = 255 - np.asarray(good.point(lambda level: 0 if level < 60 else 255))
    Image.fromarray(clear).save(folder / "g-ink-on-nothing.webp", lossless=True, exact=True)
    return folder


def test_every_kind_of_file_is_read_exactly(docexam: Run, pictures: Path) -> None:
    done = docexam("read", pictures, "--json", "--workers", "1", "--today", "2026-01-01")
    readings = [json.loads(line) for line in done.stdout.splitlines()]
    read = [(r["file"].rsplit("/", 1)[1][0], r["image"], tuple(r["lines"])) for r in readings]
    assert read == [
        *((name, 1, GOOD) for name in "abcd"),
        ("d", 3, WRONG),
        *((name, 1, GOOD) for name in "efg"),
    ]
    assert [r["valid"] for r in readings] == [lines == GOOD for _, _, lines in read]
    assert all(r["engine"] == "onnx" and r["format"] == "TD3" for r in readings)
    assert done.returncode == ExitCode.REFER


def test_what_is_shown_is_where_it_was_printed(docexam: Run, pictures: Path) -> None:
    done = docexam("read", pictures / "b-turned.jpg", "--json")
    (reading,) = [json.loads(line) for line in done.stdout.splitlines()]
    corners = np.array(reading["quad_px"])
    expected = np.add(draw_white_page(GOOD, ppi=300).text_quad_px, (60, 70))
    assert np.abs(corners - expected).max() < 25  # about one character
