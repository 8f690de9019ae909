"""What becomes of a line that white light and infrared show differently."""

from __future__ import annotations

import numpy as np

from docexam.vision.read_viz_lights import lights_differ, told_apart
from docexam.vision.read_viz_text import NOTHING, ReadText
from docexam.vision.viz_lines import PX_PER_MM, TextLine, VizInk

WHITE, BEFORE = ReadText("24 MAR 1988", 0.93), ReadText("24 MAR 1989", 0.91)
LINE = TextLine((5.0, 5.0, 15.0, 2.0), 2.0, 9, 5.0)


def test_a_figure_that_infrared_shows_otherwise_is_told_with_both_readings() -> None:
    found = lights_differ(WHITE, ReadText("24 MAR 1988", 0.9), BEFORE)
    assert found is not None
    assert found[0].text == WHITE.text
    assert found[0].confidence > 0.95
    assert found[1] == BEFORE
    unconfirmed = lights_differ(WHITE, ReadText("24 MAR 1986", 0.7), BEFORE)
    assert unconfirmed is not None
    assert unconfirmed[0].confidence <= 0.75


def test_readings_that_do_not_surely_differ_in_a_character_or_two_are_not_told() -> None:
    other = ReadText(WHITE.text, 0.9)
    assert lights_differ(WHITE, other, ReadText(BEFORE.text, 0.7)) is None
    assert lights_differ(WHITE, other, NOTHING) is None
    assert lights_differ(WHITE, other, ReadText("Z4 MAR I988", 0.9)) is None
    assert lights_differ(WHITE, other, ReadText("24 MAI 1988", 0.9)) is not None
    assert lights_differ(ReadText("31 DEZ 1988", 0.9), other, ReadText("31 DEC 1988", 0.9)) is None
    assert lights_differ(WHITE, other, ReadText("12 OCT 1971", 0.9)) is None
    assert lights_differ(ReadText("ANNA 8", 0.9), other, ReadText("ANNA 9", 0.9)) is None


def _ink(*pieces: tuple[float, float, float, float]) -> VizInk:
    ink = np.zeros((round(14 * PX_PER_MM), round(30 * PX_PER_MM)), np.float32)
    for x, y, w, h in pieces:
        rows = slice(round(y * PX_PER_MM), round((y + h) * PX_PER_MM))
        ink[rows, round(x * PX_PER_MM) : round((x + w) * PX_PER_MM)] = 0.8
    return VizInk(ink, 0.8)


def test_a_stroke_within_the_line_is_as_high_as_a_letter_and_a_stamp_is_higher() -> None:
    letter, stroke, stamp = (8.0, 5.0, 0.3, 2.0), (8.3, 5.9, 0.8, 0.3), (8.2, 2.0, 0.4, 8.0)
    readings = (WHITE, BEFORE)
    before = _ink(letter)
    within = told_apart(readings, _ink(letter, stroke), before, LINE)
    assert within.confidence == WHITE.confidence / 2
    assert within.apart is not None
    assert within.apart.infrared == BEFORE.text
    assert 0.9 < within.apart.reach < 1.2
    over = told_apart(readings, _ink(letter, stamp), before, LINE)
    assert over.apart is not None
    assert over.apart.reach > 2.0
    same = told_apart(readings, before, before, LINE)
    assert same.apart is not None
    assert same.apart.reach == 0.0
