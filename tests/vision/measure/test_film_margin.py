"""Margins that stand up along a page's sides, in light from opposite sides."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from docexam.nouns.measurement import BoxMm, Measurement, NotMeasured
from docexam.vision.measure_film_margin import measure

from .uv_pages import PAPER, PX_PER_MM, SIZE_MM, Paint, light, page

if TYPE_CHECKING:
    from docexam.vision.page import LightView, PageView

FOUR = ("oblique-n", "oblique-e", "oblique-s", "oblique-w")
COTANGENT = 3.7
TOWARDS = {"oblique-n": (0, -1), "oblique-s": (0, 1), "oblique-w": (-1, 0), "oblique-e": (1, 0)}
WHOLE: BoxMm = (0.0, 0.0, *SIZE_MM)
MIDDLE: BoxMm = (1.25, 1.25, SIZE_MM[0] - 2.5, SIZE_MM[1] - 2.5)


def raised(*plates: tuple[BoxMm, float]) -> np.ndarray:
    """Height of a page in mm where plates of (box, height) add up, with flanks as a film has."""
    height = np.zeros((round(SIZE_MM[1] * PX_PER_MM), round(SIZE_MM[0] * PX_PER_MM)), np.float32)
    for (x, y, w, h), by in plates:
        rows = slice(round(y * PX_PER_MM), round((y + h) * PX_PER_MM))
        height[rows, round(x * PX_PER_MM) : round((x + w) * PX_PER_MM)] += by
    return np.asarray(cv2.GaussianBlur(height, (0, 0), 0.6))


def raked(height: np.ndarray, *paints: Paint, lamps: tuple[str, ...] = FOUR) -> PageView:
    """The page under raking lamps, whatever is painted on it."""
    down, across = np.gradient(height * PX_PER_MM)
    seen = []
    for name in lamps:
        x, y = TOWARDS[name]
        shade = np.clip(1 - COTANGENT * (across * x + down * y), 0, 3)[..., None]
        flat = light(name, PAPER, paints)
        seen.append(dataclasses.replace(flat, pixels=(flat.pixels * shade).astype(np.float32)))
    return page(*seen)


def margin(view: PageView) -> Measurement:
    (found,) = measure(view, None)
    assert isinstance(found, Measurement)
    return found


def test_a_flat_page_has_no_margin() -> None:
    ink: Paint = ((1.25, 1.25, 0.4, 85.0), (0.1, 0.1, 0.1))
    assert margin(raked(raised(), ink)).value < 0.0005


def test_a_margin_that_stands_up_is_as_high_as_it_is() -> None:
    found = margin(raked(raised((WHOLE, 0.008), (MIDDLE, -0.008))))
    assert found.value == pytest.approx(0.008 * COTANGENT, rel=0.2)
    assert found.details["from_side_mm"] == pytest.approx(1.25, abs=0.2)
    assert found.value - 2 * found.uncertainty > 0.015


def test_a_film_that_ends_before_the_page_does_is_no_such_margin() -> None:
    assert margin(raked(raised((MIDDLE, 0.03)))).value < 0.002


def test_an_embossed_frame_rises_and_falls_and_is_none() -> None:
    inner: BoxMm = (1.75, 1.75, SIZE_MM[0] - 3.5, SIZE_MM[1] - 3.5)
    assert margin(raked(raised((MIDDLE, 0.05), (inner, -0.05)))).value < 0.004


def test_an_edge_that_lifts_at_two_sides_is_not_counted() -> None:
    height = raised((WHOLE, 0.01), ((1.25, 0.0, SIZE_MM[0] - 2.5, SIZE_MM[1]), -0.01))
    assert margin(raked(height)).value < 0.002


def test_one_pair_of_lamps_tells_of_its_two_sides() -> None:
    height = raised((WHOLE, 0.008), (MIDDLE, -0.008))
    found = margin(raked(height, lamps=("oblique-n", "oblique-s")))
    assert set(str(found.details["sides"]).split(", ")) == {"top", "bottom"}
    assert found.value > 0.02


def test_lamps_stay_with_the_frame_when_the_page_is_turned() -> None:
    height = raised((WHOLE, 0.008), (MIDDLE, -0.008))
    upside_down = dataclasses.replace(raked(height), turn_deg=180.0)
    assert margin(upside_down).value < 0.002


@pytest.mark.parametrize("lamps", [(), ("oblique-n",), ("oblique-n", "oblique-e")])
def test_without_opposite_lamps_it_says_so(lamps: tuple[str, ...]) -> None:
    views: list[LightView] = [light(name, PAPER) for name in ("white", *lamps)]
    (found,) = measure(page(*views), None)
    assert isinstance(found, NotMeasured)
    assert (found.code, found.params) == ("no-light", {"light": "oblique"})
