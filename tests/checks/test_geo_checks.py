"""Geometry: ICAO's millimetres, and what is said where a ruler or an edge is missing."""

from __future__ import annotations

import pytest

from docexam.nouns.finding import Limit
from tests.checks.measured import judged, lost, value


@pytest.mark.parametrize(
    ("check", "name", "format_", "low", "high"),
    [
        ("geo.size", "doc.width", "TD3", 124.25, 125.75),
        ("geo.size", "doc.height", "TD3", 87.25, 88.75),
        ("geo.size", "doc.width", "TD1", 84.85, 86.35),
        ("geo.size", "doc.height", "TD2", 73.25, 74.75),
        ("geo.size", "doc.width", "MRV-A", 119.0, 121.0),
        ("geo.size", "doc.height", "MRV-B", 73.0, 75.0),
        ("geo.corner", "doc.corner.top-left", "TD1", 2.88, 3.48),
        ("geo.mrz-left", "mrz.left", "TD3", 5.0, 7.0),
        ("geo.mrz-left", "mrz.left", "TD1", 4.0, 6.0),
        ("geo.mrz-left", "mrz.left", "MRV-B", 3.0, 5.0),
        ("geo.margin", "doc.margin", "TD3", 2.0, None),
        ("geo.mrz-height", "mrz.clear-height", "TD3", 22.2, None),
        ("geo.mrz-height", "mrz.clear-height", "TD1", 22.3, None),
        ("geo.mrz-align", "mrz.skew", "TD3", None, 3.0),
        ("geo.mrz-align", "mrz.misalignment", "TD3", None, 0.65),
        ("geo.mrz-align", "mrz.misalignment-line", "TD3", None, 1.30),
        ("geo.mrz-pitch", "mrz.least-distance", "TD3", 2.30, None),
        ("geo.mrz-lines", "mrz.line-gap", "TD3", 0.65, None),
        ("geo.mrz-glyph", "mrz.stroke", "TD3", 0.27, 0.43),
    ],
)
def test_limits_of_doc_9303(
    check: str, name: str, format_: str, low: float | None, high: float | None
) -> None:
    inside = low + 0.1 if low is not None else (high or 0.0) - 0.1
    (found,) = judged(check, value(name, inside, 0.01, format=format_))
    assert found.outcome == "passed"
    assert isinstance(found.limit, Limit)
    assert (found.limit.low, found.limit.high) == pytest.approx((low, high))
    assert found.limit.source
    for limit, way in ((low, -1), (high, 1)):
        if limit is not None:
            (beyond,) = judged(check, value(name, limit + way * 0.03, 0.01, format=format_))
            assert beyond.outcome == "failed"
            (near,) = judged(check, value(name, limit + way * 0.01, 0.01, format=format_))
            assert near.outcome == "inconclusive"


@pytest.mark.parametrize(
    ("format_", "line", "centre", "apart"),
    [
        ("TD3", 1.0, 15.75, 0.82),
        ("TD3", 2.0, 9.40, 0.82),
        ("TD1", 1.0, 15.73, 1.0),
        ("TD1", 2.0, 11.50, 1.0),
        ("TD1", 3.0, 7.27, 1.0),
        ("MRV-A", 2.0, 9.40, 0.82),
    ],
)
def test_each_line_stays_in_its_band(
    format_: str, line: float, centre: float, apart: float
) -> None:
    name = f"mrz.line-centre.{line:.0f}"
    for off, outcome in ((0.0, "passed"), (apart + 0.2, "failed"), (-apart - 0.2, "failed")):
        (found,) = judged(
            "geo.mrz-zone", value(name, centre + off, 0.05, format=format_, line=line)
        )
        assert found.outcome == outcome


def test_each_line_out_of_place_is_named_and_the_others_are_not() -> None:
    lines = [
        value("mrz.line-centre.1", 15.75, 0.05, line=1.0),
        value("mrz.line-centre.2", 8.0, 0.05, line=2.0),
    ]
    (found,) = judged("geo.mrz-zone", *lines)
    assert (found.outcome, found.reason.params["line"]) == ("failed", 2.0)


