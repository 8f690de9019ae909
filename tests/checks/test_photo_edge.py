"""What a step along the portrait's border means."""

from __future__ import annotations

import pytest

from docexam.checks.photo_edge import CHECKS
from docexam.checks.running import run_checks
from docexam.nouns.measurement import Measurement, NotMeasured

from .documents import examined, one

BOX = (5.0, 19.0, 33.0, 42.0)


@pytest.mark.parametrize(
    ("value", "u", "outcome"),
    [(0.02, 0.02, "passed"), (0.09, 0.01, "inconclusive"), (0.16, 0.02, "failed")],
)
def test_the_border_is_flat(value: float, u: float, outcome: str) -> None:
    seen = Measurement("photo.relief", "data", ("oblique-n",), value, "1", u, BOX)
    found = one(
        run_checks(examined(measurements={("data", seen.name): seen}), CHECKS), "photo.edge"
    )
    assert (found.outcome, found.severity, found.box_mm) == (outcome, "strong", BOX)


def test_without_raking_light_it_is_not_performed() -> None:
    why = NotMeasured("photo.relief", "data", ("oblique-n",), "no-light", {"light": "oblique"})
    given = examined(not_measured={("data", why.name): why})
    assert one(run_checks(given, CHECKS), "photo.edge").outcome == "not_performed"
