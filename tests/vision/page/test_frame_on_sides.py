"""A page is laid on the sides that were seen, unless these cannot be a page's of its size."""

from __future__ import annotations

import numpy as np
import pytest

from docexam.vision.frame_on_sides import laid_on_sides
from docexam.vision.outline import Side, SideSeen
from docexam.vision.plane import apply

SIZE = (85.60, 53.98)
PX_PER_MM = 10.0
EXPECTED = np.diag([PX_PER_MM, PX_PER_MM, 1.0])


def _sides(slope: float = 0.0, **at: float) -> dict[Side, tuple[str, SideSeen]]:
    found: dict[Side, tuple[str, SideSeen]] = {}
    for side in ("left", "top", "right", "bottom"):
        if side in at:
            turn = -slope if side in ("left", "right") else slope
            seen = SideSeen(side, at[side], turn, 0.01, 1.0, 400.0, (40.0,), 1.0, 8.0)
            found[side] = ("white", seen)
    return found


def test_three_sides_lay_a_page_that_its_rough_shape_has_half_a_millimetre_off() -> None:
    to_px = laid_on_sides(EXPECTED, 1.0, SIZE, _sides(left=0.5, right=86.1, top=-0.4))
    assert to_px is not None
    assert apply(to_px, [(0.0, 0.0)])[0] == pytest.approx((5.0, -4.0))
    assert apply(to_px, [SIZE])[0] == pytest.approx((861.0, 535.8))


def test_the_page_is_turned_as_its_sides_are() -> None:
    turn = np.radians(0.6)
    to_px = laid_on_sides(EXPECTED, 1.0, SIZE, _sides(float(np.tan(turn)), left=0.0, top=0.0))
    assert to_px is not None
    here, right = apply(to_px, [(0.0, 0.0), (SIZE[0], 0.0)])
    assert np.arctan2(right[1] - here[1], right[0] - here[0]) == pytest.approx(turn)


def test_a_millimetre_keeps_the_length_that_the_resolution_gives_it() -> None:
    to_px = laid_on_sides(EXPECTED, 1.02, SIZE, _sides(left=0.0, top=0.0))
    assert to_px is not None
    left, right = apply(to_px, [(0.0, 0.0), (SIZE[0], 0.0)])
    assert right[0] - left[0] == pytest.approx(SIZE[0] * 1.02 * PX_PER_MM)


@pytest.mark.parametrize(
    "at", [{"left": 0.0}, {"left": 1.0, "right": 84.0}, {"left": 3.0, "top": 0.0}]
)
def test_sides_that_are_too_few_or_of_another_size_lay_no_page(at: dict[str, float]) -> None:
    assert laid_on_sides(EXPECTED, 1.0, SIZE, _sides(**at)) is None
