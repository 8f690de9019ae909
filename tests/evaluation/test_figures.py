from __future__ import annotations

import json
import xml.etree.ElementTree as ET

from docexam.checks.decision import MANDATORY
from docexam.checks.registry import all_checks
from docexam.evaluation.document_result import CheckResult, DocumentResult
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


def figures(*results: DocumentResult, viz: bool = True, mode: str = "high-convenience") -> Figures:
    return figures_of(results, all_checks(), mode, viz=viz)  # type: ignore[arg-type]


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
    light = next(check.id for check in all_checks() if check.severity == "suspicious")
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
    assert "With a document model: absent" in text
    row = next(line for line in text.splitlines() if line.startswith("impostor"))
    assert "bearer's face" in row
    told = json.loads(json.dumps(figures_json(found, {"split": "development"})))
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
    assert [float(each.get("cy", "")) for each in points] == [34.0, 134.0]
    texts = [each.text for each in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert "a<b" in texts
    assert "impostor" not in texts
    assert severity_plot(figures(document("g"))) == ""