@pytest.mark.parametrize(
    ("check", "name", "good", "bad"),
    [
        ("geo.mrz-pitch", "mrz.pitch", 2.54, 2.46),
        ("geo.mrz-pitch", "mrz.pitch-jump", 0.02, 0.40),
        ("geo.mrz-width", "mrz.width", 111.0, 108.5),
        ("geo.mrz-lines", "mrz.line-spacing.1", 6.35, 6.0),
        ("geo.mrz-glyph", "mrz.capital-height", 2.46, 2.2),
        ("geo.mrz-glyph", "mrz.digit-height", 2.66, 3.0),
        ("geo.mrz-glyph", "mrz.glyph-outlier", 0.01, 0.15),
        ("font.ocrb", "mrz.font", 0.01, 0.17),
        ("font.ocrb", "mrz.font-character", 0.02, 0.45),
    ],
)
def test_limits_of_our_own_say_so(check: str, name: str, good: float, bad: float) -> None:
    (found,) = judged(check, value(name, good, 0.005))
    assert found.outcome == "passed"
    assert found.limit is not None
    assert "our starting value" in found.limit.source
    (found,) = judged(check, value(name, bad, 0.005))
    assert found.outcome == "failed"


def test_a_zone_that_would_be_its_own_ruler_is_not_judged_by_it() -> None:
    for check, name in (
        ("geo.size", "doc.width"),
        ("geo.mrz-width", "mrz.width"),
        ("geo.mrz-lines", "mrz.line-spacing.1"),
    ):
        (found,) = judged(check, lost(name, "scale.from-zone"))
        assert (found.outcome, found.reason.code) == ("not_performed", "scale.from-zone")


def test_what_can_be_told_without_a_ruler_is_told() -> None:
    (found,) = judged(
        "geo.mrz-pitch",
        lost("mrz.pitch", "scale.from-zone"),
        value("mrz.pitch-jump", 0.5, 0.01, line=1.0, column=4.0),
    )
    assert (found.outcome, found.reason.code) == ("failed", "mrz.pitch-jump.above")


def test_the_bound_side_of_a_booklet_and_visas_have_no_round_corners() -> None:
    for format_, code in (("TD3", "corner.bound"), ("MRV-B", "corner.none")):
        (found,) = judged("geo.corner", value("doc.corner.top-left", 0.4, 0.05, format=format_))
        assert (found.outcome, found.reason.code) == ("not_applicable", code)
    (found,) = judged("geo.corner", value("doc.corner.top-left", 0.4, 0.05, format="TD1"))
    assert found.outcome == "failed"


def test_print_structure_wants_more_pixels_than_place() -> None:
    (found,) = judged("geo.mrz-glyph", value("mrz.glyph-outlier", 0.2, 0.01, ppi=186.0))
    assert (found.outcome, found.reason.code) == ("inconclusive", "too-coarse")
    (found,) = judged("font.ocrb", value("mrz.font", 0.01, 0.02, ppi=186.0))
    assert found.outcome == "passed"


def test_an_edge_that_swings_and_corners_cut_unlike_are_trimmed_by_hand() -> None:
    (straight,) = judged("edge.trim", value("doc.edge-wave.bottom", 0.03, 0.01, side="bottom"))
    assert straight.outcome == "passed"
    (wavy,) = judged("edge.trim", value("doc.edge-wave.bottom", 0.14, 0.01, side="bottom"))
    assert (wavy.outcome, wavy.severity) == ("failed", "strong")
    assert wavy.reason.code == "trim.wave.above"
    (unlike,) = judged("edge.trim", value("doc.corner-spread", 1.2, 0.15, format="TD3"))
    assert (unlike.outcome, unlike.reason.code) == ("failed", "trim.corners.above")
    (within_tolerance,) = judged("edge.trim", value("doc.corner-spread", 0.3, 0.1, format="TD3"))
    assert within_tolerance.outcome == "passed"


@pytest.mark.parametrize(("neighbour", "outcome"), [(0.5, "not_applicable"), (2.0, "failed")])
def test_a_sharp_corner_is_a_bound_one_only_beside_another(neighbour: float, outcome: str) -> None:
    corner = value("doc.corner.top-left", 0.6, 0.1, format="TD3", neighbour=neighbour)
    (found,) = judged("geo.corner", corner)
    assert found.outcome == outcome
