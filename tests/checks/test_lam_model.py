"""What film and optical devices mean against a document model."""

from __future__ import annotations

from dataclasses import replace

import pytest

from docexam.checks.lam_retro import CHECKS as RETRO
from docexam.checks.ovd_present import CHECKS as DEVICES
from docexam.checks.running import run_checks
from docexam.nouns.finding import Finding, Limit
from docexam.nouns.measurement import Measurement
from docexam.report.sentences import sentence

from .documents import examined
from .known_model import known_model

BOX = (10.0, 10.0, 60.0, 40.0)
LIMITS = {
    "film.sheen": Limit(0.42, None, "1", "enrolled"),
    "film.sheen-photo": Limit(-0.2, None, "1", "enrolled"),
    "film.retro": Limit(0.45, None, "1", "enrolled"),
    "ovd.present": Limit(0.40, None, "1", "enrolled"),
}
GENUINE = {"film.sheen": 0.54, "film.sheen-photo": 0.01, "film.retro": 0.9, "ovd.present": 0.8}


BOX_LIVE = [{"kind": "live", "name": "box"}]
"""What took the pictures of the document."""


def findings(
    limits: dict[str, Limit] = LIMITS,
    enrolled: list[dict[str, str]] = BOX_LIVE,
    /,
    **changed: float,
) -> dict[str, list[Finding]]:
    values = {**GENUINE, **{key.replace("__", "."): value for key, value in changed.items()}}
    known = {
        ("data", name): Measurement(name, "data", ("coaxial",), value, "1", 0.04, BOX)
        for name, value in values.items()
    }
    model = known_model(
        limits={("data", name): limit for name, limit in limits.items()},
        facts={("data", part): {"captured_with": enrolled} for part in ("film", "ovd")},
    )
    document = replace(examined(), measurements=known, model=model if limits else None)
    found: dict[str, list[Finding]] = {}
    for each in run_checks(document, (*RETRO, *DEVICES)):
        found.setdefault(each.check, []).append(each)
    return found


def test_a_genuine_film_with_its_devices_passes() -> None:
    for (one,) in findings().values():
        assert (one.outcome, one.severity, one.from_model) == ("passed", "strong", True)


@pytest.mark.parametrize(
    ("check", "changed", "code"),
    [
        ("lam.retro", {"film__retro": 0.05}, "film-image.below"),
        ("lam.retro", {"film__sheen": 0.2}, "film-sheen.below"),
        ("lam.retro", {"film__sheen-photo": -0.5}, "film-photo.below"),
        ("ovd.present", {"ovd__present": 0.02}, "devices.below"),
    ],
)
def test_what_is_missing_fails(check: str, changed: dict[str, float], code: str) -> None:
    (one,) = findings(**changed)[check]
    assert (one.outcome, one.reason.code) == ("failed", code)


@pytest.mark.parametrize(
    "enrolled",
    [[], [{"kind": "live", "name": "scanner"}], [{"kind": "simulated", "name": "box"}]],
)
def test_on_another_device_nothing_fails(enrolled: list[dict[str, str]]) -> None:
    """Sheen and diffractive colour depend on where the lamps stand."""
    found = findings(LIMITS, enrolled, film__retro=0.05, ovd__present=0.02)
    for check, code in (("lam.retro", "film.other-device"), ("ovd.present", "ovd.other-device")):
        (one,) = found[check]
        assert (one.outcome, one.reason.code, one.from_model) == ("inconclusive", code, True)
        assert "[" not in sentence(one)
    for (one,) in findings(LIMITS, enrolled).values():
        assert one.outcome == "passed"


def test_one_of_the_enrolled_devices_is_enough() -> None:
    several = [{"kind": "live", "name": "scanner"}, {"kind": "recorded", "name": "box"}]
    for (one,) in findings(LIMITS, several, film__retro=0.05, ovd__present=0.02).values():
        assert one.outcome == "failed"


def test_what_is_faint_is_left_open() -> None:
    assert findings(film__retro=0.42)["lam.retro"][0].outcome == "inconclusive"
    assert findings(ovd__present=0.38)["ovd.present"][0].outcome == "inconclusive"


def test_a_film_without_image_is_held_by_its_sheen() -> None:
    alone = {"film.sheen": LIMITS["film.sheen"]}
    found = findings(alone)
    assert [each.outcome for each in found["lam.retro"]] == ["passed"]
    assert [each.outcome for each in found["ovd.present"]] == ["not_applicable"]


def test_without_a_model_they_are_not_performed() -> None:
    for found in findings({}).values():
        assert [each.outcome for each in found] == ["not_performed"]
