"""Holes of a perforated number: found, measured and read, in pages painted hole by hole."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.vision.measure_perforation import measure
from docexam.vision.perforation_holes import number_boxes

from .uv_pages import PAPER, PX_PER_MM, light, page

if TYPE_CHECKING:
    from docexam.vision.page import PageView

SHEET = (0.16, 0.16, 0.16)
DOTS = {
    "K": "10001 10010 10100 11000 10100 10010 10001",
    "0": "01110 10001 10001 10001 10001 10001 01110",
    "1": "00100 01100 00100 00100 00100 00100 01110",
    "2": "01110 10001 00001 00110 01000 10000 11111",
    "3": "11111 00010 00100 00010 00001 10001 01110",
    "4": "00010 00110 01010 10010 11111 00010 00010",
    "6": "00110 01000 10000 11110 10001 10001 01110",
    "7": "11111 00001 00010 00100 01000 01000 01000",
}
"""The usual matrix of five by seven, the top row first."""
PITCH_MM, HOLE_MM = 0.75, 0.42
NUMBER = "K7203461"


def holes(text: str, at: tuple[float, float] = (40.0, 8.0)) -> list[tuple[float, float]]:
    return [
        (at[0] + (6 * place + column) * PITCH_MM, at[1] + row * PITCH_MM)
        for place, sign in enumerate(text)
        for row, dots in enumerate(DOTS[sign].split())
        for column, dot in enumerate(dots)
        if dot == "1"
    ]


def pierced(
    places: list[tuple[float, float]], *, mirrored: bool = False, turned: bool = False
) -> PageView:
    """A page whose sheet lets a sixth of the lamp's light through, and its holes all of it."""
    fine = 8
    blank = light("transmitted", SHEET)
    rows, columns = blank.pixels.shape[:2]
    cover = np.zeros((rows, columns), np.float32)
    for x, y in places:
        middle = np.array([x, y]) * PX_PER_MM
        low = np.floor(middle).astype(int) - 4
        tile = np.zeros((9 * fine, 9 * fine), np.uint8)
        inside = tuple(int(part) for part in np.rint((middle - low) * fine - 0.5))
        cv2.circle(tile, inside, round(HOLE_MM / 2 * PX_PER_MM * fine), 255, -1)
        small = cv2.resize(tile, (9, 9), interpolation=cv2.INTER_AREA) / 255
        area = cover[low[1] : low[1] + 9, low[0] : low[0] + 9]
        np.maximum(area, small, out=area)
    pixels = blank.pixels * (1 - cover[..., None]) + 0.95 * cover[..., None]
    pixels = cv2.GaussianBlur(pixels, (0, 0), 0.5)
    if mirrored:
        pixels = pixels[:, ::-1]
    if turned:
        pixels = pixels[::-1, ::-1]
    view = dataclasses.replace(blank, pixels=np.ascontiguousarray(pixels))
    return page(light("white", PAPER), view)


def measured(seen: PageView) -> dict[str, Measurement]:
    return {each.name: each for each in measure(seen, None) if isinstance(each, Measurement)}


@pytest.mark.parametrize(
    ("mirrored", "turned"), [(False, False), (True, False), (False, True), (True, True)]
)
def test_the_number_is_read_any_way_round(mirrored: bool, turned: bool) -> None:
    found = measured(pierced(holes(NUMBER), mirrored=mirrored, turned=turned))
    read = "".join(each[0] for each in str(found["perforation.text"].details["possible"]).split())
    assert read == NUMBER
    assert found["perforation.text"].details["mirrored"] == ("yes" if mirrored else "no")
    assert found["perforation.text"].details["rows"] == 7


def test_holes_are_counted_and_measured_in_millimetres() -> None:
    places = holes(NUMBER)
    found = measured(pierced(places))
    assert found["perforation.holes"].value == len(places)
    diameter = found["perforation.diameter"]
    assert diameter.value == pytest.approx(HOLE_MM, abs=2 * diameter.uncertainty)
    assert found["perforation.pitch"].value == pytest.approx(PITCH_MM, abs=0.02)
    x, y, w, h = found["perforation.text"].box_mm
    assert (x, y) == pytest.approx((40.0 - HOLE_MM / 2, 8.0 - HOLE_MM / 2), abs=0.15)
    assert (w, h) == pytest.approx((46 * PITCH_MM + HOLE_MM, 6 * PITCH_MM + HOLE_MM), abs=0.9)


def test_lint_beside_the_holes_is_not_read() -> None:
    found = measured(pierced([*holes(NUMBER), (55.0, 14.9), (55.5, 15.2)]))
    read = "".join(each[0] for each in str(found["perforation.text"].details["possible"]).split())
    assert read == NUMBER


def test_a_sheet_without_holes_says_so_and_so_does_a_missing_light() -> None:
    bright = [((30.0, 30.0, 5.0, 5.0), (0.9, 0.9, 0.9))]  # a window is no hole
    (none,) = measure(page(light("white", PAPER), light("transmitted", SHEET, bright)), None)
    assert isinstance(none, NotMeasured)
    assert (none.code, none.inconclusive) == ("perforation.none", False)
    (dark,) = measure(page(light("white", PAPER)), None)
    assert isinstance(dark, NotMeasured)
    assert (dark.code, dark.params) == ("no-light", {"light": "transmitted"})


def test_a_page_full_of_bright_spots_is_given_up() -> None:
    """Noise is no page of holes: all distances at once would be gigabytes."""
    specks = [(4.0 + 1.1 * column, 4.0 + 1.1 * row) for column in range(90) for row in range(50)]
    noisy = pierced(specks)
    (found,) = measure(noisy, None)
    assert isinstance(found, NotMeasured)
    assert (found.code, found.inconclusive) == ("perforation.too-many", True)
    assert number_boxes(noisy) == []


def test_scattered_specks_are_not_blanked_as_one_number() -> None:
    rng = np.random.default_rng(3)
    specks = [
        (10.0 + 5 * column + dx, 10.0 + 5 * row + dy)
        for column in range(18)
        for row in range(12)
        for dx, dy in [rng.uniform(-1, 1, 2)]
    ]
    boxes = number_boxes(pierced(specks))
    assert len(boxes) > 150
    assert sum(w * h for _, _, w, h in boxes) < 300.0


def test_the_number_is_blanked_as_a_whole() -> None:
    (box,) = number_boxes(pierced(holes(NUMBER)))
    assert box[2:] == pytest.approx((46 * PITCH_MM + HOLE_MM, 6 * PITCH_MM + HOLE_MM), abs=0.9)


def test_a_few_specks_are_no_number() -> None:
    (found,) = measure(pierced([(20.0 + 3 * at, 20.0) for at in range(12)]), None)
    assert isinstance(found, NotMeasured)
    assert found.code == "perforation.none"
