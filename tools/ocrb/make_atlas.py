"""Draws the atlas of OCR-B that docexam measures the zone against: docexam/vision/data/ocrb.png.

The outlines are those of the free OCR-B font in docexam/specimens/fonts, set in ISO 1073-2 size 1:
capitals 2.46 mm, digits 2.66 mm, pitch 2.54 mm. One tile a character, 2.6 x 3.8 mm at 20 pixels to
the millimetre, in the order of CHARACTERS, ten to a row; ink is white. The middle of a tile is the
middle of the cell across, and the middle between digits and capitals down.

    python tools/ocrb/make_atlas.py
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).parents[2]
FONT = ROOT / "docexam/specimens/fonts/OCRB.otf"
OUT = ROOT / "docexam/vision/data/ocrb.png"
CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"
PX_PER_MM = 20
TILE_MM = (2.6, 3.8)
COLUMNS = 10
FINER = 8
MM_PER_UNIT = 2.54 / 723
MIDDLE_UNITS = (361.5, 365.0)


def tile(character: str) -> np.ndarray:
    """One character, (76, 52) uint8 coverage."""
    scale = PX_PER_MM * FINER
    width, height = (round(side * scale) for side in TILE_MM)
    font = ImageFont.truetype(FONT, 1000 * MM_PER_UNIT * scale)
    canvas = Image.new("L", (width, height))
    x = width / 2 - MIDDLE_UNITS[0] * MM_PER_UNIT * scale
    baseline = height / 2 + MIDDLE_UNITS[1] * MM_PER_UNIT * scale
    ImageDraw.Draw(canvas).text((x, baseline), character, 255, font, anchor="ls")
    size = (width // FINER, height // FINER)
    return cv2.resize(np.asarray(canvas), size, interpolation=cv2.INTER_AREA)


def main() -> None:
    """Write the atlas."""
    tiles = [tile(character) for character in CHARACTERS]
    tiles += [np.zeros_like(tiles[0])] * (-len(tiles) % COLUMNS)
    rows = [np.hstack(tiles[i : i + COLUMNS]) for i in range(0, len(tiles), COLUMNS)]
    OUT.parent.mkdir(exist_ok=True)
    Image.fromarray(np.vstack(rows)).save(OUT, optimize=True)
    print(OUT.relative_to(ROOT), OUT.stat().st_size)


if __name__ == "__main__":
    main()
