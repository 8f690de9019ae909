"""The default engine: docexam's own two small networks, one to find lines and one to read them."""

from __future__ import annotations

import importlib.metadata
import importlib.util
from typing import TYPE_CHECKING

from docexam.errors import DependencyMissing
from docexam.vision.engines.protocol import EngineStatus

if TYPE_CHECKING:
    from docexam.capture.pixels import Pixels
    from docexam.nouns.zone import ZoneText
    from docexam.vision.engines.protocol import Engine

NAME = "onnx"
HOW_TO_GET = "pip install onnxruntime"


def status() -> EngineStatus:
    """Whether onnxruntime is there, without importing it."""
    if importlib.util.find_spec("onnxruntime") is None:
        return EngineStatus(NAME, installed=False, how_to_get=HOW_TO_GET)
    return EngineStatus(NAME, installed=True, version=importlib.metadata.version("onnxruntime"))


def load() -> Engine:
    """The engine with both models loaded.

    Raises:
        DependencyMissing: onnxruntime is not installed.
        ModelError: a model is missing or altered.
    """
    if not status().installed:
        raise DependencyMissing(
            "The engine onnx needs onnxruntime, which is not installed.",
            code="engine.missing",
            hint=HOW_TO_GET,
        )
    import cv2

    from docexam.vision.line_columns import MODEL
    from docexam.vision.onnx_session import session

    cv2.setNumThreads(1)
    session(MODEL)
    return _OnnxEngine()


class _OnnxEngine:
    """Reads grey pixels; colour adds nothing that its networks were trained on."""

    name = NAME
    wants_colour = False

    def read(self, pixels: Pixels) -> list[ZoneText]:
        """Every zone in one picture, from the top one down."""
        from docexam.vision.read_zones import read_zones

        return read_zones(pixels)
