"""Reading many short lines at once: laid under one another on one sheet, which saves starts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.capture.pixels import Pixels
    from docexam.nouns.report import LightsDiffer

TIMEOUT_S = 30.0
"""A page takes about a second; above this the program hangs (our starting value)."""
_PAD_PX = 14
_LANGUAGES = ("Latin", "script/Latin", "eng")


@dataclass(frozen=True, slots=True)
class ReadText:
    """The words of one line joined by blanks, and the surety of the least sure word, 0..1.

    `apart` where infrared shows other characters.
    """

    text: str
    confidence: float
    apart: LightsDiffer | None = None


NOTHING = ReadText("", 0.0)


def text_languages() -> tuple[str, ...]:
    """Trained data to read visual zones with: for all Latin letters where there is, and English.

    Raises:
        DependencyMissing: Tesseract or all of its trained data is missing.
    """
    from docexam.errors import DependencyMissing

    found = _found()
    if not found:
        raise DependencyMissing(
            "Tesseract has no trained data for Latin letters.",
            code="dependency.tesseract-data",
            hint="Install it: apt-get install tesseract-ocr-script-latn.",
        )
    return found


@cache
def _found() -> tuple[str, ...]:
    from docexam.vision.engines import tesseract_program

    there = tesseract_program.languages()
    latin = [name for name in _LANGUAGES[:2] if name in there][:1]
    return (*latin, *(["eng"] if "eng" in there else []))


def read_lines(pictures: Sequence[Pixels], language: str) -> list[ReadText]:
    """What stands in each picture (black on white, one line), in the same order.

    Raises:
        DependencyMissing: Tesseract is not installed.
        InputError: it failed, or gave no answer in time.
    """
    from docexam.vision.engines import tesseract_program
    from docexam.vision.engines.trained_data import data_options

    if not pictures:
        return []
    sheet, bounds = _sheet(pictures)
    options = ["--psm", "6", "--dpi", "300", "-c", "tessedit_create_tsv=1"]
    told = tesseract_program.read(sheet, [*data_options(language), *options], timeout_s=TIMEOUT_S)
    words: list[list[tuple[float, str, float]]] = [[] for _ in pictures]
    for row in told.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != "5" or not cells[11].strip():
            continue
        left, top, height = (float(cells[i]) for i in (6, 7, 9))
        index = int(np.searchsorted(bounds, top + height / 2, side="right")) - 1
        if 0 <= index < len(words):
            words[index].append((left, cells[11].strip(), float(cells[10]) / 100))
    return [_joined(sorted(found)) for found in words]


def _joined(words: Sequence[tuple[float, str, float]]) -> ReadText:
    if not words:
        return NOTHING
    text = " ".join(word for _, word, _ in words)
    return ReadText(text, max(0.0, min(sure for *_, sure in words)))


def _sheet(pictures: Sequence[Pixels]) -> tuple[Pixels, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """All pictures on one white sheet, and the row at which each one's strip begins."""
    width = max(picture.shape[1] for picture in pictures) + 2 * _PAD_PX
    heights = [picture.shape[0] + 2 * _PAD_PX for picture in pictures]
    bounds = np.concatenate([[0], np.cumsum(heights)[:-1]]).astype(np.int64)
    sheet = np.full((sum(heights), width), 255, np.uint8)
    for top, picture in zip(bounds, pictures, strict=True):
        rows = slice(int(top) + _PAD_PX, int(top) + _PAD_PX + picture.shape[0])
        sheet[rows, _PAD_PX : _PAD_PX + picture.shape[1]] = picture
    return sheet, bounds
