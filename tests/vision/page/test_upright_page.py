"""A page that is read along its shorter side lies upright on its grid."""

from __future__ import annotations

import numpy as np
import pytest

from docexam.vision.locate_outline import format_of_outline, rough_pages
from docexam.vision.locate_page import expected_from_corners
from docexam.vision.plane import apply

PPI = 100.0
WIDE, HIGH = round(88 / 25.4 * PPI), round(125 / 25.4 * PPI)


@pytest.mark.parametrize("lying", [False, True])
def test_millimetres_of_a_numbered_page_run_along_its_sides(lying: bool) -> None:
    picture = np.full((620, 640, 3), 20, np.uint8)
    w, h = (HIGH, WIDE) if lying else (WIDE, HIGH)
    picture[60 : 60 + h, 70 : 70 + w] = 220
    (corners,) = rough_pages(picture)
    place = format_of_outline(corners, "16", ppi=PPI, expected="TD3")
    assert place is not None
    assert (place.width_mm, place.height_mm) == (88.0, 125.0)
    to_px = expected_from_corners(corners, place)
    found = apply(to_px, [(0.0, 0.0), (88.0, 0.0), (88.0, 125.0), (0.0, 125.0)])
    low, high = found.min(axis=0), found.max(axis=0)
    assert low == pytest.approx((70, 60), abs=6)
    assert high == pytest.approx((70 + w, 60 + h), abs=6)
    if not lying:
        assert found[0] == pytest.approx((70, 60), abs=6)
        assert found[1] == pytest.approx((70 + w, 60), abs=6)
