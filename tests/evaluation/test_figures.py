from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from importlib.resources import files

from jsonschema import Draft202012Validator

from docexam.checks.decision import MANDATORY
from docexam.checks.registry import all_checks
from docexam.evaluation.document_result import CheckResult, DocumentResult
from docexam.evaluation.enrolment import Enrolled
from docexam.evaluation.figures import Figures, Share, figures_of
from docexam.evaluation.figures_view import figures_json, figures_text
from docexam.evaluation.severity_plot import severity_plot

LIGHTS = ("ir", "uv", "white")
GOOD = dict.fromkeys(MANDATORY, "passed")


def document(
    key: str,
    attack: str = "",
    expect: tuple[str, ...] = (),
    *,
    severity: float = 0.5,
    needs_model: bool = False,
    trouble: str = "",
    lights: tuple[str, ...] = LIGHTS,
    **outcomes: str,
) -> DocumentResult:
    """All mandatory checks passed, but for `outcomes` (with _ for . and -)."""
    ids = {check.id.replace(".", "_").replace("-", "_"): check for check in all_checks()}
    wanted = {**GOOD, **{ids[name].id: outcome for name, outcome in outcomes.items()}}
    weigh = {check.id: check.severity for check in all_checks()}
    checks = tuple(
        CheckResult(name, out, weigh[name], silent=False) for name, out in wanted.items()
    )
    return DocumentResult(
        key, key, not attack, "uto-passport", "flatbed", 0.0, attack,
        severity if attack else 0.0, expect, needs_model, () if trouble else checks,
        lights, trouble,
    )  # fmt: skip


def figures(
    *results: DocumentResult,
    viz: bool = True,
    mode: str = "high-convenience",
    modelled: frozenset[str] | None = None,
) -> Figures:
    return figures_of(
        results,
        all_checks(),
        mode,  # type: ignore[arg-type]
        viz=viz,
        modelled=modelled,
    )


def needing_a_model() -> str:
    """A check that refers, and only with a document model."""
    return next(
        check.id for check in all_checks() if check.needs_model and check.severity == "strong"
    )


MODELLED = frozenset({"uto-passport"})


def held_against_model(result: DocumentResult, check: str, outcome: str) -> DocumentResult:
    """The result with one finding more, which a document model gave."""
    more = CheckResult(check, outcome, "strong", silent=False, from_model=True)
    return replace(result, checks=(*result.checks, more), model_known=True)


def test_genuine_documents() -> None:
    found = figures(
        document("a"),
        document("b", ir_b900="failed"),
        document("c", uv_dull_page="inconclusive"),
        document("d", trouble="input.memory"),
    )
    assert found.genuine == 3
    assert (found.false_alarms, found.clear) == (Share(1, 3), Share(1, 3))
    assert found.inconclusive == Share(1, 3)
    assert found.not_examined == (("input.memory", 1),)
    by_id = {each.check: each for each in found.checks}
    assert by_id["ir.b900"].false_alarms == Share(1, 3)
    assert by_id["uv.dull-page"].inconclusive == Share(1, 3)
    assert by_id["mrz.read"].false_alarms == Share(0, 3)


def test_caught_lucky_and_missed_are_told_apart() -> None:
    expect = ("ir.b900", "uv.pattern")
    found = figures(
        document("caught", "stolen-blank", expect, ir_b900="failed"),
        document("lucky", "stolen-blank", expect, uv_dull_page="failed"),
        document("missed", "stolen-blank", expect),
    )
    (attack,) = found.attacks
    assert (attack.n, attack.caught, attack.lucky) == (3, Share(1, 3), Share(1, 3))
    assert attack.unseen == ()


def test_what_no_check_can_see_is_no_miss() -> None:
    found = figures(
        document("1", "impostor", ("face.live", "x.age-sex")),
        document("2", "ghost-missing", ("ir.ghost",), needs_model=True, ir_b900="failed"),
        document("3", "viz-alteration", ("x.viz-mrz",)),
        document("4", "mrz-font", ()),
        document("5", "counterfeit", ("uv.dull-page",), lights=("white",)),
        document("6", "printed-fibres", ("uv.fibres",)),
        viz=False,
    )
    why = {each.attack: each.unseen[0][0] for each in found.attacks}
    assert "face" in why["impostor"]
    assert "model" in why["ghost-missing"]
    assert "visual zone" in why["viz-alteration"]
    assert "tolerance" in why["mrz-font"]
    assert "light" in why["counterfeit"]
    assert "uv.fibres" in why["printed-fibres"]
    assert all(each.caught.of == 0 for each in found.attacks)
    assert {each.attack: each.lucky.count for each in found.attacks}["ghost-missing"] == 1


def test_reading_the_visual_zone_makes_a_miss_of_it() -> None:
    found = figures(document("3", "viz-alteration", ("x.viz-mrz",)), viz=True)
    assert found.attacks[0].caught == Share(0, 1)


def test_the_mode_decides_anew() -> None:
    light = next(
        check.id
        for check in all_checks()
        if check.severity == "suspicious" and not check.needs_model
    )
    name = light.replace(".", "_").replace("-", "_")
    forged = document("a", "some", (light,), **{name: "failed"})
    convenient = figures(forged).attacks[0]
    assert (convenient.caught.of, len(convenient.unseen)) == (0, 1)
    assert figures(forged, mode="high-security").attacks[0].caught == Share(1, 1)


