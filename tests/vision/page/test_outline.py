"""The page's edges: a wave of known height, and what passes for an edge and is none."""

from __future__ import annotations

import numpy as np
import pytest

from docexam.vision.glyph_rows import line_runs
from docexam.vision.locate_page import frame_of
from docexam.vision.outline import SIDES, Side, SideSeen, canvas_of, find_sides, fused
from docexam.vision.page_format import FORMATS
from docexam.vision.plane import shift

TD3 = FORMATS["TD3"]
PX_PER_MM = 8.0
MARGIN_MM = 10.0
AT = {"left": 0.0, "top": 0.0, "right": 125.0, "bottom": 88.0}


def _seen(side: Side, at: float, bed_mm: float = 8.0, slope: float = 0.0) -> SideSeen:
    return SideSeen(side, at, slope, 0.01, 1.0, 400.0, (40.0,), 1.0, bed_mm)


def _sides(bed_mm: float = 8.0, **at: float) -> dict[Side, tuple[str, SideSeen]]:
    return {s: ("white", _seen(s, at.get(s, AT[s]), bed_mm)) for s in SIDES}


def _page_with_a_wave(swing_mm: float) -> np.ndarray:
    """A bright page on a dark bed whose bottom edge swings by `swing_mm`, peak to peak."""
    rows, columns = (round((s + 2 * MARGIN_MM) * PX_PER_MM) for s in (88, 125))
    y = (np.arange(rows)[:, None] + 0.5) / PX_PER_MM - MARGIN_MM
    x = (np.arange(columns)[None, :] + 0.5) / PX_PER_MM - MARGIN_MM
    bottom = 87.5 + swing_mm / 2 * np.sin(x / 6.0)
    inside = np.clip((x + 0.0) * PX_PER_MM + 0.5, 0, 1)
    inside = inside * np.clip((125 - x) * PX_PER_MM + 0.5, 0, 1)
    inside = inside * np.clip(y * PX_PER_MM + 0.5, 0, 1)
    inside = inside * np.clip((bottom - y) * PX_PER_MM + 0.5, 0, 1)
    return np.asarray(40 + 180 * inside, np.uint8)


@pytest.mark.parametrize("swing", [0.0, 0.15, 0.3])
def test_the_swing_of_an_edge_is_measured_in_millimetres(swing: float) -> None:
    to_px = np.diag([PX_PER_MM, PX_PER_MM, 1.0]) @ shift(MARGIN_MM, MARGIN_MM)
    picture = _page_with_a_wave(swing)
    sides = find_sides(canvas_of(picture, to_px, (125.0, 88.0)), (125.0, 88.0))
    assert sides["bottom"].stands_out
    wave, u = sides["bottom"].wave_mm or (9.0, 9.0)
    assert wave == pytest.approx(swing, abs=0.03 + 0.15 * swing)
    assert u < 0.03
    assert (sides["top"].wave_mm or (9.0, 9.0))[0] < 0.03


def test_glowing_print_inside_a_dull_page_gives_no_edge() -> None:
    white: dict[Side, SideSeen] = {"right": _seen("right", 125.0)}
    uv: dict[Side, SideSeen] = {"right": _seen("right", 123.0), "left": _seen("left", 2.0)}
    assert set(fused({"white": white, "uv": uv})) == {"right"}
    uv["right"] = _seen("right", 125.0)
    assert fused({"white": white, "uv": uv})["left"][0] == "uv"


def test_a_printed_frame_in_a_picture_cropped_close_is_no_outline() -> None:
    expected = np.diag([7.0, 7.0, 1.0])
    frame = _sides(bed_mm=2.0, left=2.0, right=123.0)
    assert frame_of(expected, TD3, frame, ppi=7 * 25.4, has_zone=True).outline is None
    on_the_glass = _sides(left=2.0, right=123.0)
    found = frame_of(expected, TD3, on_the_glass, ppi=7 * 25.4, has_zone=True).outline
    assert found is not None
    assert found.size_mm == pytest.approx((121.0, 88.0))


def test_without_a_scale_an_outline_of_another_shape_is_not_the_pages() -> None:
    expected = np.diag([7.0, 7.0, 1.0])
    cut = _sides(bottom=83.5)
    assert frame_of(expected, TD3, cut, ppi=None, has_zone=True).anchor == "mrz"
    assert frame_of(expected, TD3, _sides(), ppi=None, has_zone=True).anchor == "outline"


def test_the_cells_of_a_zone_seen_askew_grow_towards_its_near_end() -> None:
    quad = np.array([[5.0, 70.0], [116.0, 69.6], [116.0, 79.2], [5.0, 78.8]])
    even, growing = line_runs(quad, 0, 2, 44)
    cells = growing.points(np.arange(45.0))
    steps = np.diff(cells[:, 0])
    assert steps[-1] / steps[0] == pytest.approx((9.6 / 8.8) ** 2, rel=0.02)
    straight = np.array([[5.0, 70.0], [116.0, 70.0], [116.0, 78.9], [5.0, 78.8]])
    assert len(line_runs(straight, 0, 2, 44)) == 1
    assert np.ptp(np.diff(even.points(np.arange(45.0))[:, 0])) < 1e-6
