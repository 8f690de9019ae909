"""Data out of place, or in other strokes, against what genuine pages taught."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.reference import viz_layout
from docexam.reference.parts import NotLearned, Part
from docexam.reference.placing import UNPLACED
from docexam.reference.viz_layout import learn, measure
from docexam.reference.viz_seen_line import SeenLine, lies_askew

from .text_pages import genuine, page_of, rows_of

if TYPE_CHECKING:
    from docexam.reference.page_sample import PageSample


@pytest.fixture(scope="module")
def part() -> Part:
    learned = learn(genuine())
    assert isinstance(learned, Part)
    return learned


def values(part: Part, sample: PageSample) -> dict[str, Measurement]:
    found = measure(sample, part)
    return {each.name: each for each in found if isinstance(each, Measurement)}


def outside(part: Part, found: dict[str, Measurement]) -> set[str]:
    """What lies outside of the learned limits by twice its uncertainty."""
    bad = set()
    for name, each in found.items():
        limit, u = part.limits[name], 2 * each.uncertainty
        low, high = limit.low, limit.high
        if (low is not None and each.value < low - u) or (
            high is not None and each.value > high + u
        ):
            bad.add(name)
    return bad


def test_places_are_where_the_data_stands_and_the_title_is_none(part: Part) -> None:
    places = {each["name"]: each for each in part.facts["places"]}
    assert set(places) == {each.name for each in rows_of(0)}
    assert places["expiry_date"]["baseline"] == pytest.approx(38.0, abs=0.08)
    assert places["birth_date"]["cap"] == pytest.approx(0.714 * 2.9, abs=0.12)
    assert places["document_number"]["edge"] == pytest.approx(50.3, abs=0.25)


def test_nothing_that_a_holder_is_called_stays_in_the_model(part: Part) -> None:
    text = str(part.facts)
    assert not any(row.text in text for number in range(5) for row in rows_of(number))


def test_another_genuine_page_is_within_all_limits(part: Part) -> None:
    found = values(part, page_of(rows_of(5), seed=99, blur_px=1.2))
    assert set(found) == set(viz_layout.NAMES)
    assert outside(part, found) == set()


def test_all_data_a_third_of_a_millimetre_too_low(part: Part) -> None:
    low = [replace(row, baseline=row.baseline + 0.33) for row in rows_of(5)]
    found = values(part, page_of(low))
    assert found["viz.down"].value == pytest.approx(0.33, abs=0.03)
    assert outside(part, found) == {"viz.down"}


def test_one_line_on_its_own_baseline_is_named(part: Part) -> None:
    rows = [
        replace(row, baseline=row.baseline - 0.2) if row.name == "issue_date" else row
        for row in rows_of(5)
    ]
    found = values(part, page_of(rows))
    assert outside(part, found) == {"viz.line-apart"}
    assert found["viz.line-apart"].details["field"] == "issue_date"
    x, y, w, h = found["viz.line-apart"].box_mm
    assert 5.5 < x < 7
    assert 28 < y < 30
    assert 15 < w < 20
    assert 1.5 < h < 3


def test_a_page_printed_a_little_longer_has_no_line_apart(part: Part) -> None:
    longer = [
        replace(row, baseline=row.baseline + 0.003 * (row.baseline - 24)) for row in rows_of(5)
    ]
    assert outside(part, values(part, page_of(longer))) == set()
    apart = [
        replace(row, baseline=row.baseline + 0.25) if row.name == "issue_date" else row
        for row in longer
    ]
    found = values(part, page_of(apart))
    assert outside(part, found) == {"viz.line-apart"}
    assert found["viz.line-apart"].details["field"] == "issue_date"


def _line_at(baseline: float, down: float) -> SeenLine:
    return SeenLine("x", baseline, down, 0.0, 9, 0.03, None, (0.0, baseline, 10.0, 2.0))


@pytest.mark.parametrize(
    ("down", "askew"),
    [
        # a page of a telephone, straightened 2.8 % too short: nothing of it is the printer's
        ((-0.264, -0.448, -0.634, -0.919), True),
        ((0.0, 0.0, 0.4, 0.0), False),
        ((0.0, 0.0, 0.0, 0.4), False),
        ((0.02, 0.04, 0.05, 0.07), False),
    ],
)
def test_a_page_laid_too_short_tells_no_line_apart(down: tuple[float, ...], askew: bool) -> None:
    lines = [_line_at(at, off) for at, off in zip((14.0, 20.5, 27.0, 34.0), down, strict=True)]
    assert lies_askew(lines) is askew


def test_strokes_of_another_face(part: Part) -> None:
    bold = [replace(row, font="serif-bold") for row in rows_of(5)]
    assert "viz.stroke" in outside(part, values(part, page_of(bold)))


def test_one_line_in_another_face(part: Part) -> None:
    rows = [
        replace(row, font="sans-bold") if row.name == "birth_date" else row for row in rows_of(5)
    ]
    found = values(part, page_of(rows))
    assert outside(part, found) == {"viz.stroke-apart"}
    assert found["viz.stroke-apart"].details["field"] == "birth_date"


def test_a_page_that_lies_on_no_print_is_not_measured(part: Part) -> None:
    lost = measure(replace(page_of(rows_of(5)), placing=UNPLACED), part)
    assert {each.name for each in lost} == set(viz_layout.NAMES)
    assert all(isinstance(e, NotMeasured) and e.code == "model.not-placed" for e in lost)


def test_two_pages_teach_no_places() -> None:
    learned = learn(genuine(2))
    assert isinstance(learned, NotLearned)
    assert learned.code == "learn.few-pages"
