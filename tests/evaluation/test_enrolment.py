"""The models of a run: enrolled once, signed, kept, and every document held against them."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from jsonschema import Draft202012Validator

from docexam.cli.main import main
from docexam.errors import ExitCode, InputError
from docexam.evaluation import enrolment
from docexam.evaluation.enrolment import enrol_tasks
from docexam.evaluation.plan import conditions_of, plan
from docexam.evaluation.split import load_split
from docexam.nouns.document_model import ModelKey
from docexam.nouns.finding import Limit
from docexam.reference.document_model import DocumentModel, PageModel
from docexam.specimens.series import Job, draw_specimen, write_specimen

if TYPE_CHECKING:
    from pathlib import Path

SERIES = (
    "evaluate", "--no-viz", "--workers", "1", "--design", "uto-card", "--device", "flatbed",
    "--ppi", "150", "--wear", "0", "--genuine", "1", "--each", "0", "--json",
)  # fmt: skip


def run(capfd: pytest.CaptureFixture[str], *more: str) -> Any:
    assert main([*SERIES, *more]) == ExitCode.CLEAR
    return json.loads(capfd.readouterr().out)


@pytest.fixture
def taught(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The captures that models are learned from; learning itself is tested where it is built."""
    calls: list[list[str]] = []

    def enrol(captures: Any, *, today: Any, number: int) -> DocumentModel:
        calls.append([each.capture.name for each in captures])
        assert today.isoformat() == captures[0].capture.captured_at[:10]
        key = ModelKey("UTO", "I", number, 2020)
        blank = np.zeros((50 * 8, 80 * 8), np.uint8)
        limit = Limit(0.5, None, "", "enrolled")
        page = PageModel("cover", "TD1", (80.0, 50.0), blank, blank, limit)
        return DocumentModel(key, "TD1", {"cover": page}, learned_from=len(captures))

    monkeypatch.setattr(enrolment, "enrol", enrol)
    return calls


def test_models_are_learned_from_documents_that_no_figure_counts() -> None:
    side = load_split().development
    conditions = conditions_of(side, wears=(0.0, 0.15, 0.3), ppi=200)
    tasks = enrol_tasks(conditions)
    assert [task.design for task in tasks] == list(side.designs)
    last = side.seeds[1]
    for task in tasks:
        assert [job.seed for job in task.sources] == list(range(last - 4, last + 1))
        assert [job.wear for job in task.sources] == [0.0, 0.15, 0.3, 0.0, 0.15]
        assert {job.device for job in task.sources} == {state.name for state in side.devices[:5]}
    planned = plan(conditions, genuine=30, each=1, severities=(0.7,))
    assert max(task.job.seed for task in planned.tasks) < last - 4


def test_documents_are_held_against_the_model_of_their_design(
    capfd: pytest.CaptureFixture[str], taught: list[list[str]]
) -> None:
    found = run(capfd)
    assert [len(names) for names in taught] == [5]
    schema = json.loads((files("docexam.schemas") / "evaluation-1.json").read_text())
    assert list(Draft202012Validator(schema).iter_errors(found)) == []
    assert found["model"]["enrolled"] == [
        {
            "design": "uto-card",
            "model": "UTO-I-1-2020",
            "learned_from": 5,
            "left_out": 0,
            "trouble": None,
        }
    ]
    assert found["model"]["recognised"]["count"] == 1


def test_a_kept_model_is_used_again_unless_it_was_touched(
    capfd: pytest.CaptureFixture[str], taught: list[list[str]], tmp_path: Path
) -> None:
    first = run(capfd, "--out", str(tmp_path))
    second = run(capfd, "--out", str(tmp_path))
    assert first == second
    assert len(taught) == 1
    assert len((tmp_path / "documents.jsonl").read_text().splitlines()) == 1
    model = tmp_path / "models" / "UTO-I-1-2020" / "model.json"
    model.write_text(model.read_text() + "\n")
    run(capfd, "--out", str(tmp_path))
    assert len(taught) == 2


def test_a_design_that_cannot_be_enrolled_is_told(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def enrol(*_: Any, **__: Any) -> DocumentModel:
        raise InputError("Too few.", code="enrol.too-few")

    monkeypatch.setattr(enrolment, "enrol", enrol)
    found = run(capfd)
    assert found["model"]["enrolled"][0]["trouble"] == "enrol.too-few"
    assert found["model"]["recognised"] == {**found["model"]["recognised"], "count": 0, "n": 1}


@pytest.fixture(scope="session")
def sets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten genuine cards of one design, and a passport of another."""
    folder = tmp_path_factory.mktemp("ten")
    for seed in range(1, 12):
        design, page = ("uto-card", "back") if seed < 11 else ("uto-passport", "data")
        job = Job(f"no-{seed:02}", design, seed, lights=("white",), ppi=150, pages=(page,))
        write_specimen(draw_specimen(job), folder)
    return folder


def test_of_foreign_sets_the_first_of_a_design_teach_and_are_not_judged(
    sets: Path, capfd: pytest.CaptureFixture[str], taught: list[list[str]]
) -> None:
    command = ("evaluate", str(sets), "--no-viz", "--workers", "1", "--json")
    assert main(command) == ExitCode.CLEAR
    found = json.loads(capfd.readouterr().out)
    assert taught == [[f"no-{seed:02}" for seed in range(1, 6)]]
    assert (found["genuine"], found["setting"]["learned_from"]) == (6, 5)
    assert [each["design"] for each in found["model"]["enrolled"]] == ["uto-card"]


def test_foreign_sets_can_be_judged_without_learning(
    sets: Path, capfd: pytest.CaptureFixture[str], taught: list[list[str]]
) -> None:
    assert main(["evaluate", str(sets), "--no-viz", "--no-model", "--json"]) == ExitCode.CLEAR
    found = json.loads(capfd.readouterr().out)
    assert (found["genuine"], found["model"], taught) == (11, None, [])
