"""Limits and guard bands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docexam.checks.check import Check
from docexam.checks.judging import each_measurement, within
from docexam.nouns.measurement import Measurement, NotMeasured
from tests.checks.documents import examined

CHECK = Check("geo.size", ("E",), ("white",), lambda _c, _e: (), needs=("geo.size.width",))


def measured(value: float, u: float = 0.1) -> Measurement:
    box = (0.0, 0.0, 125.0, 88.0)
    return Measurement("geo.size.width", "data", ("white",), value, "mm", u, box)


@pytest.mark.parametrize(
    ("value", "outcome", "code"),
    [
        (10.0, "passed", "inside"),
        (9.1, "passed", "inside"),
        (9.05, "inconclusive", "near-limit"),
        (8.81, "inconclusive", "near-limit"),
        (8.79, "failed", "below"),
        (11.19, "inconclusive", "near-limit"),
        (11.21, "failed", "above"),
    ],
)
def test_the_guard_band_is_one_u_inside_and_two_u_outside(
    value: float, outcome: str, code: str
) -> None:
    finding = within(CHECK, measured(value), low=9.0, high=11.0, source="a clause")
    assert (finding.outcome, finding.reason.code) == (outcome, code)
    assert finding.measured is not None
    assert finding.measured.value == value
    assert finding.limit is not None
    assert (finding.limit.low, finding.limit.high, finding.limit.source) == (9.0, 11.0, "a clause")
    assert finding.box_mm == (0.0, 0.0, 125.0, 88.0)


def test_a_band_of_the_source_is_inconclusive_however_sure() -> None:
    between = within(CHECK, measured(0.5, 0.001), low=0.6, fail_low=0.35, source="bands")
    assert between.outcome == "inconclusive"
    assert (
        within(CHECK, measured(0.3, 0.001), low=0.6, fail_low=0.35, source="b").outcome == "failed"
    )


@given(value=st.floats(-5, 5), u=st.floats(0, 2), low=st.floats(-3, 0), width=st.floats(0.1, 4))
def test_never_passed_outside_nor_failed_inside(
    value: float, u: float, low: float, width: float
) -> None:
    high = low + width
    finding = within(CHECK, measured(value, u), low=low, high=high, source="s")
    if finding.outcome == "passed":
        assert low <= value <= high
    if finding.outcome == "failed":
        assert value < low or value > high


def test_what_was_not_measured_says_so_and_never_passes() -> None:
    missed = NotMeasured("geo.size.width", "data", ("white",), "too-blurred", inconclusive=True)
    absent = NotMeasured("geo.size.width", "back", ("white",), "no-page")
    case = examined(not_measured={("data", missed.name): missed, ("back", absent.name): absent})
    found = each_measurement(CHECK, case, lambda m: within(CHECK, m, low=1.0, source="s"))
    assert [each.outcome for each in found] == ["inconclusive", "not_performed"]
    assert [each.reason.code for each in found] == ["too-blurred", "no-page"]


def test_without_any_word_of_vision_the_missing_light_is_named() -> None:
    check = Check("lam.retro", ("L",), ("coaxial",), lambda _c, _e: (), needs=("lam.retro",))
    found = each_measurement(check, examined(), lambda m: within(check, m, low=1.0, source="s"))
    assert [(each.outcome, each.reason.code) for each in found] == [("not_performed", "no-light")]
    assert found[0].reason.params["light"] == "coaxial"
