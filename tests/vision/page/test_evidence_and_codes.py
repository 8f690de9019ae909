"""Crops show what they say, levels are linear, bar codes are found in millimetres."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
import zxingcpp

from docexam.vision.barcodes import read_barcodes
from docexam.vision.evidence import evidence
from docexam.vision.linear import encode_srgb, linear_of

if TYPE_CHECKING:
    from docexam.vision.page_from_capture import SeenPages


def test_a_crop_shows_its_box_and_a_margin(passport_seen: SeenPages) -> None:
    view = passport_seen.seen[0].view
    crop = evidence(view, "white", (80.0, 12.0, 18.0, 4.0))
    picture = cv2.imdecode(np.frombuffer(crop.png, np.uint8), cv2.IMREAD_UNCHANGED)
    assert (crop.page, crop.light, crop.personal) == ("data", "white", True)
    assert crop.box_mm == pytest.approx((79.0, 11.0, 20.0, 6.0), abs=0.1)
    assert picture.shape[1] / picture.shape[0] == pytest.approx(20 / 6, rel=0.03)
    box = view.window(crop.box_mm)
    assert np.abs(picture.astype(int) - encode_srgb(view.lights["white"].pixels[box])).max() == 0


@pytest.mark.parametrize("box", [(-5.0, -5.0, 3.0, 3.0), (124.0, 87.0, 9.0, 9.0), (0, 0, 999, 999)])
def test_a_crop_beyond_the_page_stays_on_it(
    passport_seen: SeenPages, box: tuple[float, float, float, float]
) -> None:
    view = passport_seen.seen[0].view
    x, y, w, h = evidence(view, "ir", box).box_mm
    assert x >= 0
    assert y >= 0
    assert x + w <= 125.1
    assert y + h <= 88.1


def test_levels_become_light_and_back() -> None:
    levels = np.arange(256, dtype=np.uint8).reshape(16, 16)
    light = linear_of(levels, "srgb")
    assert light[0, 0] == 0.0
    assert light[15, 15] == 1.0
    assert light.ravel()[188] == pytest.approx(0.5029, abs=1e-3)
    assert np.array_equal(encode_srgb(light), levels)
    assert linear_of(levels, "linear").ravel()[51] == pytest.approx(0.2)


def test_quality_is_told_in_numbers(passport_seen: SeenPages) -> None:
    quality = passport_seen.seen[0].view.quality
    assert quality["white"].native_ppi == pytest.approx(200, rel=0.01)
    assert quality["white"].seen > 0.999
    assert quality["ir"].edge_spread_mm == pytest.approx(0.07, abs=0.035)
    assert quality["white"].saturated < 0.01


def test_a_bar_code_is_read_where_it_stands(passport_seen: SeenPages) -> None:
    view = passport_seen.seen[0].view
    made = zxingcpp.create_barcode("UTO-<<-1234567", zxingcpp.BarcodeFormat.QRCode)
    code = np.asarray(made.to_image(scale=4))
    light = view.lights["white"]
    pixels = light.pixels.copy()
    top, left = round(20 * view.px_per_mm), round(60 * view.px_per_mm)
    rows, columns = code.shape[:2]
    pixels[top : top + rows, left : left + columns] = (code.reshape(rows, columns, 1) > 0) * 0.9
    changed = replace(view, lights={**view.lights, "white": replace(light, pixels=pixels)})
    (found,) = read_barcodes(changed)
    assert (found.text, found.page) == ("UTO-<<-1234567", "data")
    assert found.box_mm is not None
    assert found.box_mm[0] == pytest.approx(60.0, abs=4.0)
    assert found.box_mm[1] == pytest.approx(20.0, abs=4.0)
    assert read_barcodes(view) == ()
