"""`docexam specimen forge`: sets with their truth, the same bytes, bad input, and the tables."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import jsonschema
import numpy as np
import pytest

from docexam.cli.main import main
from docexam.specimens.design import design_named
from docexam.specimens.forger.catalogue import catalogue
from docexam.specimens.forger.comparison import comparison
from docexam.specimens.forger.forge import allowed_on
from docexam.specimens.forger.series import forge_jobs, make_forged
from docexam.specimens.forger.table import LABELS, check_row, example, figure_rows, measured
from docexam.specimens.series import Job

from .conftest import drawn

ROOT = Path(__file__).parents[3]
SCHEMA = ROOT / "docexam" / "schemas" / "truth-1.json"
FAST = ["--ppi", "150"]


def digests(folder: Path) -> dict[str, str]:
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_forge_writes_sets_with_the_truth_beside_them(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    arguments = ["specimen", "forge", str(out), "--attack", "mrz-character,photo-over-laminate"]
    assert main([*arguments, "--severity", "0.8", "--sheet", "--json", *FAST]) == 0
    row = json.loads(capfd.readouterr().out)
    assert row["capture"] == "uto-passport-00001"
    truth = json.loads(Path(row["truth"]).read_text("utf-8"))
    jsonschema.validate(truth, json.loads(SCHEMA.read_text("utf-8")))
    assert truth["genuine"] is False
    assert [each["attack"] for each in truth["attacks"]] == ["mrz-character", "photo-over-laminate"]
    assert all(each["severity"] == 0.8 for each in truth["attacks"])
    assert truth["fields"]["birth_date"]
    assert Path(row["truth"]).with_suffix(".png").read_bytes()[1:4] == b"PNG"
    told = (Path(row["folder"]) / "capture.json").read_text("utf-8")
    assert not any(name in told for name in catalogue())


def test_all_gives_each_document_the_next_attack() -> None:
    jobs = forge_jobs(Job("", "", 5), ("uto-card", "uto-passport"), ("all",), 0.5)
    for name in ("uto-card", "uto-passport"):
        attacks = {job.attacks[0] for job in jobs if job.job.design == name}
        design = design_named(name)
        assert attacks == set(allowed_on(design, tuple(design.pages)))
    assert len({job.name for job in jobs}) == len(jobs)
    assert [job.job.seed for job in jobs[:3]] == [5, 6, 7]


@pytest.mark.parametrize(
    ("attack", "pages"),
    [
        ("mrz-font", ("data",)),
        ("stamp-false", ("data", "16")),
        ("stamp-erased", ("data", "16")),
        ("visa-transferred", ("data", "17")),
        ("visa-counterfeit,stamp-false", ("data", "17")),
        ("stamp-false,visa-counterfeit", ("data", "17")),
        ("mrz-character,stamp-erased,stamp-false", ("data", "16")),
    ],
)
def test_the_pages_that_an_attack_needs_are_drawn(attack: str, pages: tuple[str, ...]) -> None:
    (job,) = forge_jobs(Job("", "", 5), ("uto-passport",), tuple(attack.split(",")), 0.5)
    assert job.job.pages == pages


def test_a_stamp_is_forged_without_naming_its_page(tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = ["--attack", "stamp-false", "--lights", "white", *FAST]
    assert main(["specimen", "forge", str(out), *arguments]) == 0
    truth = json.loads((out / "truth" / "uto-passport-00001.json").read_text("utf-8"))
    assert [(each["attack"], each["page"]) for each in truth["attacks"]] == [("stamp-false", "16")]


def test_all_pages_are_those_of_each_design(tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = ["--design", "uto-card", "--design", "qmb-visa", "--attack", "mrz-font"]
    one_light = ["--pages", "all", "--lights", "white", *FAST]
    assert main(["specimen", "forge", str(out), *arguments, *one_light]) == 0
    drawn_pages = {
        place.parent.name: [page["page"] for page in json.loads(place.read_text("utf-8"))["pages"]]
        for place in out.glob("*/capture.json")
    }
    assert drawn_pages == {"uto-card-00001": ["data", "back"], "qmb-visa-00002": ["visa"]}
    jobs = forge_jobs(Job("", "", 1, pages=("all",)), ("uto-passport",), ("mrz-font",), 0.5)
    assert jobs[0].job.pages == ("data", "16", "17", "cover")


@pytest.mark.parametrize("verb", ["make", "forge"])
def test_a_folder_that_may_not_be_looked_into_is_named(
    verb: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    out.chmod(0o300)
    access = os.access

    def denied(path: str, mode: int) -> bool:  # root may read everything
        return mode != os.R_OK and access(path, mode)

    def refused(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "access", denied)
    monkeypatch.setattr(Path, "iterdir", refused)
    assert main(["specimen", verb, str(out)]) == 74
    told = capsys.readouterr().err.strip()
    assert "cannot be written" in told
    assert "\n" not in told


@pytest.mark.parametrize("verb", ["make", "forge"])
def test_ctrl_c_says_how_many_were_drawn(
    verb: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    import docexam.specimens.forger.series as forged
    import docexam.specimens.series as genuine

    def interrupted(job: Job | forged.ForgeJob, _: str) -> str:
        if job.name.endswith("3"):
            raise KeyboardInterrupt
        return job.name

    monkeypatch.setattr(genuine, "make", interrupted)
    monkeypatch.setattr(forged, "make_forged", interrupted)
    arguments = ["specimen", verb, str(tmp_path / "out"), "--count", "5"]
    assert main(arguments) == 130
    told = capsys.readouterr()
    assert told.err == "docexam: Interrupted: 2 of 5 specimens were drawn.\n"
    assert told.out == ""


def test_the_same_jobs_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    pattern = Job("", "", 3, ppi=150.0, wear=0.2)
    attacks = ("counterfeit-laser-dull", "photo-over-laminate")
    jobs = forge_jobs(pattern, ("qmb-visa",), attacks, 0.5, count=2)
    for folder, order in (("a", jobs), ("b", jobs[::-1])):
        for job in order:
            make_forged(job, str(tmp_path / folder))
    assert digests(tmp_path / "a") == digests(tmp_path / "b")


@pytest.mark.slow
def test_the_number_of_workers_changes_nothing(tmp_path: Path) -> None:
    for folder, workers in (("a", "1"), ("b", "2")):
        arguments = ["specimen", "forge", str(tmp_path / folder), "--attack", "all", "--count", "4"]
        assert main([*arguments, "--design", "all", "--workers", workers, *FAST]) == 0
    assert digests(tmp_path / "a") == digests(tmp_path / "b")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--attack", "nothing-known"],
        ["--attack", "laminate-replaced", "--design", "uto-card"],
        ["--attack", "mrz-font", "--severity", "2"],
        ["--attack", ","],
        ["--attack", "mrz-font", "--pages", "99"],
        ["--attack", "mrz-font", "--pages", "16"],
        ["--attack", "fantasy-document", "--design", "uto-card", "--pages", "data"],
        ["--attack", "mrz-character", "--design", "qmh-card", "--pages", "data"],
        ["--attack", "stolen-blank", "--pages", "16"],
        ["--attack", "mrz-font", "--design", "no-such"],
        ["--attack", "mrz-font", "--lights", "purple"],
        ["--attack", "mrz-font", "--ppi", "10"],
    ],
)
def test_bad_input_gets_one_sentence_and_writes_nothing(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(["specimen", "forge", str(out), *arguments]) == 2
    told = capsys.readouterr().err.strip()
    assert told.startswith("docexam: ")
    assert "\n" not in told
    assert not out.exists()


def test_list_shows_each_attack_with_its_sentence(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["specimen", "list"]) == 0
    printed = capfd.readouterr().out
    for kind in catalogue().values():
        assert kind.name in printed
        assert kind.sentence in printed


@pytest.mark.parametrize("name", ["mrz-pitch", "erasure-chemical", "photo-over-laminate"])
def test_the_documented_figures_are_those_of_the_layers(name: str) -> None:
    documented = (ROOT / "docs" / "forger.md").read_text("utf-8").splitlines()
    attacks = measured(example(), name)
    rows = figure_rows(name, attacks)
    assert rows
    for row in (*rows, check_row(name, attacks)):
        assert row in documented


def test_the_documentation_names_every_attack() -> None:
    text = (ROOT / "docs" / "forger.md").read_text("utf-8")
    for name in catalogue():
        assert f"| `{name}` |" in text
    assert all(label for label, _ in LABELS.values())


def test_show_tells_what_an_attack_is_and_where_it_is_possible(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert main(["specimen", "show", "laminate-replaced"]) == 0
    printed = capfd.readouterr().out
    assert catalogue()["laminate-replaced"].sentence in printed
    rows = dict(line.split(maxsplit=1) for line in printed.splitlines()[2:])
    assert rows["uto-passport"] == "yes"
    assert rows["uto-card"].startswith("no: the foil")


def test_a_comparison_has_a_row_a_severity_and_a_column_a_light() -> None:
    sheet = comparison(drawn(), "mrz-character", ("white", "ir"))
    narrow = comparison(drawn(), "mrz-character", ("white",))
    assert sheet.width > 1.9 * narrow.width
    assert sheet.height == narrow.height
    pixels = np.asarray(sheet.convert("L"), np.float32)
    quarter = sheet.height // 4
    genuine, crude = (pixels[at * quarter :][:quarter] for at in (0, 1))
    assert np.abs(genuine[30:-30] - crude[30:-30]).max() > 60
