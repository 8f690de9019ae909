"""model.json and its pictures: read back as written, and hostile ones cost a sentence."""

from __future__ import annotations

import json
import struct
import zlib
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from docexam.errors import InputError
from docexam.nouns.document_model import ModelKey
from docexam.nouns.finding import Limit
from docexam.reference.document_model import DocumentModel, PageModel
from docexam.reference.enrol_seen import LeftOut
from docexam.reference.model_file import model_files, parse_model, parse_shape
from docexam.reference.parts import NotLearned, Part

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMA = Draft202012Validator(json.loads((files("docexam.schemas") / "model-1.json").read_text()))
LIMIT = Limit(0.4, None, "correlation", "enrolled: 5 genuine captures")


def small_model(**changed: Any) -> DocumentModel:
    """A model of one page of 40 x 30 mm."""
    rng = np.random.default_rng(1)
    ground = rng.integers(0, 255, (240, 320), np.uint8)
    fixed = np.where(rng.random((240, 320)) < 0.5, 255, 0).astype(np.uint8)
    motif = rng.integers(0, 255, (9, 7, 3), np.uint8)
    facts = {"motifs": [{"box_mm": (1.0, 2.25, np.float32(3.5), 4.0), "name": "a star"}], "n": 3}
    part = Part("uv-pattern", facts, {"motif/1": motif}, {"uv.pattern": Limit(0.5, 0.9, "1", "us")})
    page = PageModel(
        page="data",
        format="TD1",
        size_mm=(40.0, 30.0),
        ground=ground,
        fixed=fixed,
        likeness=LIMIT,
        parts={"uv-pattern": part},
        not_learned=(NotLearned("ghost", "few-pages", {"pages": 2.0}),),
        lights=("white", "uv"),
        looks={"uv": motif},
    )
    values: dict[str, Any] = {
        "key": ModelKey("UTO", "I", 2, 2019),
        "format": "TD1",
        "pages": {"data": page},
        "learned_from": 5,
        "last_year": 2024,
        "software": "docexam 0.1.0",
        "left_out": (LeftOut(2, "zone", {}),),
    }
    return DocumentModel(**{**values, **changed})


def from_files(kept: Mapping[str, bytes]) -> DocumentModel:
    return parse_model(kept["model.json"], lambda name: kept[name])


def changed_json(**changed: Any) -> bytes:
    content = json.loads(model_files(small_model())["model.json"])
    content.update(changed)
    return json.dumps(content).encode()


def test_a_model_is_read_back_as_it_was_written() -> None:
    model = small_model()
    kept = model_files(model)
    SCHEMA.validate(json.loads(kept["model.json"]))
    back = from_files(kept)
    assert back.key.name == "UTO-I-2-2019"
    assert (back.format, back.learned_from, back.last_year) == ("TD1", 5, 2024)
    assert back.left_out == model.left_out
    page, old = back.pages["data"], model.pages["data"]
    assert (page.size_mm, page.lights, page.likeness) == (old.size_mm, old.lights, LIMIT)
    assert page.not_learned == old.not_learned
    np.testing.assert_array_equal(page.ground, old.ground)
    np.testing.assert_array_equal(page.fixed, old.fixed)
    np.testing.assert_array_equal(page.looks["uv"], old.looks["uv"])
    part = page.parts["uv-pattern"]
    assert part.facts == {"motifs": [{"box_mm": [1.0, 2.25, 3.5, 4.0], "name": "a star"}], "n": 3}
    assert part.limits == {"uv.pattern": Limit(0.5, 0.9, "1", "us")}
    np.testing.assert_array_equal(
        part.pictures["motif/1"], old.parts["uv-pattern"].pictures["motif/1"]
    )


def test_people_can_read_it() -> None:
    text = model_files(small_model())["model.json"].decode()
    assert '"box_mm": [1.0, 2.25, 3.5, 4.0]' in text
    assert '  "data": {' in text
    assert max(len(line) for line in text.splitlines()) < 120


