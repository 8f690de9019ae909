"""What a glow means: dull, bright, in between, and parts of a page that glow otherwise."""

from __future__ import annotations

import pytest

from docexam.checks.running import run_checks
from docexam.checks.uv_dullness import CHECKS
from docexam.nouns.measurement import Measurement, NotMeasured

from .documents import examined, one

PAGE = (0.0, 0.0, 125.0, 88.0)


def glow(name: str, value: float, u: float, **details: float | str) -> Measurement:
    given = {"level": value, "here": value, "against": "patch", **details}
    return Measurement(name, "data", ("uv",), value, "office paper", u, PAGE, details=given)


def outcome(check: str, *measured: Measurement) -> str:
    known = {("data", each.name): each for each in measured}
    return one(run_checks(examined(measurements=known), CHECKS), check).outcome


@pytest.mark.parametrize(
    ("value", "u", "against", "expected"),
    [
        (0.02, 0.005, "patch", "passed"),
        (0.05, 0.01, "patch", "passed"),
        (0.10, 0.01, "patch", "inconclusive"),
        (0.17, 0.01, "patch", "inconclusive"),
        (0.30, 0.03, "patch", "failed"),
        (0.02, 0.006, "picture", "passed"),
        (0.30, 0.07, "picture", "failed"),
        (0.20, 0.07, "picture", "inconclusive"),
    ],
)
def test_dull_page(value: float, u: float, against: str, expected: str) -> None:
    assert outcome("uv.dull-page", glow("uv.page", value, u, against=against)) == expected


def test_a_part_is_held_against_its_page_unless_the_page_glows() -> None:
    assert outcome("uv.dull-mrz", glow("uv.zone-apart", 0.002, 0.006, level=0.02)) == "passed"
    assert outcome("uv.dull-mrz", glow("uv.zone-apart", 0.4, 0.05, level=0.02)) == "failed"
    assert outcome("uv.dull-mrz", glow("uv.zone-apart", 0.4, 0.05, level=0.5)) == "inconclusive"


def test_a_portrait_may_glow_less_than_another_part() -> None:
    assert outcome("uv.dull-photo", glow("uv.photo-apart", 0.01, 0.006, level=0.02)) == "passed"
    assert outcome("uv.dull-photo", glow("uv.photo-apart", 0.06, 0.012, level=0.02)) == "failed"
    assert outcome("uv.dull-viz", glow("uv.fields-apart", 0.06, 0.012, level=0.02)) == "passed"


def test_a_limit_and_its_source_are_in_the_finding() -> None:
    known = {("data", "uv.page"): glow("uv.page", 0.4, 0.03)}
    found = one(run_checks(examined(measurements=known), CHECKS), "uv.dull-page")
    assert found.limit is not None
    assert found.limit.high == pytest.approx(0.08)
    assert "Doc 9303-2" in found.limit.source
    assert (found.severity, found.box_mm) == ("strong", PAGE)


def test_without_ultraviolet_nothing_passes() -> None:
    why = NotMeasured("uv.page", "data", ("uv",), "no-light", {"light": "uv"})
    found = run_checks(examined(not_measured={("data", "uv.page"): why}), CHECKS)
    assert {each.outcome for each in found} == {"not_performed"}
