from __future__ import annotations

from math import sqrt

import pytest

from docexam.evaluation.wilson import wilson_interval


@pytest.mark.parametrize(("count", "of"), [(0, 10), (5, 10), (297, 300), (10, 10), (1, 2)])
def test_the_bounds_are_where_the_score_test_begins_to_doubt(count: int, of: int) -> None:
    """Wilson's definition: at each bound the share lies z standard deviations of the bound off."""
    share = count / of
    for bound, edge in zip(wilson_interval(count, of), (0.0, 1.0), strict=True):
        if bound == edge == share:
            continue
        assert abs(share - bound) == pytest.approx(1.959964 * sqrt(bound * (1 - bound) / of), 1e-5)
    low, high = wilson_interval(count, of)
    assert low <= share <= high


def test_nothing_counted_says_nothing() -> None:
    assert wilson_interval(0, 0) == (0.0, 1.0)


def test_more_than_all_is_refused() -> None:
    with pytest.raises(ValueError, match="3 of 2"):
        wilson_interval(3, 2)
