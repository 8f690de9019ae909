"""Where the portrait stands, with what may differ close to it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from docexam.reference.portrait_place import portrait_place

from .ink_pages import SCALE, genuine

if TYPE_CHECKING:
    from docexam.reference.page_sample import PageSample

PORTRAIT_MM = (6, 20, 30, 40)


def darkened(sample: PageSample, box_mm: tuple[float, ...], share: float) -> PageSample:
    """The page with what a shadow or a stain takes in one box."""
    x, y, w, h = (round(side * SCALE) for side in box_mm)
    white = np.array(sample.pictures["white"])
    white[y : y + h, x : x + w] *= share
    return replace(sample, pictures={**sample.pictures, "white": white})


@pytest.mark.parametrize(
    "box_mm",
    [(0, 0, 2.4, 88), (45, 0, 70, 88)],
    ids=["cut", "stain"],
)
def test_what_differs_beside_a_portrait_is_no_part_of_it(box_mm: tuple[float, ...]) -> None:
    shares = (1.0, 0.85, 1.0, 0.7, 0.8)
    pages = [darkened(each, box_mm, share) for each, share in zip(genuine(), shares, strict=True)]
    found = portrait_place(pages)
    assert found is not None
    assert found == pytest.approx(PORTRAIT_MM, abs=3.5)


def test_two_pages_show_no_portrait() -> None:
    assert portrait_place(genuine(2)) is None
