"""Printed text as coverage: each glyph at its exact place, far below one point of the grid.

Glyphs are drawn eight times larger than the grid and averaged down, so neither hinting nor the
font's own advance decides where ink lies.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont, features

from docexam.errors import DependencyMissing, UsageError

if TYPE_CHECKING:
    from docexam.specimens.grid import Coverage, Grid

FONT_FOLDER = Path(__file__).parent / "fonts"
FONTS: dict[str, str] = {
    "ocr-b": "OCRB.otf",
    "sans": "NotoSans-Regular.ttf",
    "sans-bold": "NotoSans-Bold.ttf",
    "sans-italic": "NotoSans-Italic.ttf",
    "serif": "NotoSerif-Regular.ttf",
    "serif-bold": "NotoSerif-Bold.ttf",
    "arabic": "NotoNaskhArabic-Regular.ttf",
}

Align = Literal["left", "centre", "right"]

_OVERSAMPLING = 8


@lru_cache(maxsize=64)
def load_font(name: str, size_px: float) -> ImageFont.FreeTypeFont:
    """The font called `name` with an em of `size_px`; UsageError for an unknown one."""
    try:
        file = FONT_FOLDER / FONTS[name]
    except KeyError:
        raise UsageError(
            f"There is no font {name!r}.",
            code="specimen.font",
            hint=f"Use one of {', '.join(FONTS)}.",
        ) from None
    if not features.check("raqm"):
        raise DependencyMissing(
            "Pillow was built without Raqm, which shapes Arabic text.",
            code="specimen.raqm",
            hint="Install Pillow from its own wheels: pip install --force-reinstall pillow",
        )
    return ImageFont.truetype(file, size_px, layout_engine=ImageFont.Layout.RAQM)


def stamp_max(target: Coverage, patch: Coverage, column: int, row: int) -> None:
    """Lay `patch` on `target` with its top-left at (row, column); the denser of the two stays."""
    rows, columns = patch.shape
    top, left = max(row, 0), max(column, 0)
    bottom, right = min(row + rows, target.shape[0]), min(column + columns, target.shape[1])
    if top >= bottom or left >= right:
        return
    area = target[top:bottom, left:right]
    np.maximum(area, patch[top - row : bottom - row, left - column : right - column], out=area)


def _averaged(mask: Image.Image) -> Coverage:
    """The mask, eight times too large, as coverage on the grid."""
    array = np.asarray(mask, np.uint8)
    size = (array.shape[1] // _OVERSAMPLING, array.shape[0] // _OVERSAMPLING)
    small = cv2.resize(array, size, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32) / np.float32(255)


@lru_cache(maxsize=4096)
def _glyph(
    text: str, font: str, em_px: float, phase: tuple[int, int], script: str
) -> tuple[Coverage, int, int]:
    """`text` with its origin at a fraction of a point; also (column, row) of the patch from it."""
    phase_x, phase_y = phase
    face = load_font(font, em_px * _OVERSAMPLING)
    direction = "rtl" if script == "arab" else "ltr"
    left, top, right, bottom = face.getbbox(text, anchor="ls", direction=direction)
    column = (int(left) + phase_x) // _OVERSAMPLING - 1
    row = (int(top) + phase_y) // _OVERSAMPLING - 1
    columns = (int(right) + phase_x) // _OVERSAMPLING + 2 - column
    rows = (int(bottom) + phase_y) // _OVERSAMPLING + 2 - row
    mask = Image.new("L", (columns * _OVERSAMPLING, rows * _OVERSAMPLING))
    origin = (phase_x - column * _OVERSAMPLING, phase_y - row * _OVERSAMPLING)
    ImageDraw.Draw(mask).text(origin, text, fill=255, font=face, anchor="ls", direction=direction)
    patch = _averaged(mask)
    patch.setflags(write=False)
    return patch, column, row


def text_width_mm(text: str, *, font: str, em_mm: float, script: str = "latn") -> float:
    """How far `text` advances in mm at an em of `em_mm`."""
    direction = "rtl" if script == "arab" else "ltr"
    return load_font(font, 200.0).getlength(text, direction=direction) / 200.0 * em_mm


def draw_text(
    target: Coverage,
    grid: Grid,
    text: str,
    *,
    x_mm: float,
    baseline_mm: float,
    font: str,
    em_mm: float,
    align: Align = "left",
    script: str = "latn",
) -> None:
    """Print `text` into `target` (on `grid`) with its baseline `baseline_mm` below the top.

    `script` is an ISO 15924 code in lower case; "arab" runs from right to left.
    """
    width_mm = text_width_mm(text, font=font, em_mm=em_mm, script=script)
    start_mm = x_mm - {"left": 0.0, "centre": width_mm / 2, "right": width_mm}[align]
    fine = grid.px_per_mm * _OVERSAMPLING
    x, y = round(start_mm * fine), round(baseline_mm * fine)
    patch, column, row = _glyph(
        text,
        font,
        round(em_mm * grid.px_per_mm, 4),
        (x % _OVERSAMPLING, y % _OVERSAMPLING),
        script,
    )
    stamp_max(target, patch, x // _OVERSAMPLING + column, y // _OVERSAMPLING + row)


def draw_turned_text(
    target: Coverage,
    grid: Grid,
    text: str,
    *,
    centre_mm: tuple[float, float],
    angle_deg: float,
    font: str,
    em_mm: float,
    script: str = "latn",
) -> None:
    """Print `text` around `centre_mm`, turned by `angle_deg` anticlockwise."""
    em_px = round(em_mm * grid.px_per_mm, 4)
    patch, _, _ = _glyph(text, font, em_px, (0, 0), script)
    rows, columns = patch.shape
    matrix = cv2.getRotationMatrix2D(((columns - 1) / 2, (rows - 1) / 2), angle_deg, 1.0)
    x, y = centre_mm[0] * grid.px_per_mm - 0.5, centre_mm[1] * grid.px_per_mm - 0.5
    matrix[0, 2] += x - (columns - 1) / 2
    matrix[1, 2] += y - (rows - 1) / 2
    turned = cv2.warpAffine(
        patch, matrix, (grid.columns, grid.rows), flags=cv2.INTER_CUBIC, borderValue=(0.0,)
    )
    np.maximum(target, np.clip(turned, 0, 1), out=target)
