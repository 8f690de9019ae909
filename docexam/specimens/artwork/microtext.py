"""Microtext: lines of letters of 0.2 to 0.3 mm that dissolve in a copy."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image, ImageDraw

from docexam.specimens.artwork.canvas import shape_px
from docexam.specimens.text import load_font

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Map = NDArray[np.float32]

CAPITAL_SHARE = 0.714  # height of the capitals of the sans-bold font as a share of its em
FINE_PX = 40  # height of a capital in the strip that is averaged down


@lru_cache(maxsize=16)
def _strip(text: str) -> NDArray[np.uint8]:
    """One repeat of `text` in capitals `FINE_PX` high, with a gap at its end."""
    font = load_font("sans-bold", FINE_PX / CAPITAL_SHARE)
    width = math.ceil(font.getlength(text + " "))
    picture = Image.new("L", (width, FINE_PX), 0)
    ImageDraw.Draw(picture).text((0, FINE_PX), text, font=font, fill=255, anchor="ls")
    return np.asarray(picture, np.uint8)


def text_row(
    size_mm: tuple[float, float],
    px_per_mm: float,
    *,
    text: str,
    letter_mm: float = 0.25,
    start_mm: float = 0.0,
    at_mm: float | None = None,
) -> Map:
    """One line of `text` repeated over the whole width; letters are `letter_mm` high.

    `at_mm` is the top of the letters (the middle of the map where None).
    """
    rows, columns = shape_px(size_mm, px_per_mm)
    top = (size_mm[1] - letter_mm) / 2 if at_mm is None else at_mm
    fine = FINE_PX / letter_mm  # strip pixels per mm
    strip = _strip(text)
    # a whole row at the strip's own resolution is large: first narrow it to 8 px per pixel
    inner = max(1, round(letter_mm * px_per_mm * 8))
    scale = inner / FINE_PX
    small = cv2.resize(
        strip, (max(1, round(strip.shape[1] * scale)), inner), interpolation=cv2.INTER_AREA
    )
    need = columns * 8
    offset = round(start_mm * fine * scale) % small.shape[1]
    repeats = math.ceil((need + offset) / small.shape[1]) + 1
    long = np.tile(small, (1, repeats))[:, offset : offset + need]
    tall = np.zeros((rows * 8, need), np.uint8)
    first = max(0, round(top * px_per_mm * 8))
    part = long[: max(0, tall.shape[0] - first)]
    tall[first : first + part.shape[0]] = part
    drawn = cv2.resize(tall, (columns, rows), interpolation=cv2.INTER_AREA)
    return np.asarray(drawn, np.float32) * np.float32(1 / 255)


def lines(
    size_mm: tuple[float, float],
    px_per_mm: float,
    rng: np.random.Generator,
    *,
    text: str,
    letter_mm: float = 0.25,
    step_mm: float = 1.0,
) -> Map:
    """Rows of microtext `step_mm` apart, each starting elsewhere in the text."""
    rows, columns = shape_px(size_mm, px_per_mm)
    coverage = np.zeros((rows, columns), np.float32)
    for k in range(math.ceil(size_mm[1] / step_mm)):
        start = float(rng.uniform(0, 20))
        top_px = round(k * step_mm * px_per_mm)
        deep = min(rows - top_px, math.ceil(letter_mm * px_per_mm) + 1)
        if deep <= 0:
            break
        row = text_row(
            (size_mm[0], deep / px_per_mm),
            px_per_mm,
            text=text,
            letter_mm=letter_mm,
            start_mm=start,
            at_mm=0.0,
        )
        coverage[top_px : top_px + deep, : row.shape[1]] = row[:deep, :columns]
    return coverage
