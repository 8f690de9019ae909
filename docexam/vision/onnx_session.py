"""Opens the project's ONNX models: found, proven against their cards, loaded once."""

from __future__ import annotations

import functools
import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

from docexam.errors import ModelError

if TYPE_CHECKING:
    import onnxruntime as ort

_PACKAGE = Path(__file__).parents[1]
MODEL_FOLDERS = (_PACKAGE / "_models", _PACKAGE.parent / "models")  # installed, checkout
_REINSTALL = "Install docexam again; the model files belong to it."


def model_path(model_file: str) -> Path:
    """Where the model `model_file` (a bare file name) lies.

    Raises:
        ModelError: the file is in none of the model folders.
    """
    for folder in MODEL_FOLDERS:
        if (folder / model_file).is_file():
            return folder / model_file
    raise ModelError(
        f"The model {model_file} is missing from {MODEL_FOLDERS[-1]}.",
        code="model.missing",
        hint=_REINSTALL,
    )


def read_model(path: Path) -> bytes:
    """The bytes of a model whose sha256 is the one that its card (`*.md` beside it) states.

    Raises:
        ModelError: the card is missing or states no sum, or the file is another one.
    """
    card = path.with_suffix(".md")
    stated = re.search(r"^sha256:\s*([0-9a-f]{64})\s*$", _text(card), re.MULTILINE)
    if stated is None:
        raise ModelError(
            f"The card {card} states no sha256 for {path.name}.",
            code="model.no-card",
            hint=_REINSTALL,
        )
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != stated[1]:
        raise ModelError(
            f"The model {path} is not the one that its card describes: the sha256 differs.",
            code="model.altered",
            hint=_REINSTALL,
        )
    return data


def _text(card: Path) -> str:
    return card.read_text(encoding="utf-8") if card.is_file() else ""


@functools.cache
def session(model_file: str) -> ort.InferenceSession:
    """The loaded model, on the CPU and one thread; the same object on every call.

    Raises:
        ModelError: the file is missing, altered, or no model that this runtime can load.
    """
    import onnxruntime as ort

    path = model_path(model_file)
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # its arena would keep the largest picture seen for as long as the process lives
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    try:
        return ort.InferenceSession(read_model(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the runtime's own errors share no other base
        raise ModelError(
            f"The model {path} cannot be loaded by onnxruntime {ort.__version__}.",
            code="model.unusable",
            hint="Install the onnxruntime version that docexam asks for.",
        ) from error
