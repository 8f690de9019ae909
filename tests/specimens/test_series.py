"""`docexam specimen`: whole capture sets, true truth, the same bytes, and bad input."""

from __future__ import annotations

import errno
import hashlib
import json
import math
from pathlib import Path

import jsonschema
import pytest

from docexam.capture.capture_set import open_capture_set
from docexam.cli.main import main
from docexam.errors import OutputError, UsageError
from docexam.specimens.mrz_text import mrz_lines
from docexam.specimens.series import Job, draw_specimen, make, parse_lights

SCHEMAS = Path(__file__).parents[2] / "docexam" / "schemas"
FAST = ["--ppi", "150"]


def _schema(name: str) -> dict[str, object]:
    return json.loads((SCHEMAS / name).read_text("utf-8"))


def _digests(folder: Path) -> dict[str, str]:
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_make_writes_sets_and_truth_that_follow_their_schemas(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    arguments = ["--design", "uto-card", "--sheet", "--json", *FAST]
    assert main(["specimen", "make", str(out), *arguments]) == 0
    row = json.loads(capfd.readouterr().out)
    jsonschema.validate(row, _schema("specimen-1.json"))
    assert Path(row["truth"]).is_file()
    folder = out / "uto-card-00001"
    capture = json.loads((folder / "capture.json").read_text("utf-8"))
    truth = json.loads((out / "truth" / "uto-card-00001.json").read_text("utf-8"))
    jsonschema.validate(capture, _schema("capture-1.json"))
    jsonschema.validate(truth, _schema("truth-1.json"))
    assert truth["genuine"] is True
    assert truth["attacks"] == []
    assert (out / "truth" / "uto-card-00001.png").read_bytes()[1:4] == b"PNG"
    opened = open_capture_set(folder)
    assert [page.page for page in opened.capture.pages] == ["data", "back"]
    assert opened.capture.device.kind == "simulated"
    for page in opened.capture.pages:
        assert [image.light for image in page.images] == ["white", "ir", "uv"]
        for image in page.images:
            rows, columns = opened.picture(image).pixels.shape[:2]
            corners = truth["corners_px"][page.page][image.light]
            assert all(0 <= x <= columns and 0 <= y <= rows for x, y in corners)
    assert set(truth["mrz_px"]) == {"back"}


def test_no_truth_lies_inside_a_capture_set(tmp_path: Path) -> None:
    make(Job("one", "uto-passport", 4, ppi=150.0), str(tmp_path))
    inside = {file.name for file in (tmp_path / "one").rglob("*")}
    assert inside == {"capture.json", "white.png", "ir.png", "uv.png"}
    text = (tmp_path / "one" / "capture.json").read_text("utf-8")
    assert "seed" not in text
    assert "UTO" not in text


def test_the_same_job_gives_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    jobs = [
        Job(f"n{seed}", design, seed, ("white", "uv"), ppi=150.0, wear=0.3)
        for seed, design in ((1, "uto-passport"), (2, "uto-card"), (3, "uto-passport"))
    ]
    for name, order in (("a", jobs), ("b", jobs[::-1])):
        for job in order:
            make(job, str(tmp_path / name))
    assert _digests(tmp_path / "a") == _digests(tmp_path / "b")


@pytest.mark.slow
def test_the_number_of_workers_changes_nothing(tmp_path: Path) -> None:
    for name, workers in (("a", "1"), ("b", "2")):
        arguments = ["specimen", "make", str(tmp_path / name), "--count", "3", *FAST]
        arguments += ["--lights", "uv", "--workers", workers]
        assert main([*arguments, "--design", "uto-passport", "--design", "qmb-visa"]) == 0
    assert _digests(tmp_path / "a") == _digests(tmp_path / "b")


def test_holder_data_can_be_given(tmp_path: Path) -> None:
    arguments = ["--surname", "Grønbech", "--given-names", "Ida Marie", "--sex", "F"]
    arguments += ["--birth-date", "1990-02-28", "--number", "AB1234567"]
    assert main(["specimen", "make", str(tmp_path / "out"), *arguments, *FAST]) == 0
    truth = json.loads((tmp_path / "out/truth/uto-passport-00001.json").read_text("utf-8"))
    assert truth["mrz"][0].startswith("P<UTOGROENBECH<<IDA<MARIE<")
    assert truth["mrz"][1].startswith("AB1234567")
    assert truth["printed"]["surname"] == "GRØNBECH"
    assert truth["printed"]["birth_date"] == "28 FEB 1990"


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (["--design", "nowhere"], "uto-passport"),
        (["--lights", "white,purple"], "oblique-n"),
        (["--lights", ""], "oblique-n"),
        (["--device", "fax"], "flatbed"),
        (["--device", "telephone"], "white"),
        (["--ppi", "100"], "150 to 600"),
        (["--ppi", "1200"], "150 to 600"),
        (["--ppi", "nan"], "150 to 600"),
        (["--wear", "1.5"], "0 (new) to 1"),
        (["--wear", "nan"], "0 (new) to 1"),
        (["--degradation", "-1"], "0 (none) to 1"),
        (["--pages", "99"], "data"),
        (["--turn", "inf"], "-360 to 360"),
        (["--surname", "A" * 61], "60"),
        (["--surname", ""], "surname"),
        (["--surname", "李"], "Latin, Cyrillic or Arabic"),
        (["--surname", "R2D2"], "letters"),
        (["--birth-date", "2001-02-29"], "YYYY-MM-DD"),
        (["--birth-date", "2090-01-01"], "follow"),
        (["--expiry-date", "yesterday"], "YYYY-MM-DD"),
        (["--expiry-date", "0001-01-01"], "follow"),
        (["--birth-date", "1850-01-01"], "1900 to 2099"),
        (["--sex", "Q"], "F, M, X"),
        (["--number", "12-34"], "A-Z and 0-9"),
        (["--number", "1234567890"], "1 to 9"),
    ],
)
def test_bad_input_costs_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], allowed: str
) -> None:
    assert main(["specimen", "make", str(tmp_path / "out"), *arguments]) == 2
    told = capsys.readouterr().err
    assert allowed in told
    assert told.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_personal_data_is_not_repeated_in_a_complaint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for option, value in (("--surname", "Zebrafink9"), ("--number", "SECRET-77")):
        assert main(["specimen", "make", str(tmp_path / "out"), option, value]) == 2
        told = capsys.readouterr()
        assert value not in told.err + told.out


