"""The command as a whole: help, versions, quick starts, and what a bug looks like."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from docexam import __version__
from docexam.cli.main import COMMANDS, main
from docexam.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[str]]

HEAVY = (
    "numpy",
    "cv2",
    "onnxruntime",
    "PIL",
    "pypdfium2",
    "pytesseract",
    "passporteye",
)


def test_help_names_every_command_and_exit_code(docexam: Run) -> None:
    done = docexam("--help")
    assert done.returncode == 0
    for name in COMMANDS:
        assert name in done.stdout
    for code in ("0 all clear", "1 something to refer", "5 a device failed", "130 interrupted"):
        assert code in " ".join(done.stdout.split())
    assert done.stderr == ""


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_has_help(docexam: Run, name: str) -> None:
    done = docexam(name, "--help")
    assert done.returncode == 0
    assert "Usage: docexam " + name in done.stdout


def test_version(docexam: Run) -> None:
    assert docexam("--version").stdout == f"docexam {__version__}\n"


@pytest.mark.parametrize("arguments", [["--help"], ["read", "--help"], ["verify", "--help"]])
def test_help_loads_nothing_heavy(arguments: list[str], environment: dict[str, str]) -> None:
    code = (
        "import sys; from docexam.cli.main import main; main(sys.argv[1:]); "
        f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.strip() == "[]"


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["read"], ["read", "--nonsense", "x"], ["read", "--workers", "-1"]]
)
def test_wrong_usage_is_two(docexam: Run, arguments: list[str]) -> None:
    done = docexam(*arguments)
    assert done.returncode == ExitCode.USAGE
    assert done.stdout == ""
    assert "Usage" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_bug_is_one_sentence_without_what_was_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import docexam.cli.doctor as module

    def broken() -> None:
        raise RuntimeError("P<UTOERIKSSON<<ANNA")

    monkeypatch.delenv("DOCEXAM_DEBUG", raising=False)
    monkeypatch.setattr(module, "doctor", broken)
    assert main(["doctor"]) == ExitCode.BUG
    told = capsys.readouterr().err
    assert "ERIKSSON" not in told
    assert "RuntimeError" in told
    assert "--debug" in told
    assert told.count("\n") == 1


def test_a_bug_shows_its_trace_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    import docexam.cli.doctor as module

    def broken() -> None:
        raise RuntimeError("whatever")

    monkeypatch.setattr(module, "doctor", broken)
    monkeypatch.setenv("DOCEXAM_DEBUG", "1")
    with pytest.raises(RuntimeError, match="whatever"):
        main(["doctor"])


def test_ctrl_c_anywhere_is_130(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import docexam.cli.doctor as module

    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "doctor", interrupted)
    assert main(["doctor"]) == ExitCode.INTERRUPTED
    assert capsys.readouterr().err == "docexam: Interrupted.\n"
