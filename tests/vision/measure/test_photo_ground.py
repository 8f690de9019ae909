"""Print that runs on across the portrait's border, and print that ends there."""

from __future__ import annotations

import pytest

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.vision.measure_photo_background import measure as background
from docexam.vision.measure_uv_over_photo import measure as over

from .uv_pages import DULL, MOTIF, PAPER, Paint, light, page, patch

PORTRAIT = (5.0, 19.0, 33.0, 42.0)
GROUND = (0.35, 0.37, 0.38)
FACE: Paint = ((13.0, 30.0, 17.0, 31.0), (0.05, 0.06, 0.10))
BANDS = [((0.0, 24.0 + 8 * i, 60.0, 1.2), MOTIF) for i in range(3)]


def lines(start: float, end: float, tone: tuple[float, float, float]) -> list[Paint]:
    """Level lines of 0.25 mm, 1 mm apart, down the page."""
    return [((start, 15.0 + i, end - start, 0.25), tone) for i in range(52)]


def painted(*ground: Paint) -> list[Paint]:
    page_lines = lines(0.0, 60.0, (0.42, 0.40, 0.38))
    return [*page_lines, (PORTRAIT, GROUND), *ground, FACE]


def ratio(*ground: Paint) -> Measurement | NotMeasured:
    (found,) = background(page(light("white", PAPER, painted(*ground))), None)
    return found


def test_lines_that_run_on_below_the_portrait() -> None:
    found = ratio(*lines(5.0, 38.0, (0.30, 0.32, 0.34)))
    assert isinstance(found, Measurement)
    assert found.value > 0.5
    assert found.box_mm == pytest.approx(PORTRAIT, abs=0.6)


def test_lines_that_end_at_the_border() -> None:
    found = ratio()
    assert isinstance(found, Measurement)
    assert found.value + 2 * found.uncertainty < 0.15


def test_a_page_without_lines_says_so() -> None:
    (found,) = background(page(light("white", PAPER, [(PORTRAIT, GROUND), FACE])), None)
    assert isinstance(found, NotMeasured)
    assert found.code == "photo.no-lines"


def crossing(*paints: Paint) -> Measurement | NotMeasured:
    views = (light("white", PAPER, painted()), light("uv", DULL, paints, reference=patch(0.6)))
    (found,) = over(page(*views), None)
    return found


def test_fluorescent_print_that_runs_across_the_portrait() -> None:
    found = crossing(*BANDS)
    assert isinstance(found, Measurement)
    assert found.value > 0.9
    assert found.details["sides"] == 2


def test_fluorescent_print_that_ends_at_the_portrait() -> None:
    found = crossing(*BANDS, (PORTRAIT, DULL))
    assert isinstance(found, Measurement)
    assert found.value + 2 * found.uncertainty < 0.4


def test_a_frame_around_the_portrait_does_not_run_into_it() -> None:
    frame = ((2.0, 16.0, 39.0, 48.0), MOTIF)
    found = crossing(frame, (PORTRAIT, DULL))
    assert isinstance(found, NotMeasured)
    assert found.code == "photo.no-uv-print"


def test_without_portrait_or_light_they_say_so() -> None:
    blank = page(light("white", PAPER), light("uv", DULL))
    for measure in (over, background):
        (missed,) = measure(blank, None)
        assert isinstance(missed, NotMeasured)
        assert missed.code == "photo.not-found"
    (dark,) = over(page(light("white", PAPER)), None)
    assert isinstance(dark, NotMeasured)
    assert dark.params == {"light": "uv"}
