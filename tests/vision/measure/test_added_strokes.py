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


def test_what_looks_like_letters_within_a_portrait_has_no_strokes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    x, y, _, h = _last_figure()
    stroke = _drawn(((x, y), (x, y + h)))
    assert isinstance(found := _found(stroke), Measurement)
    assert found.value > 0.1
    # a beard and brows are a row to who looks for rows
    face = (LEFT_MM - 5, y - 3, 60.0, h + 6)
    monkeypatch.setattr("docexam.vision.added_strokes.find_portrait", lambda *_: face)
    assert isinstance(found := _found(stroke), Measurement)
    assert found.value < 0.01


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


def _with_print(
    stroke: np.ndarray, other: np.ndarray, colour: tuple[float, float, float]
) -> PageView:
    """`_seen` with more print that vanishes in infrared, in black or in a colour."""
    shown = _seen(stroke)
    white = shown.lights["white"].pixels * (
        1 - 0.95 * np.array(colour, np.float32) * other[..., None]
    )
    return _with_white(shown, np.asarray(white, np.float32))


def test_captions_that_vanish_around_it_hide_no_stroke_and_a_stamp_s_letters_do() -> None:
    x, y, w, h = _last_figure()
    stroke = _drawn(((x, y + h - 0.3), (x + w, y + h - 0.3)), ((x, y), (x, y + h)))
    places = ((50.0, y - 1.0, 0.5), (x - 2.0, y - 3.0, 0.5))
    captions, stamp = np.zeros(SHAPE, np.uint8), np.zeros(SHAPE, np.uint8)
    for left, foot, size in places:
        at = (round(left * PX_PER_MM), round(foot * PX_PER_MM))
        cv2.putText(captions, "Caption", at, cv2.FONT_HERSHEY_SIMPLEX, size, 255, 3, cv2.LINE_AA)
    found = ink_stroke(_with_print(stroke, _lens(captions), BLACK), None)
    assert isinstance(found, Measurement)
    assert found.value > 0.2
    at = (round((x - 2.0) * PX_PER_MM), round((y - 0.6) * PX_PER_MM))
    cv2.putText(stamp, "ENTRY", at, cv2.FONT_HERSHEY_SIMPLEX, 1.3, 255, 7, cv2.LINE_AA)
    stamped = ink_stroke(_with_print(stroke, _lens(stamp), BLACK), None)
    assert isinstance(stamped, NotMeasured) or stamped.value < 0.01


def test_a_caption_in_the_row_of_its_datum_hides_no_stroke() -> None:
    x, y, w, h = _last_figure()
    stroke = _drawn(((x, y + h - 0.3), (x + w, y + h - 0.3)))
    caption = np.zeros(SHAPE, np.uint8)
    at = (round(38.6 * PX_PER_MM), round((y + h) * PX_PER_MM))
    cv2.putText(caption, "BORN", at, cv2.FONT_HERSHEY_SIMPLEX, 0.85, 255, 3, cv2.LINE_AA)
    found = ink_stroke(_with_print(stroke, _lens(caption), BLACK), None)
    assert isinstance(found, Measurement)
    assert found.value > 0.1


def test_an_overprint_in_colour_elsewhere_hides_no_stroke_and_makes_none() -> None:
    x, y, w, h = _last_figure()
    stroke = _drawn(((x, y + h - 0.3), (x + w, y + h - 0.3)), ((x, y), (x, y + h)))
    overprint = _drawn(((44.0, 34.0), (60.0, 44.0)), ((46.0, 15.0), (58.0, 22.0)), width_mm=0.9)
    plum = (0.8, 1.0, 1.0)
    found = ink_stroke(_with_print(stroke, overprint, plum), None)
    assert isinstance(found, Measurement)
    assert found.value > 0.2
    none = ink_stroke(_with_print(np.zeros(SHAPE, np.float32), overprint, plum), None)
    assert isinstance(none, NotMeasured) or none.value < 0.01


def test_a_short_stroke_counts_where_it_closes_a_gap_and_a_speck_does_not() -> None:
    gap = np.zeros(SHAPE, np.uint8)
    rows = dark_rows(_seen(np.zeros(SHAPE, np.float32)), None)
    row = max((row for row in rows if abs(sum(row.box_mm[1::2]) - 40.0) < 0.5),
              key=lambda row: row.box_mm[2])  # fmt: skip
    # the U of UTO, closed halfway up, is two arms and a bridge
    x, y = row.box_mm[0], row.box_mm[1] + row.letter_mm / 2
    shown = _seen(np.zeros(SHAPE, np.float32))
    arms = np.flatnonzero(
        shown.lights["white"].pixels[round(y * PX_PER_MM), :, 0][: round((x + 3) * PX_PER_MM)] < 0.4
    )
    split = int(np.argmax(np.diff(arms)))
    inner = (arms[split] / PX_PER_MM, arms[split + 1] / PX_PER_MM)
    assert 0.4 < inner[1] - inner[0] < 1.6
    at = np.array([(inner[0], y), (inner[1], y)]) * PX_PER_MM
    cv2.line(gap, at[0].round().astype(int), at[1].round().astype(int), 255, 2, cv2.LINE_AA)
    bridge = ink_stroke(_seen(_lens(gap)), None)
    assert isinstance(bridge, Measurement)
    assert bridge.value > 0.05
    speck = np.zeros(SHAPE, np.uint8)
    cv2.circle(speck, at[0].round().astype(int), round(0.25 * PX_PER_MM), 255, -1, cv2.LINE_AA)
    dirt = ink_stroke(_seen(_lens(speck)), None)
    assert isinstance(dirt, NotMeasured) or dirt.value < 0.01
