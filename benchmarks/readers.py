"""The readers that are compared: docexam's engines, and Tesseract as it comes."""

from __future__ import annotations

import datetime as dt
import sys
from typing import TYPE_CHECKING

from benchmarks.fastmrz_peer import FastMrz
from benchmarks.outside import Reader, Zone
from benchmarks.tesseract_alone import TesseractAlone
from docexam.errors import DependencyMissing, InputError, ModelError
from docexam.vision.engines.registry import load_engine
from docexam.vision.read_picture import read_picture

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from docexam.vision.engines.protocol import Engine

TODAY = dt.date(2026, 1, 1)
"""Fixed, so that a run next year judges the same text the same way."""

PEERS: dict[str, Callable[[Path | None, str], Reader]] = {
    "tesseract-alone": TesseractAlone,
    "fastmrz": FastMrz,
}


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
    trained = tessdata_name or (tessdata.stem if tessdata else "eng")
    for name in names:
        try:
            if name in PEERS:
                readers.append(PEERS[name](tessdata, f"{name} {trained}"))
                continue
            readers.append(EngineReader(load_engine(name)))
            if name == "tesseract" and tessdata is not None:
                from docexam.vision.engines import tesseract

                readers.append(EngineReader(tesseract.load(tessdata), f"tesseract {trained}"))
        except (DependencyMissing, ModelError) as error:
            print(f"{name} is left out: {error.message} {error.hint}", file=sys.stderr)
    return readers
