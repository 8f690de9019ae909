"""A drawn document is examined without being written; that must change nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from docexam.capture.capture_set import open_capture_set
from docexam.evaluation.held_capture import held_capture
from docexam.specimens.forger.forge import forging
from docexam.specimens.series import Job, draw_specimen, write_specimen

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("device", ["flatbed", "camera-box"])
def test_it_shows_what_a_written_set_shows(device: str, tmp_path: Path) -> None:
    job = Job("one", "uto-card", 3, ppi=150, device=device)
    specimen = draw_specimen(job, forging(("mrz-character",), 0.7))
    written = open_capture_set(write_specimen(specimen, tmp_path))
    held, truth = held_capture(specimen)
    assert json.loads(truth) == json.loads((tmp_path / "truth" / "one.json").read_text())
    assert held.capture.captured_at == written.capture.captured_at
    assert held.capture.device == written.capture.device
    for ours, theirs in zip(held.capture.pages, written.capture.pages, strict=True):
        assert ours.page == theirs.page
        for one, other in zip(ours.images, theirs.images, strict=True):
            assert one.light == other.light
            a, b = held.picture(one), written.picture(other)
            assert a.ppi == b.ppi
            assert np.array_equal(a.pixels, b.pixels)
            assert (one.ppi, one.reference) == (other.ppi, other.reference)
