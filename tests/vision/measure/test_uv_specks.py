"""Glue along one edge, and frames and beds that are none."""

from __future__ import annotations

import dataclasses

import pytest

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.vision.measure_uv_specks import measure

from .uv_pages import DULL, Paint, light, page, patch

GLUE = (0.30, 0.06, 0.02)


def edge(*paints: Paint, bed: tuple[float, ...] | None = None) -> Measurement | NotMeasured:
    lit = dataclasses.replace(light("uv", DULL, paints, reference=patch(0.6)), bed=bed)
    (found,) = measure(page(lit), None)
    return found


@pytest.mark.parametrize(
    ("box", "side"),
    [((0.0, 0.0, 125.0, 1.5), "top"), ((123.5, 0.0, 1.5, 88.0), "right")],
)
def test_glue_along_one_edge(box: tuple[float, float, float, float], side: str) -> None:
    found = edge((box, GLUE))
    assert isinstance(found, Measurement)
    assert found.value == pytest.approx((0.24 - 0.009) / 0.6, rel=0.15)
    assert found.details["side"] == side
    assert found.value - 2 * found.uncertainty > 0.2


def test_glue_in_patches_counts_and_a_single_blot_does_not() -> None:
    patches = [((9.0 * i, 0.0, 5.0, 1.5), GLUE) for i in range(14)]
    found, blot = edge(*patches), edge(((40.0, 0.0, 8.0, 1.5), GLUE))
    assert isinstance(found, Measurement)
    assert isinstance(blot, Measurement)
    assert found.value > 0.2
    assert blot.value < 0.01


def test_a_frame_around_the_page_is_no_glue() -> None:
    across = [((0.0, y, 125.0, 1.5), GLUE) for y in (0.0, 86.5)]
    down = [((x, 0.0, 1.5, 88.0), GLUE) for x in (0.0, 123.5)]
    found = edge(*across, *down)
    assert isinstance(found, Measurement)
    assert found.value < 0.02


def test_green_thread_is_no_glue() -> None:
    found = edge(((0.0, 0.0, 125.0, 1.5), (0.05, 0.35, 0.04)))
    assert isinstance(found, Measurement)
    assert found.value < 0.01


def test_where_the_bed_glows_nothing_is_said() -> None:
    found = edge(((0.0, 0.0, 125.0, 1.5), GLUE), bed=(0.3, 0.06, 0.02))
    assert isinstance(found, NotMeasured)
    assert found.code == "specks.bed-glows"
