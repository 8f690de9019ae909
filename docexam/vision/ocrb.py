"""OCR-B, size 1 (ISO 1073-2), as pictures of its characters to measure print against.

The atlas is `data/ocrb.png`; `tools/ocrb/make_atlas.py` drew it. The middle of a tile is the middle
of the cell across, and the middle between digits and capitals down.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import cv2
import numpy as np
from numpy.typing import NDArray

CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"
PX_PER_MM = 20.0
TILE_MM = (2.6, 3.8)
STROKE_MM = 0.35
CAPITAL_MM = 2.46
DIGIT_MM = 2.66
_TILE_PX = (52, 76)
_COLUMNS = 10

Tile = NDArray[np.float32]


@cache
def atlas() -> dict[str, Tile]:
    """Each character's tile, (76, 52): how much of each point is ink, 0..1."""
    data = files("docexam.vision").joinpath("data/ocrb.png").read_bytes()
    sheet = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE)
    if sheet is None:
        raise RuntimeError("the atlas of OCR-B is damaged")
    width, height = _TILE_PX
    found = {}
    for at, character in enumerate(CHARACTERS):
        top, left = at // _COLUMNS * height, at % _COLUMNS * width
        part = sheet[top : top + height, left : left + width]
        found[character] = np.asarray(part, np.float32) / np.float32(255)
    return found


@cache
def blurred(character: str, spread_um: int) -> Tile:
    """A character's tile as a lens of that spread (standard deviation, micrometres) shows it."""
    tile = atlas()[character]
    sigma = spread_um / 1000 * PX_PER_MM
    return np.asarray(cv2.GaussianBlur(tile, (0, 0), sigma), np.float32) if sigma > 0.05 else tile


@cache
def ink_mm2(character: str) -> float:
    """The area of a character's ink."""
    return float(atlas()[character].sum()) / PX_PER_MM**2


@cache
def core_mm2(character: str) -> float:
    """The area within 0.05 mm of the middle of a character's strokes."""
    return ink_mm2(character) / STROKE_MM * 0.10
