"""The command: foreign and drawn series, going on after an end, and bad input."""

from __future__ import annotations

import json
import shutil
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from docexam.cli.main import main
from docexam.errors import ExitCode
from docexam.evaluation import judge_document


def evaluate(capfd: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main(["evaluate", "--no-viz", "--workers", "1", *map(str, arguments)])
    out, err = capfd.readouterr()
    return code, out, err


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents that were really examined."""
    done: list[str] = []
    real = judge_document.examine

    def examine(capture: Any, options: Any) -> Any:
        done.append(capture.capture.name)
        return real(capture, options)

    monkeypatch.setattr(judge_document, "examine", examine)
    return done


def test_foreign_sets_are_judged_by_their_truth(
    drawn: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = evaluate(capfd, drawn, "--json")
    assert code == ExitCode.CLEAR
    found = json.loads(out)
    schema = json.loads((files("docexam.schemas") / "evaluation-1.json").read_text())
    assert list(Draft202012Validator(schema).iter_errors(found)) == []
    assert (found["genuine"], found["forged"], found["viz"]) == (1, 1, False)
    assert found["false_alarms"]["count"] == 0
    assert [each["attack"] for each in found["attacks"]] == ["mrz-character"]
    assert found["attacks"][0]["caught"]["count"] == 1


def test_a_run_goes_on_where_it_was_ended(
    drawn: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    counted: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = tmp_path / "out"
    real = judge_document.JudgeDocuments.judge

    def interrupted(self: Any, task: Any) -> Any:
        if task.name.endswith("two"):
            raise KeyboardInterrupt
        return real(self, task)

    with monkeypatch.context() as during:
        during.setattr(judge_document.JudgeDocuments, "judge", interrupted)
        code, text, err = evaluate(capfd, drawn, "--out", out)
    assert code == ExitCode.INTERRUPTED
    assert "1 of 2 documents are done" in err
    assert "1 genuine and 0 forged" in text
    with (out / "documents.jsonl").open("a") as stream:
        stream.write('{"schema": "docexam.eval')  # cut off by a power failure
    code, text, err = evaluate(capfd, drawn, "--out", out)
    assert code == ExitCode.CLEAR
    assert "1 of 2 documents were done before" in err
    assert counted == ["one", "two"]
    assert "1 genuine and 1 forged" in text
    lines = [json.loads(line) for line in (out / "documents.jsonl").read_text().splitlines()]
    assert [line["name"] for line in lines] == ["one", "two"]
    schema = json.loads((files("docexam.schemas") / "evaluated-1.json").read_text())
    for line in lines:
        assert list(Draft202012Validator(schema).iter_errors(line)) == []
    assert (out / "catch-by-severity.svg").read_text().startswith("<svg")
    assert json.loads((out / "figures.json").read_text())["forged"] == 1
    evaluate(capfd, drawn, "--out", out, "--mode", "high-security")
    assert counted == ["one", "two"]


def test_results_hold_no_personal_data(
    drawn: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    evaluate(capfd, drawn, "--out", tmp_path)
    kept = (tmp_path / "documents.jsonl").read_text()
    for name in ("one", "two"):
        truth = json.loads((drawn / "truth" / f"{name}.json").read_text())
        for field in ("surname", "given_names", "document_number"):
            assert truth["fields"][field] not in kept
        assert truth["mrz"][1] not in kept


def test_a_series_is_drawn_and_leaves_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    only = ("--design", "uto-card", "--device", "flatbed", "--ppi", 150, "--wear", 0)
    series = ("--genuine", 1, "--each", 1, "--attack", "mrz-character", "--severity", 1)
    code, out, _ = evaluate(capfd, *only, *series, "--json", "--no-model")
    assert code == ExitCode.CLEAR
    found = json.loads(out)
    assert (found["genuine"], found["forged"]) == (1, 1)
    assert found["setting"]["split"] == "development"
    assert found["model"] is None
    assert list(tmp_path.iterdir()) == []


def test_a_set_that_cannot_be_opened_is_told_and_counted_nowhere(
    drawn: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    case = Path(shutil.copytree(drawn, tmp_path / "case"))
    (case / "one" / "capture.json").write_text("{")
    code, out, _ = evaluate(capfd, case)
    assert code == ExitCode.CLEAR
    assert "1 documents could not be examined (" in out
    assert "0 genuine and 1 forged" in out


@pytest.mark.parametrize(
    ("arguments", "says", "code"),
    [
        (("--design", "qnk-passport"), "not on this side of the split", ExitCode.USAGE),
        (("--device", "telephone"), "not on this side of the split", ExitCode.USAGE),
        (("--severity", "2"), "severity of 2", ExitCode.USAGE),
        (("--severity", "much"), "no list of numbers", ExitCode.USAGE),
        (("--wear", "3"), "wear of 3", ExitCode.USAGE),
        (("--lights", "white,moon"), "no light 'moon'", ExitCode.USAGE),
        (("--ppi", "nan"), "resolution", ExitCode.USAGE),
        (("--attack", "magic"), "no attack 'magic'", ExitCode.USAGE),
        (("--genuine", "0", "--each", "0"), "No document is asked for", ExitCode.USAGE),
    ],
)
def test_what_is_not_offered(
    arguments: tuple[str, ...], says: str, code: int, capfd: pytest.CaptureFixture[str]
) -> None:
    ended, out, err = evaluate(capfd, *arguments)
    assert ended == code
    assert out == ""
    assert says in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda case: shutil.rmtree(case / "truth"), "no capture sets with their truth"),
        (lambda case: shutil.rmtree(case / "one"), "but no capture set"),
        (lambda case: (case / "truth" / "one.json").write_text("[]"), "wrong at"),
        (lambda case: (case / "truth" / "one.json").write_bytes(b"\xff"), "cannot be read"),
    ],
)
def test_bad_folders(
    spoil: Any, says: str, drawn: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    case = Path(shutil.copytree(drawn, tmp_path / "case"))
    spoil(case)
    code, out, err = evaluate(capfd, case)
    assert (code, out) == (ExitCode.UNREADABLE, "")
    assert says in err


def test_a_truth_that_contradicts_itself(
    drawn: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    case = Path(shutil.copytree(drawn, tmp_path / "case"))
    path = case / "truth" / "two.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "genuine": True}))
    code, _, err = evaluate(capfd, case)
    assert code == ExitCode.UNREADABLE
    assert "says genuine true, with 1 attacks" in err


def test_a_results_file_of_something_else(
    drawn: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "documents.jsonl").write_text('{"some": "thing"}\n')
    code, _, err = evaluate(capfd, drawn, "--out", tmp_path)
    assert code == ExitCode.CANNOT_WRITE
    assert "Line 1 of" in err


def test_an_attack_on_two_pages_is_one_attack(
    drawn: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    case = Path(shutil.copytree(drawn, tmp_path / "case"))
    path = case / "truth" / "two.json"
    truth = json.loads(path.read_text())
    path.write_text(json.dumps({**truth, "attacks": [*truth["attacks"], *truth["attacks"]]}))
    _, out, _ = evaluate(capfd, case, "--json")
    assert [each["attack"] for each in json.loads(out)["attacks"]] == ["mrz-character"]
