"""`docexam doctor` tells the truth about an installation, sound or not."""

from __future__ import annotations

import json
import shutil
from importlib.resources import files
from typing import TYPE_CHECKING

from jsonschema import Draft202012Validator

from docexam.cli.health import examine_installation
from docexam.cli.main import main
from docexam.errors import ExitCode
from docexam.vision import onnx_session
from docexam.vision.engines.registry import BUILT_IN

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    Run = Callable[..., subprocess.CompletedProcess[str]]


def test_a_sound_installation(docexam: Run) -> None:
    done = docexam("doctor", "--json")
    assert done.returncode == ExitCode.CLEAR
    told = json.loads(done.stdout)
    schema = json.loads((files("docexam.schemas") / "doctor-1.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(told)
    assert told["ok"] is True
    facts = {(fact["kind"], fact["name"]): fact for fact in told["facts"]}
    for name in ("numpy", "opencv-python", "onnxruntime", "typer", "cv2"):
        assert facts["library", name]["state"] == "ok"
    for name in (*BUILT_IN, "obedient"):
        fact = facts["engine", name]
        assert fact["state"] == "ok" or fact["hint"]
    assert facts["model", "mrz_line.onnx"]["state"] == "ok"
    assert facts["disk", "working folder"]["value"].endswith("GiB free")
    text = docexam("doctor")
    assert text.returncode == ExitCode.CLEAR
    assert "All that docexam needs is here." in text.stdout


def test_an_altered_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "models"
    shutil.copytree(onnx_session.MODEL_FOLDERS[-1], folder)
    name = next(iter(sorted(folder.glob("*.onnx")))).name
    with (folder / name).open("ab") as stream:
        stream.write(b"!")
    monkeypatch.setattr(onnx_session, "MODEL_FOLDERS", (folder,))
    assert main(["doctor", "--json"]) == ExitCode.MISSING
    told = json.loads(capfd.readouterr().out)
    (bad,) = [fact for fact in told["facts"] if fact["state"] == "missing"]
    assert bad["name"] == name
    assert "sha256" in bad["hint"]


def test_no_models_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onnx_session, "MODEL_FOLDERS", (tmp_path,))
    missing = [fact for fact in examine_installation() if fact.state == "missing"]
    assert [fact.kind for fact in missing] == ["model"]
    assert missing[0].hint


def test_without_tesseract(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    facts = [fact for fact in examine_installation() if fact.kind == "program"]
    assert [fact.state for fact in facts] == ["optional"]
    assert "apt-get install tesseract-ocr" in (facts[0].hint or "")
