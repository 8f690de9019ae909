"""A stroke added to one character, and what else may lie over a text: stamps, notes, dirt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.vision.added_strokes import ink_stroke
from docexam.vision.text_rows import dark_rows
from tests.vision.measure.ir_pages import PX_PER_MM, page, zone

if TYPE_CHECKING:
    from docexam.vision.page import PageView

SHAPE = (round(88 * PX_PER_MM), round(125 * PX_PER_MM))
TEXTS = (("LINDQVIST", 20.0), ("14 08 1974", 30.0), ("UTO", 40.0))
LEFT_MM = 45.0
STAYS, GONE = 0.95, 0.04
BLACK, BLUE = (1.0, 1.0, 1.0), (0.45, 0.8, 1.0)


def _drawn(*strokes: tuple[tuple[float, float], ...], width_mm: float = 0.35) -> np.ndarray:
    ink = np.zeros(SHAPE, np.uint8)
    for points in strokes:
        line = np.rint(np.array(points) * PX_PER_MM * 16).astype(np.int32)
        thick = round(width_mm * PX_PER_MM)
        cv2.polylines(ink, [line], False, 255, thick, cv2.LINE_AA, 4)
    return _lens(ink)


def _lens(ink: np.ndarray) -> np.ndarray:
    return cv2.GaussianBlur(ink.astype(np.float32) / 255, (0, 0), 0.05 * PX_PER_MM)


def _text() -> np.ndarray:
    ink = np.zeros(SHAPE, np.uint8)
    for text, y in TEXTS:
        at = (round(LEFT_MM * PX_PER_MM), round(y * PX_PER_MM))
        cv2.putText(ink, text, at, cv2.FONT_HERSHEY_SIMPLEX, 1.0, 255, 3, cv2.LINE_AA)
    return _lens(ink)


def _seen(
    over: np.ndarray, colour: tuple[float, float, float] = BLACK, text_in_ir: float = STAYS
) -> PageView:
    """The texts, and over them something that infrared does not show."""
    ink = _text()
    white = np.full((*SHAPE, 3), 0.8, np.float32) * (1 - 0.95 * ink[..., None])
    white *= 1 - 0.95 * np.array(colour, np.float32) * over[..., None]
    ir = np.full(SHAPE, 0.8, np.float32) * (1 - text_in_ir * ink) * (1 - GONE * over)
    shown = page(ir, white[..., 0])
    return _with_white(shown, white)


def _with_white(shown: PageView, white: np.ndarray) -> PageView:
    lights = {**shown.lights, "white": replace(shown.lights["white"], pixels=white)}
    return replace(shown, lights=lights)


def _found(*args: Any, **more: Any) -> Measurement | NotMeasured:
    return ink_stroke(_seen(*args, **more), None)


def _last_figure() -> tuple[float, float, float, float]:
    """The box of the last figure of the date, from the rows themselves."""
    rows = dark_rows(_seen(np.zeros(SHAPE, np.float32)), None)
    row = max((row for row in rows if abs(sum(row.box_mm[1::2]) - 30.0) < 0.5),
              key=lambda row: row.box_mm[0])  # fmt: skip
    x, y, w, h = row.box_mm
    return x + w - 1.4, y, 1.4, h


def test_rows_are_found_without_being_read_and_without_captions() -> None:
    rows = dark_rows(_seen(np.zeros(SHAPE, np.float32)), None)
    bottoms = sorted({round(row.box_mm[1] + row.box_mm[3]) for row in rows})
    assert bottoms == [20, 30, 40]
    ink = np.zeros(SHAPE, np.float32)
    assert dark_rows(page(ink + 0.8, ink + 0.8), None) == ()
    below = dark_rows(page(ink + 0.8, 0.8 * (1 - 0.95 * _text())), zone(_text()))
    assert {round(row.box_mm[1] + row.box_mm[3]) for row in below} == {20, 30, 40}


def test_one_ink_has_no_stroke() -> None:
    none = _found(np.zeros(SHAPE, np.float32))
    assert isinstance(none, Measurement)
    assert none.value < 0.005
    assert none.details["rows"] >= 3


def test_a_stroke_within_one_character_is_found_there() -> None:
    x, y, w, h = _last_figure()
    found = _found(_drawn(((x, y + h - 0.3), (x + w, y + h - 0.3)), ((x, y), (x, y + h))))
    assert isinstance(found, Measurement)
    assert found.value > 0.2
    left, top, wide, tall = found.box_mm
    assert x - 0.5 < left < left + wide < x + w + 0.5
    assert y - 0.5 < top < top + tall < y + h + 0.5


@pytest.mark.parametrize(
    ("name", "strokes"),
    [
        ("tick", (((53.0, 28.6), (54.5, 30.6), (58.0, 25.0)),)),
        ("underline", (((45.0, 30.2), (62.0, 30.3)),)),
        ("crossed out", (((45.0, 29.0), (62.0, 29.2)),)),
        ("note", (((50.0, 27.0), (52.0, 32.0), (54.0, 26.5), (56.0, 32.0), (59.0, 27.0)),)),
        ("frame", (((40.0, 17.0), (70.0, 18.5), (68.5, 43.0), (38.5, 41.0), (40.0, 17.0)),)),
        ("two rows", (((58.0, 16.0), (60.0, 34.0)),)),
    ],
)
def test_what_runs_on_beyond_a_character_is_none(
    name: str, strokes: tuple[tuple[tuple[float, float], ...], ...]
) -> None:
    found = _found(_drawn(*strokes))
    assert isinstance(found, NotMeasured) or found.value < 0.01, name


def test_ink_over_much_of_the_text_is_told_as_such() -> None:
    found = _found(_drawn(*(((47.0 + 5 * i, 16.0), (49.0 + 5 * i, 34.0)) for i in range(3))))
    assert isinstance(found, NotMeasured)
    assert (found.code, found.inconclusive) == ("viz.ink-marked", True)


def test_a_coloured_piece_of_a_stamp_is_no_stroke_of_the_prints_black() -> None:
    x, y, w, h = _last_figure()
    piece = _drawn(((x, y + h - 0.3), (x + w, y + h - 0.3)))
    black, blue = _found(piece), _found(piece, BLUE)
    assert isinstance(black, Measurement)
    assert black.value > 0.1
    assert isinstance(blue, NotMeasured) or blue.value < 0.01


def test_text_that_vanishes_and_pages_without_a_light_tell_nothing() -> None:
    x, y, w, h = _last_figure()
    vanished = _found(_drawn(((x, y + h), (x + w, y + h))), text_in_ir=0.04)
    assert isinstance(vanished, NotMeasured)
    assert vanished.code == "viz.few-fields"
    blank = np.full(SHAPE, 0.8, np.float32)
    alone = ink_stroke(page(None, blank), None)
    assert isinstance(alone, NotMeasured)
    assert alone.code == "no-light"


def test_a_reflection_over_half_a_letter_is_no_stroke() -> None:
    x, y, w, h = _last_figure()
    shown = _seen(np.zeros(SHAPE, np.float32))
    glint = np.zeros(SHAPE, np.uint8)
    top, low = (round(each * PX_PER_MM) for each in (y + h / 2, y + h + 1))
    glint[top:low, round(x * PX_PER_MM) : round((x + w + 0.5) * PX_PER_MM)] = 255
    level = 0.6 * shown.lights["ir"].pixels
    lit = replace(shown.lights["ir"], pixels=level + 0.3 * _lens(glint))
    found = ink_stroke(replace(shown, lights={**shown.lights, "ir": lit}), None)
    assert isinstance(found, NotMeasured) or found.value < 0.01
    # the same part of the letter in another ink is one
    gone = level + (0.48 - level) * _lens(glint) * (_text() > 0.1)
    inked = replace(shown.lights["ir"], pixels=np.asarray(gone, np.float32))
    stroke = ink_stroke(replace(shown, lights={**shown.lights, "ir": inked}), None)
    assert isinstance(stroke, Measurement)
    assert stroke.value > 0.05
