"""`docexam examine` on drawn captures: verdicts, files, exit codes, and input of every bad kind."""

from __future__ import annotations

import hashlib
import json
import shutil
import stat
import zipfile
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest
from jsonschema import Draft202012Validator

from docexam.cli.main import main
from docexam.errors import ExitCode
from docexam.looking import text
from docexam.specimens.forger.forge import forging
from docexam.specimens.series import Job, draw_specimen, write_specimen
from docexam.vision.read_viz import VizRead

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[str]]
    Examine = Callable[..., tuple[int, list[Any], str]]

LIGHTS = ("white", "ir", "uv")
SCHEMA = Draft202012Validator(json.loads((files("docexam.schemas") / "report-1.json").read_text()))


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with three drawn capture sets of one page: `first`, `second` and `forged`."""
    folder = tmp_path_factory.mktemp("drawn")
    for seed, name in enumerate(("first", "second"), 3):
        job = Job(name, "uto-passport", seed, lights=LIGHTS, ppi=200, pages=("data",))
        write_specimen(draw_specimen(job), folder)
    job = Job("forged", "uto-passport", 5, lights=LIGHTS, ppi=200, pages=("data",))
    write_specimen(draw_specimen(job, forging(("mrz-character",), 0.5)), folder)
    return folder


@pytest.fixture(autouse=True)
def _text_unread(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading the visual zone takes longer than all the rest; who needs it asks for `viz`."""
    if "viz" not in request.keywords:
        monkeypatch.setattr(text, "read_viz_lines", lambda *_: VizRead())


@pytest.fixture
def case(drawn: Path, tmp_path: Path) -> Path:
    """A copy of the first capture set, to be spoiled."""
    return Path(shutil.copytree(drawn / "first", tmp_path / "case"))


@pytest.fixture
def examine(capfd: pytest.CaptureFixture[str]) -> Examine:
    """Runs the command in this process: exit code, reports, standard error."""

    def run(*arguments: object) -> tuple[int, list[Any], str]:
        capfd.readouterr()
        code = main(["examine", *map(str, arguments), "--json", "--today", "2026-11-22"])
        out, err = capfd.readouterr()
        reports = [json.loads(line) for line in out.splitlines()]
        for report in reports:
            SCHEMA.validate(report)
        return code, reports, err

    return run


def spoil(case: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    file = case / "capture.json"
    content = json.loads(file.read_text())
    change(content)
    file.write_text(json.dumps(content))
    return case


def outcomes(report: dict[str, Any], check: str) -> list[str]:
    return [each["outcome"] for each in report["findings"] if each["check"] == check]


def codes(report: dict[str, Any], check: str) -> list[str]:
    return [each["reason"]["code"] for each in report["findings"] if each["check"] == check]


def test_a_drawn_passport_is_read_and_named_for_what_it_is(drawn: Path, examine: Examine) -> None:
    code, reports, _ = examine(drawn / "first")
    (report,) = reports
    truth = json.loads((drawn / "truth" / "first.json").read_text())
    assert report["reading"]["lines"] == truth["mrz"]
    assert set(report["readings"]["mrz"]) == {"ir", "white"}
    assert {"simulated", "specimen"} <= set(report["status"])
    for check in ("mrz.read", "mrz.cd-number", "mrz.cd-composite", "ir.mrz-vs-white"):
        assert outcomes(report, check) == ["passed"]
    failed = [e for e in report["findings"] if e["outcome"] == "failed"]
    assert {each["severity"] for each in failed} <= {"notice", "info"}
    expected = {"CLEAR": ExitCode.CLEAR, "INCOMPLETE": ExitCode.INCOMPLETE}
    assert code == expected[report["verdict"]]
    assert 0 < report["timings_ms"]["first"] <= report["timings_ms"]["total"]


def test_a_changed_character_refers_and_is_never_masked_by_a_bad_file(
    drawn: Path, tmp_path: Path, examine: Examine
) -> None:
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "capture.json").write_text("{}")
    code, reports, err = examine(tmp_path / "bad", drawn / "forged", drawn / "first")
    assert code == ExitCode.REFER
    bad, forged, genuine = reports
    assert (bad["verdict"], bad["reading"]["error"]["code"]) == ("INCOMPLETE", "capture.json")
    assert "bad: capture.json is not a capture set" in err
    assert forged["verdict"] == "REFER"
    truth = json.loads((drawn / "truth" / "forged.json").read_text())
    caught = {
        each["check"]
        for each in forged["findings"]
        if each["outcome"] == "failed" and each["severity"] in ("strong", "decisive")
    }
    assert caught & {check for attack in truth["attacks"] for check in attack["expect"]}
    assert forged["reading"]["lines"] == truth["mrz"]
    assert genuine["verdict"] != "REFER"


