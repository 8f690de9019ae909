"""Small pages with printed data, already laid on their model: what the text parts are tested on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.nouns.report import VizField
from docexam.reference.page_sample import PageSample
from docexam.reference.placing import Placing
from docexam.specimens.grid import Grid
from docexam.specimens.text import draw_text, text_width_mm
from docexam.vision.page import LightView, PageView, Quality
from docexam.vision.plane import as_quad

if TYPE_CHECKING:
    from docexam.nouns.reading import Fields

SIZE_MM = (90.0, 46.0)
PX_PER_MM = 12.0
LAID = Placing(np.eye(3), 0.03, 0.9, 100)
_CAP = 0.714


@dataclass(frozen=True)
class Row:
    """One field: its text and how it is printed, millimetres."""

    name: str
    text: str
    x: float = 6.0
    baseline: float = 10.0
    em: float = 2.9
    font: str = "sans"


HOLDERS = (
    ("H88582327", "09 JUL 1983", "06 MAY 2024", "05 MAY 2034", "VIKTOR", "QUINBY"),
    ("Q98239124", "04 FEB 1974", "17 APR 2021", "16 APR 2031", "SOPHIE", "WINTERHALE"),
    ("G04515512", "23 AUG 1948", "19 SEP 2025", "18 SEP 2035", "CLEMENCE", "KESTREL"),
    ("U12561354", "28 AUG 1984", "20 JAN 2023", "19 JAN 2033", "ELIN", "LUCZYNEK"),
    ("Y39286164", "02 MAR 2003", "17 DEC 2022", "16 DEC 2032", "WENZEL", "DUNMORE"),
    ("B60417783", "15 OCT 1991", "08 NOV 2023", "07 NOV 2033", "MARTA", "FALKENHEIM"),
)


def rows_of(holder: int) -> list[Row]:
    """The fields of one invented holder."""
    number, birth, issue, expiry, given, surname = HOLDERS[holder]
    return [
        Row("document_number", number, 50.0, 10.0, 3.4, "sans-bold"),
        Row("surname", surname, baseline=10.0),
        Row("given_names", given, baseline=17.0),
        Row("birth_date", birth, baseline=24.0),
        Row("issue_date", issue, baseline=31.0),
        Row("expiry_date", expiry, baseline=38.0),
    ]


def page_of(
    rows: list[Row], *, seed: int = 0, blur_px: float = 0.6, fields: Fields | None = None
) -> PageSample:
    """The page with these fields in black on a printed ground, and a title that all share."""
    grid = Grid(*SIZE_MM, PX_PER_MM)
    ink = grid.empty()
    title = Row("", "REPUBLIC", 30.0, 4.0, 3.6, "sans-bold")
    for row in (title, *rows):
        draw_text(
            ink,
            grid,
            row.text,
            x_mm=row.x,
            baseline_mm=row.baseline,
            font=row.font,
            em_mm=row.em,
        )
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[: grid.rows, : grid.columns] / PX_PER_MM
    waves = 0.75 + 0.1 * np.sin(2 * np.pi * (y + 0.8 * np.sin(x / 3)) / 0.9)
    white = np.stack([waves + 0.1, waves, waves - 0.1], axis=2) * (1 - 0.94 * ink[..., None])
    white = cv2.GaussianBlur(white, (0, 0), blur_px) + rng.normal(0, 0.008, white.shape)
    corners = as_quad(
        np.array([[0, 0], [grid.columns, 0], [grid.columns, grid.rows], [0, grid.rows]])
    )
    view = LightView(
        light="white",
        pixels=np.clip(white, 0, 1).astype(np.float32),
        mask=np.ones(grid.shape, bool),
        native_ppi=PX_PER_MM * 25.4,
        to_px=np.diag([PX_PER_MM, PX_PER_MM, 1.0]),
        corners_px=corners,
    )
    page = PageView(
        page="data",
        format="other",
        size_mm=SIZE_MM,
        px_per_mm=PX_PER_MM,
        lights={"white": view},
        quality={"white": Quality(PX_PER_MM * 25.4, 1.0, 0.0, 0.0, 0.01, 0.06)},
        scale_source="ppi",
        anchor="outline",
        scale_uncertainty=0.001,
    )
    viz = tuple(_read(row) for row in rows)
    return PageSample(page, None, fields, viz, None, LAID)


def _read(row: Row) -> VizField:
    width = text_width_mm(row.text, font=row.font, em_mm=row.em)
    tall = _CAP * row.em
    return VizField(row.name, row.text, 0.99, (row.x, row.baseline - tall, width, tall))


def genuine(count: int = 5) -> list[PageSample]:
    """Pages of different holders."""
    return [page_of(rows_of(number), seed=number) for number in range(count)]
