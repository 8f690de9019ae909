"""Drawn series, small enough to be judged in a second or two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from docexam.specimens.forger.forge import forging
from docexam.specimens.series import Job, draw_specimen, write_specimen

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sets `one` (genuine) and `two` (a changed character), and their truth."""
    folder = tmp_path_factory.mktemp("foreign")
    for name, seed in (("one", 3), ("two", 5)):
        job = Job(name, "uto-passport", seed, ppi=200, pages=("data",))
        change = forging(("mrz-character",), 0.7) if name == "two" else None
        write_specimen(draw_specimen(job, change), folder)
    return folder
