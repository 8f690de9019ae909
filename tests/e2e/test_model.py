"""`docexam model` and `docexam examine --models`, from genuine captures to a refusal."""

from __future__ import annotations

import json
import shutil
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest
from jsonschema import Draft202012Validator

from docexam.cli.main import main
from docexam.errors import ExitCode
from docexam.looking import text
from docexam.reference import enrol, enrol_seen
from docexam.specimens.series import Job, draw_specimen, write_specimen
from docexam.vision.read_viz import VizRead

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

NAME = "UTO-P-1-2021"


def _schema(name: str) -> Draft202012Validator:
    return Draft202012Validator(
        json.loads((files("docexam.schemas") / f"{name}-1.json").read_text())
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Captures of four genuine passports to learn from, and of a fifth; models; and a key."""
    folder = tmp_path_factory.mktemp("authority")
    for seed in (71, 72, 73, 74):
        job = Job(f"g{seed}", "uto-passport", seed, ppi=200.0, pages=("data",), wear=0.1)
        write_specimen(draw_specimen(job), folder / "genuine")
    job = Job("fifth", "uto-passport", 75, ppi=200.0, pages=("data",), wear=0.2)
    write_specimen(draw_specimen(job), folder / "others")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(enrol_seen, "read_viz", lambda *_: ())
        arguments = [str(folder / "genuine"), "--out", str(folder / "models"), "--new-key"]
        arguments += ["--key", str(folder / "key.pem"), "--first-year", "2021"]
        assert main(["model", "enrol", *arguments]) == ExitCode.CLEAR
    return folder


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path) -> Run:
    """A command in this process, with the key trusted; its code, output and messages."""
    monkeypatch.setattr(text, "read_viz_lines", lambda *_: VizRead())
    monkeypatch.setenv("DOCEXAM_TRUST", str(home / "key.pub.pem"))
    monkeypatch.setenv("COLUMNS", "160")

    def one(*arguments: object) -> tuple[int, str, str]:
        capfd.readouterr()
        code = main([str(each) for each in arguments])
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return one


def findings(out: str, check: str) -> list[dict[str, Any]]:
    report = json.loads(out.splitlines()[0])
    _schema("report").validate(report)
    return [each for each in report["findings"] if each["check"] == check]


def test_enrolment_keeps_a_signed_model_that_follows_its_schema(home: Path, run: Run) -> None:
    place = home / "models" / NAME
    _schema("model").validate(json.loads((place / "model.json").read_text()))
    _schema("signature").validate(json.loads((place / "signature.json").read_text()))
    assert (home / "key.pem").stat().st_mode & 0o777 == 0o600
    code, out, _ = run("model", "show", place)
    assert code == 0
    assert f"{NAME}: TD3, learned from 4 genuine captures" in out
    assert "trusted, signed by sha256:" in out
    assert "from so few captures limits are wide" in out
    assert "first issued 2021 (as stated)" in out


def test_no_picture_of_a_model_shows_a_holder(home: Path) -> None:
    """No picture is like what makes a face, a name or a zone anybody's own.

    That is how each page differs from the mean of all: fixed print is not counted.
    """
    place = home / "models" / NAME
    page = json.loads((place / "model.json").read_text())["pages"]["data"]
    names = {file for part in page["parts"].values() for file in part["pictures"].values()}
    names |= {page["ground"], *page["looks"].values()}
    captures = sorted((home / "genuine").glob("g*"))
    boxes = {
        "face": (12, 25, 18, 24),
        "zone": (6, 71.0, 112, 8.8),
        "surname": (44.5, 20.6, 20, 2.3),
        "given names": (44.5, 27.6, 15, 2.3),
    }
    compared = 0
    for light in ("white", "ir", "uv"):
        pages = np.array([_detail(_straight(capture, light)) for capture in captures])
        own = pages - pages.mean(axis=0)
        for name in sorted(names):
            picture = cv2.imread(str(place / name), cv2.IMREAD_GRAYSCALE)
            if abs(picture.shape[1] / picture.shape[0] - 125 / 88) > 0.01:
                continue  # a part's own small picture
            kept = _detail(cv2.resize(picture, (500, 352), interpolation=cv2.INTER_AREA))
            for what, box in boxes.items():
                x, y, w, h = (round(4 * side) for side in box)
                window = np.s_[y : y + h, x : x + w]
                for one in own:
                    compared += 1
                    like = _correlation(kept[window], one[window])
                    assert abs(like) < 0.4, (name, light, what, like)
    assert len(names) >= 4
    assert compared >= 4 * 3 * 4 * len(boxes)
    # such a measure does see a page that is kept as it is
    pages = np.array([_detail(_straight(capture, "white")) for capture in captures])
    face = np.s_[100:196, 48:120]
    assert _correlation(pages[0][face], (pages[0] - pages.mean(axis=0))[face]) > 0.5


def _correlation(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> float:
    """0 where either is even: what the blur brings in from outside does not count."""
    if one.std() < 1.0 or other.std() < 1.0:
        return 0.0
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1])


def _detail(picture: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    whole = picture.astype(np.float32)
    return np.asarray(cv2.GaussianBlur(whole, (0, 0), 1.0) - cv2.GaussianBlur(whole, (0, 0), 12.0))


def _straight(capture: Path, light: str) -> np.ndarray[Any, Any]:
    """The page as the truth places it, 4 pixels a millimetre."""
    truth = json.loads((capture.parent / "truth" / f"{capture.name}.json").read_text())
    corners = np.float32(truth["corners_px"]["data"][light])
    target = np.float32([[0, 0], [500, 0], [500, 352], [0, 352]])
    picture = cv2.imread(str(capture / f"data-{light}.png"), cv2.IMREAD_GRAYSCALE)
    if picture is None:
        picture = cv2.imread(str(capture / f"{light}.png"), cv2.IMREAD_GRAYSCALE)
    matrix = cv2.getPerspectiveTransform(corners, target)
    return np.asarray(cv2.warpPerspective(picture, matrix, (500, 352)))


def test_a_genuine_document_is_known_and_passes(home: Path, run: Run) -> None:
    code, out, _ = run(
        "examine", home / "others" / "fifth", "--models", home / "models", "--json",
        "--today", "2026-11-22",
    )  # fmt: skip
    assert code == ExitCode.CLEAR
    report = json.loads(out)
    assert report["model"]["name"] == NAME
    assert report["model"]["identified_by"] == "zone"
    assert report["model"]["learned_from"] == 4
    assert report["model"]["signed_by"].startswith("sha256:")
    assert report["timings_ms"]["model"] >= report["timings_ms"]["text"]
    (known,) = findings(out, "cap.model")
    assert (known["outcome"], known["reason"]["code"]) == ("passed", "model.print.inside")
    assert known["measured"]["value"] > known["limit"]["low"]
    assert NAME in known["limit"]["source"]
    against = [
        each for each in report["findings"] if NAME in (each["limit"] or {}).get("source", "")
    ]
    assert len(against) > 1  # its parts were asked too


def test_another_print_under_a_known_name_is_held_against_it(
    home: Path, run: Run, tmp_path: Path
) -> None:
    """A copy whose fixed print is another's, though its zone names a known kind."""
    crude = tmp_path / "crude"
    shutil.copytree(home / "others" / "fifth", crude)
    place = next(crude.glob("*white*.png"))
    picture = cv2.imread(str(place))
    truth = json.loads((home / "others" / "truth" / "fifth.json").read_text())
    corners = np.float32(truth["corners_px"]["data"]["white"])
    width, height = 984, 693
    target = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
    flat = np.full((height, width, 3), 225, np.uint8)  # paper without any print
    rng = np.random.default_rng(5)
    for _ in range(300):
        a, b = rng.integers(0, (width, round(height * 0.78)), (2, 2))
        cv2.line(flat, tuple(map(int, a)), tuple(map(int, b)), (170, 190, 160), 2)
    back = cv2.getPerspectiveTransform(target, corners)
    size = (picture.shape[1], picture.shape[0])
    upper = np.zeros((height, width), np.uint8)
    upper[: round(height * 0.77)] = 255
    laid = cv2.warpPerspective(flat, back, size)
    mask = cv2.warpPerspective(upper, back, size) > 127
    picture[mask] = laid[mask]
    cv2.imwrite(str(place), picture)
    _, out, _ = run("examine", crude, "--models", home / "models", "--json")
    (unlike,) = findings(out, "cap.model")
    assert (unlike["outcome"], unlike["severity"]) == ("failed", "suspicious")
    assert unlike["reason"] == {"code": "model.print.below", "params": {"model": NAME}}
    assert unlike["measured"]["value"] < 0.1
    assert json.loads(out)["model"]["name"] == NAME


def test_a_document_of_an_unknown_kind_is_told(home: Path, run: Run, tmp_path: Path) -> None:
    job = Job("qmc", "qmc-passport", 5, ppi=200.0, pages=("data",), lights=("white", "ir"))
    other = write_specimen(draw_specimen(job), tmp_path)
    _, out, _ = run("examine", other, "--models", home / "models", "--json")
    assert json.loads(out)["model"] is None
    assert [each["reason"]["code"] for each in findings(out, "cap.model")] == ["model.unknown"]


def test_a_model_that_is_not_to_be_trusted_is_refused_by_name(
    home: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    capture = home / "others" / "fifth"
    models = tmp_path / "models"
    shutil.copytree(home / "models", models)
    (models / NAME / "data-fixed.png").write_bytes(b"altered")
    _, out, err = run("examine", capture, "--models", models, "--json")
    assert f"The document model {NAME} is not used: data-fixed.png is not what was signed." in err
    (finding,) = findings(out, "cap.model")
    assert finding["reason"] == {
        "code": "model.refused",
        "params": {"model": NAME, "why": "altered"},
    }
    assert finding["outcome"] == "inconclusive"
    assert json.loads(out)["model"] is None
    monkeypatch.delenv("DOCEXAM_TRUST")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    code, _, err = run("examine", capture, "--models", home / "models", "--mode", "high-security")
    assert "its key is not trusted" in err
    assert code == ExitCode.INCOMPLETE


@pytest.mark.parametrize("make", [True, False])
def test_a_folder_without_models_is_a_sentence(
    home: Path, run: Run, tmp_path: Path, *, make: bool
) -> None:
    place = tmp_path / "models"
    if make:
        place.mkdir()
    code, out, err = run("examine", home / "others" / "fifth", "--models", place, "--json")
    assert (code, out) == (ExitCode.MISSING, "")
    assert err.count("\n") == 1
    assert run("model", "list", place)[0] == ExitCode.UNREADABLE


def test_list_and_verify_tell_each_state(home: Path, run: Run, tmp_path: Path) -> None:
    models = home / "models"
    code, out, _ = run("model", "list", models)
    assert code == 0
    assert out.startswith(f"{NAME}  TD3  2021-  4 captures  trusted, signed by sha256:")
    code, out, _ = run("model", "verify", models, "--json")
    assert code == ExitCode.CLEAR
    state = json.loads(out)
    _schema("model-state").validate(state)
    assert (state["name"], state["trusted"], state["pages"]) == (NAME, True, ["data"])

    copied = tmp_path / "models"
    shutil.copytree(models, copied)
    (copied / NAME / "signature.json").unlink()
    code, out, _ = run("model", "verify", copied)
    assert (code, out) == (ExitCode.REFER, f"{NAME}: refused: it is not signed\n")
    (copied / NAME / "model.json").write_text("{}")
    code, out, _ = run("model", "verify", copied, "--json")
    assert code == ExitCode.UNREADABLE
    _schema("model-state").validate(json.loads(out))
    assert json.loads(out)["why"] == "broken"
    assert run("model", "show", copied)[0] == ExitCode.UNREADABLE


def test_show_draws_what_was_learned(home: Path, run: Run, tmp_path: Path) -> None:
    code, out, _ = run("model", "show", home / "models", "--json", "--sheet", tmp_path / "s.png")
    assert code == 0
    _schema("model").validate(json.loads(out))
    sheet = cv2.imread(str(tmp_path / "s.png"))
    assert sheet.shape[1] > 2000
    assert sheet.std() > 20


def test_enrolment_without_a_key_warns(
    home: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(enrol_seen, "read_viz", lambda *_: ())
    monkeypatch.setattr(enrol, "learn_parts", lambda _: [])
    three = sorted((home / "genuine").glob("g*"))[:3]
    code, out, err = run(
        "model", "enrol", *three, "--out", tmp_path, "--first-year", 2020, "--number", 7, "--json"
    )
    assert code == 0
    assert "The model is not signed: stations refuse it." in err
    state = json.loads(out)
    _schema("model-state").validate(state)
    assert (state["name"], state["why"]) == ("UTO-P-7-2020", "unsigned")


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("--new-key",), ExitCode.USAGE, "--new-key needs a place for the key"),
        (("--key", "nix.pem"), ExitCode.UNREADABLE, "The key 'nix.pem' cannot be read"),
        (
            ("--first-year", "2020", "--last-year", "2010"),
            ExitCode.USAGE,
            "The last year of issue, 2010, lies before the first, 2020.",
        ),
    ],
)
def test_wrong_keys_and_years_cost_one_sentence_before_anything_is_learned(
    home: Path, run: Run, tmp_path: Path, arguments: tuple[str, ...], code: int, told: str
) -> None:
    found, out, err = run("model", "enrol", home / "genuine", "--out", tmp_path / "m", *arguments)
    assert (found, out) == (code, "")
    assert told in err
    assert not (tmp_path / "m").exists()
