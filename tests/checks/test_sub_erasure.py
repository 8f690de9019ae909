"""The ground around the fields against what a model learned of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from docexam.checks.running import run_checks
from docexam.checks.sub_erasure import CHECKS
from docexam.nouns.finding import Limit
from docexam.nouns.measurement import Measurement

from .documents import examined, one
from .known_model import known_model

if TYPE_CHECKING:
    from docexam.nouns.finding import Finding
    from docexam.nouns.measurement import BoxMm

NAME = "model.field-ground"
LIMIT = Limit(None, 3.0, "1", "enrolled: 40 fields of 5 genuine captures")
SCRAPED: dict[str, float | str] = {"second": 2.5, "print_kept": 0.5, "tone": 0.1, "glow": -0.3}


@pytest.mark.parametrize(
    ("value", "told", "outcome", "code"),
    [
        (1.4, SCRAPED, "passed", "erasure.inside"),
        (3.3, SCRAPED, "inconclusive", "erasure.near-limit"),
        (5.0, SCRAPED, "inconclusive", "erasure.alone"),
        (6.5, SCRAPED, "failed", "erasure.above"),
        (5.0, {**SCRAPED, "second": 0.9}, "inconclusive", "erasure.one-trace"),
        (5.0, {**SCRAPED, "print_kept": 1.0, "tone": -0.1}, "inconclusive", "erasure.dirt"),
        (5.0, {**SCRAPED, "print_kept": 0.8, "glow": 0.3}, "inconclusive", "erasure.dirt"),
        (6.5, {**SCRAPED, "print_kept": 0.4, "tone": -0.1}, "failed", "erasure.above"),
        (6.5, {**SCRAPED, "print_kept": 1.0}, "failed", "erasure.above"),
        (12.0, {**SCRAPED, "second": 0.7, "tone": -0.02, "glow": 1.1}, "failed", "erasure.above"),
        (12.0, {**SCRAPED, "second": 0.7, "glow": -1.1}, "inconclusive", "erasure.one-trace"),
    ],
)
def test_two_traces_fail_and_what_dirt_does_is_left_open(
    value: float, told: dict[str, float | str], outcome: str, code: str
) -> None:
    box = (44.0, 58.0, 17.0, 2.0)
    seen = Measurement(NAME, "data", ("white", "uv"), value, "1", 0.3, box, details=told)
    given = examined(
        measurements={("data", NAME): seen}, model=known_model(limits={("data", NAME): LIMIT})
    )
    found = one(run_checks(given, CHECKS), "sub.erasure")
    assert (found.outcome, found.reason.code) == (outcome, code)
    assert found.from_model
    if outcome == "failed":
        assert (found.severity, found.box_mm) == ("strong" if value > 8 else "suspicious", box)


BOX = (44.0, 58.0, 17.0, 2.0)
ELSEWHERE = (44.0, 68.0, 17.0, 2.0)
TYPE_LIMIT = Limit(None, 0.03, "1", "enrolled: 5 genuine captures")


def _with_a_field(name: str, value: float, box: BoxMm, ground: float = 5.0) -> Finding:
    """The judgement where the ground of one field is a little strange and one field differs."""
    seen = Measurement(NAME, "data", ("white", "uv"), ground, "1", 0.3, BOX, details=SCRAPED)
    other = Measurement(name, "data", ("white",), value, "1", 0.005, box, details={"field": "x"})
    limits = {("data", NAME): LIMIT, ("data", "viz.letters-apart"): TYPE_LIMIT}
    given = examined(
        measurements={("data", NAME): seen, ("data", name): other},
        model=known_model(limits=limits),
    )
    return one(run_checks(given, CHECKS), "sub.erasure")


@pytest.mark.parametrize(
    ("name", "value", "severity", "code"),
    [
        ("viz.letters-apart", 0.05, "strong", "erasure.and-type"),
        # one stain can change the ground and the ink
        ("viz.ink-apart", 0.35, "suspicious", "erasure.and-ink"),
    ],
)
def test_a_strange_ground_and_another_print_in_one_field_fail(
    name: str, value: float, severity: str, code: str
) -> None:
    found = _with_a_field(name, value, BOX)
    assert (found.outcome, found.severity, found.reason.code) == ("failed", severity, code)
    assert found.reason.params["print_kept"] == 0.5


@pytest.mark.parametrize(
    ("name", "value", "box", "ground"),
    [
        ("viz.letters-apart", 0.05, ELSEWHERE, 5.0),  # not the same field
        ("viz.letters-apart", 0.034, BOX, 5.0),  # not surely another type
        ("viz.ink-apart", 0.205, BOX, 5.0),  # not surely another ink
        ("viz.letters-apart", 0.05, BOX, 3.3),  # not surely another ground
    ],
)
def test_what_is_not_sure_or_not_in_one_place_is_left_open(
    name: str, value: float, box: BoxMm, ground: float
) -> None:
    assert _with_a_field(name, value, box, ground).outcome == "inconclusive"


def test_dirt_on_a_field_may_change_its_letters_too_and_a_stamp_on_a_visa() -> None:
    for page, told in (("data", {**SCRAPED, "print_kept": 0.8, "glow": 0.3}), ("visa", SCRAPED)):
        seen = Measurement(NAME, page, ("white", "uv"), 5.0, "1", 0.3, BOX, details=told)
        other = Measurement("viz.letters-apart", page, ("white",), 0.05, "1", 0.005, BOX)
        given = examined(
            measurements={(page, NAME): seen, (page, other.name): other},
            model=known_model(limits={(page, NAME): LIMIT, (page, other.name): TYPE_LIMIT}),
        )
        assert one(run_checks(given, CHECKS), "sub.erasure").outcome == "inconclusive"


def test_a_marker_pen_glows_and_leaves_the_print_and_refers_nobody() -> None:
    told = {**SCRAPED, "print_kept": 1.0, "glow": 1.1, "tone": -0.1}
    seen = Measurement(
        NAME, "data", ("white", "uv"), 12.0, "1", 0.3, (44.0, 58.0, 17.0, 2.0), details=told
    )
    given = examined(
        measurements={("data", NAME): seen}, model=known_model(limits={("data", NAME): LIMIT})
    )
    found = one(run_checks(given, CHECKS), "sub.erasure")
    assert (found.outcome, found.severity) == ("failed", "suspicious")


def test_a_visa_may_be_stamped_over() -> None:
    box = (20.0, 30.0, 17.0, 2.0)
    seen = Measurement(NAME, "visa", ("white", "uv"), 6.0, "1", 0.3, box, details=SCRAPED)
    given = examined(
        measurements={("visa", NAME): seen}, model=known_model(limits={("visa", NAME): LIMIT})
    )
    found = one(run_checks(given, CHECKS), "sub.erasure")
    assert (found.outcome, found.severity) == ("failed", "suspicious")


def test_without_a_model_it_is_not_made() -> None:
    found = one(run_checks(examined(), CHECKS), "sub.erasure")
    assert (found.outcome, found.reason.code) == ("not_performed", "no-model")
