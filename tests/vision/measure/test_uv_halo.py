"""A line of text in a blotch that glows, and what only looks like one."""

from __future__ import annotations

import pytest

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.vision.measure_uv_halo import measure

from .uv_pages import DULL, PAPER, Paint, light, page, patch

BLACK = (0.02, 0.02, 0.02)
BLOTCH = (0.06, 0.012, 0.006)


def text(x: float, y: float, letters: int = 12) -> list[Paint]:
    """Upright strokes of 0.7 mm, 1.3 mm apart and 2.4 mm high."""
    return [((x + 1.3 * i, y, 0.7, 2.4), BLACK) for i in range(letters)]


LINES = [*text(44, 20), *text(44, 30), *text(80, 30), *text(44, 40)]


def halo(*glowing: Paint, lines: list[Paint] = LINES) -> Measurement | NotMeasured:
    quenched = [(box, (0.002, 0.001, 0.001)) for box, _ in lines]
    seen = page(
        light("white", PAPER, lines), light("uv", DULL, [*glowing, *quenched], reference=patch(0.6))
    )
    (found,) = measure(seen, None)
    return found


def level(*glowing: Paint) -> Measurement:
    found = halo(*glowing)
    assert isinstance(found, Measurement)
    return found


def test_a_plain_page_has_no_halo() -> None:
    found = level()
    assert found.value < 0.004
    assert found.details["lines"] == 4


def test_a_blotch_around_one_line_is_found_where_it_is() -> None:
    found = level(((42.0, 28.0, 19.0, 6.4), BLOTCH))
    assert found.value == pytest.approx((0.048 - 0.009) / 0.6, rel=0.15)
    assert float(found.details["around"]) > 0.9
    assert float(found.details["beyond"]) < 0.05
    x, y, w, h = found.box_mm
    assert (x, y) == pytest.approx((41.0, 27.0), abs=0.3)
    assert (x + w, y + h) == pytest.approx((62.0, 35.4), abs=0.5)


def test_print_that_runs_on_to_one_side_is_no_halo() -> None:
    band = ((42.0, 28.0, 80.0, 6.4), BLOTCH)
    assert level(band).value < 0.004


def test_green_print_around_a_line_is_no_halo() -> None:
    assert level(((42.0, 28.0, 19.0, 6.4), (0.05, 0.35, 0.04))).value < 0.004


def test_a_glow_on_one_half_of_a_line_is_told_apart_from_one_around_it() -> None:
    found = level(((42.0, 28.0, 19.0, 3.2), BLOTCH))
    assert found.value < 0.004 or float(found.details["around"]) < 0.6


def test_a_page_without_text_and_one_without_light_say_so() -> None:
    blank = halo(lines=[])
    assert isinstance(blank, NotMeasured)
    assert blank.code == "halo.no-text"
    (dark,) = measure(page(light("white", PAPER)), None)
    assert isinstance(dark, NotMeasured)
    assert (dark.code, dark.params) == ("no-light", {"light": "uv"})


def test_a_motif_with_branches_reaches_beyond_the_line() -> None:
    arms: list[Paint] = [((50.0, 22.0, 6.0, 20.0), BLOTCH), ((36.0, 29.5, 33.0, 3.0), BLOTCH)]
    found = level(((42.0, 28.0, 19.0, 6.4), BLOTCH), *arms)
    assert found.value < 0.004 or float(found.details["beyond"]) > 0.2
