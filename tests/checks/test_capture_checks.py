"""What is said of the capture: documents on the glass, gates, live or not, specimen, model."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from docexam.checks.decision import refers
from docexam.checks.registry import all_checks
from docexam.checks.running import run_checks
from docexam.nouns.document_model import RefusedModel
from docexam.nouns.finding import Limit, Measured, Reason
from docexam.nouns.measurement import Measurement
from docexam.report.sentences import sentence
from tests.checks.documents import TD3, capture_set, examined, one
from tests.checks.known_model import known_model

if TYPE_CHECKING:
    from docexam.checks.examined import Examined
    from docexam.nouns.finding import Finding

CAPTURE = tuple(check for check in all_checks() if check.id.startswith("cap."))
GOOD = {
    "native_ppi": 400.0,
    "edge_spread_mm": 0.06,
    "saturated": 0.0,
    "motion": 1.1,
    "residual_mm": 0.03,
}


def findings(case: Examined) -> list[Finding]:
    return run_checks(case, CAPTURE)


def with_page(**changes: Any) -> Examined:
    case = examined()
    return replace(case, pages={"data": replace(case.pages["data"], **changes)})


@pytest.mark.parametrize(
    ("check", "number", "value"),
    [
        ("cap.resolution", "native_ppi", 384.0),
        ("cap.focus", "edge_spread_mm", 0.2),
        ("cap.glare", "saturated", 0.1),
        ("cap.motion", "motion", 2.5),
        ("cap.registration", "residual_mm", 0.2),
    ],
)
def test_a_gate_tells_the_worst_light_and_never_fails(
    check: str, number: str, value: float
) -> None:
    good = with_page(quality={"white": GOOD, "ir": GOOD}, box_mm=(0.0, 0.0, 125.0, 88.0))
    assert one(findings(good), check).outcome == "passed"
    worse = {"white": GOOD, "ir": {**GOOD, number: value}}
    finding = one(findings(with_page(quality=worse, box_mm=(0.0, 0.0, 125.0, 88.0))), check)
    assert (finding.outcome, finding.severity, finding.light) == ("inconclusive", "info", ("ir",))
    assert finding.measured is not None
    assert finding.measured.value == value


def test_a_light_that_lies_in_the_frame_alone_is_not_registered() -> None:
    loose = {key: value for key, value in GOOD.items() if key != "residual_mm"}
    quality = {"white": GOOD, "ir": GOOD, "uv": {**loose, "by_frame": 1.0}}
    finding = one(findings(with_page(quality=quality)), "cap.registration")
    assert (finding.outcome, finding.light) == ("inconclusive", ("uv",))
    assert finding.reason.code == "gate.by-frame"


def test_what_was_not_measured_is_not_performed() -> None:
    unknown = with_page(quality={"uv": {"native_ppi": 400.0}})
    assert one(findings(unknown), "cap.focus").outcome == "not_performed"
    assert one(findings(examined()), "cap.focus").outcome == "not_performed"


def test_one_several_or_no_document_on_the_glass() -> None:
    assert one(findings(examined()), "cap.detect").outcome == "passed"
    several = one(findings(examined(document=2, documents=2)), "cap.detect")
    assert (several.outcome, several.severity) == ("failed", "notice")
    assert several.reason.params == {"number": 2.0, "of": 2.0}
    none = one(findings(with_page(documents=0)), "cap.detect")
    assert (none.outcome, none.reason.code) == ("inconclusive", "detect.none")


def test_a_picture_that_cannot_be_used_is_named() -> None:
    case = with_page(lights=("white",), unusable={"ir": ("input.empty", {})})
    found = [each for each in findings(case) if each.check == "cap.detect"]
    assert [(e.outcome, e.reason.code) for e in found] == [
        ("passed", "detect.one"),
        ("inconclusive", "input.empty"),
    ]
    assert found[1].reason.params["light"] == "ir"


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [("live", "passed"), ("recorded", "inconclusive"), ("simulated", "inconclusive")],
)
def test_what_is_not_live_is_a_notice(kind: str, outcome: str) -> None:
    finding = one(findings(examined(capture=capture_set(kind))), "cap.live")
    assert (finding.outcome, finding.severity, finding.reason.code) == (outcome, "notice", kind)


def test_a_specimen_is_named_and_a_real_issuer_is_not() -> None:
    assert one(findings(examined()), "cap.specimen").reason.params["code"] == "UTO"
    real = (TD3[0].replace("UTO", "NZL", 1), TD3[1].replace("UTO", "NZL", 1))
    assert one(findings(examined(real)), "cap.specimen").outcome == "passed"


def test_an_unknown_kind_is_a_notice_and_no_pass() -> None:
    unknown = one(findings(examined()), "cap.model")
    assert (unknown.outcome, unknown.severity) == ("inconclusive", "notice")
    known = one(findings(examined(model=known_model())), "cap.model")
    assert known.outcome == "passed"


WHOLE = (0.0, 0.0, 125.0, 88.0)
LIKENESS = Limit(0.4, None, "correlation", "enrolled: 5 genuine captures")


def judged_by_print(value: float, u: float = 0.03, **more: Any) -> list[Finding]:
    """What `cap.model` says of a page whose print is so alike."""
    like = Measurement("model.likeness", "data", ("white",), value, "correlation", u, WHOLE)
    model = known_model(limits={("data", "model.likeness"): LIKENESS})
    one_page = examined(model=model, measurements={("data", "model.likeness"): like}, **more)
    return [each for each in findings(one_page) if each.check == "cap.model"]


@pytest.mark.parametrize(
    ("value", "outcome", "code"),
    [
        (0.8, "passed", "model.print.inside"),
        (0.41, "inconclusive", "model.print.near-limit"),
        (0.05, "failed", "model.print.below"),
    ],
)
def test_the_print_of_a_known_kind_is_held_against_its_model(
    value: float, outcome: str, code: str
) -> None:
    (found,) = judged_by_print(value)
    assert (found.outcome, found.severity, found.reason.code) == (outcome, "suspicious", code)
    assert found.reason.params == {"model": "UTO-P-1-2021"}
    assert found.measured == Measured(value, "correlation", 0.03)
    assert found.limit is not None
    assert found.limit.low == 0.4
    assert found.limit.source.endswith("(UTO-P-1-2021)")
    assert found.from_model


def test_another_print_refers_where_nothing_is_left_to_chance() -> None:
    (found,) = judged_by_print(0.05)
    assert refers(found, "high-security")
    assert not refers(found, "high-convenience")


def test_models_of_the_kind_that_must_not_be_used_are_said() -> None:
    bad = RefusedModel("UTO-P-1-2021", "altered", "data-ground.png")
    (found,) = [
        each for each in findings(examined(models_refused=(bad,))) if each.check == "cap.model"
    ]
    assert (found.outcome, found.severity) == ("inconclusive", "notice")
    assert found.reason == Reason("model.refused", {"model": "UTO-P-1-2021", "why": "altered"})
    assert sentence(found) == "The document model UTO-P-1-2021 must not be used (altered)."
    outcomes = [each.outcome for each in judged_by_print(0.8, models_refused=(bad,))]
    assert outcomes == ["passed", "inconclusive"]
