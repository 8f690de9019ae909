"""Broad print in colour across the text, and what is none: guilloches, black text, grey."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from docexam.vision.overprint import LONG_MM, overprint, overprinted_share
from tests.vision.measure.ir_pages import PX_PER_MM, page

if TYPE_CHECKING:
    from docexam.vision.page import PageView

SHAPE = (round(88 * PX_PER_MM), round(125 * PX_PER_MM))
WHERE = (50.0, 30.0, 30.0, 6.0)
PLUM, BLACK = (0.55, 0.85, 0.7), (0.9, 0.9, 0.9)


def _seen(ink: np.ndarray, colour: tuple[float, float, float]) -> PageView:
    paper = np.full(SHAPE, 0.8, np.float32)
    white = paper[..., None] * (1 - np.array(colour, np.float32) * ink[..., None])
    shown = page(paper, paper)
    lights = {
        **shown.lights,
        "white": replace(shown.lights["white"], pixels=white.astype(np.float32)),
    }
    return replace(shown, lights=lights)


def _strokes(width_mm: float, step_mm: float) -> np.ndarray:
    """Upright strokes over WHERE."""
    ink = np.zeros(SHAPE, np.uint8)
    x, y, w, h = WHERE
    for left in np.arange(x, x + w, step_mm):
        sides = (left, left + width_mm, y, y + h)
        begin, end, top, low = (round(float(side) * PX_PER_MM) for side in sides)
        ink[top:low, begin:end] = 1
    return cv2.GaussianBlur(ink.astype(np.float32), (0, 0), 0.05 * PX_PER_MM)


@pytest.mark.parametrize(
    ("width_mm", "step_mm", "colour", "least", "most"),
    [
        (0.9, 3.0, PLUM, 0.5, 1.0),  # capitals of SPECIMEN, and beside them
        (4.0, 10.0, PLUM, 0.4, 0.8),  # the solid part of a stamp
        (0.12, 0.8, PLUM, 0.0, 0.0),  # a guilloche
        (0.4, 2.0, BLACK, 0.0, 0.0),  # text
        (30.0, 40.0, (0.5, 0.5, 0.5), 0.0, 0.0),  # a grey picture
    ],
)
def test_broad_print_in_colour_is_found_and_nothing_else(
    width_mm: float, step_mm: float, colour: tuple[float, float, float], least: float, most: float
) -> None:
    shown = _seen(_strokes(width_mm, step_mm), colour)
    assert least <= overprinted_share(shown, WHERE) <= most
    mask, scale = overprint(shown)
    assert mask.shape == tuple(round(side * scale) for side in (88, 125))
    assert overprinted_share(shown, (5.0, 5.0, 30.0, 20.0)) == 0.0


def test_a_pen_in_colour_within_a_character_is_no_overprint_of_its_field() -> None:
    pen = np.zeros(SHAPE, np.uint8)
    box = [round(part * PX_PER_MM) for part in (60.0, 31.0, 62.0, 31.6)]
    pen[box[1] : box[3], box[0] : box[2]] = 1
    shown = _seen(cv2.GaussianBlur(pen.astype(np.float32), (0, 0), 0.05 * PX_PER_MM), PLUM)
    assert overprint(shown)[0].any()
    assert overprinted_share(shown, WHERE) == 0.0
    assert not overprint(shown, LONG_MM)[0].any()


def test_a_page_in_grey_and_a_box_beyond_it_have_none() -> None:
    grey = page(None, np.full(SHAPE, 0.8, np.float32))
    one = replace(grey.lights["white"], pixels=np.full(SHAPE, 0.8, np.float32))
    assert not overprint(replace(grey, lights={"white": one}))[0].any()
    assert overprinted_share(grey, (130.0, 90.0, 5.0, 5.0)) == 0.0
    assert overprinted_share(_seen(_strokes(0.9, 3.0), PLUM), (50.0, -9.0, 30.0, 4.0)) == 0.0