def test_a_folder_that_is_in_the_way_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("mine")
    for name in ("file", "full"):
        assert main(["specimen", "make", str(tmp_path / name), *FAST]) == 74
        assert "new" in capsys.readouterr().err
    assert main(["specimen", "make", str(tmp_path / ("n" * 300)), *FAST]) == 74
    assert "cannot be written" in capsys.readouterr().err
    assert (tmp_path / "file").read_text() == "mine"
    assert [entry.name for entry in (tmp_path / "full").iterdir()] == ["mine"]


def test_a_full_disk_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = []

    def write_until_full(path: Path, data: bytes) -> int:
        written.append(path)
        if len(written) == 2:
            raise OSError(errno.ENOSPC, "full")
        with path.open("wb") as stream:
            return stream.write(data)

    monkeypatch.setattr(Path, "write_bytes", write_until_full)
    with pytest.raises(OutputError, match="cannot be written"):
        make(Job("one", "uto-passport", 4, ppi=150.0), str(tmp_path))
    assert len(written) == 2
    assert [entry.name for entry in tmp_path.rglob("*")] == ["truth"]


def test_a_series_of_which_nothing_was_written_leaves_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(Path, "write_bytes", full)
    out = tmp_path / "out"
    assert main(["specimen", "make", str(out), "--design", "uto-card", *FAST]) == 74
    assert not out.exists()


def test_list_and_show_tell_what_there_is(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["specimen", "list", "--json"]) == 0
    rows = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    for row in rows:
        jsonschema.validate(row, _schema("specimen-1.json"))
    names = {(row["kind"], row["name"]) for row in rows}
    assert {("design", "uto-passport"), ("light", "uv254"), ("device", "telephone")} <= names
    sheet = tmp_path / "sheet.png"
    arguments = ["--sheet", str(sheet), "--lights", "white"]
    assert main(["specimen", "show", "uto-card", *arguments]) == 0
    assert "polycarbonate" in capfd.readouterr().out
    assert sheet.read_bytes()[1:4] == b"PNG"
    make(Job("one", "uto-passport", 4, ppi=150.0), str(tmp_path / "out"))
    assert main(["specimen", "show", str(tmp_path / "out" / "one")]) == 0
    assert json.loads(capfd.readouterr().out)["capture"] == "one"
    assert main(["specimen", "show", str(tmp_path)]) == 4
    assert main(["specimen", "show", "nowhere"]) == 2
    assert main(["specimen", "show", "n" * 300]) == 4


def test_lights_are_told_once_each() -> None:
    assert parse_lights("white, ir,white") == ("white", "ir")
    with pytest.raises(UsageError):
        parse_lights("infrared")


def test_a_page_can_be_laid_at_any_turn() -> None:
    for turn in (0.0, 90.0, 181.0, -37.5, 360.0 + 45.0):
        job = Job("t", "qmb-visa", 2, lights=("white",), ppi=150.0, turn_deg=turn)
        corners = draw_specimen(job).shots["visa"][0].page_px
        (x0, y0), (x1, y1) = corners[:2]
        found = math.degrees(math.atan2(y1 - y0, x1 - x0))
        assert (found - turn + 180) % 360 - 180 == pytest.approx(0, abs=0.1)


def test_booklet_pages_are_drawn_when_asked_for() -> None:
    job = Job("b", "uto-passport", 2, ppi=150.0, pages=("16", "17"))
    document = draw_specimen(job).document
    assert set(document.pages) == {"16", "17"}
    upright = document.pages["16"]
    assert upright.grid.width_mm == 88.0
    assert upright.with_role("stitching")
    assert upright.with_role("stamp")
    assert upright.holes is not None
    visa = [layer for layer in document.pages["17"].layers if layer.group == "visa"]
    assert {"substrate", "mrz", "viz"} <= {layer.role for layer in visa}
    lines = document.visa_lines["17"]
    assert [len(line) for line in lines] == [36, 36]
    assert lines[0].startswith("V<QMB")
    assert lines[0][5:12] == mrz_lines(document.design, document.holder)[0][5:12]
