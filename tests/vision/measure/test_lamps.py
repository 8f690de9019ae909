"""What pictures tell of their lamps: painted pages, exchanged, given twice, or without light."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from docexam.nouns.measurement import Measurement
from docexam.vision.measure_lamps import measure
from tests.vision.measure.uv_pages import DULL, MOTIF, light, page

if TYPE_CHECKING:
    from docexam.vision.page import LightView

PAPER = (0.5, 0.5, 0.5)
RED, GREEN, BLACK = (0.1, 0.1, 0.45), (0.15, 0.4, 0.15), (0.03, 0.03, 0.03)
A, B, C = (10.0, 10.0, 30.0, 20.0), (60.0, 10.0, 30.0, 20.0), (10.0, 60.0, 60.0, 6.0)
WHITE = [(A, RED), (B, GREEN), (C, BLACK)]


def grey(view: LightView) -> LightView:
    """As an infrared picture is kept."""
    weights = np.array([0.114, 0.587, 0.299], np.float32)
    return replace(view, pixels=np.asarray(view.pixels @ weights, np.float32))


def lamps(*lights: LightView) -> dict[str, Measurement]:
    found = measure(page(*lights), None)
    assert all(isinstance(each, Measurement) for each in found)
    return {each.name: each for each in found if isinstance(each, Measurement)}


def genuine() -> tuple[LightView, LightView, LightView]:
    white = light("white", PAPER, WHITE)
    infrared = grey(light("ir", PAPER, [(B, (0.45, 0.45, 0.45)), (C, BLACK)]))
    return white, infrared, light("uv", DULL, [((50.0, 40.0, 20.0, 10.0), MOTIF)])


def test_infrared_loses_coloured_print_and_ultraviolet_outshines_the_sheet() -> None:
    known = lamps(*genuine())
    print_ = known["lamp.ir-print"]
    # two boxes of 30 x 20 mm on 121 x 84 mm of page that is looked at
    assert print_.details["coloured"] == pytest.approx(1200 / 10164, abs=0.01)
    assert float(print_.details["kept"]) < 0.1
    assert print_.value > 0.5
    assert float(print_.details["hues"]) > 0.2
    shining = known["lamp.outshines.uv-white"]
    assert shining.value == pytest.approx(200 / 10164, abs=0.003)
    assert float(shining.details["neutral"]) < 0.5
    assert known["lamp.level.white"].value == pytest.approx(0.5, abs=0.01)
    assert min(v.value for k, v in known.items() if k.startswith("lamp.alike")) > 0.05


def test_a_white_picture_in_place_of_infrared_keeps_every_colour() -> None:
    white, _, uv = genuine()
    print_ = lamps(white, grey(light("ir", PAPER, WHITE)), uv)["lamp.ir-print"]
    assert print_.value < 0.05
    assert float(print_.details["kept"]) > 0.99


def test_one_picture_given_twice_is_alike() -> None:
    white, infrared, _ = genuine()
    known = lamps(white, infrared, replace(white, light="uv"))
    assert known["lamp.alike.white-uv"].value == 0.0
    assert known["lamp.outshines.uv-white"].value == 0.0
    assert float(known["lamp.outshines.uv-white"].details["neutral"]) > 0.95


def test_exchanged_white_and_infrared_gain_print() -> None:
    white, infrared, uv = genuine()
    swapped = replace(infrared, light="white"), replace(grey(white), light="ir"), uv
    details = lamps(*swapped)["lamp.ir-print"].details
    assert details["coloured"] == 0.0
    assert float(details["gained"]) > 0.05
    assert float(details["lost"]) < 0.01


def test_print_of_one_hue_is_told() -> None:
    one = light("white", PAPER, [(A, RED), (C, BLACK)])
    known = lamps(one, grey(replace(one, light="ir")))
    assert float(known["lamp.ir-print"].details["hues"]) < 0.1


def test_a_dark_picture_has_no_level() -> None:
    white, infrared, _ = genuine()
    assert lamps(white, infrared, light("uv", (0.0, 0.0, 0.0)))["lamp.level.uv"].value < 0.002


def test_too_little_of_a_page_says_nothing() -> None:
    white = light("white", PAPER, WHITE)
    mask = np.zeros_like(white.mask)
    mask[:20] = True
    assert measure(page(replace(white, mask=mask)), None) == []
