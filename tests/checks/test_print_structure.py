"""Grain and rows of dots, held against what genuine pages show."""

from __future__ import annotations

import pytest

from tests.checks.measured import judged, lost, value


@pytest.mark.parametrize(
    ("name", "number", "outcome"),
    [
        ("print.grain", 0.030, "passed"),
        ("print.grain", 0.036, "inconclusive"),
        ("print.grain", 0.070, "failed"),
        ("print.screen", 0.045, "passed"),
        ("print.screen", 0.112, "inconclusive"),
        ("print.screen", 0.300, "failed"),
        ("print.rosette", 1.3, "passed"),
        ("print.rosette", 1.95, "inconclusive"),
        ("print.rosette", 2.8, "failed"),
    ],
)
def test_droplets_and_dots_refer_and_lines_do_not(name: str, number: float, outcome: str) -> None:
    share = {"print.grain": 0.06, "print.screen": 0.10, "print.rosette": 0.04}[name]
    (found,) = judged("print.background", value(name, number, share * number))
    assert (found.outcome, found.severity) == (outcome, "strong")


def test_a_weak_rosette_is_only_suspicious() -> None:
    (found,) = judged("print.background", value("print.rosette", 2.3, 0.09))
    assert (found.outcome, found.severity) == ("failed", "suspicious")


def test_a_picture_too_coarse_for_print_is_inconclusive() -> None:
    (found,) = judged("print.background", lost("print.grain", "too-coarse", inconclusive=True))
    assert found.outcome == "inconclusive"


@pytest.mark.parametrize(
    ("net", "outcome", "severity"),
    [
        (8.0, "failed", "strong"),
        (20.0, "failed", "suspicious"),
        (43.0, "inconclusive", "strong"),
    ],
)
def test_a_net_whose_overtones_look_like_screens_refers_nobody(
    net: float, outcome: str, severity: str
) -> None:
    (found,) = judged("print.background", value("print.rosette", 12.0, 1.0, net=net))
    assert (found.outcome, found.severity) == (outcome, severity)
    assert (found.reason.code == "print.net") == (outcome == "inconclusive")
