"""Pages with known zones, laid on a table: what the reader's tests look at."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from docexam.specimens.white_page import draw_white_page

Pixels = NDArray[np.uint8]

TD3 = (
    "P<UTOLINDQVIST<<MARA<ELIN<<<<<<<<<<<<<<<<<<<",
    "X4F8812C98UTO8203140F3112087ZE184226B<<<<<16",
)
TD2 = ("I<UTOLINDQVIST<<MARA<ELIN<<<<<<<<<<<", "X4F8812C98UTO8203140F3112087<<<<<<<4")
TD1 = (
    "I<UTOX4F8812C98<<<<<<<<<<<<<<<",
    "8203140F3112087UTO<<<<<<<<<<<4",
    "LINDQVIST<<MARA<ELIN<<<<<<<<<<",
)


def page(lines: tuple[str, ...], ppi: float = 120, *, visa: bool = False) -> Pixels:
    """A white page that carries `lines`."""
    return draw_white_page(lines, ppi, visa=visa).picture


def on_table(*pictures: Pixels, degrees: float = 0.0, table: int = 110) -> Pixels:
    """Pictures one above the other on a larger grey table, turned anticlockwise."""
    width = max(picture.shape[1] for picture in pictures) + 80
    rows = [np.full((40, width), table, np.uint8)]
    for picture in pictures:
        row = np.full((picture.shape[0] + 40, width), table, np.uint8)
        row[: picture.shape[0], 40 : 40 + picture.shape[1]] = picture
        rows.append(row)
    sheet = np.vstack(rows)
    h, w = sheet.shape
    matrix = cv2.getRotationMatrix2D((w / 2, h / 2), degrees, 1.0)
    cos, sin = abs(matrix[0, 0]), abs(matrix[0, 1])
    wide, high = int(h * sin + w * cos), int(h * cos + w * sin)
    matrix[:, 2] += (wide / 2 - w / 2, high / 2 - h / 2)
    return np.asarray(cv2.warpAffine(sheet, matrix, (wide, high), borderValue=table), np.uint8)
