"""The machine readable zone on pixels, against literal millimetres."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from docexam.errors import UsageError
from docexam.specimens.white_page import draw_white_page

Grey = NDArray[np.uint8]
Lengths = NDArray[np.float64]
PX = 400 / 25.4
TD3 = ("P<UTOEIEIEI<<EI" + "<" * 29, "7" * 43 + "7")
TD1 = ("I" + "E" * 29, "E" * 30, "7" * 30)


def _columns(picture: Grey, top_mm: float, bottom_mm: float) -> tuple[Lengths, Lengths]:
    rows = picture[round(top_mm * PX) : round(bottom_mm * PX)]
    dark = (rows < 130).any(axis=0)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], dark.astype(int), [0]])))
    return edges[::2] / PX, edges[1::2] / PX


def _rows(
    picture: Grey, left_mm: float, right_mm: float, top_mm: float, bottom_mm: float
) -> tuple[float, float]:
    box = picture[
        round(top_mm * PX) : round(bottom_mm * PX), round(left_mm * PX) : round(right_mm * PX)
    ]
    dark = np.flatnonzero((box < 130).any(axis=1))
    return top_mm + dark[0] / PX, top_mm + (dark[-1] + 1) / PX


def test_size_and_extent_of_a_td3_page() -> None:
    page = draw_white_page(TD3, 400)
    assert page.picture.shape == (1386, 1969)
    left, _right = _columns(page.picture, 76.45, 80.75)
    assert len(left) == 44
    assert left[0] == pytest.approx(6.0, abs=0.08)
    assert np.diff(left) == pytest.approx(2.54, abs=0.07)
    assert (left[-1] - left[0]) / 43 == pytest.approx(2.54, abs=0.002)


def test_text_extent_of_a_full_line_of_zeros() -> None:
    page = draw_white_page(("P<UTO" + "0" * 39, "0" * 44), 400)
    left, right = _columns(page.picture, 76.45, 80.75)
    assert left[0] == pytest.approx(6.0, abs=0.07)
    assert right[-1] - left[0] == pytest.approx(111.0, abs=0.1)
    assert right - left == pytest.approx(1.75, abs=0.07)


def test_heights_and_stroke() -> None:
    page = draw_white_page(TD3, 400)
    # the sixth character of line 1 is E, flat at head and foot; line 2 is all 7
    left = 6.0 + 5 * 2.54
    top, bottom = _rows(page.picture, left, left + 1.8, 70.0, 75.0)
    assert bottom - top == pytest.approx(2.46, abs=0.07)
    assert (top + bottom) / 2 == pytest.approx(88 - 15.75, abs=0.1)
    top, bottom = _rows(page.picture, 6.0, 7.8, 76.45, 80.75)
    assert bottom - top == pytest.approx(2.66, abs=0.09)
    assert (top + bottom) / 2 == pytest.approx(88 - 9.40, abs=0.1)
    # the upright of E: its ink over a row between the arms
    row = page.picture[round((88 - 15.75 - 0.6) * PX)]
    cell = row[round(left * PX) : round((left + 1.9) * PX)].astype(float)
    stroke = ((235 - cell) / 210).sum() / PX
    assert stroke == pytest.approx(0.35, abs=0.04)


def test_td1_lines_are_4_23_mm_apart() -> None:
    page = draw_white_page(TD1, 400)
    assert page.picture.shape == (850, 1348)
    first = _rows(page.picture, 7.4, 9.2, 53.98 - 17.5, 53.98 - 14.0)
    second = _rows(page.picture, 7.4, 9.2, 53.98 - 13.2, 53.98 - 9.8)
    assert second[0] - first[0] == pytest.approx(4.23, abs=0.07)
    assert (second[0] + second[1]) / 2 == pytest.approx(53.98 - 11.5, abs=0.1)


def test_visas_have_their_own_size() -> None:
    page = draw_white_page(("V<UTO" + "<" * 31, "0" * 36), 300, visa=True)
    assert page.picture.shape == (874, 1240)
    assert draw_white_page(("V<UTO" + "<" * 39, "0" * 44), 300, visa=True).picture.shape == (
        945,
        1417,
    )


@pytest.mark.parametrize(
    ("visa", "count", "length", "size_mm", "left_mm", "extent_mm", "centres_mm"),
    [
        (False, 3, 30, (85.60, 53.98), 5.0, 75.4, (15.73, 11.50, 7.27)),
        (False, 2, 36, (105.0, 74.0), 4.0, 90.7, (15.75, 9.40)),
        (False, 2, 44, (125.0, 88.0), 6.0, 111.0, (15.75, 9.40)),
        (True, 2, 44, (120.0, 80.0), 4.0, 111.0, (15.75, 9.40)),
        (True, 2, 36, (105.0, 74.0), 4.0, 90.7, (15.75, 9.40)),
    ],
    ids=["TD1", "TD2", "TD3", "MRV-A", "MRV-B"],
)
def test_every_format_has_its_zone_where_the_figures_say(
    visa: bool,
    count: int,
    length: int,
    size_mm: tuple[float, float],
    left_mm: float,
    extent_mm: float,
    centres_mm: tuple[float, ...],
) -> None:
    page = draw_white_page(("0" * length,) * count, 400, visa=visa)
    rows, columns = page.picture.shape
    assert (columns / PX, rows / PX) == pytest.approx(size_mm, abs=0.04)
    for centre in centres_mm:
        middle = size_mm[1] - centre
        left, right = _columns(page.picture, middle - 1.9, middle + 1.9)
        assert len(left) == length
        assert left[0] == pytest.approx(left_mm, abs=0.07)
        assert right[-1] - left[0] == pytest.approx(extent_mm, abs=0.1)
        top, bottom = _rows(page.picture, left_mm, left_mm + 1.8, middle - 1.9, middle + 1.9)
        assert (top + bottom) / 2 == pytest.approx(middle, abs=0.1)


def test_the_quad_holds_all_ink() -> None:
    page = draw_white_page(TD3, 400)
    ys, xs = np.nonzero(page.picture < 130)
    (x0, y0), (x1, _), (_, y1), _ = page.text_quad_px
    assert x0 == pytest.approx(xs.min(), abs=1.5)
    assert xs.max() + 1 <= x1 + 1
    assert y0 - 1 <= ys.min()
    assert ys.max() + 1 <= y1 + 1


def test_lines_of_no_format_are_refused() -> None:
    with pytest.raises(UsageError, match="No format has 2 lines"):
        draw_white_page(("P<UTO", "0"))
