"""Size and corners of a page, against literal millimetres."""

from __future__ import annotations

import numpy as np
import pytest

from docexam.vision.measure_document import measure
from docexam.vision.page import OutlineSeen
from tests.vision.measure.ir_pages import PX_PER_MM, missed, named, page

BED = 0.05


def _cut(radius_mm: float, bed: float = BED) -> np.ndarray:
    """A page on a dark bed with all corners cut to a radius."""
    rows, columns = round(88 * PX_PER_MM), round(125 * PX_PER_MM)
    y = (np.arange(rows)[:, None] + 0.5) / PX_PER_MM
    x = (np.arange(columns)[None, :] + 0.5) / PX_PER_MM
    dx = np.maximum(radius_mm - np.minimum(x, 125 - x), 0)
    dy = np.maximum(radius_mm - np.minimum(y, 88 - y), 0)
    inside = np.clip((radius_mm - np.hypot(dx, dy)) * PX_PER_MM + 0.5, 0, 1)
    if radius_mm == 0:
        inside = np.ones_like(inside)
    return np.asarray(bed + (0.8 - bed) * inside, np.float32)


@pytest.mark.parametrize("radius", [1.5, 2.7, 3.18, 3.7])
def test_the_radius_of_every_corner_is_the_one_that_was_cut(radius: float) -> None:
    found = named(measure(page(_cut(radius), bed=(BED,)), None))
    for name in ("top-left", "top-right", "bottom-right", "bottom-left"):
        corner = found[f"doc.corner.{name}"]
        assert corner.value == pytest.approx(radius, abs=2 * corner.uncertainty)
        assert corner.uncertainty < 0.15


def test_a_bed_like_the_page_hides_the_corners() -> None:
    found = measure(page(_cut(3.18, bed=0.78), bed=(0.78,)), None)
    assert missed(found)["doc.corner.top-left"].code == "corner.not-seen"


def test_the_size_is_that_of_the_outline_with_the_uncertainty_of_the_scale() -> None:
    outline = OutlineSeen(0.2, 0.1, 124.6, 87.7, 0.02, {}, {})
    found = named(measure(page(_cut(3.18), outline=outline, bed=(BED,)), None))
    assert found["doc.width"].value == pytest.approx(124.4)
    assert found["doc.height"].value == pytest.approx(87.6)
    assert found["doc.width"].uncertainty == pytest.approx(0.25, abs=0.03)


@pytest.mark.parametrize(
    ("outline", "source", "code"),
    [
        (None, "ppi", "outline.not-whole"),
        (OutlineSeen(0.0, 0.0, 125.0, None, 0.02, {}, {}), "ppi", "outline.not-whole"),
        (OutlineSeen(0.0, 0.0, 125.0, 88.0, 0.02, {}, {}), "mrz", "scale.from-zone"),
        (OutlineSeen(0.0, 0.0, 125.0, 88.0, 0.02, {}, {}), "outline", "scale.from-outline"),
    ],
)
def test_without_edges_or_ruler_there_is_no_size(
    outline: OutlineSeen | None, source: str, code: str
) -> None:
    found = measure(page(_cut(3.18), outline=outline, scale_source=source, bed=(BED,)), None)
    assert missed(found)["doc.width"].code == code


def _cut_anew(radii_mm: tuple[float, float, float, float]) -> np.ndarray:
    """A page on a dark bed with each corner, clockwise from the top left, cut to its own radius."""
    top = [_cut(radius) for radius in radii_mm]
    rows, columns = top[0].shape
    above = np.hstack([top[0][:, : columns // 2], top[1][:, columns // 2 :]])
    below = np.hstack([top[3][:, : columns // 2], top[2][:, columns // 2 :]])
    return np.vstack([above[: rows // 2], below[rows // 2 :]])


def test_corners_that_were_cut_anew_differ_by_as_much() -> None:
    found = named(measure(page(_cut_anew((3.18, 2.0, 1.4, 2.4)), bed=(BED,)), None))
    spread = found["doc.corner-spread"]
    assert spread.value == pytest.approx(1.18, abs=2 * spread.uncertainty)
    assert spread.uncertainty < 0.25


def test_one_damaged_corner_makes_no_spread() -> None:
    found = named(measure(page(_cut_anew((3.18, 1.6, 3.18, 3.18)), bed=(BED,)), None))
    assert found["doc.corner-spread"].value < 0.15


def test_the_two_sharp_corners_of_a_bound_side_are_not_compared() -> None:
    found = measure(page(_cut_anew((0.0, 0.0, 3.18, 3.18)), bed=(BED,)), None)
    assert missed(found)["doc.corner-spread"].code == "corner.too-few"
    assert float(named(found)["doc.corner.top-left"].details["neighbour"]) < 1.0


def test_a_wavy_edge_is_told_only_where_the_resolution_is_known() -> None:
    outline = OutlineSeen(
        0.0, 0.0, 125.0, 88.0, 0.02, {"bottom": "white"}, {}, {"bottom": (0.14, 0.01)}
    )
    wave = named(measure(page(_cut(3.18), outline=outline, bed=(BED,)), None))[
        "doc.edge-wave.bottom"
    ]
    assert (wave.value, wave.uncertainty) == (0.14, 0.01)
    assert wave.box_mm == (0.0, 86.0, 125.0, 2.0)
    found = measure(page(_cut(3.18), outline=outline, bed=(BED,), scale_source="mrz"), None)
    assert missed(found)["doc.edge-wave"].code == "scale.from-zone"
