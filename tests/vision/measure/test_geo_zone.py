"""Place, pitch, size and shape of a zone, against literal millimetres."""

from __future__ import annotations

from functools import cache
from typing import Any

import cv2
import numpy as np
import pytest

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.specimens.mrz_print import GENUINE_PRINT, MrzPrint
from docexam.vision import measure_zone_print
from docexam.vision.page import OutlineSeen
from tests.vision.measure.ir_pages import (
    PAPER,
    PX_PER_MM,
    coverage,
    missed,
    named,
    page,
    zone,
)

Found = list[Measurement | NotMeasured]


def _measured(ink: np.ndarray, style: MrzPrint = GENUINE_PRINT, **more: Any) -> Found:
    level = np.asarray(PAPER * (1 - 0.95 * ink), np.float32)
    seen = zone(ink, pitch_mm=style.pitch_mm, shift_mm=style.shift_mm)
    return measure_zone_print.measure(page(level, level, **more), seen)


@cache
def _genuine() -> dict[str, Measurement]:
    return named(_measured(coverage()))


@pytest.mark.parametrize(
    ("name", "value", "apart"),
    [
        ("mrz.pitch", 2.54, 0.005),
        ("mrz.left", 6.0, 0.05),
        ("mrz.width", 110.98, 0.2),
        ("mrz.line-centre.1", 15.75, 0.05),
        ("mrz.line-centre.2", 9.40, 0.05),
        ("mrz.line-spacing.1", 6.35, 0.02),
        ("mrz.capital-height", 2.46, 0.03),
        ("mrz.digit-height", 2.66, 0.03),
        ("mrz.stroke", 0.35, 0.03),
        ("mrz.skew", 0.0, 0.05),
        ("mrz.pitch-jump", 0.0, 0.05),
        ("mrz.misalignment", 0.0, 0.05),
        ("mrz.font", 0.0, 0.02),
        ("mrz.font-character", 0.0, 0.03),
    ],
)
def test_a_zone_printed_to_the_letter(name: str, value: float, apart: float) -> None:
    found = _genuine()[name]
    assert found.value == pytest.approx(value, abs=apart)
    assert 0 < found.uncertainty < 0.35
    assert found.box_mm[2] > 0


@pytest.mark.parametrize(
    ("style", "name", "value", "apart"),
    [
        (MrzPrint(pitch_mm=2.52), "mrz.pitch", 2.52, 0.005),
        (MrzPrint(pitch_mm=2.52), "mrz.width", 110.12, 0.1),
        (MrzPrint(shift_mm=(0.4, 0.0)), "mrz.left", 6.4, 0.05),
        (MrzPrint(shift_mm=(0.0, 0.35)), "mrz.line-centre.2", 9.05, 0.05),
        (MrzPrint(scale=1.05), "mrz.capital-height", 2.583, 0.03),
    ],
)
def test_a_zone_printed_otherwise_is_measured_as_it_is(
    style: MrzPrint, name: str, value: float, apart: float
) -> None:
    assert named(_measured(coverage(style), style))[name].value == pytest.approx(value, abs=apart)


def test_another_font_is_far_from_every_outline() -> None:
    found = named(_measured(coverage(MrzPrint(font="sans-bold"))))
    assert found["mrz.font"].value > 0.12
    assert found["mrz.font-character"].value > 0.25


def test_one_character_moved_is_found_with_its_place() -> None:
    ink = coverage().copy()
    # line 1, column 10: middle at 6.873 + 9 * 2.54 = 29.73 mm
    x, y = round((29.73 - 1.27) * PX_PER_MM), round((72.25 - 1.9) * PX_PER_MM)
    w, h = round(2.54 * PX_PER_MM), round(3.8 * PX_PER_MM)
    part = ink[y : y + h, x : x + w].copy()
    move = np.float32([[1, 0, 0], [0, 1, 0.3 * PX_PER_MM]])
    ink[y : y + h, x : x + w] = cv2.warpAffine(part, move, (w, h))
    found = named(_measured(ink))["mrz.misalignment"]
    assert found.value == pytest.approx(0.3, abs=0.05)
    assert found.details["line"] == 1.0
    assert found.details["column"] in (9.0, 10.0)


def test_a_zone_is_never_its_own_ruler() -> None:
    found = _measured(coverage(), outline=None, scale_source="mrz")
    lost = missed(found)
    for name in ("mrz.pitch", "mrz.width", "mrz.line-spacing.1", "mrz.capital-height"):
        assert lost[name].code == "scale.from-zone"
    assert lost["mrz.left"].code == "outline.none"
    # what needs no ruler is measured all the same
    assert named(found)["mrz.font"].value < 0.02


def test_the_page_is_the_ruler_where_the_resolution_is_unknown() -> None:
    larger = OutlineSeen(0.0, 0.0, 126.25, 88.88, 0.02, {}, {})
    found = named(_measured(coverage(), outline=larger, scale_source="mrz"))["mrz.pitch"]
    assert found.value == pytest.approx(2.54 / 1.01, abs=0.005)
    assert found.uncertainty > 0.01


def test_a_resolution_that_nothing_bears_out_is_doubted_as_far_as_the_characters_differ() -> None:
    style = MrzPrint(scale=1.04, pitch_mm=2.54 * 1.04)
    sure = named(_measured(coverage(style), style))["mrz.pitch"]
    doubted = named(_measured(coverage(style), style, outline=None))["mrz.pitch"]
    assert sure.uncertainty < 0.02
    assert doubted.uncertainty > 0.08


def test_a_zone_without_print_is_inconclusive() -> None:
    blank = np.zeros_like(coverage())
    lost = missed(_measured(blank))
    assert lost["mrz.font"].code == "zone.no-print"
    assert all(each.inconclusive for each in lost.values())
