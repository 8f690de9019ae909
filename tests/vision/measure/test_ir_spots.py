"""Strokes added to a field in another ink: seen in white light and not in infrared."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.nouns.report import VizField
from docexam.vision.field_ink import ink_of_viz
from docexam.vision.field_spots import ink_spot
from tests.vision.measure.ir_pages import PX_PER_MM, page

SHAPE = (round(88 * PX_PER_MM), round(125 * PX_PER_MM))
BOXES = {"birth_date": (45.0, 27.5, 26.0, 2.8), "expiry_date": (45.0, 37.5, 26.0, 2.8)}


def _fields() -> np.ndarray:
    """Where the ink of the fields is, 0..1: letters 2.3 mm high on baselines at 30 and 40 mm."""
    ink = np.zeros(SHAPE, np.uint8)
    for _, y, _, h in BOXES.values():
        at = (round(45.0 * PX_PER_MM), round((y + h - 0.3) * PX_PER_MM))
        cv2.putText(ink, "14 AUG 1974", at, cv2.FONT_HERSHEY_SIMPLEX, 1.0, 255, 3, cv2.LINE_AA)
    return _lens(ink)


def _stroke(length_mm: float) -> np.ndarray:
    """A stroke of 0.3 mm through the last figures of the first field."""
    ink = np.zeros(SHAPE, np.uint8)
    x, y = round(62.0 * PX_PER_MM), round(29.0 * PX_PER_MM)
    thick = round(0.3 * PX_PER_MM)
    ink[y : y + thick, x : x + round(length_mm * PX_PER_MM)] = 255
    return _lens(ink)


def _lens(ink: np.ndarray) -> np.ndarray:
    return cv2.GaussianBlur(ink.astype(np.float32) / 255, (0, 0), 0.05 * PX_PER_MM)


def _level(*inks: tuple[np.ndarray, float]) -> np.ndarray:
    """The light that a page sends back where each ink takes its share."""
    level = np.full(SHAPE, 0.8, np.float32)
    for ink, share in inks:
        level = np.asarray(level * (1 - share * ink), np.float32)
    return level


def _spot(white: np.ndarray, ir: np.ndarray) -> Measurement:
    found = ink_spot(page(ir, white), BOXES)
    assert isinstance(found, Measurement)
    return found


@pytest.mark.parametrize("kept", [0.95, 0.8, 0.6])
def test_one_ink_has_no_spot_however_dark_it_stays(kept: float) -> None:
    fields = _fields()
    assert _spot(_level((fields, 0.95)), _level((fields, 0.95 * kept))).value < 0.01


def test_a_stroke_that_infrared_does_not_show_is_found_where_it_is() -> None:
    fields, stroke = _fields(), _stroke(1.0)
    found = _spot(_level((fields, 0.95), (stroke, 0.95)), _level((fields, 0.9), (stroke, 0.05)))
    assert found.details["field"] == "birth_date"
    assert 0.1 < found.value < 0.4
    x, y, w, h = found.box_mm
    assert x < 62.5 < x + w + 0.5
    assert y < 29.2 < y + h
    half = _spot(_level((fields, 0.95), (stroke, 0.95)), _level((fields, 0.9), (stroke, 0.45)))
    assert half.value > 0.07


def test_a_field_that_vanishes_is_left_out() -> None:
    fields = _fields()
    gone = ink_spot(page(_level((fields, 0.03)), _level((fields, 0.95))), BOXES)
    assert isinstance(gone, NotMeasured)
    assert gone.code == "viz.few-fields"


def test_pale_print_under_a_field_that_vanishes_is_no_stroke() -> None:
    fields, ground = _fields(), np.zeros(SHAPE, np.float32)
    ground[round(26 * PX_PER_MM) : round(29 * PX_PER_MM), round(55 * PX_PER_MM) :] = 1.0
    assert _spot(_level((fields, 0.95), (ground, 0.35)), _level((fields, 0.9))).value < 0.01


def test_a_reflection_in_infrared_proves_nothing_gone() -> None:
    fields = _fields()
    ir = _level((fields, 0.9))
    ir[round(27 * PX_PER_MM) : round(31 * PX_PER_MM), round(60 * PX_PER_MM) :] = 1.0
    assert _spot(_level((fields, 0.95)), ir).value < 0.01


def test_what_was_read_of_the_holder_is_compared_and_nothing_else() -> None:
    fields = _fields()
    shown = page(_level((fields, 0.9)), _level((fields, 0.95)))
    read = [VizField(name, "14 AUG 1974", 0.99, box) for name, box in BOXES.items()]
    assert [each.name for each in ink_of_viz(shown, read)] == ["viz.ink-spot"]
    third = VizField("authority", "14 AUG 1974", 0.99, BOXES["birth_date"])
    assert [each.name for each in ink_of_viz(shown, [*read, third])] == ["viz.ink-spot"]
    third = VizField("surname", "AUG", 0.99, BOXES["birth_date"])
    named = {each.name: each for each in ink_of_viz(shown, [*read, third])}
    assert named["viz.ink-apart.read"].value < 0.05
    assert ink_of_viz(shown, []) == []


def test_without_infrared_there_is_nothing_to_compare() -> None:
    blank = np.full(SHAPE, 0.8, np.float32)
    alone = ink_spot(page(None, blank), BOXES)
    assert isinstance(alone, NotMeasured)
    assert alone.code == "no-light"
    none = ink_spot(page(blank, blank), BOXES)
    assert isinstance(none, NotMeasured)
    assert none.code == "viz.few-fields"


def test_a_stamp_in_colour_across_a_field_is_no_spot() -> None:
    fields, stamp = _fields(), np.zeros(SHAPE, np.uint8)
    line = np.rint(np.array([(58.0, 24.0), (66.0, 34.0)]) * PX_PER_MM).astype(np.int32)
    cv2.polylines(stamp, [line], False, 255, round(1.2 * PX_PER_MM), cv2.LINE_AA)
    over = _lens(stamp)
    white, ir = _level((fields, 0.95)), _level((fields, 0.9), (over, 0.05))
    black = _spot(white * (1 - 0.78 * over), ir)
    shown = page(ir, white)
    coloured = white[..., None] * (1 - np.array((0.95, 0.99, 0.78), np.float32) * over[..., None])
    lights = {**shown.lights, "white": replace(shown.lights["white"], pixels=coloured)}
    found = ink_spot(replace(shown, lights=lights), BOXES)
    assert isinstance(found, Measurement)
    assert black.value > 0.05
    assert found.value < 0.03
