"""The glow of a page in units of office paper, with a patch and without one."""

from __future__ import annotations

import numpy as np
import pytest

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.vision.measure_uv_dullness import measure
from docexam.vision.zone_view import ZoneView

from .uv_pages import BRIGHT, DULL, MOTIF, light, page, patch

SHIPS = [((40.0 + 20 * i, 20.0, 9.0, 30.0), MOTIF) for i in range(3)]
ZONE = ZoneView("data", None, (), (6.0, 71.0, 111.0, 9.0), {})


def level(*found: Measurement | NotMeasured, name: str = "uv.page") -> Measurement:
    return next(each for each in found if isinstance(each, Measurement) and each.name == name)


@pytest.mark.parametrize("office", [0.4, 0.7])
def test_a_patch_gives_the_level_whatever_the_exposure(office: float) -> None:
    ground = tuple(np.array([1.25, 0.25, 0.1]) * 0.3 * office)
    found = level(*measure(page(light("uv", ground, SHIPS, reference=patch(office))), None))
    assert found.value == pytest.approx(0.3, abs=0.01)
    assert found.details["against"] == "patch"
    assert found.uncertainty < 0.05


def test_without_a_patch_dull_and_bright_are_told_apart_with_a_larger_uncertainty() -> None:
    dull = level(*measure(page(light("uv", DULL, SHIPS)), None))
    bright = level(*measure(page(light("uv", BRIGHT)), None))
    assert dull.value + dull.uncertainty < 0.12 < bright.value - 2 * bright.uncertainty
    assert bright.uncertainty > 0.15 * bright.value


def test_room_light_that_the_page_reflects_is_no_glow() -> None:
    lit = light("uv", (0.08, 0.08, 0.075), SHIPS, reference=patch(0.6))
    assert level(*measure(page(lit), None)).value < 0.02


@pytest.mark.parametrize("dark", [(0.0, 0.0, 0.0), (0.001, 0.0008, 0.0006)])
def test_a_dead_lamp_is_no_dull_page(dark: tuple[float, float, float]) -> None:
    for each in measure(page(light("uv", dark)), ZONE):
        assert isinstance(each, NotMeasured)
        assert (each.code, each.inconclusive) == ("uv.no-colour", True)
    burning = light("uv", dark, reference=patch(0.6))
    assert level(*measure(page(burning), None)).value < 0.01


def test_a_picture_that_shows_a_third_of_the_page_tells_nothing_of_it() -> None:
    part = light("uv", DULL, SHIPS)
    part.mask[:, part.mask.shape[1] // 3 :] = False
    for each in measure(page(part), None):
        assert isinstance(each, NotMeasured)
        assert each.inconclusive


def test_a_page_without_any_motif_is_told_by_the_uncertainty() -> None:
    """Nothing glows, no motif either: the two signs contradict each other."""
    found = level(*measure(page(light("uv", (0.008, 0.002, 0.001))), None))
    assert found.uncertainty > 0.5 * found.value


def test_a_bright_strip_under_the_zone_stands_apart() -> None:
    strip = ((4.0, 68.0, 117.0, 15.0), BRIGHT)
    views = light("uv", DULL, [*SHIPS, strip], reference=patch(0.6))
    apart = level(*measure(page(views), ZONE), name="uv.zone-apart")
    assert apart.value == pytest.approx(0.25 / 0.6, rel=0.1)
    genuine = light("uv", DULL, SHIPS, reference=patch(0.6))
    assert level(*measure(page(genuine), ZONE), name="uv.zone-apart").value < 0.01


def test_no_ultraviolet_and_a_grey_picture_say_so() -> None:
    missing = measure(page(light("white", DULL)), None)
    assert {each.code for each in missing if isinstance(each, NotMeasured)} == {"no-light"}
    grey = light("uv", DULL)
    object.__setattr__(grey, "pixels", grey.pixels[..., 0])
    for each in measure(page(grey), None):
        assert isinstance(each, NotMeasured)
        assert each.code == "uv.no-colour"
        assert each.inconclusive
