"""What several rooms' tests share: the command as a real process, and an engine that obeys."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_OBEDIENT_ENGINE = '''
"""Reads whatever the grey level of the first pixel tells it to: a stand-in for an engine."""

import os, signal, time
from docexam.errors import DependencyMissing
from docexam.nouns.reading import Resolved
from docexam.nouns.zone import ZoneText
from docexam.vision.engines.protocol import EngineStatus

GOOD = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C36UTO7408122F3204153ZE184226B<<<<<16")
WRONG = (GOOD[0], GOOD[1].replace("7408122", "7408123"))
QUAD = ((10.0, 90.0), (230.0, 90.0), (230.0, 140.0), (10.0, 140.0))

class Obedient:
    name = "obedient"
    wants_colour = False

    def read(self, pixels):
        assert pixels.ndim == 2
        order = int(pixels[0, 0])
        if order == 250:
            return [ZoneText(GOOD, True, 0.99, quad_px=QUAD)]
        if order == 240:
            open_one = Resolved(1, 6, "E", (("E", 0.6), ("F", 0.4)), "looks")
            return [ZoneText(GOOD, False, 0.6, resolved=(open_one,), quad_px=QUAD)]
        if order == 230:
            return [ZoneText(WRONG, True, 0.9, quad_px=QUAD)]
        if order == 220:
            return [ZoneText(GOOD, True, 0.99), ZoneText(WRONG, True, 0.9)]
        if order == 100:
            raise RuntimeError("ERIKSSON<<ANNA was printed here")
        if order == 90:
            os.kill(os.getpid(), signal.SIGKILL)
        if order == 80:
            raise DependencyMissing("The reader has gone.", code="dependency.gone", hint="Get it.")
        if order == 70:
            time.sleep(60)
        if order == 60:
            os.write(2, b"a C library complains")
        return []

def status():
    return EngineStatus("obedient", installed=True, version="1")

def load():
    return Obedient()
'''


@pytest.fixture
def obedient_engine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for PYTHONPATH that adds the engine `obedient` by its entry point."""
    folder = tmp_path_factory.mktemp("plugin")
    (folder / "obedient_engine.py").write_text(_OBEDIENT_ENGINE)
    facts = folder / "obedient_engine-1.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: obedient-engine\nVersion: 1\n")
    (facts / "entry_points.txt").write_text("[docexam.engines]\nobedient = obedient_engine\n")
    return folder


@pytest.fixture
def command() -> Callable[..., list[str]]:
    """The words that start docexam in a process of its own."""

    def words(*arguments: object) -> list[str]:
        return [sys.executable, "-m", "docexam", *map(str, arguments)]

    return words


@pytest.fixture
def environment(obedient_engine: Path) -> dict[str, str]:
    """The environment of such a process."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DOCEXAM_", "COLUMNS"))}
    path = os.pathsep.join(filter(None, [str(obedient_engine), kept.get("PYTHONPATH")]))
    return {**kept, "PYTHONPATH": path, "NO_COLOR": "1"}


@pytest.fixture
def docexam(
    command: Callable[..., list[str]], environment: dict[str, str]
) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run docexam in a process of its own and wait for its end."""

    def run(*arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
        extra = options.pop("env", {})
        return subprocess.run(
            command(*arguments),
            env={**environment, **extra},
            capture_output="stdout" not in options,
            text=True,
            timeout=60,
            check=False,
            **options,
        )

    return run