def test_reports_crops_and_log_are_written_privately(
    drawn: Path, tmp_path: Path, examine: Examine
) -> None:
    html, crops, log = tmp_path / "html", tmp_path / "crops", tmp_path / "log.jsonl"
    _, reports, _ = examine(drawn / "forged", "--html", html, "--evidence", crops, "--log", log)
    page = html / "forged.html"
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    text = page.read_text()
    assert "REFER" in text
    assert text.count("data:image/jpeg") == len(LIGHTS)
    assert not list(html.glob(".docexam*"))
    evidence = [e for f in reports[0]["findings"] for e in f["evidence"]]
    assert evidence
    for each in evidence:
        file = crops / each["file"]
        assert hashlib.sha256(file.read_bytes()).hexdigest() == each["sha256"]
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert cv2.imread(str(file)) is not None
    (line,) = log.read_text().splitlines()
    assert json.loads(line)["result"]["verdict"] == "REFER"
    for word in reports[0]["reading"]["lines"]:
        assert word not in line
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_a_picture_and_an_archive_are_capture_sets_too(
    case: Path, tmp_path: Path, examine: Examine
) -> None:
    archive = tmp_path / "set.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for file in case.iterdir():
            packed.write(file, f"case/{file.name}")
    code, (packed_report, picture), _ = examine(archive, case / "white.png")
    assert packed_report["reading"]["found"]
    assert set(packed_report["readings"]["mrz"]) == {"ir", "white"}
    assert set(picture["readings"]["mrz"]) == {"white"}
    assert "recorded" in picture["status"]
    assert picture["verdict"] == "INCOMPLETE"
    assert code == ExitCode.INCOMPLETE


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "capture.missing-file"),
        (b"", "input.empty"),
        (b"this is a text", "input.not-a-picture"),
        ("half", "input.truncated"),
    ],
)
def test_a_spoiled_picture_is_a_finding_and_the_rest_is_examined(
    case: Path, content: bytes | str | None, code: str, examine: Examine
) -> None:
    file = case / "ir.png"
    whole = file.read_bytes()
    file.unlink()
    if content is not None:
        file.write_bytes(whole[: len(whole) // 2] if isinstance(content, str) else content)
    end, (report,), _ = examine(case)
    assert code in codes(report, "cap.detect")
    assert report["reading"]["found"]
    assert outcomes(report, "mrz.read") == ["passed"]
    assert outcomes(report, "ir.mrz-vs-white") == ["not_performed"]
    assert codes(report, "ir.mrz-vs-white") == [code]
    assert report["verdict"] == "INCOMPLETE"
    assert end == ExitCode.INCOMPLETE


def test_an_unknown_light_is_a_finding_and_the_rest_is_examined(
    case: Path, examine: Examine
) -> None:
    content = json.loads((case / "capture.json").read_text())
    content["pages"][0]["images"].append({"light": "terahertz", "file": "t.png"})
    (case / "capture.json").write_text(json.dumps(content))
    _, (report,), _ = examine(case)
    assert "light.unknown" in codes(report, "cap.detect")
    assert outcomes(report, "mrz.read") == ["passed"]


def test_a_light_of_another_size_is_laid_over_the_others(case: Path, examine: Examine) -> None:
    pixels = cv2.imread(str(case / "ir.png"), cv2.IMREAD_UNCHANGED)
    assert cv2.imwrite(str(case / "ir.png"), cv2.resize(pixels, None, fx=1.3, fy=1.3))
    _, (report,), _ = examine(case)
    assert outcomes(report, "mrz.read") == ["passed"]
    assert outcomes(report, "ir.mrz-vs-white") == ["passed"]


@pytest.mark.parametrize("name", ["../outside.png", "/etc/hostname", "link.png"])
def test_a_path_that_leads_out_is_refused(
    case: Path, drawn: Path, name: str, examine: Examine
) -> None:
    shutil.copy(drawn / "second" / "ir.png", case.parent / "outside.png")
    (case / "link.png").symlink_to(case.parent / "outside.png")

    def lead_out(content: dict[str, Any]) -> None:
        content["pages"][0]["images"][1]["file"] = name

    _, (report,), _ = examine(spoil(case, lead_out))
    assert "capture.path" in codes(report, "cap.detect")
    assert set(report["readings"]["mrz"]) == {"white"}


@pytest.mark.parametrize(
    "change",
    [
        lambda c: [image.update(light="red") for image in c["pages"][0]["images"]],
        lambda c: c.update(pages="all"),
        lambda c: c.update(schema="docexam.capture/9"),
        lambda c: c["pages"][0]["images"][0].pop("file"),
    ],
)
def test_a_description_of_another_shape_costs_one_sentence(
    case: Path, drawn: Path, change: Callable[[dict[str, Any]], None], examine: Examine
) -> None:
    code, reports, err = examine(spoil(case, change), drawn / "first")
    assert len(err.strip().splitlines()) == 2, err  # The sentence, and the sums of two captures.
    assert "Traceback" not in err
    assert reports[0]["reading"]["error"]["code"] == "capture.json"
    assert reports[1]["reading"]["found"]
    assert code == ExitCode.UNREADABLE


def test_an_archive_that_unpacks_without_end_is_refused(tmp_path: Path, examine: Examine) -> None:
    bomb = tmp_path / "bomb.zip"
    content = {
        "schema": "docexam.capture/1",
        "pages": [{"images": [{"light": "white", "file": "white.png"}]}],
    }
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("capture.json", json.dumps(content) + " " * (64 * 2**20))
    code, (report,), _ = examine(bomb)
    assert report["reading"]["error"]["code"] == "input.file-too-large"
    assert code == ExitCode.UNREADABLE


def test_a_picture_larger_than_allowed_is_a_finding(case: Path, examine: Examine) -> None:
    _, (report,), _ = examine(case, "--max-megapixels", "0.1")
    assert set(codes(report, "cap.detect")) == {"detect.none", "input.too-large"}


def turned(case: Path, change: Callable[[Any], Any]) -> None:
    for light in LIGHTS:
        file = str(case / f"{light}.png")
        assert cv2.imwrite(file, change(cv2.imread(file, cv2.IMREAD_UNCHANGED)))


def test_upside_down_is_read_all_the_same(case: Path, examine: Examine) -> None:
    turned(case, lambda pixels: np.ascontiguousarray(pixels[::-1, ::-1]))
    _, (report,), _ = examine(case)
    assert outcomes(report, "mrz.read") == ["passed"]
    box = next(e["box_mm"] for e in report["findings"] if e["check"] == "mrz.read")
    assert 60 < box[1] < 80


def test_two_documents_on_the_glass_are_two_reports(
    case: Path, drawn: Path, tmp_path: Path, examine: Examine
) -> None:
    for light in LIGHTS:
        one = cv2.imread(str(case / f"{light}.png"), cv2.IMREAD_UNCHANGED)
        other = cv2.imread(str(drawn / "second" / f"{light}.png"), cv2.IMREAD_UNCHANGED)
        width = min(one.shape[1], other.shape[1])
        both = np.vstack([one[:, :width], other[:, :width]])
        assert cv2.imwrite(str(case / f"{light}.png"), both)
    html = tmp_path / "two.html"
    _, reports, _ = examine(case, "--html", html)
    assert len(reports) == 2
    assert [codes(each, "cap.detect") for each in reports] == [["detect.several"]] * 2
    truths = [
        json.loads((drawn / "truth" / f"{name}.json").read_text())["mrz"]
        for name in ("first", "second")
    ]
    assert sorted(each["reading"]["lines"] for each in reports) == sorted(truths)
    assert html.is_file()
    assert (tmp_path / "two-2.html").is_file()


def test_a_capture_that_cannot_be_opened_is_told_in_every_report(
    tmp_path: Path, examine: Examine
) -> None:
    broken, html, log = tmp_path / "broken", tmp_path / "page.html", tmp_path / "log.jsonl"
    broken.mkdir()
    (broken / "capture.json").write_text("[]")
    code, (report,), _ = examine(broken, "--html", html, "--log", log)
    assert code == ExitCode.UNREADABLE
    assert report["reading"]["error"]["message"] in html.read_text()
    (record,) = map(json.loads, log.read_text().splitlines())
    assert record["result"]["verdict"] == "INCOMPLETE"
    assert record["device"] is None
    assert "broken" not in log.read_text()


def test_a_picture_that_is_none_is_told_as_such(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "page.png").write_bytes(b"no picture")
    assert main(["examine", str(tmp_path / "page.png")]) == ExitCode.UNREADABLE
    told = capfd.readouterr().out
    assert "is no picture" in told
    assert "No document was found" not in told


def test_no_document_is_told_and_not_cleared(case: Path, examine: Examine) -> None:
    turned(case, lambda pixels: np.full_like(pixels, 30))
    code, (report,), _ = examine(case)
    assert "detect.none" in codes(report, "cap.detect")
    for check in ("ir.b900", "uv.dull-page", "geo.size", "mrz.read"):
        assert codes(report, check) == ["detect.none"]
    assert report["verdict"] == "INCOMPLETE"
    assert code == ExitCode.UNREADABLE


def test_the_page_of_another_document_refers(case: Path, drawn: Path, examine: Examine) -> None:
    for light in LIGHTS:
        shutil.copy(drawn / "second" / f"{light}.png", case / f"other-{light}.png")

    def add_page(content: dict[str, Any]) -> None:
        images = [
            {**image, "file": f"other-{image['file']}"} for image in content["pages"][0]["images"]
        ]
        content["pages"].append({"page": 2, "images": images})

    code, (report,), _ = examine(spoil(case, add_page))
    assert "failed" in outcomes(report, "x.sides")
    assert report["verdict"] == "REFER"
    assert code == ExitCode.REFER


def test_recorded_and_simulated_captures_are_refused_where_live_ones_are_asked_for(
    drawn: Path, examine: Examine
) -> None:
    code, (report,), err = examine(drawn / "first", "--require-live")
    assert report["reading"]["error"]["code"] == "capture.not-live"
    assert "simulated" in err
    assert code == ExitCode.UNREADABLE


def test_high_security_is_incomplete_without_a_model(drawn: Path, examine: Examine) -> None:
    _, (report,), _ = examine(
        drawn / "first", "--mode", "high-security", "--profile", "second-line"
    )
    assert report["verdict"] in ("INCOMPLETE", "REFER")
    assert report["profile"] == {"name": "second-line", "mode": "high-security", "version": "1"}


def test_a_hostile_page_name_stays_in_its_folder(
    case: Path, tmp_path: Path, examine: Examine
) -> None:
    def rename(content: dict[str, Any]) -> None:
        content["pages"][0]["page"] = "../../../<b>out"

    crops, html = tmp_path / "crops", tmp_path / "page.html"
    _, (report,), _ = examine(spoil(case, rename), "--evidence", crops, "--html", html)
    assert report["findings"][0]["page"] == "../../../<b>out"
    written = [path for path in tmp_path.rglob("*.png") if path.parent != case]
    assert written
    assert all(path.is_relative_to(crops) for path in written)
    assert "<b>out" not in html.read_text()


def test_what_cannot_be_written_is_told_once(drawn: Path, tmp_path: Path, examine: Examine) -> None:
    (tmp_path / "closed").write_text("a file, not a folder")
    code, reports, err = examine(drawn / "first", "--html", tmp_path / "closed" / "inside")
    assert code == ExitCode.CANNOT_WRITE
    assert len(reports) == 1
    assert "cannot be written" in err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--models", ".", "--trust", "nowhere"), "trusted keys 'nowhere' are not there"),
        (("--lists", "nowhere"), "neither documents.csv nor issuers.csv"),
    ],
)
def test_wrong_usage_costs_one_sentence(
    drawn: Path, arguments: tuple[str, ...], told: str, examine: Examine
) -> None:
    code, reports, err = examine(drawn / "first", *arguments)
    assert code == ExitCode.USAGE
    assert reports == []
    assert told in err
    assert "Traceback" not in err


def test_one_html_file_for_two_captures_is_refused(drawn: Path, tmp_path: Path) -> None:
    arguments = ["examine", str(drawn / "first"), str(drawn / "second")]
    assert main([*arguments, "--html", str(tmp_path / "a.html")]) == ExitCode.USAGE


def test_a_folder_stands_for_its_capture_sets(drawn: Path, examine: Examine) -> None:
    _, reports, err = examine(drawn)
    assert [each["capture"] for each in reports] == ["first", "forged", "second"]
    assert "3 captures in" in err


def test_people_get_words_from_several_workers(docexam: Run, drawn: Path) -> None:
    captures = (drawn / "first", drawn / "forged")
    done = docexam("examine", *captures, "--workers", "2", "--today", "2026-11-22")
    assert done.returncode == ExitCode.REFER
    assert "Traceback" not in done.stderr
    assert "forged: ✗ REFER" in done.stdout
    assert "Check digit" in done.stdout
    assert "2 captures in" in done.stderr
    assert done.stdout.index("first:") < done.stdout.index("forged:")
