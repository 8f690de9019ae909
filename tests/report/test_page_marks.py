"""Marks on a page: every finding of the light, none hidden behind another's label."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from docexam.report.page_marks import Marked, page_marks

SIZE = (125.0, 88.0)
_boxes = st.tuples(st.floats(0, 110), st.floats(0, 80), st.floats(1, 15), st.floats(1, 8))


def test_one_place_has_one_box_and_all_its_numbers() -> None:
    box = (6.0, 70.0, 111.0, 9.0)
    marks = page_marks([Marked(2, box, "open"), Marked(1, box, "bad")], SIZE)
    assert [(mark.label, mark.tone, mark.first) for mark in marks] == [("1, 2", "bad", 1)]


def test_labels_of_boxes_with_one_corner_stand_beside_one_another() -> None:
    marks = page_marks(
        [Marked(1, (6.0, 77.0, 25.0, 4.0), "bad"), Marked(2, (6.0, 77.0, 111.0, 4.0), "bad")], SIZE
    )
    first, second = sorted(mark.label_mm for mark in marks)
    assert first[0] + first[2] <= second[0]
    assert marks[0].first == 2  # The larger is drawn first.


@given(st.lists(_boxes, max_size=12))
def test_labels_stay_on_the_page_and_apart(boxes: list[tuple[float, float, float, float]]) -> None:
    marks = page_marks([Marked(n, box, "open") for n, box in enumerate(boxes, 1)], SIZE)
    numbers = sorted(int(part) for mark in marks for part in mark.label.split(", "))
    assert numbers == list(range(1, len(boxes) + 1))
    labels = [mark.label_mm for mark in marks]
    for n, (x, y, w, h) in enumerate(labels):
        assert x >= 0
        assert y >= 0
        assert x + w <= SIZE[0] + 1e-9
        assert y + h <= SIZE[1] + 1e-9
        for ox, oy, ow, oh in labels[:n]:
            assert x >= ox + ow or ox >= x + w or y >= oy + oh or oy >= y + h
