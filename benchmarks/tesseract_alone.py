"""Tesseract without docexam: the whole picture at once, and of what it says the lines of a zone."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from benchmarks.outside import Zone
from docexam.capture.pictures import open_pictures
from docexam.mrz.verify import verify
from docexam.vision.engines import tesseract_program

if TYPE_CHECKING:
    from pathlib import Path

LENGTHS = (30, 36, 44)
SPREAD = 2
"""How many characters a line may lack or have too many and still count as one of a zone."""


class TesseractAlone:
    """Page segmentation into one block (`--psm 6`), the alphabet of zones, no dictionaries."""

    def __init__(self, trained_data: Path | None, title: str) -> None:
        tesseract_program.find()
        where = ["-l", "eng"]
        if trained_data is not None:
            folder = trained_data.resolve().parent
            where = ["--tessdata-dir", str(folder), "-l", trained_data.stem]
        alphabet = "tessedit_char_whitelist=ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"
        off = ["-c", "load_system_dawg=0", "-c", "load_freq_dawg=0"]
        self.options = [*where, "--psm", "6", "-c", alphabet, *off]
        self.name = title

    def __call__(self, path: Path) -> list[Zone]:
        """At most one zone a picture: the last two or three lines of about a zone's length."""
        zones = []
        for picture in open_pictures(path, colour=False):
            text = tesseract_program.read(picture.pixels, self.options)
            lines = ["".join(line.split()) for line in text.splitlines()]
            lines = [line for line in lines if "<" in line and near(line) is not None]
            if len(lines) >= 2:
                wanted = 3 if near(lines[-1]) == 30 else 2
                found = tuple(lines[-wanted:])
                valid = verify(found, today=dt.date(2026, 1, 1)).valid
                zones.append(Zone(found, valid, confident=False))
        return zones


def near(line: str) -> int | None:
    """The length of a zone's lines that `line` about has."""
    return next((n for n in LENGTHS if abs(len(line) - n) <= SPREAD), None)
