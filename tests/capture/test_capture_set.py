"""Capture sets: opened, refused with a sentence, written whole, and true to their schema."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import cv2
import jsonschema
import numpy as np
import pytest

from docexam.capture.capture_json import capture_set_json
from docexam.capture.capture_set import capture_sets_under, is_capture_set, open_capture_set
from docexam.capture.save import save_capture_set, write_whole
from docexam.errors import InputError, OutputError
from docexam.nouns.capture_set import (
    CaptureDevice,
    CaptureImage,
    CapturePage,
    CaptureSet,
    ReferencePatch,
)

SCHEMA = json.loads(
    Path(__file__).parents[2].joinpath("docexam/schemas/capture-1.json").read_text("utf-8")
)


def _png(level: int) -> bytes:
    return cv2.imencode(".png", np.full((120, 200), level, np.uint8))[1].tobytes()


def _capture() -> CaptureSet:
    white = CaptureImage("white", "white.png", ppi=400.0)
    uv = CaptureImage(
        "uv",
        "pictures/uv.png",
        ppi=400.0,
        wavelength_nm=365.0,
        encoding="linear",
        reference=ReferencePatch("fluorescent", (1.0, 2.0, 30.0, 40.0), 0.5),
        for_light=None,
    )
    dark = CaptureImage("dark", "dark.png", for_light="uv")
    return CaptureSet(
        "one",
        (CapturePage("data", (white, uv, dark)),),
        "2026-03-01T10:00:00Z",
        CaptureDevice("drawn", "simulated"),
    )


FILES = {"white.png": _png(200), "pictures/uv.png": _png(20), "dark.png": _png(2)}


def test_a_saved_set_opens_as_it_was(tmp_path: Path) -> None:
    save_capture_set(_capture(), FILES, tmp_path / "one")
    found = open_capture_set(tmp_path / "one")
    assert found.capture == _capture()
    uv = found.capture.pages[0].image("uv")
    assert uv is not None
    assert found.picture(uv).pixels.shape == (120, 200)
    assert found.picture(uv).pixels[0, 0] == 20
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["one"]


def test_what_is_written_follows_the_schema() -> None:
    jsonschema.validate(capture_set_json(_capture()), SCHEMA)


def test_a_zip_of_the_folder_opens_too(tmp_path: Path) -> None:
    save_capture_set(_capture(), FILES, tmp_path / "one")
    for top in ("", "one/"):
        archive = tmp_path / f"a{len(top)}.zip"
        with zipfile.ZipFile(archive, "w") as stream:
            for file in (tmp_path / "one").rglob("*"):
                stream.write(file, top + str(file.relative_to(tmp_path / "one")))
        found = open_capture_set(archive)
        assert [image.light for image in found.capture.pages[0].images] == ["white", "uv", "dark"]
        assert found.picture(found.capture.pages[0].images[1]).pixels[5, 5] == 20
    assert len(list(capture_sets_under(tmp_path))) == 3


def test_sets_are_found_once_and_hidden_ones_not(tmp_path: Path) -> None:
    save_capture_set(_capture(), FILES, tmp_path / "b" / "one")
    save_capture_set(_capture(), FILES, tmp_path / "a")
    save_capture_set(_capture(), FILES, tmp_path / ".capture-half")
    (tmp_path / "b" / "loop").symlink_to(tmp_path)
    assert list(capture_sets_under(tmp_path)) == [tmp_path / "a", tmp_path / "b" / "one"]
    with pytest.raises(InputError):
        list(capture_sets_under(tmp_path / "nowhere"))


def test_an_image_under_an_unknown_light_is_left_out_and_named(tmp_path: Path) -> None:
    save_capture_set(_capture(), FILES, tmp_path / "one")
    file = tmp_path / "one" / "capture.json"
    content = json.loads(file.read_text("utf-8"))
    content["pages"][0]["images"].append({"light": "tera\nhertz", "file": "x.png"})
    file.write_text(json.dumps(content), "utf-8")
    page = open_capture_set(tmp_path / "one").capture.pages[0]
    assert [image.light for image in page.images] == ["white", "uv", "dark"]
    assert page.unknown_lights == ("terahertz",)


def test_a_plain_picture_is_one_white_image(tmp_path: Path) -> None:
    (tmp_path / "scan.jpg").write_bytes(_png(99))
    found = open_capture_set(tmp_path / "scan.jpg")
    assert [image.light for image in found.capture.pages[0].images] == ["white"]
    assert found.capture.pages[0].page == "data"
    assert found.picture(found.capture.pages[0].images[0]).pixels[0, 0] == 99
    assert not is_capture_set(tmp_path / "scan.jpg")


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c.pop("schema"),
        lambda c: c.update(schema="docexam.capture/9"),
        lambda c: c.update(pages=[]),
        lambda c: c["pages"][0].update(images=[]),
        lambda c: c["pages"][0]["images"][0].pop("file"),
        lambda c: [image.update(light="red") for image in c["pages"][0]["images"]],
        lambda c: c["pages"][0]["images"][0].update(light=["white"]),
        lambda c: c["pages"][0]["images"][0].update(ppi=-1),
        lambda c: c["pages"][0]["images"][0].update(ppi="many"),
        lambda c: c["pages"][0]["images"][0].update(encoding="adobe"),
        lambda c: c["pages"][0]["images"][1]["reference"].update(box_px=[1, 2]),
        lambda c: c["pages"][0]["images"][1]["reference"].pop("level"),
        lambda c: c["device"].update(kind="dreamt"),
        lambda c: c["pages"].append(c["pages"][0]),
    ],
)
def test_a_wrong_capture_json_costs_a_sentence(tmp_path: Path, change) -> None:  # noqa: ANN001
    content = capture_set_json(_capture())
    change(content)
    (tmp_path / "capture.json").write_text(json.dumps(content), "utf-8")
    with pytest.raises(InputError) as caught:
        open_capture_set(tmp_path)
    assert caught.value.code == "capture.json"


def test_a_capture_json_without_end_is_named(tmp_path: Path) -> None:
    (tmp_path / "capture.json").write_bytes(b" " * 5_000_000)
    with pytest.raises(InputError, match=r"capture\.json is larger than the limit of 4 MiB"):
        open_capture_set(tmp_path)


def test_a_folder_that_may_not_be_read_costs_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(tmp_path), "is_file", refuse)
    with pytest.raises(InputError, match="no permission"):
        open_capture_set(tmp_path)


def test_unknown_keys_are_ignored(tmp_path: Path) -> None:
    content = capture_set_json(_capture())
    content["weather"] = "rain"
    content["pages"][0]["images"][0]["lens"] = {"f": 4}
    (tmp_path / "capture.json").write_text(json.dumps(content), "utf-8")
    assert open_capture_set(tmp_path).capture.pages == _capture().pages


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "[" * 100_000])
def test_no_json_costs_a_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "capture.json").write_text(text, "utf-8")
    with pytest.raises(InputError):
        open_capture_set(tmp_path)


@pytest.mark.parametrize(
    "name", ["../secret.png", "/etc/passwd", "a/../../secret.png", "C:\\x.png", "..\\secret.png"]
)
def test_a_path_that_leaves_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.png").write_bytes(_png(1))
    folder = tmp_path / "set"
    folder.mkdir()
    image = {"light": "white", "file": name}
    content = {"schema": "docexam.capture/1", "pages": [{"images": [image]}]}
    (folder / "capture.json").write_text(json.dumps(content), "utf-8")
    found = open_capture_set(folder)
    with pytest.raises(InputError) as caught:
        found.picture(found.capture.pages[0].images[0])
    assert caught.value.code == "capture.path"


def test_a_link_that_leaves_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(_png(1))
    save_capture_set(_capture(), FILES, tmp_path / "one")
    (tmp_path / "one" / "white.png").unlink()
    (tmp_path / "one" / "white.png").symlink_to(tmp_path / "secret.png")
    found = open_capture_set(tmp_path / "one")
    with pytest.raises(InputError, match="leads out"):
        found.picture(found.capture.pages[0].images[0])


def test_an_archive_that_unpacks_without_end_is_stopped(tmp_path: Path) -> None:
    archive = tmp_path / "bomb.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as stream:
        stream.writestr("capture.json", b" " * (5 * 1024 * 1024))
    with pytest.raises(InputError) as caught:
        open_capture_set(archive)
    assert caught.value.code == "input.file-too-large"


@pytest.mark.parametrize("name", ["../capture.json", "/capture.json", "a/../../white.png"])
def test_an_archive_with_an_entry_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    archive = tmp_path / "out.zip"
    with zipfile.ZipFile(archive, "w") as stream:
        stream.writestr("set/capture.json", json.dumps(capture_set_json(_capture())))
        stream.writestr(name, b"{}")
    with pytest.raises(InputError, match="outside") as caught:
        open_capture_set(archive)
    assert caught.value.code == "capture.path"


def test_a_damaged_archive_costs_a_sentence(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w") as stream:
        stream.writestr("capture.json", json.dumps(capture_set_json(_capture())))
    data = bytearray(archive.read_bytes())
    data[60] ^= 0xFF
    archive.write_bytes(data)
    with pytest.raises(InputError):
        open_capture_set(archive)


def test_a_missing_picture_or_folder_costs_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        open_capture_set(tmp_path / "nowhere")
    with pytest.raises(InputError, match="no capture"):
        open_capture_set(tmp_path)
    save_capture_set(_capture(), FILES, tmp_path / "one")
    (tmp_path / "one" / "white.png").unlink()
    found = open_capture_set(tmp_path / "one")
    with pytest.raises(InputError) as caught:
        found.picture(found.capture.pages[0].images[0])
    assert caught.value.code == "capture.missing-file"


def test_an_existing_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    with pytest.raises(OutputError):
        save_capture_set(_capture(), FILES, tmp_path / "one")
    assert list((tmp_path / "one").iterdir()) == []


def test_nothing_half_written_is_left(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError):
        save_capture_set(_capture(), FILES, tmp_path / "file" / "one")
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_a_pipe_or_a_device_is_written_into_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_whole(pipe, b"a sheet")
        assert os.read(reader, 100) == b"a sheet"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


@pytest.mark.parametrize("name", ["n" * 300, "file/below"])
def test_a_place_that_cannot_be_costs_a_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match="cannot be written"):
        write_whole(tmp_path / name, b"a sheet")
