"""What is drawn can be read: telephone photographs and infrared pictures of every design."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from docexam.specimens.capturing.sensor import to_file
from docexam.specimens.design import design_named, design_names
from docexam.specimens.series import Job, draw_specimen
from docexam.vision.engines.registry import load_engine
from docexam.vision.read_picture import read_picture

if TYPE_CHECKING:
    from pathlib import Path

    from docexam.vision.engines.protocol import Engine

TODAY = dt.date(2026, 6, 1)
NAMES = [name for name in design_names() if not design_named(name).final_only]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return load_engine("onnx")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("device", "light"), [("telephone", "white"), ("camera-box", "ir")])
def test_a_drawn_document_is_read(
    tmp_path: Path, engine: Engine, name: str, device: str, light: str
) -> None:
    page = design_named(name).mrz_page
    job = Job("one", name, 77, (light,), 300.0, device, wear=0.2, pages=(page,))  # type: ignore[arg-type]
    specimen = draw_specimen(job)
    data, suffix = to_file(specimen.shots[page][0].picture, 85)
    path = tmp_path / f"one{suffix}"
    path.write_bytes(data)
    readings = read_picture(path, engine, today=TODAY)
    assert [reading.lines for reading in readings] == [specimen.document.lines]
    assert readings[0].valid
