"""Droplets and rows of dots against lines of one ink, drawn here with their own numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from docexam.vision.measure_print_structure import NAMES, measure
from docexam.vision.page import LightView, PageView
from tests.vision.measure.ir_pages import missed, named

if TYPE_CHECKING:
    from numpy.typing import NDArray

PX_PER_MM = 400 / 25.4
SIZE_MM = (85.6, 53.98)
ROWS, COLUMNS = (round(side * PX_PER_MM) for side in (53.98, 85.6))
X = (np.arange(COLUMNS)[None, :] + 0.5) / PX_PER_MM
Y = (np.arange(ROWS)[:, None] + 0.5) / PX_PER_MM


def _page(ink: np.ndarray, ppi: float = 400.0, soft_mm: float = 0.03) -> PageView:
    """White paper that lacks `ink` of its light, as a lens of `soft_mm` sees it."""
    rng = np.random.default_rng(5)
    seen = cv2.GaussianBlur(0.8 * (1 - ink.astype(np.float32)), (0, 0), soft_mm * PX_PER_MM)
    pixels = np.repeat(seen[..., None], 3, axis=2)
    noisy: NDArray[np.float32] = np.asarray(pixels + rng.normal(0, 0.006, pixels.shape), np.float32)
    corners = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
    mask = np.ones((ROWS, COLUMNS), np.bool_)
    white = LightView("white", noisy, mask, ppi, np.eye(3), corners)
    return PageView("data", "TD1", SIZE_MM, PX_PER_MM, {"white": white}, {}, "ppi", "mrz", 0.002)


def _guilloche() -> np.ndarray:
    """Two networks of fine bent lines, 0.45 mm apart, as offset prints them."""
    one = np.cos(2 * np.pi * (X + 1.5 * np.sin(Y / 6)) / 0.45)
    two = np.cos(2 * np.pi * (Y + 1.2 * np.sin(X / 9)) / 0.45)
    return np.asarray(0.35 * np.clip(one, 0, 1) ** 2 + 0.25 * np.clip(two, 0, 1) ** 2)


def _dots(lines_per_inch: float, turn_deg: float) -> np.ndarray:
    turn, step = np.radians(turn_deg), 2 * np.pi * lines_per_inch / 25.4
    across = np.cos(step * (X * np.cos(turn) + Y * np.sin(turn)))
    down = np.cos(step * (Y * np.cos(turn) - X * np.sin(turn)))
    return np.asarray(0.3 * np.clip(0.5 * (across + down), 0, 1))


def _droplets() -> np.ndarray:
    noise = np.random.default_rng(3).random((ROWS, COLUMNS))
    return np.asarray(0.6 * (noise < 0.15))


def test_bent_lines_are_neither_grained_nor_screened() -> None:
    found = named(measure(_page(_guilloche()), None))
    assert found["print.grain"].value < 0.03
    screen = found["print.screen"]
    assert screen.value - 2 * screen.uncertainty < 0.10


@pytest.mark.parametrize("lines_per_inch", [150.0, 106.0])
def test_the_screens_of_two_inks_stand_out(lines_per_inch: float) -> None:
    ink = _dots(lines_per_inch, 15.0) + _dots(lines_per_inch, 45.0)
    found = named(measure(_page(ink), None))["print.screen"]
    assert found.value > 0.15


def _rosette() -> np.ndarray:
    return np.asarray(sum(_dots(150.0, turn) for turn in (15.0, 45.0, 75.0)) / 2)


def _net(pitch_mm: float, wave_mm: float = 0.0) -> np.ndarray:
    """Lines of 0.1 mm that cross squarely, in one ink, and wave every 15 mm."""
    turn = np.radians(7.0)
    x, y = X * np.cos(turn) + Y * np.sin(turn), Y * np.cos(turn) - X * np.sin(turn)
    across, down = (a + wave_mm * np.sin(2 * np.pi * b / 15) for a, b in ((x, y), (y, x)))
    off = [np.abs((d + 90) % pitch_mm - pitch_mm / 2) for d in (across, down)]
    return np.asarray(0.5 * np.clip((0.05 - np.minimum(*off)) * PX_PER_MM + 0.5, 0, 1))


def _hard_dots(lines_per_inch: float, turn_deg: float) -> np.ndarray:
    """Dots with the sharp rims of toner, which add overtones and beats."""
    return np.asarray(np.clip((_dots(lines_per_inch, turn_deg) - 0.1) * 4, 0, 0.4))


@pytest.mark.parametrize("soft_mm", [0.03, 0.07])
def test_the_rosette_of_a_colour_printer_stands_out_in_soft_pictures_too(soft_mm: float) -> None:
    ink = _rosette() + 0.3 * _guilloche()
    found = named(measure(_page(ink, soft_mm=soft_mm), None))
    assert found["print.rosette"].value > 2.5
    if soft_mm > 0.05:
        assert found["print.screen"].value < 0.10


def test_lines_one_screen_and_a_portrait_of_dots_are_no_rosette() -> None:
    portrait = _rosette() * (X < 32) * (Y > 12) * (Y < 48)
    for ink in (_guilloche(), _dots(150.0, 45.0), portrait + _guilloche() * (X >= 32)):
        found = named(measure(_page(ink), None))["print.rosette"]
        assert found.value < 1.9


@pytest.mark.parametrize("wave_mm", [0.0, 0.5])
def test_a_net_that_may_look_like_screens_is_told_by_its_lines(wave_mm: float) -> None:
    found = named(measure(_page(_net(0.8, wave_mm)), None))["print.rosette"]
    assert float(found.details["net"]) > 12


def test_beats_of_screens_are_no_net() -> None:
    ink = sum(_hard_dots(150.0, turn) for turn in (0.0, 15.0, 45.0, 75.0)) / 2
    found = named(measure(_page(np.asarray(ink)), None))["print.rosette"]
    assert found.value > 2.5
    assert float(found.details["net"]) < 12


def test_droplets_are_grain_without_rows() -> None:
    found = named(measure(_page(_droplets()), None))
    assert found["print.grain"].value > 0.07
    assert found["print.screen"].value < 0.05


def test_coarse_pictures_and_photographs_are_not_judged() -> None:
    coarse = measure(_page(_droplets(), ppi=300.0), None)
    assert {n: (m.code, m.inconclusive) for n, m in missed(coarse).items()} == dict.fromkeys(
        NAMES, ("too-coarse", True)
    )
    photograph = measure(replace(_page(_droplets()), scale_source="mrz"), None)
    assert missed(photograph)["print.grain"].code == "print.photograph"
