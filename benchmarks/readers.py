"""The readers that are compared: docexam's engines, with their text proven by Doc 9303."""

from __future__ import annotations

import datetime as dt
import sys
from typing import TYPE_CHECKING

from benchmarks.outside import Reader, Zone
from docexam.errors import DependencyMissing, InputError, ModelError
from docexam.vision.engines.registry import load_engine
from docexam.vision.read_picture import read_picture

if TYPE_CHECKING:
    from pathlib import Path

    from docexam.vision.engines.protocol import Engine

TODAY = dt.date(2026, 1, 1)
"""Fixed, so that a run next year judges the same text the same way."""


class EngineReader:
    """From the path of a file to what `docexam read` would say of it."""

    def __init__(self, engine: Engine, name: str | None = None) -> None:
        self.engine = engine
        self.name = name or engine.name

    def __call__(self, path: Path) -> list[Zone]:
        """Every zone in every picture of the file."""
        readings = read_picture(path, self.engine, today=TODAY)
        for reading in readings:
            if reading.error is not None:
                raise InputError(reading.error.message, code=reading.error.code)
        return [Zone(r.lines, r.valid, r.confident, r.quad_px) for r in readings if r.found]


def load(names: list[str], tessdata: Path | None, tessdata_name: str | None) -> list[Reader]:
    """The readers of these names; one that is not installed is named on stderr and left out.

    With `tessdata`, Tesseract is there twice: with its own trained data and with that file.

    Raises:
        UsageError: there is no engine of such a name.
    """
    readers: list[Reader] = []
    for name in names:
        try:
            readers.append(EngineReader(load_engine(name)))
            if name == "tesseract" and tessdata is not None:
                from docexam.vision.engines import tesseract

                title = f"tesseract {tessdata_name or tessdata.stem}"
                readers.append(EngineReader(tesseract.load(tessdata), title))
        except (DependencyMissing, ModelError) as error:
            print(f"{name} is left out: {error.message} {error.hint}", file=sys.stderr)
    return readers