def test_names_of_pictures_stay_in_the_folder() -> None:
    names = list(model_files(small_model()))
    assert names[0] == "model.json"
    assert len(set(names)) == len(names) == 5
    assert all("/" not in name and name.endswith((".png", ".json")) for name in names)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"schema": "docexam.model/2"}, "schema"),
        ({"name": "UTO-I-3-2019"}, "its name is not UTO-I-2-2019"),
        ({"state": "../.."}, "state"),
        ({"first_year": 19}, "first_year"),
        ({"first_year": "2019"}, "first_year"),
        ({"learned_from": 0}, "learned_from"),
        ({"pages": {}}, "pages"),
        ({"pages": {"../data": {}}}, "pages"),
        ({"pages": 3}, "pages"),
    ],
)
def test_wrong_shapes_are_refused(changed: dict[str, Any], told: str) -> None:
    with pytest.raises(InputError, match=r"model\.json is no document model") as refused:
        parse_shape(changed_json(**changed))
    assert told in refused.value.message


@pytest.mark.parametrize(
    "text",
    [b"", b"[]", b"nonsense", b"\xff\xfe", b"[" * 100_000, b'{"schema": NaN}', b'{"a": 1e999}'],
)
def test_what_is_no_object_is_refused(text: bytes) -> None:
    with pytest.raises(InputError, match=r"model\.json is no document model"):
        parse_shape(text)


def test_a_picture_that_leaves_the_folder_is_refused() -> None:
    content = json.loads(model_files(small_model())["model.json"])
    for name in ("../x.png", "/etc/x.png", "a/b.png", "x.jpg", "..png\\x.png"):
        content["pages"]["data"]["ground"] = name
        with pytest.raises(InputError, match=r"pages\.data\.ground"):
            parse_shape(json.dumps(content).encode())


def test_a_page_of_another_size_than_its_pictures_is_refused() -> None:
    kept = model_files(small_model())
    content = json.loads(kept["model.json"])
    content["pages"]["data"]["size_mm"] = [41.0, 30.0]
    kept["model.json"] = json.dumps(content).encode()
    with pytest.raises(InputError, match="not of the page's size"):
        from_files(kept)


@pytest.mark.parametrize("kind", ["no picture", "cut", "16 bit", "empty"])
def test_bad_pictures_are_refused(kind: str) -> None:
    kept = model_files(small_model())
    good = kept["data-ground.png"]
    deep = bytes(cv2.imencode(".png", np.zeros((240, 320), np.uint16))[1])
    kept["data-ground.png"] = {
        "no picture": b"GIF89a nonsense",
        "cut": good[: len(good) // 2],
        "16 bit": deep,
        "empty": b"",
    }[kind]
    with pytest.raises(InputError, match=r"picture 'data-ground.png' of the document model"):
        from_files(kept)


def test_a_huge_picture_is_refused_before_it_is_decoded() -> None:
    kept = model_files(small_model())
    bomb = bytearray(bytes(cv2.imencode(".png", np.zeros((8, 8), np.uint8))[1]))
    bomb[16:24] = struct.pack(">II", 60_000, 60_000)
    bomb[29:33] = struct.pack(">I", zlib.crc32(bytes(bomb[12:29])))
    kept["data-ground.png"] = bytes(bomb)
    with pytest.raises(InputError, match="too large"):
        from_files(kept)


_GOOD = model_files(small_model())


def read_good(name: str) -> bytes:
    """A file of a good model; no other name is to be asked for that could leave its folder."""
    assert "/" not in name
    if name not in _GOOD:
        raise InputError("There is no such file.", code="capture.missing-file")
    return _GOOD[name]


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    at=st.integers(0, len(_GOOD["model.json"]) - 1),
    put=st.binary(max_size=12),
    drop=st.integers(0, 40),
)
def test_hostile_json_is_a_model_or_a_sentence(at: int, put: bytes, drop: int) -> None:
    text = _GOOD["model.json"]
    hostile = text[:at] + put + text[at + drop :]

    try:
        model = parse_model(hostile, read_good)
    except InputError:
        return
    assert model.key.name.count("-") == 3
    assert model.pages


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    value=_JSON,
    where=st.sampled_from(["pages", "page", "ground", "parts", "part", "limits", "left_out"]),
)
def test_any_value_in_any_place_is_a_model_or_a_sentence(value: Any, where: str) -> None:
    content = json.loads(_GOOD["model.json"])
    page = content["pages"]["data"]
    if where == "page":
        content["pages"]["data"] = value
    elif where in ("ground", "parts"):
        page[where] = value
    elif where in ("part", "limits"):
        target = page["parts"] if where == "part" else page["parts"]["uv-pattern"]
        target["uv-pattern" if where == "part" else "limits"] = value
    else:
        content[where] = value
    try:
        model = parse_model(json.dumps(content).encode(), read_good)
    except InputError:
        return
    assert model.key.name == "UTO-I-2-2019"
