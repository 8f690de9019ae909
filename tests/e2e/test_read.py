"""`docexam read` as a process: what it prints, what it writes, and how it ends."""

from __future__ import annotations

import json
import os
import stat
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest

from docexam.errors import ExitCode

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]

GOOD, OPEN, WRONG, TWO, NONE = 250, 240, 230, 220, 200
BUG, DIES, GONE, NOISE = 100, 90, 80, 60


def picture(path: Path, order: int, *, size: tuple[int, int] = (160, 240)) -> Path:
    """A picture whose grey level tells the obedient engine what to do."""
    path.parent.mkdir(parents=True, exist_ok=True)
    assert cv2.imwrite(str(path), np.full(size, order, dtype=np.uint8))
    return path


@pytest.fixture
def read(docexam: Run) -> Run:
    def run(*arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
        return docexam("read", "--engine", "obedient", *arguments, **options)

    return run


def objects(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize(
    ("order", "code"),
    [
        (GOOD, ExitCode.CLEAR),
        (OPEN, ExitCode.CLEAR),
        (WRONG, ExitCode.REFER),
        (TWO, ExitCode.REFER),
        (NONE, ExitCode.UNREADABLE),
        (BUG, ExitCode.BUG),
        (GONE, ExitCode.MISSING),
    ],
)
def test_exit_codes(read: Run, tmp_path: Path, order: int, code: ExitCode) -> None:
    done = read(picture(tmp_path / "a.png", order), "--json")
    assert done.returncode == code
    assert "Traceback" not in done.stderr


def test_the_worst_file_decides_but_every_file_is_read(read: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.jpg").write_text("a text")
    files = [
        picture(tmp_path / "good.png", GOOD),
        tmp_path / "bad.jpg",
        picture(tmp_path / "wrong.png", WRONG),
        tmp_path / "absent.png",
        picture(tmp_path / "none.png", NONE),
    ]
    done = read(*files, "--json")
    assert done.returncode == ExitCode.REFER
    found = objects(done.stdout)
    assert [o["file"] for o in found] == [str(f) for f in files]
    assert [o["found"] for o in found] == [True, False, True, False, False]
    assert [(o["error"] or {}).get("code") for o in found] == [
        None,
        "input.not-a-picture",
        None,
        "input.missing",
        None,
    ]
    assert all(o["schema"] == "docexam.reading/1" for o in found)


def test_two_zones_and_their_places(read: Run, tmp_path: Path) -> None:
    first, second = objects(read(picture(tmp_path / "a.png", TWO), "--json").stdout)
    assert (first["index"], first["valid"]) == (1, True)
    assert (second["index"], second["valid"]) == (2, False)
    assert first["elapsed_ms"] > 0
    assert first["engine"] == "obedient"


def test_a_bug_costs_one_file_and_hides_what_was_read(read: Run, tmp_path: Path) -> None:
    files = [picture(tmp_path / f"{i}.png", o) for i, o in enumerate([GOOD, BUG, GOOD])]
    done = read(*files, "--json")
    assert done.returncode == ExitCode.BUG
    assert [o["found"] for o in objects(done.stdout)] == [True, False, True]
    assert "ERIKSSON" not in done.stderr
    assert objects(done.stdout)[1]["error"]["code"] == "bug.unexpected"
    assert "ERIKSSON" not in objects(done.stdout)[1]["error"]["message"]


def test_folders_are_read_in_order_and_other_files_passed_over(read: Run, tmp_path: Path) -> None:
    picture(tmp_path / "b.png", GOOD)
    picture(tmp_path / "a" / "deep" / "c.jpg", GOOD)
    picture(tmp_path / "x.png", GOOD).rename(tmp_path / "named-like-nothing")
    (tmp_path / "notes.txt").write_text("hello")
    (tmp_path / ".hidden.png").write_bytes(b"junk")
    done = read(tmp_path, "--json")
    assert done.returncode == ExitCode.CLEAR
    names = [o["file"].removeprefix(str(tmp_path) + "/") for o in objects(done.stdout)]
    assert names == ["b.png", "named-like-nothing", "a/deep/c.jpg"]
    assert "2 other files passed over" in done.stderr


def test_symbolic_links_that_run_in_a_circle(read: Run, tmp_path: Path) -> None:
    picture(tmp_path / "a" / "p.png", GOOD)
    (tmp_path / "a" / "again").symlink_to(tmp_path)
    (tmp_path / "a" / "self.png").symlink_to(tmp_path / "a" / "self.png")
    done = read(tmp_path, "--json")
    assert done.returncode == ExitCode.UNREADABLE
    found = objects(done.stdout)
    assert [(o["error"] or {}).get("code") for o in found] == [None, "input.symlink-loop"]


def test_a_folder_that_may_not_be_entered(read: Run, tmp_path: Path) -> None:
    picture(tmp_path / "open.png", GOOD)
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(0)
    try:
        if os.access(closed, os.R_OK):
            pytest.skip("this user may enter any folder")
        done = read(tmp_path, "--json")
    finally:
        closed.chmod(0o700)
    assert done.returncode == ExitCode.UNREADABLE
    assert [o["found"] for o in objects(done.stdout)] == [True, False]


def test_an_empty_folder_and_a_pattern_without_a_match(read: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = read(tmp_path / "empty", f"{tmp_path}/*.tiff", "--json")
    assert done.returncode == ExitCode.UNREADABLE
    assert [o["error"]["code"] for o in objects(done.stdout)] == ["input.no-pictures"] * 2


def test_patterns_are_expanded_as_a_shell_would(read: Run, tmp_path: Path) -> None:
    for name in ("1.png", "2.png", "sub/3.png"):
        picture(tmp_path / name, GOOD)
    assert len(objects(read(f"{tmp_path}/*.png", "--json").stdout)) == 2
    assert len(objects(read(f"{tmp_path}/**/*.png", "--json").stdout)) == 3
    picture(tmp_path / "[odd].png", GOOD)
    assert len(objects(read(tmp_path / "[odd].png", "--json").stdout)) == 1


def test_a_pipe_and_a_folder_named_like_a_picture(read: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    done = read(tmp_path, "--json")
    assert [o["error"]["code"] for o in objects(done.stdout)] == ["input.not-a-file"]


def test_the_limit_can_be_set_by_flag_and_environment(read: Run, tmp_path: Path) -> None:
    path = picture(tmp_path / "a.png", GOOD)
    assert read(path, "--max-megapixels", "0.03", "--json").returncode == ExitCode.UNREADABLE
    by_name = read(path, "--json", env={"DOCEXAM_MAX_MEGAPIXELS": "0.03"})
    assert objects(by_name.stdout)[0]["error"]["code"] == "input.too-large"
    assert "0.03 megapixels" in objects(by_name.stdout)[0]["error"]["message"]
    assert read(path, "--max-megapixels", "0.04", "--json").returncode == ExitCode.CLEAR


def test_today_is_an_argument(read: Run, tmp_path: Path) -> None:
    path = picture(tmp_path / "a.png", GOOD)

    def notices(day: str) -> list[str]:
        (reading,) = objects(read(path, "--json", "--today", day).stdout)
        return [p["id"] for p in reading["problems"]]

    assert "date.expiry" not in notices("2032-04-01")
    assert "date.expiry" in notices("2032-05-01")
    assert read(path, "--today", "tomorrow").returncode == ExitCode.USAGE


def test_ambiguity_is_told_when_asked(read: Run, tmp_path: Path) -> None:
    path = picture(tmp_path / "a.png", GOOD)
    for options, told in ((["--ambiguity"], True), ([], False)):
        (reading,) = objects(read(path, "--json", "--today", "2026-01-01", *options).stdout)
        assert ("mrz.cd-ambiguity" in [p["id"] for p in reading["problems"]]) is told
        assert reading["valid"] is True


def test_an_engine_that_does_not_exist(docexam: Run, tmp_path: Path) -> None:
    done = docexam("read", "--engine", "divination", picture(tmp_path / "a.png", GOOD))
    assert done.returncode == ExitCode.USAGE
    assert done.stdout == ""
    assert "onnx" in done.stderr
    assert done.stderr.count("\n") == 1


def test_c_libraries_are_muted(read: Run, tmp_path: Path) -> None:
    done = read(picture(tmp_path / "a.png", NOISE), "--json")
    assert "complains" not in done.stderr


def test_a_few_are_shown_in_full(read: Run, tmp_path: Path) -> None:
    done = read(picture(tmp_path / "a.png", WRONG))
    assert "NOT VALID" in done.stdout
    for text in (
        "P<UTOERIKSSON<<ANNA<MARIA",
        "ERIKSSON",
        "1974-08-12",
        "check digit",
        "line 2, column 20",
    ):
        assert text in done.stdout
    done = read(picture(tmp_path / "a.png", OPEN))
    assert "Look at line 1, column 6: E or F, read as E." in done.stdout


@pytest.mark.parametrize("columns", [40, 72, 160])
def test_many_are_shown_at_any_width(read: Run, tmp_path: Path, columns: int) -> None:
    for i, order in enumerate([GOOD, OPEN, WRONG, NONE, TWO]):
        picture(tmp_path / f"{i}.png", order)
    done = read(tmp_path, env={"COLUMNS": str(columns)})
    lines = done.stdout.splitlines()
    assert max(len(line.rstrip()) for line in lines) <= columns
    text = "".join(done.stdout.split())
    for i in range(5):
        assert f"{i}.png" in text
    assert text.count("NOTVALID") == 2
    assert "noMRZfound" in text
    assert "5 files in" in done.stderr
    sums = "5 zones (2 valid, 1 valid, not confident, 2 NOT VALID), 1 no MRZ found."
    assert done.stderr.strip().endswith(sums)


def test_a_file_name_cannot_steer_the_terminal(read: Run, tmp_path: Path) -> None:
    path = picture(tmp_path / "ok.png", NONE).rename(tmp_path / "a\x1b[31m\r[red]b.png")
    done = read(path, tmp_path / "absent\x1b[2J.png")
    assert "\x1b" not in done.stdout + done.stderr
    assert "[red]b.png" in "".join(done.stdout.split())


def test_a_file_name_that_is_no_text(read: Run, tmp_path: Path) -> None:
    path = os.fsencode(picture(tmp_path / "ok.png", GOOD))
    odd = os.path.join(os.fsencode(tmp_path), b"\xff\xfe.png")  # noqa: PTH118
    os.rename(path, odd)  # noqa: PTH104
    done = read(tmp_path, "--json")
    assert done.returncode == ExitCode.CLEAR
    assert objects(done.stdout)[0]["file"].endswith("\N{REPLACEMENT CHARACTER}" * 2 + ".png")


def test_annotated_pictures_are_private(read: Run, tmp_path: Path) -> None:
    source = tmp_path / "in"
    picture(source / "a.png", WRONG)
    picture(source / "sub" / "a.png", GOOD)
    picture(source / "none.png", NONE)
    out = tmp_path / "out" / "deep"
    done = read(source, "--annotate", out, "--json")
    assert done.returncode == ExitCode.REFER
    assert sorted(p.name for p in out.iterdir()) == [
        "a.png-1.png",
        "a.png~2-1.png",
        "none.png-1.png",
    ]
    for path in out.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        drawn = cv2.imread(str(path))
        assert drawn is not None
        assert drawn.shape[1] == 1000
    marked = cv2.imread(str(out / "a.png-1.png"))
    assert (marked.astype(int).max(axis=2) - marked.min(axis=2) > 100).any()


def test_our_own_pictures_are_not_read_again(read: Run, tmp_path: Path) -> None:
    picture(tmp_path / "a.png", GOOD)
    for _ in range(2):
        done = read(tmp_path, "--annotate", tmp_path / "out", "--json")
        assert [o["file"] for o in objects(done.stdout)] == [str(tmp_path / "a.png")]


def test_workers_keep_the_order_and_survive_a_death(read: Run, tmp_path: Path) -> None:
    orders = [GOOD, WRONG, DIES, GOOD, NONE, BUG, GOOD, WRONG]
    for i, order in enumerate(orders):
        picture(tmp_path / f"{i}.png", order)
    done = read(tmp_path, "--json", "--workers", "2")
    assert done.returncode == ExitCode.BUG
    found = objects(done.stdout)
    assert [o["file"][-5:] for o in found] == [f"{i}.png" for i in range(8)]
    assert [o["found"] for o in found] == [True, True, False, True, False, False, True, True]
    assert found[2]["error"]["code"] == "input.memory"


def test_a_missing_program_ends_a_run_with_workers_too(read: Run, tmp_path: Path) -> None:
    for i, order in enumerate([GOOD, GONE, GOOD]):
        picture(tmp_path / f"{i}.png", order)
    done = read(tmp_path, "--json", "--workers", "2")
    assert done.returncode == ExitCode.MISSING
    assert "The reader has gone. Get it." in done.stderr


def test_a_pdf_that_keeps_its_decoder_busy_is_given_up(read: Run, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(endless_pdf())
    picture(tmp_path / "b.png", GOOD)
    done = read(tmp_path, "--json", "--max-seconds", "1")
    assert done.returncode == ExitCode.UNREADABLE
    bad, good = objects(done.stdout)
    assert bad["error"]["code"] == "input.too-slow"
    assert "1 seconds" in bad["error"]["message"]
    assert good["valid"]


def endless_pdf(levels: int = 12, each: int = 10) -> bytes:
    """A page whose form draws ten forms, each of which draws ten, and so on."""

    def stream(facts: str, content: str) -> str:
        return f"<<{facts}/Length {len(content)}>>stream\n{content}\nendstream"

    page = "/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>"
    things = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]{page}>>",
        stream("", "/F Do"),
    ]
    form = "/Type/XObject/Subtype/Form/BBox[0 0 200 200]"
    things += [
        stream(f"{form}/Resources<</XObject<</F {number} 0 R>>>>", "/F Do " * each)
        for number in range(6, 5 + levels)
    ]
    things.append(stream(form, "0 0 50 50 re f"))
    body = "%PDF-1.4\n"
    for number, thing in enumerate(things, start=1):
        body += f"{number} 0 obj{thing}\nendobj\n"
    return f"{body}trailer<</Size {len(things) + 1}/Root 1 0 R>>\n%%EOF".encode()
