"""Annotated pictures mark the zone and exactly the characters that need an eye."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from docexam.nouns.reading import Problem, Reading, Resolved
from docexam.vision.annotate import annotated_png

LINES = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F3204153ZE184226B<<<<<16",
)
QUAD = ((100.0, 400.0), (980.0, 400.0), (980.0, 480.0), (100.0, 480.0))


def reading(**changes: object) -> Reading:
    plain = {
        "format": "TD3",
        "lines": LINES,
        "valid": True,
        "confident": True,
        "confidence": 0.9,
        "quad_px": QUAD,
    }
    return Reading("a.png", found=True, **{**plain, **changes})  # type: ignore[arg-type]


def drawn(pixels: np.ndarray, *readings: Reading) -> np.ndarray:
    sheet = cv2.imdecode(np.frombuffer(annotated_png(pixels, readings), np.uint8), cv2.IMREAD_COLOR)
    assert sheet is not None
    return sheet.astype(int)


def reddish(sheet: np.ndarray) -> np.ndarray:
    return (sheet[..., 2] > 150) & (sheet[..., 1] < 60)


def orange(sheet: np.ndarray) -> np.ndarray:
    return (sheet[..., 2] > 200) & (abs(sheet[..., 1] - 134) < 20) & (sheet[..., 0] < 40)


@pytest.mark.parametrize("shape", [(600, 1080), (600, 1080, 3)])
def test_the_zone_is_outlined_in_place(shape: tuple[int, ...]) -> None:
    paper = np.full(shape, 200, dtype=np.uint8)
    sheet = drawn(paper, reading())
    touched = np.abs(sheet[:600] - 200).max(axis=2) > 60
    rows, columns = np.nonzero(touched)
    assert (columns.min(), columns.max()) == pytest.approx((100, 980), abs=4)
    assert (rows.min(), rows.max()) == pytest.approx((400, 480), abs=4)
    assert not reddish(sheet).any()
    assert not orange(sheet).any()


def test_a_problem_is_marked_at_its_character() -> None:
    problem = Problem(
        "mrz.cd-number", "error", "The check digit is wrong.", line=2, columns=(10, 10)
    )
    sheet = drawn(np.full((600, 1080), 200, np.uint8), reading(valid=False, problems=(problem,)))
    inside = sheet[405:476, 110:970]  # within the outline, which is red as well
    rows, columns = np.nonzero(reddish(inside))
    pitch = 880 / 44
    assert columns.min() + 110 == pytest.approx(100 + 9 * pitch, abs=4)
    assert columns.max() + 110 == pytest.approx(100 + 10 * pitch, abs=4)
    assert rows.min() + 405 == pytest.approx(440, abs=4)


def test_an_open_character_is_marked_otherwise_than_a_problem() -> None:
    open_one = Resolved(1, 6, "E", (("E", 0.6), ("F", 0.4)), "looks")
    sheet = drawn(np.full((600, 1080), 200, np.uint8), reading(resolved=(open_one,)))
    assert orange(sheet[:600]).any()
    assert orange(sheet[600:]).any()
    assert not reddish(sheet).any()


def test_places_outside_the_lines_are_ignored() -> None:
    beyond = Problem("mrz.structure", "error", "Too short.", line=3, columns=(44, 60))
    whole = Problem("mrz.structure", "error", "Odd.")
    drawn(np.full((600, 1080), 200, np.uint8), reading(problems=(beyond, whole)))


@pytest.mark.parametrize("size", [(8, 90), (120, 3000), (5000, 300)])
def test_any_size_becomes_readable(size: tuple[int, int]) -> None:
    quad = ((0.0, 0.0), (80.0, 0.0), (80.0, 7.0), (0.0, 7.0))
    sheet = drawn(np.full(size, 200, np.uint8), reading(quad_px=quad))
    assert 1000 <= sheet.shape[1] <= 2400


def test_nothing_found_is_said() -> None:
    sheet = drawn(np.full((600, 1080), 200, np.uint8))
    assert sheet.shape[0] > 600
    assert reddish(sheet[600:]).any()
