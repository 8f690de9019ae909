"""`docexam verify` as a real process."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator

TD3 = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F3204153ZE184226B<<<<<16",
)
TD1 = (
    "I<UTOD231458907<<<<<<<<<<<<<<<",
    "7408122F3204153UTO<<<<<<<<<<<2",
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
)
WRONG = (TD3[0], TD3[1].replace("7408122", "7408123"))
TODAY = ("--today", "2026-06-15")
SCHEMA = json.loads(files("docexam.schemas").joinpath("reading-1.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def verify(
    *arguments: str, text: str | bytes = "", width: int = 100
) -> subprocess.CompletedProcess[str]:
    data = text.encode("utf-8") if isinstance(text, str) else text
    done = subprocess.run(
        [sys.executable, "-m", "docexam", "verify", *TODAY, *arguments],
        input=data,
        capture_output=True,
        check=False,
        env={"COLUMNS": str(width), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    )


def objects(done: subprocess.CompletedProcess[str]) -> list[dict[str, object]]:
    found = [json.loads(line) for line in done.stdout.splitlines()]
    for one in found:
        VALIDATOR.validate(one)
    return found


def text_of(*zones: tuple[str, ...], between: str = "\n") -> str:
    return between.join("".join(f"{line}\n" for line in zone) for zone in zones)


def test_lines_as_arguments() -> None:
    done = verify(*TD3)
    assert done.returncode == 0
    assert done.stderr == ""
    for words in ("Zone 1: valid (TD3)", *TD3, "L898902C3", "ANNA MARIA", "1974-08-12", "Utopia"):
        assert words in done.stdout


def test_a_zone_that_does_not_verify() -> None:
    done = verify(*WRONG)
    assert done.returncode == 1
    assert "NOT VALID" in done.stdout
    assert "line 2, column 20" in done.stdout
    assert "printed 3, computed 2" in " ".join(done.stdout.split())
    assert "mrz.cd-birth" in done.stdout


def test_blocks_on_standard_input() -> None:
    done = verify("--json", text=text_of(TD3, TD1, WRONG))
    found = objects(done)
    assert [one["format"] for one in found] == ["TD3", "TD1", "TD3"]
    assert [one["valid"] for one in found] == [True, True, False]
    assert [one["index"] for one in found] == [1, 2, 3]
    assert {(one["file"], one["engine"]) for one in found} == {("-", "text")}
    assert done.returncode == 1


def test_without_empty_lines_the_lengths_tell() -> None:
    visa = ("V" + TD3[0][1:36], "L8988901C4XXX4009078F3204153<<<<<<<<")
    done = verify("--json", text=text_of(TD3, TD1, visa, TD3, TD3, TD1, between=""))
    assert [one["format"] for one in objects(done)] == ["TD3", "TD1", "MRV-B", "TD3", "TD3", "TD1"]
    assert done.returncode == 0


@pytest.mark.parametrize("text", ["", "\n\n \n", "\ufeff", "\u200b\n"])
def test_nothing_to_verify(text: str) -> None:
    for arguments in ([], ["--json"]):
        done = verify(*arguments, text=text)
        assert done.returncode == 4
        if arguments:
            assert [one["found"] for one in objects(done)] == [False]


@pytest.mark.parametrize("arguments", [["--today", "soon"], ["--frobnicate"]])
def test_usage(arguments: list[str]) -> None:
    assert verify(*arguments, text=text_of(TD3)).returncode == 2


def test_the_clock_is_an_argument() -> None:
    later = objects(verify("--json", "--today", "2032-04-16", text=text_of(TD3)))[0]
    assert [problem["id"] for problem in later["problems"]] == ["date.expiry"]
    assert later["valid"]
    earlier = objects(verify("--json", "--today", "2032-04-15", text=text_of(TD3)))[0]
    assert earlier["problems"] == []


def test_ambiguity_when_asked() -> None:
    done = verify("--json", "--ambiguity", text=text_of(TD3))
    assert [p["id"] for p in objects(done)[0]["problems"]] == ["mrz.cd-ambiguity"]
    assert done.returncode == 0


def test_text_as_it_comes() -> None:
    windows = text_of(TD3).replace("\n", "\r\n")
    for text in (windows, windows.encode("utf-16"), b"\xef\xbb\xbf" + windows.encode()):
        assert verify("--json", text=text).returncode == 0
    odd = objects(verify("--json", text=text_of(TD3).lower().replace("<<a", " « a")))[0]
    assert odd["format"] == "TD3"
    assert odd["lines"] == list(TD3)
    assert odd["valid"] is False
    assert {problem["id"] for problem in odd["problems"]} == {"mrz.structure"}
    unbroken = objects(verify("--json", "".join(TD3)))[0]
    assert unbroken["lines"] == list(TD3)


@pytest.mark.parametrize("text", [b"\xff\x00\x80" * 1000, b"\x00" * 1000, "山田\n".encode() * 50])
def test_bytes_that_are_no_text(text: bytes) -> None:
    done = verify("--json", text=text)
    assert done.returncode in {1, 4}
    assert objects(done)
    assert "Traceback" not in done.stderr


def test_a_megabyte_in_one_line() -> None:
    started = time.monotonic()
    done = verify("--json", text="<" * 2**20)
    assert done.returncode == 1
    assert time.monotonic() - started < 10
    assert len(done.stdout) < 5000


def test_a_narrow_terminal_loses_no_character() -> None:
    done = verify(*TD3, width=30)
    assert TD3[1] in done.stdout.replace("\n", "").replace(" ", "")


def test_many_zones_stream() -> None:
    done = verify("--json", text=text_of(*[TD3] * 2000))
    assert len(done.stdout.splitlines()) == 2000
    assert done.returncode == 0
