"""Steps along the portrait's border in raking light."""

from __future__ import annotations

import dataclasses

import pytest

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.vision.measure_photo_edge import measure

from .uv_pages import PAPER, Paint, light, page

PORTRAIT = (5.0, 19.0, 33.0, 42.0)
PRINT: list[Paint] = [(PORTRAIT, (0.35, 0.38, 0.40)), ((12.0, 28.0, 18.0, 33.0), (0.05,) * 3)]
LIT: Paint = ((5.0, 18.9, 33.0, 0.3), (0.8, 0.8, 0.8))
SHADE: Paint = ((5.0, 60.8, 33.0, 0.3), (0.1, 0.1, 0.1))


def relief(*paints: Paint, turn_deg: float = 0.0, lamp: str = "oblique-n") -> Measurement:
    seen = page(light("white", PAPER, PRINT), light(lamp, PAPER, [*PRINT, *paints]))
    (found,) = measure(dataclasses.replace(seen, turn_deg=turn_deg), None)
    assert isinstance(found, Measurement)
    return found


def test_flat_print_shows_no_step() -> None:
    assert relief().value < 0.02


def test_a_raised_photograph_is_bright_towards_the_lamp_and_dark_behind() -> None:
    found = relief(LIT, SHADE)
    assert found.value - 2 * found.uncertainty > 0.1
    assert found.box_mm == pytest.approx(PORTRAIT, abs=0.6)


def test_one_bright_line_is_no_step() -> None:
    """A frame printed along one side, or a reflection, does not look like a plate."""
    assert relief(LIT).value < 0.02


def test_a_sunk_border_counts_too() -> None:
    dark_first: Paint = (LIT[0], SHADE[1])
    bright_last: Paint = (SHADE[0], LIT[1])
    assert relief(dark_first, bright_last).value > 0.1


@pytest.mark.parametrize(("turn_deg", "seen"), [(180.0, True), (0.0, True), (90.0, False)])
def test_the_lamp_stays_with_the_frame_when_the_page_is_turned(turn_deg: float, seen: bool) -> None:
    assert (relief(LIT, SHADE, turn_deg=turn_deg).value > 0.1) is seen


def test_without_raking_light_it_says_so() -> None:
    (found,) = measure(page(light("white", PAPER, PRINT)), None)
    assert isinstance(found, NotMeasured)
    assert (found.code, found.params) == ("no-light", {"light": "oblique"})


def test_without_a_portrait_it_says_so() -> None:
    (found,) = measure(page(light("white", PAPER), light("oblique-n", PAPER)), None)
    assert isinstance(found, NotMeasured)
    assert found.code == "photo.not-found"
