"""What other readings of one line make of its surety."""

from __future__ import annotations

import pytest

from docexam.vision.read_viz_text import NOTHING, ReadText
from docexam.vision.read_viz_weighing import LONE, weighed, weighed_colour

RIGHT, WRONG = "X1234567", "X1234561"


def test_a_second_reading_that_agrees_makes_a_line_surer() -> None:
    light, read = weighed([("white", ReadText(RIGHT, 0.7)), ("ir", ReadText(RIGHT, 0.9))], NOTHING)
    assert (light, read.text) == ("ir", RIGHT)
    assert read.confidence > 0.95
    _, apart = weighed([("white", ReadText(RIGHT, 0.9))], ReadText(WRONG, 0.8))
    assert apart.confidence <= LONE / 2


def test_two_sizes_of_one_coloured_picture_are_no_witnesses_for_each_other() -> None:
    twice = [ReadText(WRONG, 0.9), ReadText(WRONG, 0.85)]
    assert weighed_colour(twice, [NOTHING, NOTHING], NOTHING).confidence <= LONE
    by_both = weighed_colour(twice, [ReadText(WRONG, 0.6), ReadText(WRONG, 0.5)], NOTHING)
    assert by_both.text == WRONG
    assert by_both.confidence == pytest.approx(1 - 0.1 * 0.4)


def test_a_size_that_surely_says_otherwise_leaves_a_coloured_line_unsure() -> None:
    own = [ReadText(WRONG, 0.95), ReadText(RIGHT, 0.9)]
    other = [ReadText(WRONG, 0.9), NOTHING]
    read = weighed_colour(own, other, NOTHING)
    assert (read.text, read.confidence) == (WRONG, LONE)


def test_another_light_confirms_a_coloured_number_that_other_data_cannot_read() -> None:
    own = [ReadText("64Y114115", 0.88), ReadText("64Y114115", 0.83)]
    other = [ReadText("64Y1I14115", 0.44), ReadText("64Y1I14115", 0.49)]
    assert weighed_colour(own, other, NOTHING).confidence <= LONE
    assert weighed_colour(own, other, ReadText("64Y114115", 0.6)).confidence > LONE
    assert weighed_colour(own, other, ReadText("64Y114775", 0.9)).confidence < LONE
