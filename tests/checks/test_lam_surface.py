"""What a margin that stands up means, and a portrait that shines otherwise than its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from docexam.checks.lam_surface import CHECKS
from docexam.checks.running import run_checks
from docexam.nouns.measurement import Measurement, NotMeasured

from .documents import examined, one

if TYPE_CHECKING:
    from docexam.nouns.finding import Finding

PAGE = (0.0, 0.0, 125.0, 88.0)
LAMPS = ("oblique-w", "oblique-e", "oblique-n", "oblique-s")


@pytest.mark.parametrize(
    ("value", "u", "outcome"),
    [(0.0002, 0.003, "passed"), (0.009, 0.003, "inconclusive"), (0.022, 0.004, "failed")],
)
def test_the_margin_lies_flat(value: float, u: float, outcome: str) -> None:
    found = surface(margin(value, u, "left, top, bottom"))
    assert (found.outcome, found.severity, found.light) == (outcome, "strong", LAMPS)


def test_a_margin_that_one_pair_of_lamps_shows_is_suspicious() -> None:
    """Everything that runs across one pair of lamps may look so: a fold, a wave, the lamps."""
    found = surface(margin(0.022, 0.004, "left, right"))
    assert (found.outcome, found.severity) == ("failed", "suspicious")


def margin(value: float, u: float, sides: str) -> Measurement:
    details: dict[str, float | str] = {"sides": sides, "from_side_mm": 1.2}
    return Measurement("film.margin", "data", LAMPS, value, "mm", u, PAGE, details=details)


def surface(*seen: Measurement) -> Finding:
    given = examined(measurements={("data", each.name): each for each in seen})
    return one(run_checks(given, CHECKS), "lam.surface")


@pytest.mark.parametrize(
    ("value", "u", "outcome"),
    [(-0.05, 0.05, "passed"), (-0.28, 0.05, "inconclusive"), (-0.42, 0.06, "failed")],
)
def test_the_portrait_shines_as_its_page(value: float, u: float, outcome: str) -> None:
    """A genuine film may leave out the portrait: only a model knows, so it is suspicious here."""
    box = (5.0, 19.0, 33.0, 42.0)
    seen = Measurement("film.sheen-photo", "data", ("coaxial", "white"), value, "1", u, box)
    found = surface(margin(0.0001, 0.002, "left, top, right"), seen)
    assert found.outcome == outcome
    if outcome != "passed":
        assert found.severity == "suspicious"


def test_without_opposite_lamps_it_is_not_performed() -> None:
    why = NotMeasured("film.margin", "data", ("oblique-n",), "no-light", {"light": "oblique"})
    given = examined(not_measured={("data", why.name): why})
    assert one(run_checks(given, CHECKS), "lam.surface").outcome == "not_performed"
