"""The state of an installation as facts: Python, libraries, models, engines, programs, disk."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

from docexam import __version__
from docexam.errors import DocexamError

State = Literal["ok", "missing", "optional"]

_OLDEST_PYTHON = (3, 11)
_LOW_DISK_MIB = 200
_AGAIN = "Install docexam again: make setup."


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing looked at; `missing` is needed and absent, `optional` is absent and may be."""

    kind: str
    name: str
    state: State
    value: str | None = None
    hint: str | None = None


def examine_installation() -> list[Fact]:
    """Every fact, the most basic first; nothing here raises."""
    return [
        _python(),
        Fact("docexam", "version", "ok", __version__),
        *_libraries(),
        *_models(),
        *_engines(),
        *_tesseract(),
        *_disks(),
    ]


def _python() -> Fact:
    new_enough = sys.version_info[:2] >= _OLDEST_PYTHON
    hint = None if new_enough else "docexam needs Python 3.11 or later."
    return Fact(
        "python", sys.executable, "ok" if new_enough else "missing", platform.python_version(), hint
    )


def _libraries() -> list[Fact]:
    """Each library that docexam requires, imported for real where that is where it breaks."""
    facts = []
    for requirement in metadata.requires("docexam") or []:
        name = requirement.split(";")[0]
        if "extra ==" in requirement:
            continue
        for mark in "<>=!~ [":
            name = name.split(mark)[0]
        try:
            facts.append(Fact("library", name, "ok", metadata.version(name)))
        except metadata.PackageNotFoundError:
            facts.append(Fact("library", name, "missing", None, _AGAIN))
    facts.append(_opencv_loads())
    return facts


def _opencv_loads() -> Fact:
    """Whether OpenCV finds the system libraries that its wheel leaves out."""
    try:
        import cv2
    except ImportError as error:
        hint = "apt-get install libgl1 libglib2.0-0" if ".so" in str(error) else _AGAIN
        return Fact("library", "cv2", "missing", None, hint)
    return Fact("library", "cv2", "ok", f"loads ({cv2.__version__})")


def _models() -> list[Fact]:
    """Each model that has a card, proven by the card's sha256."""
    from docexam.vision.onnx_session import MODEL_FOLDERS, model_path, read_model

    names = sorted(
        {
            path.with_suffix(".onnx").name
            for folder in MODEL_FOLDERS
            if folder.is_dir()
            for path in (*folder.glob("*.md"), *folder.glob("*.onnx"))
            if path.name != "README.md"
        }
    )
    if not names:
        return [Fact("model", "*.onnx", "missing", None, f"No models were found. {_AGAIN}")]
    facts = []
    for name in names:
        try:
            size_kb = len(read_model(model_path(name))) / 1000
        except (DocexamError, OSError) as error:
            message = error.message if isinstance(error, DocexamError) else "It cannot be read."
            facts.append(Fact("model", name, "missing", None, f"{message} {_AGAIN}"))
        else:
            facts.append(Fact("model", name, "ok", f"{size_kb:.0f} kB, sha256 as on its card"))
    return facts


def _engines() -> list[Fact]:
    from docexam.vision.engines.registry import DEFAULT_ENGINE, available

    facts = []
    for status in available():
        state: State = "ok" if status.installed else "optional"
        if not status.installed and status.name == DEFAULT_ENGINE:
            state = "missing"
        hint = None if status.installed else status.how_to_get
        facts.append(Fact("engine", status.name, state, status.version, hint))
    return facts


def _tesseract() -> list[Fact]:
    program = shutil.which("tesseract")
    if program is None:
        hint = "For --engine tesseract: apt-get install tesseract-ocr tesseract-ocr-eng"
        return [Fact("program", "tesseract", "optional", None, hint)]
    facts = [Fact("program", "tesseract", "ok", _first_line([program, "--version"]))]
    languages = _output([program, "--list-langs"]).splitlines()[1:]
    found = " ".join(languages)
    if "eng" in languages:
        facts.append(Fact("program", "tesseract languages", "ok", found))
    else:
        how = "apt-get install tesseract-ocr-eng"
        facts.append(Fact("program", "tesseract languages", "optional", found, how))
    return facts


def _disks() -> list[Fact]:
    facts = []
    for name, place in (("working folder", Path.cwd), ("temporary files", tempfile.gettempdir)):
        try:
            free_mib = shutil.disk_usage(place()).free / 2**20
        except OSError:
            facts.append(Fact("disk", name, "optional", None, "It cannot be looked at."))
            continue
        low = free_mib < _LOW_DISK_MIB
        value = f"{free_mib / 1024:.1f} GiB free"
        hint = "Free some space before writing results." if low else None
        facts.append(Fact("disk", name, "optional" if low else "ok", value, hint))
    return facts


def _first_line(command: list[str]) -> str:
    return (_output(command).splitlines() or [""])[0]


def _output(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout or done.stderr
