"""Mixed-up pictures: what rests on their light is not judged, and the verdict stays open."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest

from docexam.capture.capture_set import OpenCapture, open_capture_set
from docexam.examination import Options, examine
from docexam.specimens.series import Job, draw_specimen, write_specimen

if TYPE_CHECKING:
    from pathlib import Path

    from docexam.nouns.report import Report

LIGHTS = ("white", "ir", "uv")


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    job = Job("one", "uto-passport", 411, ppi=200.0)
    return write_specimen(draw_specimen(job), tmp_path_factory.mktemp("lamps"))


def examined(taken: Path, *sources: str) -> tuple[Report, dict[str, str]]:
    """The report where the pictures of `sources` are given as white, infrared and ultraviolet."""
    text = json.loads((taken / "capture.json").read_text(encoding="utf-8"))
    images = text["pages"][0]["images"]
    files = {each["light"]: each["file"] for each in images}
    for image in images:
        image["file"] = files[sources[LIGHTS.index(image["light"])]]
        image.pop("reference", None)
    changed = taken / "capture.json"
    before = changed.read_bytes()
    try:
        changed.write_text(json.dumps(text), encoding="utf-8")
        capture: OpenCapture = open_capture_set(taken)
        options = Options(today=dt.date(2026, 6, 1), viz=False, pictures=True)
        (found,) = examine(capture, options)
    finally:
        changed.write_bytes(before)
    assert {each.light for each in found.pictures} == set(LIGHTS), "an officer sees them all"
    codes = {
        each.check: each.reason.code for each in found.report.findings if each.outcome != "passed"
    }
    return found.report, codes


def test_pictures_that_show_their_light_are_judged(taken: Path) -> None:
    report, codes = examined(taken, *LIGHTS)
    assert report.verdict == "CLEAR"
    assert not {"cap.lamp", "ir.b900", "uv.dull-page"} & set(codes)


def test_a_white_picture_given_as_infrared_judges_nothing(taken: Path) -> None:
    report, codes = examined(taken, "white", "white", "uv")
    assert report.verdict == "INCOMPLETE"
    assert codes["ir.b900"] == codes["cap.lamp"] == "lamp.ir-as-white"
    assert "ir" not in report.mrz


@pytest.mark.parametrize("sources", [("white", "ir", "white"), ("white", "uv", "ir")])
def test_no_other_picture_passes_for_ultraviolet(taken: Path, sources: tuple[str, ...]) -> None:
    report, codes = examined(taken, *sources)
    assert report.verdict == "INCOMPLETE"
    assert codes["uv.dull-page"].startswith("lamp.")


def test_exchanged_white_and_infrared_pictures_judge_nothing(taken: Path) -> None:
    report, codes = examined(taken, "ir", "white", "uv")
    assert report.verdict == "INCOMPLETE"
    assert codes["ir.b900"] == codes["mrz.read"] == "lamp.exchanged"
    assert "error" not in {each.outcome for each in report.findings}
