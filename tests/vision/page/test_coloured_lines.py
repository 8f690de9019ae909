"""Rows of coloured letters are whole, though a printed ground touches the first of them."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from docexam.vision.coloured_lines import coloured_lines
from tests.vision.measure.ir_pages import PX_PER_MM, page

SHAPE = (round(88 * PX_PER_MM), round(125 * PX_PER_MM))
LEFT_MM, FOOT_MM = 60.0, 40.0
RED, GREEN = (0.08, 0.12, 0.9), (0.85, 0.9, 0.85)


def _row(text: str, ground: tuple[tuple[float, float, float, float], ...]) -> tuple[float, float]:
    """Left and right of the one coloured row of a page with a red number over green strokes."""
    ink, pale = np.zeros(SHAPE, np.uint8), np.zeros(SHAPE, np.uint8)
    at = round(LEFT_MM * PX_PER_MM), round(FOOT_MM * PX_PER_MM)
    cv2.putText(ink, text, at, cv2.FONT_HERSHEY_SIMPLEX, 1.1, 255, 3, cv2.LINE_AA)
    for x, y, to_x, to_y in ground:
        points = np.rint(np.array([(x, y), (to_x, to_y)]) * PX_PER_MM).astype(int)
        cv2.line(pale, points[0], points[1], 255, 3, cv2.LINE_AA)
    red, green = (
        cv2.GaussianBlur(each.astype(np.float32) / 255, (0, 0), 0.04 * PX_PER_MM)[..., None]
        for each in (ink, pale)
    )
    # a relief, dark enough to pass for ink of the search, and paler than the number
    white = 0.8 * (1 - green * (1 - np.array((0.45, 0.5, 0.45), np.float32)))
    white = white * (1 - red * (1 - np.array(RED, np.float32)))
    shown = page(np.full(SHAPE, 0.8, np.float32), white[..., 0].astype(np.float32))
    light = replace(shown.lights["white"], pixels=white.astype(np.float32))
    shown = replace(shown, lights={**shown.lights, "white": light})
    (found,) = coloured_lines(shown, 60.0, [])
    x, _, w, _ = found.line.box_mm
    return x, x + w


@pytest.mark.parametrize(
    "ground",
    [
        ((58.0, 36.5, 63.0, 41.5), (57.0, 38.0, 62.0, 43.0)),  # over the first letter
        ((71.0, 36.0, 76.5, 42.0), (74.0, 36.0, 79.0, 42.0)),  # over the last ones
    ],
)
def test_a_row_keeps_the_letters_that_a_paler_ground_touches(
    ground: tuple[tuple[float, float, float, float], ...],
) -> None:
    bare = _row("FX075097", ())
    assert _row("FX075097", ground) == pytest.approx(bare, abs=0.6)


def test_a_row_takes_in_no_ground_where_no_letter_is() -> None:
    bare = _row("FX075097", ())
    beside = ((57.5, 36.0, 57.5, 44.0), (58.6, 36.0, 58.6, 44.0))
    assert _row("FX075097", beside) == pytest.approx(bare, abs=0.6)


def test_a_q_at_the_front_belongs_to_its_row_though_it_hangs_below() -> None:
    left, _ = _row("QU092452", ((58.0, 36.5, 63.0, 41.5), (57.0, 38.0, 62.0, 43.0)))
    assert left == pytest.approx(LEFT_MM, abs=1.0)