def test_text_and_json_carry_n_and_interval() -> None:
    found = figures(
        document("g"),
        document("f", "stolen-blank", ("ir.b900",), ir_b900="failed"),
        document("i", "impostor", ("face.live",)),
        viz=False,
    )
    text = figures_text(found, "split: development")
    assert "100.0 [20.7, 100.0] 1/1" in text
    assert "visual zone NOT read" in text
    assert "With a document model: not asked" in text
    row = next(line for line in text.splitlines() if line.startswith("impostor"))
    assert "bearer's face" in row
    told = json.loads(json.dumps(figures_json(found, {"split": "development"})))
    assert "recognised" not in told
    assert told["clear"] == {
        "count": 1,
        "n": 1,
        "share": 1.0,
        "ci95": [told["clear"]["ci95"][0], 1],
    }
    assert told["model"] is None
    blank = next(each for each in told["attacks"] if each["attack"] == "stolen-blank")
    assert blank["caught"]["count"] == 1
    impostor = next(each for each in told["attacks"] if each["attack"] == "impostor")
    assert impostor["caught"]["share"] is None
    assert impostor["unseen"][0]["n"] == 1


def test_the_plot_is_a_whole_svg_with_a_point_a_severity() -> None:
    found = figures(
        document("1", "a<b", ("ir.b900",), severity=0.5, ir_b900="failed"),
        document("2", "a<b", ("ir.b900",), severity=1.0),
        document("3", "impostor", ("face.live",)),
    )
    drawn = ET.fromstring(severity_plot(found))  # noqa: S314 - our own text
    points = drawn.findall(".//{http://www.w3.org/2000/svg}circle")
    assert [float(each.get("cy", "")) for each in points] == [40.0, 140.0]
    texts = [each.text for each in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert "a<b" in texts
    assert "impostor" not in texts
    assert severity_plot(figures(document("g"))) == ""


def test_one_examination_is_decided_without_and_with_a_model() -> None:
    needs = needing_a_model()
    results = (
        held_against_model(document("genuine"), "ir.b900", "failed"),
        held_against_model(document("seen", "some", (needs,), needs_model=True), needs, "failed"),
        held_against_model(document("both", "other", ("ir.b900", needs)), needs, "failed"),
    )
    without, with_model = figures(*results), figures(*results, modelled=MODELLED)
    assert (without.false_alarms, with_model.false_alarms) == (Share(0, 1), Share(1, 1))
    assert (without.clear, with_model.clear) == (Share(1, 1), Share(0, 1))
    first = {each.attack: each for each in without.attacks}
    second = {each.attack: each for each in with_model.attacks}
    assert first["some"].unseen == (("needs a document model", 1),)
    assert (first["some"].lucky, first["other"].caught) == (Share(0, 1), Share(0, 1))
    assert second["some"].caught == second["other"].caught == Share(1, 1)
    assert needs not in {each.check for each in without.checks}
    assert needs in {each.check for each in with_model.checks}
    assert with_model.recognised == Share(1, 1)


def test_in_high_security_a_known_model_lets_a_document_be_clear() -> None:
    known = held_against_model(document("a"), "cap.model", "passed")
    unknown = document("b")
    strict = "high-security"
    assert figures(known, unknown, mode=strict).clear == Share(0, 2)
    assert figures(known, unknown, mode=strict, modelled=MODELLED).clear == Share(1, 2)


def test_a_design_without_a_model_is_no_miss_and_an_unrecognised_one_is() -> None:
    needs = needing_a_model()
    forged = document("a", "some", (needs,), needs_model=True)
    none = figures(forged, modelled=frozenset())
    assert none.attacks[0].unseen == (("has no document model", 1),)
    assert figures(forged, modelled=MODELLED).attacks[0].caught == Share(0, 1)


def test_both_tables_are_told() -> None:
    needs = needing_a_model()
    results = (
        held_against_model(document("g"), needs, "passed"),
        held_against_model(document("f", "some", (needs,), needs_model=True), needs, "failed"),
    )
    without, with_model = figures(*results), figures(*results, modelled=MODELLED)
    enrolled = (
        Enrolled("k", "uto-passport", "UTO-P-1-2021", "sha256:0", 5),
        Enrolled("l", "uto-card", trouble="enrol.too-few"),
    )
    text = figures_text(without, "split: development", with_model, enrolled)
    first, second = text.split("WITH A DOCUMENT MODEL, enrolled from 5 genuine captures")
    assert "needs a document model" in first
    assert "needs a document model" not in second
    assert "no model of uto-card could be enrolled (enrol.too-few)" in second
    assert "100.0 [20.7, 100.0] 1/1" in next(
        line for line in second.splitlines() if line.startswith("some")
    )
    told = figures_json(without, {"split": "development"}, with_model, enrolled)
    schema = json.loads((files("docexam.schemas") / "evaluation-1.json").read_text())
    assert list(Draft202012Validator(schema).iter_errors(json.loads(json.dumps(told)))) == []
    assert told["attacks"][0]["caught"]["n"] == 0
    assert told["model"]["attacks"][0]["caught"]["count"] == 1
    assert told["model"]["recognised"]["count"] == 1
    assert [each["model"] for each in told["model"]["enrolled"]] == ["UTO-P-1-2021", None]
    drawn = ET.fromstring(severity_plot(without, with_model))  # noqa: S314 - our own text
    assert len(drawn.findall(".//{http://www.w3.org/2000/svg}circle")) == 1
