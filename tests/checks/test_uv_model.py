"""Fluorescent print and fibres held against a document model."""

from __future__ import annotations

from dataclasses import replace

import pytest

from docexam.checks.photo_ground import CHECKS as PORTRAIT
from docexam.checks.running import run_checks
from docexam.checks.uv_fibres import CHECKS as FIBRES
from docexam.checks.uv_pattern import CHECKS as PATTERN
from docexam.nouns.finding import Finding, Limit
from docexam.nouns.measurement import Measurement, NotMeasured

from .documents import examined
from .known_model import known_model

BOX = (10.0, 10.0, 60.0, 40.0)
LIMITS = {
    "uv.pattern": Limit(0.6, None, "", "enrolled"),
    "uv.pattern.offset": Limit(None, 0.27, "mm", "enrolled"),
    "uv.pattern.colour": Limit(None, 0.16, "", "enrolled"),
    "uv.fibres": Limit(0.45, None, "", "enrolled"),
    "uv.fibres.ink": Limit(None, 0.3, "mm", "enrolled"),
    "model.uv-over-photo": Limit(0.5, None, "", "enrolled"),
    "model.uv-over-photo.glow": Limit(0.5, None, "", "enrolled"),
}
MODEL = known_model(limits={("data", name): limit for name, limit in LIMITS.items()})
GENUINE = {
    "uv.pattern": 0.95,
    "uv.pattern.offset": 0.03,
    "uv.pattern.colour": 0.02,
    "uv.fibres": 1.1,
    "uv.fibres.ink": 0.001,
    "model.uv-over-photo": 0.9,
    "model.uv-over-photo.glow": 0.95,
}


def findings(model: bool = True, **changed: float | None) -> dict[str, list[Finding]]:
    """What the checks say of a page; None in `changed` for what could not be measured."""
    values = {**GENUINE, **{key.replace("__", ".").replace("_", "-"): v
                            for key, v in changed.items()}}  # fmt: skip
    known, lost = {}, {}
    for name, value in values.items():
        if value is None:
            lost["data", name] = NotMeasured(name, "data", ("uv",), "uv.no-motifs-here")
            continue
        details: dict[str, float | str] = {"motifs": 9.0, "missing": 3.0, "strokes": 5.0}
        known["data", name] = Measurement(
            name, "data", ("uv",), value, LIMITS[name].unit, 0.04, BOX, details=details
        )
    document = replace(
        examined(), measurements=known, not_measured=lost, model=MODEL if model else None
    )
    found: dict[str, list[Finding]] = {}
    for each in run_checks(document, (*PATTERN, *FIBRES, *PORTRAIT)):
        found.setdefault(each.check, []).append(each)
    return found


def outcomes(check: str, **changed: float | None) -> list[str]:
    return [each.outcome for each in findings(**changed)[check]]


def test_a_genuine_page_passes_every_check() -> None:
    for check in ("uv.pattern", "uv.pattern-colour", "uv.fibres", "uv.over-photo"):
        (one,) = findings()[check]
        assert (one.outcome, one.from_model, one.severity) == ("passed", True, "strong")
        assert one.limit is not None
        assert "UTO-P-1-2021" in one.limit.source


@pytest.mark.parametrize(
    ("check", "changed", "code"),
    [
        ("uv.pattern", {"uv__pattern": 0.1}, "pattern.below"),
        ("uv.pattern", {"uv__pattern__offset": 0.575}, "pattern-offset.above"),
        ("uv.pattern-colour", {"uv__pattern__colour": 0.3}, "pattern-colour.above"),
        ("uv.fibres", {"uv__fibres": 0.1}, "fibres.below"),
        ("uv.fibres", {"uv__fibres__ink": 0.5}, "fibres-ink.above"),
        ("uv.over-photo", {"model__uv_over_photo": 0.1}, "over-model.below"),
        ("uv.over-photo", {"model__uv_over_photo__glow": 0.3}, "over-model.below"),
    ],
)
def test_what_is_outside_of_the_model_fails(
    check: str, changed: dict[str, float], code: str
) -> None:
    (one,) = findings(**changed)[check]
    assert (one.outcome, one.severity, one.reason.code) == ("failed", "strong", code)
    others = {name for name, found in findings(**changed).items() if name != check
              for each in found if each.outcome == "failed"}  # fmt: skip
    assert not others


def test_print_that_is_not_there_has_no_place_to_be_wrong() -> None:
    (one,) = findings(uv__pattern=0.1, uv__pattern__offset=1.4)["uv.pattern"]
    assert one.reason.code == "pattern.below"
    (one,) = findings(uv__pattern=0.1, uv__pattern__offset=None)["uv.pattern"]
    assert one.outcome == "failed"


def test_near_the_limit_nothing_fails() -> None:
    assert outcomes("uv.pattern", uv__pattern__offset=0.30) == ["inconclusive"]
    assert outcomes("uv.fibres", uv__fibres=0.40) == ["inconclusive"]
    assert outcomes("uv.fibres", uv__fibres__ink=0.35) == ["inconclusive"]


def test_ink_that_cannot_be_told_leaves_the_number_to_speak() -> None:
    assert outcomes("uv.fibres", uv__fibres__ink=None) == ["passed"]
    assert outcomes("uv.fibres", uv__fibres__ink=None, uv__fibres=0.1) == ["failed"]


def test_without_a_model_only_the_portrait_is_asked_otherwise() -> None:
    found = findings(model=False)
    for check in ("uv.pattern", "uv.pattern-colour", "uv.fibres"):
        (one,) = found[check]
        assert (one.outcome, one.reason.code) == ("not_performed", "no-model")
    assert {each.from_model for each in found["uv.over-photo"]} == {False}
