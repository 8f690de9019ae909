"""A portrait that glows, fields that glow, and where the portrait is found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.vision.measure_uv_places import measure
from docexam.vision.photo_place import find_portrait

from .uv_pages import DULL, MOTIF, PAPER, Paint, light, page, patch

PORTRAIT = (5.0, 19.0, 33.0, 42.0)
FACE = (12.0, 28.0, 18.0, 33.0)
PICTURE = [(PORTRAIT, (0.35, 0.38, 0.40)), (FACE, (0.05, 0.06, 0.10))]
SHIPS = [((60.0, 20.0, 30.0, 30.0), MOTIF)]
PHOTO_PAPER = (0.15, 0.03, 0.01)


def photo_apart(*glowing: Paint) -> Measurement | NotMeasured:
    views = (
        light("white", PAPER, PICTURE),
        light("uv", DULL, [*SHIPS, *glowing], reference=patch(0.6)),
    )
    return next(each for each in measure(page(*views), None) if each.name == "uv.photo-apart")


def test_the_portrait_is_found_by_its_border() -> None:
    found = find_portrait(page(light("white", PAPER, PICTURE)), None)
    assert found == pytest.approx(PORTRAIT, abs=0.6)


def test_a_page_without_a_portrait_has_none() -> None:
    words = [((45.0, 20.0 + 6 * i, 30.0, 2.0), (0.05, 0.05, 0.05)) for i in range(6)]
    blank = page(light("white", PAPER, words), light("uv", DULL))
    assert find_portrait(blank, None) is None
    missed = next(each for each in measure(blank, None) if each.name == "uv.photo-apart")
    assert isinstance(missed, NotMeasured)
    assert missed.code == "photo.not-found"


def test_a_photograph_on_photo_paper_glows_and_a_printed_one_does_not() -> None:
    printed = photo_apart()
    assert isinstance(printed, Measurement)
    assert printed.value < 0.02
    glued = photo_apart((PORTRAIT, PHOTO_PAPER), (FACE, DULL))
    assert isinstance(glued, Measurement)
    assert glued.value - 2 * glued.uncertainty > 0.1
    assert glued.box_mm == pytest.approx(PORTRAIT, abs=0.6)


def test_lines_across_the_portrait_are_no_glow_of_it() -> None:
    lines = [((4.0, 18.0 + 2 * row, 35.0, 0.6), PHOTO_PAPER) for row in range(22)]
    found = photo_apart(*lines)
    assert isinstance(found, Measurement)
    assert found.value < 0.02


def test_a_motif_over_a_part_of_the_portrait_is_no_glow_of_it() -> None:
    wave = ((2.0, 50.0, 121.0, 9.0), PHOTO_PAPER)
    found = photo_apart(wave)
    assert isinstance(found, Measurement)
    assert found.value < 0.02


def test_a_page_without_white_light_says_so() -> None:
    found = measure(page(light("uv", DULL)), None)
    assert {each.code for each in found if isinstance(each, NotMeasured)} == {"no-light"}


def test_a_portrait_without_a_border_is_found_by_head_and_shoulders() -> None:
    head: Paint = ((14.0, 20.0, 15.0, 30.0), (0.10, 0.10, 0.10))
    shoulders: Paint = ((6.0, 50.0, 31.0, 10.0), (0.05, 0.05, 0.05))
    found = find_portrait(page(light("white", PAPER, [head, shoulders])), None)
    assert found is not None
    x, y, w, h = found
    assert (x, x + w, y + h) == pytest.approx((6.0, 37.0, 60.0), abs=0.8)
    assert h / w == pytest.approx(45 / 35, abs=0.1)


def test_a_printed_frame_around_such_a_portrait_is_not_its_border() -> None:
    frame: list[Paint] = [((2.5, 14.0, 38.0, 48.5), (0.40,) * 3), ((3.0, 14.5, 37.0, 47.5), PAPER)]
    figure: list[Paint] = [
        ((14.0, 20.0, 15.0, 30.0), (0.10, 0.10, 0.10)),
        ((6.0, 50.0, 31.0, 10.0), (0.05, 0.05, 0.05)),
    ]
    found = find_portrait(page(light("white", PAPER, [*frame, *figure])), None)
    assert found is not None
    assert (found[0], found[0] + found[2]) == pytest.approx((6.0, 37.0), abs=0.8)


def at_right(paint: Paint) -> Paint:
    """The same on the other side of a page that is 125 mm wide."""
    (x, y, w, h), level = paint
    return ((125.0 - x - w, y, w, h), level)


def test_a_portrait_at_the_right_of_a_card_is_found_where_the_left_shows_none() -> None:
    ground: Paint = ((5.0, 19.0, 33.0, 42.0), (0.35, 0.38, 0.40))
    head: Paint = ((14.0, 25.0, 15.0, 28.0), (0.05, 0.06, 0.10))
    shoulders: Paint = ((6.0, 50.0, 31.0, 11.0), (0.05, 0.06, 0.10))
    person = [ground, head, shoulders]
    ship: Paint = ((10.0, 22.0, 28.0, 36.0), MOTIF)
    passport = page(light("white", PAPER, [ship, *map(at_right, person)]))
    found = find_portrait(replace(passport, format="TD2"), None)
    assert found == pytest.approx(at_right(ground)[0], abs=0.8)
    # passports and visas have it nowhere else than at the left
    left = find_portrait(passport, None)
    assert left is not None
    assert left[0] < 14
    # and the left, where Doc 9303 has it, comes first
    both = page(light("white", PAPER, [*person, *map(at_right, person)]))
    assert find_portrait(both, None) == pytest.approx(ground[0], abs=0.8)


def test_a_pale_motif_at_the_right_is_no_portrait() -> None:
    ship: Paint = ((92.0, 19.0, 28.0, 36.0), MOTIF)
    assert find_portrait(page(light("white", PAPER, [ship])), None) is None


def test_a_glow_of_the_pale_ground_is_seen_however_much_of_the_portrait_is_dark() -> None:
    dark: Paint = ((8.5, 22.5, 26.0, 38.5), (0.05, 0.06, 0.10))
    views = (
        light("white", PAPER, [PICTURE[0], dark]),
        light(
            "uv", DULL, [*SHIPS, (PORTRAIT, (0.06, 0.012, 0.005)), (dark[0], DULL)],
            reference=patch(0.6),
        ),
    )  # fmt: skip
    measured = {each.name: each for each in measure(page(*views), None)}
    border = measured["uv.photo-apart.border"]
    assert isinstance(border, Measurement)
    assert border.value == pytest.approx((0.048 - 0.009) / 0.6, rel=0.2)
    assert border.value - 2 * border.uncertainty > 0.025
