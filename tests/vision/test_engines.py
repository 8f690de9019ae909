"""The other engines: what they read, what they say when something is missing, and never do."""

from __future__ import annotations

import difflib
import shutil
import stat
import subprocess
import sys
import tempfile
from importlib import metadata
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from docexam.errors import DependencyMissing, InputError, ModelError
from docexam.vision.engines import consensus, passporteye, tesseract
from tests.vision.drawing import TD2, TD3, on_table, page

if TYPE_CHECKING:
    from pathlib import Path

    from docexam.nouns.zone import ZoneText
    from docexam.vision.engines.protocol import EngineStatus

needs_tesseract = pytest.mark.skipif(
    not tesseract.status().installed, reason="Tesseract is not installed"
)
needs_passporteye = pytest.mark.skipif(
    not passporteye.status().installed, reason="PassportEye is not installed"
)


def likeness(zone: ZoneText, lines: tuple[str, ...]) -> float:
    """0..1. Stock English data misreads a filler here and there, another version another one."""
    return difflib.SequenceMatcher(None, "".join(lines), "".join(zone.lines)).ratio()


def corners(zone: ZoneText) -> np.ndarray:
    assert zone.quad_px is not None
    return np.array(zone.quad_px)


@needs_tesseract
def test_tesseract_reads_a_drawn_zone_and_says_where_it_is() -> None:
    picture = page(TD2, 150)
    (zone,) = tesseract.load().read(picture)
    assert likeness(zone, TD2) > 0.9
    ink = np.argwhere(picture < 128)[:, ::-1]
    (left, top), (right, bottom) = ink.min(0), ink.max(0)
    true = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
    assert np.abs(corners(zone) - true).max() < 31  # two characters at 150 pixels an inch


@needs_tesseract
@pytest.mark.parametrize("degrees", [90, 183])
def test_tesseract_reads_a_zone_however_it_lies(degrees: float) -> None:
    (zone,) = tesseract.load().read(on_table(page(TD2, 150), degrees=degrees))
    assert likeness(zone, TD2) > 0.9


@needs_tesseract
def test_tesseract_finds_nothing_on_empty_paper() -> None:
    assert tesseract.load().read(np.full((400, 600, 3), 200, np.uint8)) == []


@needs_tesseract
def test_tesseract_reads_on_without_the_finders_model(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_pixels: object) -> None:
        raise ModelError("The model is missing.", code="model.missing")

    monkeypatch.setattr("docexam.vision.locate_mrz.locate_zones", missing)
    (zone,) = tesseract.load().read(on_table(page(TD2, 150), degrees=6))
    assert likeness(zone, TD2) > 0.9


@needs_tesseract
def test_an_altered_model_is_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    def altered(_pixels: object) -> None:
        raise ModelError("The model is altered.", code="model.altered")

    monkeypatch.setattr("docexam.vision.locate_mrz.locate_zones", altered)
    with pytest.raises(ModelError):
        tesseract.load().read(page(TD2))


@needs_passporteye
def test_passporteye_reads_pixels_and_is_never_confident() -> None:
    picture = cv2.cvtColor(on_table(page(TD2, 150), table=235), cv2.COLOR_GRAY2BGR)
    before = picture.copy()
    (zone,) = passporteye.load().read(picture)
    assert likeness(zone, TD2) > 0.9
    assert not zone.confident
    assert (picture == before).all()
    ink = np.argwhere(picture[..., 0] < 100)[:, ::-1]
    assert np.abs(corners(zone).mean(0) - (ink.min(0) + ink.max(0)) / 2).max() < 20


@needs_passporteye
def test_passporteye_finds_nothing_on_empty_paper() -> None:
    assert passporteye.load().read(np.full((300, 500), 210, np.uint8)) == []


@needs_passporteye
def test_no_engine_puts_a_picture_on_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    engines = [tesseract.load(), passporteye.load()]

    def refuse(*_args: object, **_options: object) -> None:
        raise AssertionError("a temporary file")

    for way in ("NamedTemporaryFile", "TemporaryFile", "mkstemp", "mkdtemp", "mktemp"):
        monkeypatch.setattr(tempfile, way, refuse)
    for engine in engines:
        assert len(engine.read(page(TD2, 150))) == 1


