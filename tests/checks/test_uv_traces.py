"""What a halo, glue along an edge, and print that ends at the portrait mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from docexam.checks.photo_ground import CHECKS as GROUND
from docexam.checks.running import run_checks
from docexam.checks.uv_halo import CHECKS as HALO
from docexam.checks.uv_specks import CHECKS as SPECKS
from docexam.nouns.measurement import Measurement, NotMeasured

from .documents import examined, one

if TYPE_CHECKING:
    from docexam.nouns.finding import Finding

BOX = (5.0, 19.0, 33.0, 42.0)
ALL = (*HALO, *SPECKS, *GROUND)


def measured(name: str, value: float, u: float, **details: float | str) -> Measurement:
    return Measurement(name, "data", ("uv",), value, "1", u, BOX, details=details)


def judged(check: str, *found: Measurement) -> Finding:
    known = {("data", each.name): each for each in found}
    return one(run_checks(examined(measurements=known), ALL), check)


@pytest.mark.parametrize(
    ("value", "u", "shape", "expected"),
    [
        (0.001, 0.002, (0.9, 0.0, 16.0), ("passed", "strong")),
        (0.009, 0.005, (0.9, 0.0, 16.0), ("inconclusive", "strong")),
        (0.040, 0.008, (0.8, 0.1, 16.0), ("failed", "strong")),
        (0.040, 0.008, (0.4, 0.1, 16.0), ("inconclusive", "strong")),
        (0.040, 0.008, (0.8, 0.4, 16.0), ("inconclusive", "strong")),
        (0.040, 0.008, (0.8, 0.1, 9.5), ("inconclusive", "strong")),
    ],
)
def test_a_halo_weighs_fully_where_it_has_the_shape_of_a_long_line(
    value: float, u: float, shape: tuple[float, float, float], expected: tuple[str, str]
) -> None:
    around, beyond, length = shape
    told = {"around": around, "beyond": beyond, "length_mm": length}
    found = judged("uv.halo", measured("uv.halo", value, u, **told))
    assert (found.outcome, found.severity) == expected
    assert found.box_mm == BOX


@pytest.mark.parametrize(
    ("value", "level", "expected"),
    [
        (0.005, 0.02, "passed"),
        (0.30, 0.02, "inconclusive strong"),
        (0.30, 0.09, "failed strong"),
    ],
)
def test_glue_along_an_edge(value: float, level: float, expected: str) -> None:
    edge = measured("uv.specks", value, 0.1 * value + 0.01, level=level, side="top")
    found = judged("uv.specks", edge)
    assert f"{found.outcome} {found.severity}".startswith(expected)


def test_print_that_ends_at_a_dull_portrait_is_left_open() -> None:
    """Some issuers leave the place of the portrait blank."""
    dull = measured("uv.photo-apart", 0.004, 0.006)
    ended = measured("uv.over-photo", 0.05, 0.1, sides=3.0, length_mm=9.0)
    lines = measured("photo.background", 0.05, 0.03)
    for check, found in (("uv.over-photo", ended), ("photo.background", lines)):
        finding = judged(check, dull, found)
        assert finding.outcome == "inconclusive"
        assert finding.reason.code.endswith(".ends")


def test_print_that_ends_at_a_glowing_portrait_weighs() -> None:
    glowing = measured("uv.photo-apart", 0.1, 0.015)
    ended = measured("uv.over-photo", 0.05, 0.1, sides=2.0, length_mm=9.0)
    once = measured("uv.over-photo", 0.05, 0.1, sides=1.0, length_mm=2.0)
    lines = measured("photo.background", 0.05, 0.03)
    assert judged("uv.over-photo", glowing, ended).severity == "strong"
    assert judged("uv.over-photo", glowing, once).severity == "suspicious"
    assert judged("photo.background", glowing, lines).severity == "strong"


def test_print_that_runs_on_passes() -> None:
    assert judged("uv.over-photo", measured("uv.over-photo", 0.97, 0.12)).outcome == "passed"
    assert judged("photo.background", measured("photo.background", 0.4, 0.05)).outcome == "passed"


def test_what_was_not_measured_is_not_performed() -> None:
    why = NotMeasured("uv.over-photo", "data", ("uv",), "photo.no-uv-print", {"length_mm": 0.0})
    found = run_checks(examined(not_measured={("data", why.name): why}), GROUND)
    assert one(found, "uv.over-photo").reason.code == "photo.no-uv-print"
    assert one(found, "photo.background").outcome == "not_performed"
