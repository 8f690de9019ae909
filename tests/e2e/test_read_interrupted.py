"""What is left of a run that Ctrl-C, a full disk or a closed pipe ends early."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from docexam.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable

    Words = Callable[..., list[str]]
    Run = Callable[..., subprocess.CompletedProcess[str]]

GOOD, SLEEPS = 250, 70


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three pictures that are read at once, and one that takes a minute."""
    place = tmp_path / "pictures"
    place.mkdir()
    for i, order in enumerate([GOOD, GOOD, GOOD, SLEEPS]):
        cv2.imwrite(str(place / f"{i}.png"), np.full((160, 240), order, dtype=np.uint8))
    return place


def wait_for(done: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not done():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_what_was_read_before_ctrl_c_is_kept(
    command: Words,
    environment: dict[str, str],
    folder: Path,
    workers: int,
    number: signal.Signals,
) -> None:
    words = command("read", "--engine", "obedient", "--json", "--workers", workers, folder)
    out = folder.parent / "out.jsonl"
    with (
        out.open("wb") as stream,
        subprocess.Popen(
            words, env=environment, stdout=stream, stderr=subprocess.PIPE, text=True
        ) as process,
    ):
        wait_for(lambda: out.read_bytes().count(b"\n") == 3)
        children = _children(process.pid)
        started = time.monotonic()
        process.send_signal(number)
        _, told = process.communicate(timeout=20)
    assert process.returncode == ExitCode.INTERRUPTED
    assert time.monotonic() - started < 5
    assert told.splitlines() == ["docexam: Interrupted: 3 of 4 files were read."]
    assert [json.loads(line)["found"] for line in out.read_text().splitlines()] == [True] * 3
    wait_for(lambda: not any(_alive(child) for child in children))


def test_the_table_shows_what_was_read_before_ctrl_c(
    command: Words, environment: dict[str, str], folder: Path
) -> None:
    words = command("read", "--engine", "obedient", "--annotate", folder / "out", folder)
    with subprocess.Popen(
        words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        wait_for(lambda: len(list(folder.glob("out/[!.]*.png"))) == 3)
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        shown, _ = process.communicate(timeout=20)
    assert process.returncode == ExitCode.INTERRUPTED
    assert shown.count("valid") == 3


def test_workers_end_when_their_parent_is_killed(
    command: Words, environment: dict[str, str], folder: Path, tmp_path: Path
) -> None:
    (folder / "3.png").unlink()
    (folder / "9.png").write_bytes((folder / "0.png").read_bytes())
    os.mkfifo(tmp_path / "blocked")
    words = command("read", "--engine", "obedient", "--json", "--workers", 2, folder)
    # A pipe that nobody empties stops the parent in the middle, its workers idle.
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    try:
        while True:
            os.write(writer, bytes(4096))
    except BlockingIOError:
        os.set_blocking(writer, True)
    with subprocess.Popen(words, env=environment, stdout=writer) as process:
        wait_for(lambda: len(_children(process.pid)) >= 2)
        children = _children(process.pid)
        process.kill()
    os.close(writer)
    os.close(reader)
    wait_for(lambda: not any(_alive(child) for child in children))


def test_a_full_device_is_74(docexam: Run, folder: Path) -> None:
    (folder / "3.png").unlink()
    for options in (["--json"], []):
        with Path("/dev/full").open("w") as full:
            done = docexam("read", "--engine", "obedient", *options, folder, stdout=full, stderr=-1)
        assert done.returncode == ExitCode.CANNOT_WRITE
        assert "No space left" in done.stderr
        assert "Traceback" not in done.stderr


def test_no_half_line_is_left_on_a_full_disk(docexam: Run, folder: Path, tmp_path: Path) -> None:
    (folder / "3.png").unlink()
    whole = docexam("read", "--engine", "obedient", "--json", folder).stdout
    lines = whole.splitlines(keepends=True)
    room = len(lines[0]) + len(lines[1]) // 2
    out = tmp_path / "out.jsonl"
    with out.open("w") as stream:
        done = docexam(
            *("read", "--engine", "obedient", "--json", folder),
            stdout=stream,
            stderr=-1,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
        )
    assert done.returncode == ExitCode.CANNOT_WRITE
    kept = out.read_text()
    assert kept.endswith("\n")
    assert json.loads(kept)["file"] == json.loads(lines[0])["file"]


def test_no_half_picture_is_left_on_a_full_disk(docexam: Run, folder: Path, tmp_path: Path) -> None:
    (folder / "3.png").unlink()
    done = docexam(
        *("read", "--engine", "obedient", "--json", "--annotate", tmp_path / "out", folder),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000)),
    )
    assert done.returncode == ExitCode.CANNOT_WRITE
    assert [json.loads(line)["valid"] for line in done.stdout.splitlines()] == [True] * 3
    assert list((tmp_path / "out").iterdir()) == []


def test_a_place_for_pictures_that_cannot_be_made(docexam: Run, folder: Path) -> None:
    done = docexam(
        "read", "--engine", "obedient", "--annotate", folder / "0.png" / "out", folder / "1.png"
    )
    assert done.returncode == ExitCode.CANNOT_WRITE
    assert "cannot be written" in done.stderr


def test_a_reader_that_goes_away_is_no_bug(
    command: Words, environment: dict[str, str], folder: Path
) -> None:
    (folder / "3.png").unlink()
    words = command("read", "--engine", "obedient", "--json", folder)
    with subprocess.Popen(
        words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        process.stdout = None
        _, told = process.communicate(timeout=20)
    assert process.returncode == ExitCode.CANNOT_WRITE
    assert told == ""


@pytest.mark.parametrize(
    ("closed", "code"), [(">&-", ExitCode.CANNOT_WRITE), ("2>&-", ExitCode.CLEAR)]
)
def test_closed_streams(
    command: Words, environment: dict[str, str], folder: Path, closed: str, code: ExitCode
) -> None:
    words = command("read", "--engine", "obedient", "--json", folder / "0.png")
    done = subprocess.run(
        ["bash", "-c", f'"$@" {closed}', "bash", *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code
    if code == ExitCode.CLEAR:
        assert len(done.stdout.splitlines()) == 1
    else:
        assert done.stderr == "docexam: Standard output is closed.\n"


def _children(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in text.split()]


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