@needs_tesseract
def test_consensus_reads_a_page_and_shows_what_the_engines_make_of_it() -> None:
    (zone,) = consensus.load().read(page(TD3, 150))
    assert zone.lines == TD3
    differences = [p for p in zone.problems if p.id == "engine.differ"]
    assert zone.confident == (not differences)
    assert all(any(r.line == p.line for r in zone.resolved) for p in differences)


@pytest.fixture
def no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda *_args, **_options: None)


@pytest.mark.usefixtures("no_program")
@pytest.mark.parametrize("engine", [tesseract, passporteye, consensus])
def test_a_missing_program_is_named_with_how_to_get_it(engine: object) -> None:
    found: EngineStatus = engine.status()
    assert not found.installed
    assert "apt-get install tesseract-ocr" in (found.how_to_get or "")
    with pytest.raises(DependencyMissing) as caught:
        engine.load()
    assert "apt-get install tesseract-ocr" in caught.value.hint


@pytest.mark.parametrize(
    ("engine", "library"), [(tesseract, "pytesseract"), (passporteye, "passporteye")]
)
def test_a_missing_library_is_named_with_how_to_get_it(
    engine: object, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", absent)
    monkeypatch.setattr(passporteye, "version", absent)
    for name in [n for n in sys.modules if n.split(".")[0] == library]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setitem(sys.modules, library, None)
    if library == "pytesseract":
        import docexam.vision.engines as room

        monkeypatch.delitem(sys.modules, "docexam.vision.engines.tesseract_program", raising=False)
        monkeypatch.delattr(room, "tesseract_program", raising=False)
    assert "pip install" in (engine.status().how_to_get or "")
    with pytest.raises(DependencyMissing) as caught:
        engine.load()
    assert "pip install" in caught.value.hint


@needs_tesseract
def test_trained_data_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DependencyMissing) as caught:
        tesseract.load(tmp_path / "klingon.traineddata")
    assert "klingon" in caught.value.message


@pytest.mark.parametrize("name", ["onnx", "tesseract"])
def test_loading_one_engine_imports_no_other(name: str) -> None:
    others = {"onnx": "pytesseract", "tesseract": "onnxruntime"}
    if name == "tesseract" and not tesseract.status().installed:
        pytest.skip("Tesseract is not installed")
    code = (
        "import sys; from docexam.vision.engines.registry import load_engine; "
        f"load_engine({name!r}); "
        f"print([m for m in ('skimage', 'passporteye', {others[name]!r}) if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


class TestProgram:
    """Tesseract as a child, played by a script."""

    @pytest.fixture
    def script(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        pytesseract = pytest.importorskip("pytesseract")
        path = tmp_path / "tesseract"
        path.write_text('#!/bin/sh\ncat > /dev/null\necho "threads=$OMP_THREAD_LIMIT $*"\n')
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", str(path))
        return path

    def read(self, timeout_s: float = 10.0) -> str:
        from docexam.vision.engines import tesseract_program

        pixels = np.zeros((40, 60), np.uint8)
        return tesseract_program.read(pixels, ["--psm", "6"], timeout_s=timeout_s)

    @pytest.mark.usefixtures("script")
    def test_it_runs_on_one_thread_and_through_pipes(self) -> None:
        assert self.read() == "threads=1 stdin stdout --psm 6\n"

    def test_it_may_fail(self, script: Path) -> None:
        script.write_text("#!/bin/sh\necho LINDQVIST >&2\nexit 3\n")
        with pytest.raises(InputError) as caught:
            self.read()
        assert "status 3" in caught.value.message
        assert "LINDQVIST" not in caught.value.message

    def test_it_may_hang(self, script: Path) -> None:
        script.write_text("#!/bin/sh\nexec sleep 30\n")
        with pytest.raises(InputError, match=r"within 0\.2 s"):
            self.read(timeout_s=0.2)
