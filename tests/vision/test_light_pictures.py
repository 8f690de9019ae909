"""The pictures of one page: what of them is of no use is told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest

from docexam.capture.capture_set import open_capture_set
from docexam.vision.light_pictures import decode_lights

if TYPE_CHECKING:
    from pathlib import Path

    from docexam.vision.light_pictures import LightPictures


def decoded(folder: Path, *images: dict[str, Any]) -> LightPictures:
    cv2.imwrite(str(folder / "one.png"), np.full((200, 300), 90, np.uint8))
    pages = [{"page": "data", "images": [{"file": "one.png", **each} for each in images]}]
    text = json.dumps({"schema": "docexam.capture/1", "pages": pages})
    (folder / "capture.json").write_text(text, encoding="utf-8")
    capture = open_capture_set(folder)
    return decode_lights(capture, capture.capture.pages[0])


def test_one_picture_a_light_leaves_nothing_to_say(tmp_path: Path) -> None:
    found = decoded(tmp_path, {"light": "white", "ppi": 400}, {"light": "ir"})
    assert set(found.by_light) == {"white", "ir"}
    assert found.unusable == {}


def test_of_two_pictures_under_one_light_the_first_that_can_be_read_counts(tmp_path: Path) -> None:
    lost = {"light": "white", "file": "lost.png"}
    found = decoded(tmp_path, lost, {"light": "white", "ppi": 300})
    assert found.by_light["white"].ppi == 300
    assert found.unusable == {"white": ("light.twice", {"count": 2.0})}


@pytest.mark.parametrize("ppi", [1e12, 0.5])
def test_a_resolution_that_cannot_be_is_left_out_and_told(tmp_path: Path, ppi: float) -> None:
    found = decoded(tmp_path, {"light": "white", "ppi": ppi})
    assert found.by_light["white"].ppi is None
    assert found.unusable == {"white": ("light.ppi", {"ppi": ppi})}
