"""What a margin that stands up means, and a portrait that shines otherwise than its page."""

from __future__ import annotations

import pytest

from docexam.checks.lam_surface import CHECKS
from docexam.checks.running import run_checks
from docexam.nouns.measurement import Measurement, NotMeasured

from .documents import examined, one

PAGE = (0.0, 0.0, 125.0, 88.0)
LAMPS = ("oblique-w", "oblique-e", "oblique-n", "oblique-s")


@pytest.mark.parametrize(
    ("value", "u", "outcome"),
    [(0.0002, 0.003, "passed"), (0.009, 0.003, "inconclusive"), (0.022, 0.004, "failed")],
)
def test_the_margin_lies_flat(value: float, u: float, outcome: str) -> None:
    seen = Measurement("film.margin", "data", LAMPS, value, "mm", u, PAGE)
    found = one(
        run_checks(examined(measurements={("data", seen.name): seen}), CHECKS), "lam.surface"
    )
    assert (found.outcome, found.severity, found.light) == (outcome, "strong", LAMPS)


@pytest.mark.parametrize(
    ("value", "u", "outcome"),
    [(-0.05, 0.05, "passed"), (-0.28, 0.05, "inconclusive"), (-0.42, 0.06, "failed")],
)
def test_the_portrait_shines_as_its_page(value: float, u: float, outcome: str) -> None:
    box = (5.0, 19.0, 33.0, 42.0)
    seen = Measurement("film.sheen-photo", "data", ("coaxial", "white"), value, "1", u, box)
    flat = Measurement("film.margin", "data", LAMPS, 0.0001, "mm", 0.002, PAGE)
    given = examined(measurements={("data", each.name): each for each in (flat, seen)})
    assert one(run_checks(given, CHECKS), "lam.surface").outcome == outcome


def test_without_opposite_lamps_it_is_not_performed() -> None:
    why = NotMeasured("film.margin", "data", ("oblique-n",), "no-light", {"light": "oblique"})
    given = examined(not_measured={("data", why.name): why})
    assert one(run_checks(given, CHECKS), "lam.surface").outcome == "not_performed"
