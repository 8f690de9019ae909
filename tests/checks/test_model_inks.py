"""Inks in infrared and portraits against the limits that a model learned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from docexam.checks.ir_field_ink import CHECKS as INK
from docexam.checks.ir_model import CHECKS as INFRARED
from docexam.checks.photo_model import CHECKS as PHOTO
from docexam.checks.running import run_checks
from docexam.nouns.finding import Limit
from docexam.nouns.measurement import Measurement

from .documents import examined, one
from .known_model import known_model

if TYPE_CHECKING:
    from docexam.nouns.finding import Finding

BOX = (10.0, 20.0, 30.0, 40.0)
ENROLLED = "enrolled: 5 genuine captures"
LIMITS = {
    ("data", name): Limit(low, high, "1", ENROLLED)
    for name, low, high in (
        ("model.ir-dropout", None, 0.22),
        ("model.ir-split", 0.64, None),
        ("model.photo-ir", 0.48, None),
        ("model.photo-colour", None, 0.10),
        ("model.ghost-strength", 0.40, None),
        ("model.ghost-likeness", 0.75, None),
        ("model.ghost-apart", None, 1.4),
        ("model.ghost-ir", None, 0.35),
        ("model.mrz-ink", 0.85, 1.15),
        ("model.viz-ink", 0.90, 1.20),
        ("model.viz-ink-field", -0.28, 0.28),
    )
}


def judged(checks: object, **values: float) -> list[Finding]:
    named = {f"model.{name.replace('_', '-')}": value for name, value in values.items()}
    seen = {
        ("data", name): Measurement(
            name, "data", ("ir", "white"), value, "1", 0.02, BOX, details={"kept": value}
        )
        for name, value in named.items()
    }
    given = examined(measurements=seen, model=known_model(limits=LIMITS))
    return run_checks(given, checks)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("check", "values", "outcome", "code"),
    [
        ("ir.dropout", {"ir_dropout": 0.08}, "passed", "dropout.inside"),
        ("ir.dropout", {"ir_dropout": 0.24}, "inconclusive", "dropout.near-limit"),
        ("ir.dropout", {"ir_dropout": 0.65}, "failed", "dropout.above"),
        ("ir.split", {"ir_split": 0.97}, "passed", "split.inside"),
        ("ir.split", {"ir_split": 0.05}, "failed", "split.below"),
        ("ir.ghost", {"ghost_ir": 0.9}, "failed", "ghost-ir.above"),
        ("ir.photo", {"photo_ir": 0.12}, "failed", "photo-ir.below"),
        ("photo.colour-mode", {"photo_colour": 0.2}, "failed", "colour-mode.above"),
    ],
)
def test_each_is_held_against_what_was_enrolled(
    check: str, values: dict[str, float], outcome: str, code: str
) -> None:
    found = one(judged((*INFRARED, *PHOTO), **values), check)
    assert (found.outcome, found.reason.code, found.severity) == (outcome, code, "strong")
    assert found.from_model
    assert found.box_mm == BOX
    assert found.limit is not None
    assert found.limit.source == f"{ENROLLED} (UTO-P-1-2021)"


def test_second_portrait_is_there_and_of_the_same_face_or_says_which_is_not() -> None:
    right = {"ghost_strength": 0.95, "ghost_likeness": 0.94, "ghost_apart": 0.6}
    found = [f for f in judged(PHOTO, **right) if f.check == "photo.ghost"]
    assert [(f.outcome, f.reason.code) for f in found] == [("passed", "ghost.strength.inside")]
    found = [f for f in judged(PHOTO, **{**right, "ghost_apart": 3.0}) if f.check == "photo.ghost"]
    assert [(f.outcome, f.reason.code) for f in found] == [("failed", "ghost.apart.above")]
    gone = {"ghost_strength": 0.02, "ghost_likeness": 0.1, "ghost_apart": 0.9}
    found = [f for f in judged(PHOTO, **gone) if f.check == "photo.ghost"]
    assert [f.reason.code for f in found] == ["ghost.strength.below"]


@pytest.mark.parametrize(
    ("apart", "outcome", "severity"),
    [(1.41, "inconclusive", "strong"), (1.5, "failed", "suspicious"), (2.0, "failed", "strong")],
)
def test_features_hardly_apart_are_only_suspicious(
    apart: float, outcome: str, severity: str
) -> None:
    found = judged(PHOTO, ghost_strength=0.95, ghost_likeness=0.94, ghost_apart=apart)
    told = [(f.outcome, f.severity) for f in found if f.check == "photo.ghost"]
    assert told == [(outcome, severity)]


def test_features_a_little_apart_weigh_fully_where_they_are_hardly_alike_too() -> None:
    def told(likeness: float) -> set[tuple[str, str, str]]:
        found = judged(PHOTO, ghost_strength=0.95, ghost_likeness=likeness, ghost_apart=1.7)
        return {(f.outcome, f.severity, f.reason.code) for f in found if f.check == "photo.ghost"}

    assert ("failed", "suspicious", "ghost.apart.above") in told(0.94)
    assert ("failed", "strong", "ghost.apart.above") in told(0.74)


def test_ink_of_a_filled_in_blank_fails_by_the_model_alone() -> None:
    found = judged(INK, mrz_ink=0.51, viz_ink=0.5, viz_ink_field=-0.55)
    told = {f.reason.code: f.outcome for f in found if f.from_model}
    assert told == {
        "model-ink.zone.below": "failed",
        "model-ink.fields.below": "failed",
        "model-ink.field.below": "failed",
    }


def test_genuine_ink_passes_in_one_finding() -> None:
    found = judged(INK, mrz_ink=0.98, viz_ink=1.03, viz_ink_field=-0.05)
    told = [(f.outcome, f.reason.code) for f in found if f.from_model]
    assert told == [("passed", "model-ink.zone.inside")]


def test_without_a_model_the_ink_speaks_of_the_page_alone_and_the_others_not_at_all() -> None:
    assert not [f for f in run_checks(examined(), INK) if f.from_model]
    found = run_checks(examined(), (*INFRARED, *PHOTO))
    assert {(f.outcome, f.reason.code) for f in found} == {("not_performed", "no-model")}
    assert {f.check for f in found} == {c.id for c in (*INFRARED, *PHOTO)}
