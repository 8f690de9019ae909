"""Tesseract's data is copied without a long list of words, and as it is where that cannot be."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest

from docexam.vision.engines import tesseract_program, trained_data

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def packed(parts: dict[int, bytes], count: int = 24) -> bytes:
    starts, body = [-1] * count, b""
    for number, part in sorted(parts.items()):
        starts[number] = 4 + 8 * count + len(body)
        body += part
    return struct.pack("<i", count) + struct.pack(f"<{count}q", *starts) + body


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "tessdata"
    (folder / "script").mkdir(parents=True)
    monkeypatch.setattr(tesseract_program, "data_folder", lambda: folder)
    monkeypatch.setattr(trained_data, "_WORTH_BYTES", 1000)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return folder


@pytest.mark.parametrize("language", ["Latin", "script/Latin"])
def test_a_long_list_of_words_is_left_out(installed: Path, language: str) -> None:
    kept = {17: b"net" * 50, 18: b"marks", 21: b"letters", 23: b"4.0"}
    (installed / f"{language}.traineddata").write_bytes(packed({**kept, 19: b"word" * 500}))
    option, folder, *rest = trained_data.data_options(language)
    assert (option, rest) == ("--tessdata-dir", ["-l", language])
    copy = installed.parent / "cache" / "docexam" / folder.rsplit("/", 1)[1]
    assert (copy / f"{language}.traineddata").read_bytes() == packed(kept)


@pytest.mark.parametrize("damage", [lambda data: data[:9], lambda data: bytes(len(data))])
def test_a_damaged_copy_is_made_anew(installed: Path, damage: Callable[[bytes], bytes]) -> None:
    parts = {17: b"net", 19: b"word" * 500}
    (installed / "Latin.traineddata").write_bytes(packed(parts))
    folder = trained_data.data_options("Latin")[1]
    copy = next((installed.parent / "cache" / "docexam").glob("*/Latin.traineddata"))
    copy.write_bytes(damage(copy.read_bytes()))
    assert trained_data.data_options("Latin")[1] == folder
    assert copy.read_bytes() == packed({17: b"net"})
    copy.unlink()  # a cache may be cleaned while the program runs
    trained_data.data_options("Latin")
    assert copy.is_file()


@pytest.mark.parametrize(
    "data",
    [
        packed({17: b"net", 19: b"few words"}),
        b"",
        b"\x00\x00\x00\x18" + bytes(400),
        b"\x18\x00\x00\x00",
    ],
    ids=["short list", "empty", "other byte order", "cut"],
)
def test_other_data_is_used_as_it_is(installed: Path, data: bytes) -> None:
    (installed / "Latin.traineddata").write_bytes(data)
    assert trained_data.data_options("Latin") == ("-l", "Latin")
    assert trained_data.data_options("missing") == ("-l", "missing")


def test_without_a_place_for_the_copy_the_data_is_used_as_it_is(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (installed / "Latin.traineddata").write_bytes(packed({17: b"net", 19: b"word" * 500}))
    blocked = installed.parent / "file"
    blocked.write_bytes(b"no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    assert trained_data.data_options("Latin") == ("-l", "Latin")
