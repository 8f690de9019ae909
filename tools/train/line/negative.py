"""Strips without a machine readable line: other text, textures, bars. Every column is `none`."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import paper
import sample
from PIL import Image, ImageDraw, ImageFont

FOLDERS = (
    "/usr/share/fonts/truetype/dejavu",
    "/usr/share/fonts/truetype/liberation",
    "/usr/share/fonts/truetype/freefont",
)
LETTERS = "eeeetttaaooiinnsshhrrddlluccmfwygpbvk,.;:-/()'%&ABCDEFGHIJKLMNOPRSTUVWZ0123456789   "


def fonts() -> list[ImageFont.FreeTypeFont]:
    """Proportional faces at several sizes."""
    paths = sorted(p for f in FOLDERS for p in Path(f).glob("*.ttf") if "Mono" not in p.name)
    return [ImageFont.truetype(str(p), size) for p in paths for size in (16, 22, 30)]


def strip(
    rng: np.random.Generator, faces: list[ImageFont.FreeTypeFont], width: int
) -> sample.Strip:
    """A strip in which nothing is to be read."""
    h = sample.STRIP_H
    level = rng.uniform(0.4, 1.0)
    sheet = (level + paper.ground(rng, h, width, 15) * level).astype(np.float32)
    kind = rng.random()
    if kind < 0.6:
        font = faces[int(rng.integers(0, len(faces)))]
        text = "".join(LETTERS[i] for i in rng.integers(0, len(LETTERS), 60))
        canvas = Image.new("L", (width, h), 0)
        place = (float(rng.uniform(-40, 10)), float(rng.uniform(-6, 8)))
        ImageDraw.Draw(canvas).text(place, text, font=font, fill=255)
        sheet *= 1 - np.asarray(canvas, np.float32) / 255 * rng.uniform(0.3, 1)
    elif kind < 0.8:
        widths = rng.integers(1, 7, width)
        bars = np.repeat(np.arange(width) % 2, widths)[:width].astype(np.float32)
        sheet *= 1 - bars[None] * rng.uniform(0.3, 1)
    else:
        for _ in range(3):
            paper.overprint(rng, sheet, 20)
    columns = width // sample.STRIDE
    classes = np.full(columns, sample.NONE, np.int64)
    image = cv2.GaussianBlur(sheet, (0, 0), float(rng.uniform(0.3, 1.5)))
    pixels = (np.clip(image + rng.normal(0, 0.02, image.shape), 0, 1) * 255).astype(np.uint8)
    return sample.Strip(
        pixels, classes, np.zeros((4, columns), np.float32), np.zeros(columns, np.float32)
    )
