"""Grain and rows of dots, held against what genuine pages show."""

from __future__ import annotations

import pytest

from tests.checks.measured import judged, lost, value


@pytest.mark.parametrize(
    ("name", "number", "outcome"),
    [
        ("print.grain", 0.030, "passed"),
        ("print.grain", 0.060, "inconclusive"),
        ("print.grain", 0.090, "failed"),
        ("print.screen", 0.045, "passed"),
        ("print.screen", 0.112, "inconclusive"),
        ("print.screen", 0.300, "failed"),
    ],
)
def test_droplets_and_dots_refer_and_lines_do_not(name: str, number: float, outcome: str) -> None:
    share = 0.05 if name == "print.grain" else 0.10
    (found,) = judged("print.background", value(name, number, share * number))
    assert (found.outcome, found.severity) == (outcome, "strong")


def test_a_picture_too_coarse_for_print_is_inconclusive() -> None:
    (found,) = judged("print.background", lost("print.grain", "too-coarse", inconclusive=True))
    assert found.outcome == "inconclusive"
