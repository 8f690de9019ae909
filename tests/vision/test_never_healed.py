"""A clearly printed wrong check digit stays wrong, whatever Doc 9303 would rather have."""

from __future__ import annotations

import datetime as dt

import cv2
import numpy as np
import pytest

from docexam.mrz.layouts import LAYOUTS
from docexam.mrz.verify import verify
from docexam.vision.read_zones import read_zones
from tests.vision.drawing import TD1, TD2, TD3, Pixels, page

TODAY = dt.date(2026, 1, 1)
SAMPLES = {"TD1": TD1, "TD2": TD2, "TD3": TD3}
FIELDS = [(name, rule.field) for name in SAMPLES for rule in LAYOUTS[name].checks]


def _with_wrong_digit(name: str, field: str, step: int) -> tuple[str, ...]:
    rule = next(rule for rule in LAYOUTS[name].checks if rule.field == field)
    rows = [list(line) for line in SAMPLES[name]]
    digit = rows[rule.line - 1][rule.column - 1]
    rows[rule.line - 1][rule.column - 1] = str((int(digit) + step) % 10)
    return tuple("".join(row) for row in rows)


def _jpeg(pixels: Pixels) -> Pixels:
    _, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, 30])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8)


def _blur(pixels: Pixels) -> Pixels:
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), 0.08 * 11), np.uint8)


def _dark(pixels: Pixels) -> Pixels:
    return np.asarray(pixels * 0.5, np.uint8)


@pytest.mark.parametrize(("name", "field"), FIELDS)
def test_a_wrong_digit_in_any_field_survives_every_degradation(name: str, field: str) -> None:
    for step in (1, 5):
        printed = _with_wrong_digit(name, field, step)
        assert not verify(printed, today=TODAY).valid
        picture = page(printed, 110)
        for degraded in (picture, _jpeg(picture), _blur(picture), _dark(picture)):
            (zone,) = read_zones(degraded)
            assert zone.lines == printed


@pytest.mark.parametrize(("column", "letter"), [(25, "B"), (17, "O"), (18, "I"), (20, "O")])
def test_a_letter_printed_where_a_digit_belongs_is_reported_as_printed(
    column: int, letter: str
) -> None:
    printed = (TD3[0], TD3[1][: column - 1] + letter + TD3[1][column:])
    (zone,) = read_zones(page(printed, 200))
    assert zone.lines == printed
