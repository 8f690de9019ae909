"""The ground around the fields against what a model learned of it."""

from __future__ import annotations

import pytest

from docexam.checks.running import run_checks
from docexam.checks.sub_erasure import CHECKS
from docexam.nouns.finding import Limit
from docexam.nouns.measurement import Measurement

from .documents import examined, one
from .known_model import known_model

NAME = "model.field-ground"
LIMIT = Limit(None, 3.0, "1", "enrolled: 40 fields of 5 genuine captures")
SCRAPED: dict[str, float | str] = {"second": 2.5, "print_kept": 0.5, "tone": 0.1, "glow": -0.3}


@pytest.mark.parametrize(
    ("value", "told", "outcome", "code"),
    [
        (1.4, SCRAPED, "passed", "erasure.inside"),
        (3.3, SCRAPED, "inconclusive", "erasure.near-limit"),
        (5.0, SCRAPED, "failed", "erasure.above"),
        (5.0, {**SCRAPED, "second": 0.9}, "inconclusive", "erasure.one-trace"),
        (5.0, {**SCRAPED, "print_kept": 1.0, "tone": -0.1}, "inconclusive", "erasure.dirt"),
        (5.0, {**SCRAPED, "print_kept": 0.8, "glow": 0.3}, "inconclusive", "erasure.dirt"),
        (5.0, {**SCRAPED, "print_kept": 0.4, "tone": -0.1}, "failed", "erasure.above"),
        (5.0, {**SCRAPED, "print_kept": 1.0}, "failed", "erasure.above"),
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
