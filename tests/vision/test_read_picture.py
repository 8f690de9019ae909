"""Files become readings: pages, zones, errors after pages, and nothing healed on the way."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from docexam.capture.limits import Limits
from docexam.nouns.reading import Problem
from docexam.nouns.zone import ZoneText
from docexam.vision.read_picture import read_picture, reading_of

if TYPE_CHECKING:
    from pathlib import Path

    from docexam.capture.pixels import Pixels

TODAY = dt.date(2026, 1, 1)
GOOD = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F3204153ZE184226B<<<<<16",
)
WRONG = (GOOD[0], GOOD[1].replace("7408122", "7408123"))


class Engine:
    """Finds as many zones as the first pixel says; remembers the shapes that it was given."""

    name = "counting"

    def __init__(self, *, wants_colour: bool = False) -> None:
        self.wants_colour = wants_colour
        self.shapes: list[tuple[int, ...]] = []

    def read(self, pixels: Pixels) -> list[ZoneText]:
        self.shapes.append(pixels.shape)
        if pixels.flat[0] == 200:
            raise MemoryError
        return [ZoneText(GOOD, confident=True, confidence=0.9)] * int(pixels.flat[0])


def pages(path: Path, *levels: int) -> Path:
    images = [Image.fromarray(np.full((160, 240, 3), level, np.uint8)) for level in levels]
    stream = io.BytesIO()
    images[0].save(stream, "TIFF", save_all=True, append_images=images[1:])
    path.write_bytes(stream.getvalue())
    return path


def test_pages_and_zones_are_counted_from_one(tmp_path: Path) -> None:
    path = pages(tmp_path / "a.tif", 1, 0, 2)
    readings = read_picture(path, Engine(), today=TODAY)
    assert [(r.image, r.index, r.found) for r in readings] == [
        (1, 1, True),
        (3, 1, True),
        (3, 2, True),
    ]
    assert all(r.valid and r.file == str(path) and r.engine == "counting" for r in readings)
    assert all(r.elapsed_ms is not None and r.elapsed_ms > 0 for r in readings)


def test_a_file_without_a_zone_gives_one_reading(tmp_path: Path) -> None:
    (reading,) = read_picture(pages(tmp_path / "a.tif", 0, 0), Engine(), today=TODAY)
    assert (reading.found, reading.error, reading.image) == (False, None, 1)


def test_an_error_comes_after_the_pages_before_it(tmp_path: Path) -> None:
    path = pages(tmp_path / "a.tif", 1, 1, 1)
    readings = read_picture(path, Engine(), today=TODAY, limits=Limits(max_pages=2))
    assert [(r.image, r.found) for r in readings] == [(1, True), (2, True), (3, False)]
    assert readings[-1].error is not None
    assert readings[-1].error.code == "input.too-many-pages"


def test_too_little_memory_is_an_error_of_the_picture(tmp_path: Path) -> None:
    (reading,) = read_picture(pages(tmp_path / "a.tif", 200), Engine(), today=TODAY)
    assert reading.error is not None
    assert reading.error.code == "input.memory"


@pytest.mark.parametrize("watched", [False, True])
@pytest.mark.parametrize("wants_colour", [False, True])
def test_engines_get_the_pixels_that_they_want(
    tmp_path: Path, *, wants_colour: bool, watched: bool
) -> None:
    engine = Engine(wants_colour=wants_colour)
    seen: list[tuple[int, ...]] = []
    read_picture(
        pages(tmp_path / "a.tif", 1),
        engine,
        today=TODAY,
        on_picture=(lambda picture, _: seen.append(picture.pixels.shape)) if watched else None,
    )
    assert engine.shapes == [(160, 240, 3) if wants_colour else (160, 240)]
    assert seen == ([(160, 240, 3)] if watched else [])


def test_a_wrong_digit_stays_wrong() -> None:
    reading = reading_of(ZoneText(WRONG, confident=True, confidence=0.9), today=TODAY)
    assert reading.lines == WRONG
    assert not reading.valid
    assert "mrz.cd-birth" in [p.id for p in reading.problems]


def test_a_problem_of_the_engine_counts() -> None:
    foreign = Problem("mrz.structure", "error", "A character is none of the alphabet.", 1, (3, 3))
    zone = ZoneText(GOOD, confident=True, confidence=0.9, problems=(foreign,))
    reading = reading_of(zone, today=TODAY)
    assert foreign in reading.problems
    assert not reading.valid
