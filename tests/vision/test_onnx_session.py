"""A model that is missing, altered or no model is refused with one sentence."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from docexam.errors import ModelError
from docexam.vision import onnx_session

if TYPE_CHECKING:
    from pathlib import Path


def put(folder: Path, name: str, data: bytes, card: str | None) -> Path:
    (folder / name).write_bytes(data)
    if card is not None:
        (folder / name).with_suffix(".md").write_text(card, encoding="utf-8")
    return folder / name


def test_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onnx_session, "MODEL_FOLDERS", (tmp_path,))
    with pytest.raises(ModelError, match=r"nowhere\.onnx is missing") as caught:
        onnx_session.session("nowhere.onnx")
    assert caught.value.code == "model.missing"
    assert caught.value.hint


@pytest.mark.parametrize("card", [None, "# no sum here\n", "sha256: 12\n"])
def test_without_a_stated_sum(tmp_path: Path, card: str | None) -> None:
    path = put(tmp_path, "m.onnx", b"model", card)
    with pytest.raises(ModelError, match="states no sha256"):
        onnx_session.read_model(path)


def test_altered(tmp_path: Path) -> None:
    card = f"# m\n\nsha256: {hashlib.sha256(b'model').hexdigest()}\n"
    path = put(tmp_path, "m.onnx", b"model", card)
    assert onnx_session.read_model(path) == b"model"
    path.write_bytes(b"modem")
    with pytest.raises(ModelError, match="the sha256 differs") as caught:
        onnx_session.read_model(path)
    assert caught.value.code == "model.altered"


def test_a_file_that_is_no_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = b"this is text"
    put(tmp_path, "text.onnx", data, f"sha256: {hashlib.sha256(data).hexdigest()}\n")
    monkeypatch.setattr(onnx_session, "MODEL_FOLDERS", (tmp_path,))
    with pytest.raises(ModelError, match="cannot be loaded"):
        onnx_session.session("text.onnx")


def test_loaded_once() -> None:
    assert onnx_session.session("mrz_zone.onnx") is onnx_session.session("mrz_zone.onnx")
