"""The set-up script says in one sentence what it cannot do."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy without an environment, so that nothing real is set up or removed."""
    (tmp_path / "tools").mkdir()
    shutil.copy(ROOT / "tools" / "setup.sh", tmp_path / "tools")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def setup(tree: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "tools/setup.sh"],
        cwd=tree,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def old_python(folder: Path, name: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text('#!/bin/sh\n[ "$1" = -V ] && echo "Python 3.9.2" && exit 0\nexit 1\n')
    path.chmod(0o755)
    return path


def test_an_old_python_is_refused(tree: Path) -> None:
    old = old_python(tree / "bin", "python3")
    done = setup(tree, PYTHON=str(old))
    assert done.returncode == 3
    assert "is not Python 3.11 or later" in done.stderr
    assert not (tree / ".venv").exists()


def test_only_an_old_python(tree: Path) -> None:
    for name in ("python3", *(f"python3.{minor}" for minor in range(11, 15))):
        old_python(tree / "bin", name)
    done = setup(tree, PATH=f"{tree / 'bin'}:{os.environ['PATH']}", PYTHON="")
    assert done.returncode == 3
    assert "needs Python 3.11 or later; python3 here is Python 3.9.2" in done.stderr
    assert done.stderr.count("\n") == 1


def test_nothing_is_done_when_nothing_has_changed(tree: Path) -> None:
    done = subprocess.run(
        ["bash", "-c", "sha256sum pyproject.toml tools/setup.sh | sha256sum | cut -d' ' -f1"],
        cwd=tree,
        capture_output=True,
        text=True,
        check=True,
    )
    (tree / ".venv" / "bin").mkdir(parents=True)
    python = tree / ".venv" / "bin" / "python"
    python.write_text("#!/bin/sh\nexit 0\n")
    python.chmod(0o755)
    (tree / ".venv" / ".installed").write_text(done.stdout)
    quick = setup(tree, PYTHON="/bin/false")
    assert (quick.returncode, quick.stdout, quick.stderr) == (0, "", "")
    (tree / "pyproject.toml").write_text("changed")
    assert setup(tree, PYTHON="/bin/false").returncode == 3
