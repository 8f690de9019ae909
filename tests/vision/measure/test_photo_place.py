"""Size, place and turn of a portrait's border, painted in literal millimetres."""

from __future__ import annotations

import dataclasses

import cv2
import numpy as np
import pytest

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.vision.measure_photo_place import NAMES, measure

from .uv_pages import PAPER, PX_PER_MM, Paint, light, page

PORTRAIT = (5.0, 19.0, 33.0, 42.0)
PRINT: list[Paint] = [(PORTRAIT, (0.30, 0.32, 0.34)), ((14.0, 28.0, 15.0, 33.0), (0.05,) * 3)]


def measured(turn_deg: float = 0.0, paints: list[Paint] | None = None) -> dict[str, Measurement]:
    view = light("white", PAPER, PRINT if paints is None else paints)
    middle = (21.5 * PX_PER_MM, 40.0 * PX_PER_MM)
    turn = cv2.getRotationMatrix2D(middle, -turn_deg, 1.0)
    pixels = cv2.warpAffine(
        view.pixels, turn, view.pixels.shape[1::-1], flags=cv2.INTER_AREA, borderValue=(*PAPER, 0)
    )
    seen = page(dataclasses.replace(view, pixels=np.asarray(pixels, np.float32)))
    found = measure(dataclasses.replace(seen, anchor="outline"), None)
    assert {each.name for each in found} == set(NAMES)
    return {each.name: each for each in found if isinstance(each, Measurement)}


def test_a_border_is_measured_in_millimetres() -> None:
    found = measured()
    assert found["portrait.width"].value == pytest.approx(33.0, abs=0.2)
    assert found["portrait.height"].value == pytest.approx(42.0, abs=0.2)
    assert found["portrait.left"].value == pytest.approx(5.0, abs=0.2)
    assert found["portrait.skew"].value == pytest.approx(0.0, abs=0.1)
    assert found["portrait.width"].box_mm == pytest.approx(PORTRAIT, abs=0.3)


@pytest.mark.parametrize("turn_deg", [1.2, -1.2])
def test_a_photograph_that_lies_askew_is_turned_by_as_much(turn_deg: float) -> None:
    skew = measured(turn_deg)["portrait.skew"]
    assert skew.value == pytest.approx(1.2, abs=0.15)
    assert skew.uncertainty < 0.2


def test_a_portrait_on_the_pages_own_ground_has_no_size() -> None:
    head: list[Paint] = [
        ((14.0, 24.0, 14.0, 18.0), (0.05,) * 3),
        ((8.0, 44.0, 26.0, 14.0), (0.05,) * 3),
    ]
    found = measured(paints=head)
    assert "portrait.width" not in found


def test_without_white_or_a_portrait_it_says_why() -> None:
    dark = measure(page(light("ir", PAPER)), None)
    bare = measure(page(light("white", PAPER)), None)
    for found, code in ((dark, "no-light"), (bare, "photo.not-found")):
        assert all(isinstance(each, NotMeasured) and each.code == code for each in found)
