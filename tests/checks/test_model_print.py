"""Place and type of the data against the limits that a model learned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from docexam.checks.font_viz import CHECKS as FONT
from docexam.checks.geo_viz_layout import CHECKS as LAYOUT
from docexam.checks.running import run_checks
from docexam.nouns.finding import Limit
from docexam.nouns.measurement import Measurement, NotMeasured

from .documents import examined, one
from .known_model import known_model

if TYPE_CHECKING:
    from docexam.nouns.finding import Finding

BOX = (44.0, 14.0, 60.0, 50.0)
LIMITS = {
    ("data", "viz.down"): Limit(-0.15, 0.15, "mm", "enrolled: 5 genuine captures"),
    ("data", "viz.right"): Limit(-0.35, 0.35, "mm", "enrolled: 5 genuine captures"),
    ("data", "viz.stroke"): Limit(0.72, 1.28, "1", "enrolled: 5 genuine captures"),
    ("data", "viz.line-apart"): Limit(None, 0.10, "mm", "enrolled: 5 genuine captures"),
    ("data", "viz.letters"): Limit(None, 0.03, "1", "enrolled: 5 genuine captures"),
    ("data", "viz.size"): Limit(0.97, 1.03, "1", "enrolled: 5 genuine captures"),
}


def measured(name: str, value: float, u: float = 0.02, **details: str) -> Measurement:
    return Measurement(name, "data", ("white",), value, "mm", u, BOX, details=details)


def judged(checks: object, *seen: Measurement) -> list[Finding]:
    given = examined(
        measurements={("data", m.name): m for m in seen}, model=known_model(limits=LIMITS)
    )
    return run_checks(given, checks)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("down", "outcome", "severity"),
    [
        (0.05, "passed", "suspicious"),
        (0.16, "inconclusive", "suspicious"),
        (0.24, "failed", "suspicious"),
        (0.45, "failed", "strong"),
        (-0.45, "failed", "strong"),
    ],
)
def test_data_too_low_weighs_more_the_farther_it_is(
    down: float, outcome: str, severity: str
) -> None:
    found = judged(LAYOUT, measured("viz.down", down))
    assert [(f.outcome, f.severity, f.from_model) for f in found] == [(outcome, severity, True)]
    assert found[0].box_mm == BOX


def test_without_a_model_the_layout_is_not_performed() -> None:
    found = one(run_checks(examined(), LAYOUT), "geo.viz-layout")
    assert (found.outcome, found.reason.code) == ("not_performed", "no-model")


@pytest.mark.parametrize(
    ("field", "severity"), [("expiry_date", "strong"), ("given_names", "suspicious")]
)
def test_one_line_off_weighs_less_where_issuers_fit_text_themselves(
    field: str, severity: str
) -> None:
    found = judged(FONT, measured("viz.stroke", 1.02), measured("viz.line-apart", 0.2, field=field))
    assert [(f.outcome, f.severity, f.reason.code) for f in found] == [
        ("failed", severity, "font.line-apart.above")
    ]


def test_other_strokes_on_the_whole_page_are_strong() -> None:
    (found,) = judged(FONT, measured("viz.stroke", 1.6), measured("viz.line-apart", 0.02))
    assert (found.outcome, found.severity) == ("failed", "strong")


@pytest.mark.parametrize(
    ("letters", "size", "severity"),
    [
        (0.042, 1.00, "suspicious"),  # soiled or soft
        (0.042, 1.032, "suspicious"),  # within what the size is sure of
        (0.042, 1.038, "strong"),  # other shapes, and otherwise apart
        (0.042, 0.960, "strong"),
        (0.070, 1.00, "strong"),
    ],
)
def test_another_type_shows_in_shapes_and_in_distances(
    letters: float, size: float, severity: str
) -> None:
    found = judged(FONT, measured("viz.letters", letters, 0.005), measured("viz.size", size, 0.005))
    (shapes,) = (f for f in found if f.reason.code == "font.letters.above")
    assert (shapes.outcome, shapes.severity) == ("failed", severity)


def test_where_all_is_as_it_should_be_one_finding_says_so() -> None:
    (found,) = judged(FONT, measured("viz.stroke", 1.0), measured("viz.line-apart", 0.02))
    assert (found.outcome, found.reason.code) == ("passed", "font.stroke.inside")


def test_what_could_not_be_measured_says_why() -> None:
    lost = NotMeasured("viz.stroke", "data", ("white",), "model.not-placed")
    given = examined(not_measured={("data", lost.name): lost}, model=known_model(limits=LIMITS))
    found = one(run_checks(given, FONT), "font.viz")
    assert (found.outcome, found.reason.code) == ("not_performed", "model.not-placed")
