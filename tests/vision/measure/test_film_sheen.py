"""How much of coaxial light the surface sends back, on the page and on its portrait."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np
import pytest

from docexam.nouns.measurement import BoxMm, Measurement, NotMeasured
from docexam.vision.measure_film_sheen import measure

from .uv_pages import PAPER, PX_PER_MM, Paint, light, page

if TYPE_CHECKING:
    from docexam.vision.page import LightView, PageView

PORTRAIT: BoxMm = (5.0, 19.0, 33.0, 42.0)
TEXT: list[Paint] = [
    ((x, y, 9.0, 1.2), (0.03, 0.03, 0.03)) for x in (45.0, 70.0, 95.0) for y in range(8, 60, 5)
]
FACE: list[Paint] = [
    (PORTRAIT, (0.30, 0.32, 0.34)),
    ((12.0, 28.0, 18.0, 33.0), (0.04,) * 3),
    ((16.0, 33.0, 10.0, 14.0), (0.18,) * 3),
]


def seen(film: float, portrait: float | None = None) -> PageView:
    """A page of which the surface sends back `film`, where print and paper give 0.35 of white."""
    white = light("white", PAPER, [*FACE, *TEXT])
    surface = np.full(white.pixels.shape, film, np.float32)
    if portrait is not None:
        x, y, w, h = (round(part * PX_PER_MM) for part in PORTRAIT)
        surface[y : y + h, x : x + w] = portrait
    pixels = (0.35 * white.pixels + surface).astype(np.float32)
    return page(white, dataclasses.replace(white, light="coaxial", pixels=np.clip(pixels, 0, 1)))


def values(view: PageView) -> dict[str, Measurement]:
    return {each.name: each for each in measure(view, None) if isinstance(each, Measurement)}


@pytest.mark.parametrize("film", [0.0, 0.1, 0.3, 0.6])
def test_the_sheen_is_the_share_that_comes_from_the_surface(film: float) -> None:
    found = values(seen(film))["film.sheen"]
    assert found.value == pytest.approx(film / (film + 0.35 * PAPER[0]), abs=0.03)


def test_a_portrait_under_the_film_shines_as_its_page() -> None:
    found = values(seen(0.3))["film.sheen-photo"]
    assert abs(found.value) < 0.05
    assert found.box_mm == pytest.approx(PORTRAIT, abs=0.8)


def test_a_portrait_glued_over_the_film_does_not() -> None:
    found = values(seen(0.3, portrait=0.05))["film.sheen-photo"]
    assert found.value + 2 * found.uncertainty < -0.2


def test_without_film_there_is_nothing_to_break() -> None:
    assert values(seen(0.02, portrait=0.0))["film.sheen-photo"].value > -0.15


def test_a_page_without_dark_print_leaves_it_open() -> None:
    views: list[LightView] = [light(name, PAPER) for name in ("white", "coaxial")]
    found = measure(page(*views), None)
    assert [type(each) for each in found] == [NotMeasured, NotMeasured]
    assert all(isinstance(each, NotMeasured) and each.inconclusive for each in found)


@pytest.mark.parametrize(("has", "lacks"), [("white", "coaxial"), ("coaxial", "white")])
def test_without_its_lights_it_says_so(has: str, lacks: str) -> None:
    for each in measure(page(light(has, PAPER)), None):
        assert isinstance(each, NotMeasured)
        assert (each.code, each.params) == ("no-light", {"light": lacks})
