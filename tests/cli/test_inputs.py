"""Arguments become inputs; what this user cannot be denied is denied by the system call."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from docexam.cli.inputs import find_inputs

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_folder_that_may_not_be_entered_is_one_input_among_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a/1.png", "closed/2.png", "z/3.png"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_bytes(b"x")
    listed = os.listdir

    def listdir(path: Path) -> list[str]:
        if path.name == "closed":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(os, "listdir", listdir)
    items = find_inputs([str(tmp_path)]).items
    assert [item.path.relative_to(tmp_path).as_posix() for item in items] == [
        "a/1.png",
        "closed",
        "z/3.png",
    ]
    assert [item.error.code if item.error else None for item in items] == [
        None,
        "input.permission",
        None,
    ]
    assert items[1].error is not None
    assert "folder" in items[1].error.message


def test_a_folder_that_vanishes_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def listdir(_: Path) -> list[str]:
        raise FileNotFoundError(2, "gone")

    monkeypatch.setattr(os, "listdir", listdir)
    (item,) = find_inputs([str(tmp_path)]).items
    assert item.error is not None
    assert item.error.code == "input.missing"


def test_the_same_folder_twice_is_read_twice(tmp_path: Path) -> None:
    (tmp_path / "1.png").write_bytes(b"x")
    assert len(find_inputs([str(tmp_path), str(tmp_path)]).items) == 2


def test_a_name_with_a_null_byte_is_left_to_the_reader() -> None:
    (item,) = find_inputs(["a\0b"]).items
    assert item.error is None


def test_an_empty_name_is_not_the_folder_we_are_in() -> None:
    (item,) = find_inputs([""]).items
    assert item.error is not None
