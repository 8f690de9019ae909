"""Fields of the visual zone in infrared and white."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from docexam.vision.field_ink import ink_of_fields
from docexam.vision.measure_fields import measure
from docexam.vision.page import OutlineSeen
from tests.vision.measure.ir_pages import PX_PER_MM, missed, named, page, zone

ROWS = (20.0, 30.0, 40.0, 50.0)
SHAPE = (round(88 * PX_PER_MM), round(125 * PX_PER_MM))


def _text(text: str, x_mm: float, y_mm: float, size: float) -> np.ndarray:
    """Where a text's ink is, 0..1, its baseline at (x, y)."""
    ink = np.zeros(SHAPE, np.uint8)
    at = (round(x_mm * PX_PER_MM), round(y_mm * PX_PER_MM))
    thick = 3 if size > 0.7 else 2
    cv2.putText(ink, text, at, cv2.FONT_HERSHEY_SIMPLEX, size, 255, thick, cv2.LINE_AA)
    return ink.astype(np.float32) / 255


def _page(
    kept: tuple[float, ...], caption_kept: float = 0.05, caption: float = 0.5
) -> tuple[np.ndarray, np.ndarray]:
    """White and infrared of four captioned fields; each keeps its share of contrast in infrared."""
    white = np.full(SHAPE, 0.8, np.float32)
    ir = white.copy()
    for y, share in zip(ROWS, kept, strict=True):
        for text, up, size, contrast, stays in (
            ("UTOPIA 1974", 0.0, 0.9, 0.9, share),
            ("Caption", 4.0, 0.5, caption, caption_kept),
        ):
            ink = _text(text, 45.0, y - up, size)
            white *= 1 - contrast * ink
            ir *= 1 - contrast * stays * ink
    return white, ir


def test_alike_inks_lie_together() -> None:
    white, ir = _page((0.9, 0.9, 0.9, 0.9))
    found = named(measure(page(ir, white), None))
    assert found["viz.ink-apart"].value < 0.05
    assert found["viz.ink"].value == pytest.approx(0.9, abs=0.06)
    assert found["viz.ink"].details["fields"] == 4.0


def test_the_field_in_another_ink_is_named_by_its_place() -> None:
    white, ir = _page((0.9, 0.9, 0.3, 0.9))
    apart = named(measure(page(ir, white), None))["viz.ink-apart"]
    assert apart.value == pytest.approx(0.6, abs=0.08)
    x, y, _, h = apart.box_mm
    assert y < 40.0 < y + h + 0.6
    assert x == pytest.approx(45.0, abs=1.0)


def test_captions_in_colour_that_pass_for_data_make_no_black_field_odd() -> None:
    white, ir = _page((0.9, 0.2, 0.2, 0.2), caption=0.35)
    coloured = np.repeat(white[..., None], 3, axis=2)
    for y in ROWS[1:]:  # plum: red lacks least
        ink = _text("UTOPIA 1974", 45.0, y, 0.9)
        coloured[..., 2] *= (1 - 0.65 * ink) / (1 - 0.9 * ink)
    view = page(ir, white)
    seen = replace(view.lights["white"], pixels=coloured)
    plum = replace(view, lights={**view.lights, "white": seen})
    assert "viz.ink-apart" in missed(measure(plum, None))
    white, ir = _page((0.9, 0.2, 0.2, 0.2))
    black = named(measure(page(ir, white), None))["viz.ink-apart"]
    assert black.value == pytest.approx(0.7, abs=0.08)


def test_titles_without_a_caption_are_no_fields() -> None:
    white, ir = _page((0.9, 0.9, 0.9, 0.9))
    ink = _text("PASSPORT", 5.0, 12.0, 0.9)
    found = named(measure(page(ir, white * (1 - 0.9 * ink)), None))
    assert found["viz.ink-apart"].value < 0.05
    assert found["viz.ink"].details["fields"] == 4.0


def test_fields_whose_places_are_known_go_by_their_names() -> None:
    white, ir = _page((0.9, 0.2, 0.9, 0.9))
    names = ("surname", "birth_date", "sex", "authority")
    boxes = {n: (45.0, y - 2.5, 26.0, 2.8) for n, y in zip(names, ROWS, strict=True)}
    apart = named(ink_of_fields(page(ir, white), boxes))["viz.ink-apart"]
    assert apart.details["field"] == "birth_date"


def test_a_lens_that_is_softer_in_infrared_hides_an_odd_field_among_few_only() -> None:
    white, ir = _page((0.9, 0.9, 0.6, 0.9))
    view = page(ir, white)
    soft = {
        light: replace(quality, edge_spread_mm=spread)
        for (light, quality), spread in zip(sorted(view.quality.items()), (0.11, 0.05), strict=True)
    }
    boxes = {f"{y}": (45.0, y - 2.5, 26.0, 2.8) for y in ROWS}
    halves = {f"{y} right": (58.0, y - 2.5, 13.0, 2.8) for y in (20.0, 30.0)}
    few, many = (
        named(ink_of_fields(replace(view, quality=soft), fields))["viz.ink-apart"].uncertainty
        for fields in (boxes, boxes | halves)
    )
    assert few > 0.08
    assert many < 0.6 * few


def test_the_nearest_edge_and_the_height_above_the_bottom_are_those_of_the_drawing() -> None:
    white, ir = _page((0.9, 0.9, 0.9, 0.9))
    seen = OutlineSeen(40.0, 0.0, 125.0, 88.0, 0.02, {}, {})
    found = named(measure(page(ir, white, outline=seen), zone(np.zeros(SHAPE, np.float32))))
    # the zone begins at 6.0 mm, left of this page's edge; its fields end on their baseline at 50 mm
    assert found["doc.margin"].value == pytest.approx(6.0 - 40.0, abs=0.1)
    assert found["doc.margin"].details["side"] == "left"
    assert found["mrz.clear-height"].value == pytest.approx(88.0 - 50.0, abs=0.35)


def test_too_few_fields_and_absent_lights_say_so() -> None:
    blank = np.full(SHAPE, 0.8, np.float32)
    assert missed(measure(page(blank, blank), None))["viz.ink"].code == "viz.few-fields"
    assert missed(measure(page(None, blank), None))["viz.ink"].code == "no-light"
