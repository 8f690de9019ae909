"""Infrared: what passes, what fails, and what nobody may decide."""

from __future__ import annotations

import pytest

from docexam.nouns.report import VizField
from tests.checks.measured import judged, lost, value


@pytest.mark.parametrize(
    ("contrast", "outcome"),
    [
        (0.95, "passed"),
        (0.64, "passed"),
        (0.61, "inconclusive"),
        (0.45, "inconclusive"),
        (0.33, "inconclusive"),
        (0.29, "failed"),
        (0.05, "failed"),
    ],
)
def test_b900_has_a_band_in_which_nothing_is_decided(contrast: float, outcome: str) -> None:
    (found,) = judged("ir.b900", value("mrz.contrast", contrast, 0.02, white=0.95))
    assert found.outcome == outcome
    assert found.severity == "strong"
    assert found.limit is not None
    assert found.limit.low == 0.60


def test_print_that_white_does_not_show_either_is_no_failure() -> None:
    (found,) = judged("ir.b900", value("mrz.contrast", 0.1, 0.02, white=0.3))
    assert (found.outcome, found.reason.code) == ("inconclusive", "contrast.unseen")


@pytest.mark.parametrize(("ppi", "outcome"), [(149.0, "inconclusive"), (150.0, "passed")])
def test_b900_decides_from_150_ppi(ppi: float, outcome: str) -> None:
    (found,) = judged("ir.b900", value("mrz.contrast", 0.9, 0.02, white=0.95, ppi=ppi))
    assert found.outcome == outcome


def test_one_character_lost_fails_where_the_zone_passes() -> None:
    zone = value("mrz.contrast", 0.9, 0.02, white=0.95)
    weak = value("mrz.contrast-weakest", 0.1, 0.02, white=0.9, line=2.0, column=7.0)
    (found,) = judged("ir.b900", zone, weak)
    assert (found.outcome, found.reason.code) == ("failed", "contrast.character")
    assert found.reason.params["column"] == 7.0
    faint = value("mrz.contrast-weakest", 0.1, 0.02, white=0.3)
    (found,) = judged("ir.b900", zone, faint)
    assert found.outcome == "passed"


def test_without_infrared_b900_is_not_performed() -> None:
    (found,) = judged("ir.b900", lost("mrz.contrast", "no-light"))
    assert (found.outcome, found.reason.code) == ("not_performed", "no-light")


@pytest.mark.parametrize(
    ("check", "name", "good", "near", "bad"),
    [
        ("ir.mrz-clear", "mrz.background", 0.05, 0.16, 0.30),
        ("ir.mrz-defects", "mrz.contrast-variation", 1.05, 1.51, 1.80),
        ("ir.personalisation-ink", "viz.ink-apart", 0.05, 0.21, 0.45),
    ],
)
def test_upper_limits(check: str, name: str, good: float, near: float, bad: float) -> None:
    outcomes = [
        judged(check, value(name, number, 0.02, median=0.9))[0].outcome
        for number in (good, near, bad)
    ]
    assert outcomes == ["passed", "inconclusive", "failed"]


def test_contrast_cannot_vary_where_there_is_no_ink() -> None:
    (found,) = judged("ir.mrz-defects", value("mrz.contrast-variation", 3.0, 0.1, median=0.1))
    assert (found.outcome, found.reason.code) == ("not_performed", "variation.no-ink")


def test_fields_that_are_half_gone_weigh_more_where_the_zone_is_pale_too() -> None:
    apart, half = value("viz.ink-apart", 0.02, 0.02), value("viz.ink", 0.5, 0.02, median=0.5)
    (found,) = judged("ir.personalisation-ink", apart, half)
    assert (found.outcome, found.severity) == ("failed", "suspicious")
    (found,) = judged("ir.personalisation-ink", apart, half, value("mrz.contrast", 0.52, 0.02))
    assert (found.outcome, found.severity) == ("failed", "strong")


def test_odd_ink_weighs_less_where_nobody_read_a_field() -> None:
    odd = value("viz.ink-apart", 0.6, 0.02, field="3")
    (found,) = judged("ir.personalisation-ink", odd)
    assert (found.outcome, found.severity) == ("failed", "suspicious")
    elsewhere = VizField("surname", "LINDQVIST", 0.9, (40.0, 20.0, 30.0, 3.0))
    (found,) = judged("ir.personalisation-ink", odd, viz=(elsewhere,))
    assert found.severity == "suspicious"
    there = VizField("surname", "LINDQVIST", 0.9, (7.0, 69.0, 100.0, 9.0))
    (found,) = judged("ir.personalisation-ink", odd, viz=(elsewhere, there))
    assert (found.severity, found.reason.params["field"]) == ("strong", "surname")


@pytest.mark.parametrize("kept", [0.05, 0.26, 0.68, 0.95])
def test_inks_that_stay_or_vanish_are_as_good_as_each_other(kept: float) -> None:
    (found,) = judged(
        "ir.personalisation-ink", value("viz.ink-apart", 0.02, 0.02), value("viz.ink", kept, 0.02)
    )
    assert found.outcome == "passed"
