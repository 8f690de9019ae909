"""Engines are found by name; looking at one loads no other, and none is loaded to be listed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from docexam.errors import UsageError
from docexam.vision.engines.registry import BUILT_IN, available, load_engine

LIBRARIES = ("onnxruntime", "pytesseract", "passporteye", "skimage", "cv2")


def test_every_built_in_engine_has_a_status() -> None:
    found = {status.name: status for status in available()}
    assert set(BUILT_IN) <= set(found)
    for status in found.values():
        assert status.installed or status.how_to_get


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_status_imports_no_library(name: str) -> None:
    code = (
        f"import sys; from docexam.vision.engines import {name} as m; s = m.status(); "
        f"assert s.name == {name!r}; print([l for l in {LIBRARIES!r} if l in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_such_engine() -> None:
    with pytest.raises(UsageError) as caught:
        load_engine("divination")
    assert all(name in caught.value.hint for name in BUILT_IN)
