"""Small pages under ultraviolet, laid on their model: motifs, fibres and text painted by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from docexam.reference.page_sample import PageSample
from docexam.reference.placing import Placing
from docexam.vision.page import LightView, PageView, Quality
from docexam.vision.plane import as_quad

if TYPE_CHECKING:
    from docexam.vision.page import Linear

SIZE_MM = (100.0, 70.0)
PX_PER_MM = 8.0
FINE = 4
GROUND = (0.016, 0.006, 0.003)
RED, GREEN, YELLOW = (0.02, 0.05, 0.93), (0.10, 0.85, 0.05), (0.02, 0.70, 0.28)
MOTIF_LEVEL, FIBRE_LEVEL = 0.5, 0.2
FIBRES = 70
LAID = Placing(np.eye(3), 0.04, 0.9, 40)


def sample(
    seed: int,
    *,
    exposure: float = 1.0,
    shift_mm: tuple[float, float] = (0.0, 0.0),
    motifs: float = 1.0,
    red: tuple[float, float, float] = RED,
    fibres: float = 1.0,
    ink: float = 0.0,
    noise: float = 0.001,
    registered_by: str = "content",
    placing: Placing = LAID,
) -> PageSample:
    """One copy: two red stars and a green comb in the same place, fibres and a name elsewhere.

    `motifs` and `fibres` are their brightness, the genuine being 1;
    `ink` is what the fibres take from green and blue light, and half of it from red.
    """
    rng = np.random.default_rng(seed)
    shape = (round(SIZE_MM[1] * PX_PER_MM), round(SIZE_MM[0] * PX_PER_MM))
    picture = np.empty((*shape, 3), np.float32)
    picture[:] = GROUND
    picture += _stars(shift_mm)[..., None] * np.float32(MOTIF_LEVEL * motifs) * _bgr(red)
    picture += _comb(shift_mm)[..., None] * np.float32(MOTIF_LEVEL * motifs) * _bgr(GREEN)
    white = np.full((*shape, 3), 0.6, np.float32)
    for _ in range(FIBRES):
        start, turn = rng.uniform((3, 3), (97, 67)), rng.uniform(0, 2 * np.pi)
        end = start + 3.0 * np.array([np.cos(turn), np.sin(turn)])
        stroke = _lines([(start, end)], 0.08)
        picture += stroke[..., None] * np.float32(FIBRE_LEVEL * fibres) * _bgr(GREEN)
        white *= 1 - stroke[..., None] * np.float32(ink) * _bgr((1.0, 1.0, 0.5))
    # the holder's name quenches what glows below it, elsewhere on each copy
    x = 28.0 + 2.0 * (seed % 5)
    picture *= (1 - 0.8 * _lines([((x, 25.0), (x + 6.0, 25.0))], 0.6))[..., None]
    picture = cv2.GaussianBlur(picture, (0, 0), 0.5) * np.float32(exposure)
    picture = np.clip(picture + rng.normal(0, noise, picture.shape), 0, 1).astype(np.float32)
    white = np.clip(white + rng.normal(0, noise, white.shape), 0, 1).astype(np.float32)
    views = {"white": view("white", white), "uv": view("uv", picture, registered_by=registered_by)}
    page = PageView(
        page="data",
        format="TD3",
        size_mm=SIZE_MM,
        px_per_mm=PX_PER_MM,
        lights=views,
        quality={"uv": Quality(203.2, 1.0, 0.0, 0.0, noise)},
        scale_source="ppi",
        anchor="outline",
        scale_uncertainty=0.002,
    )
    return PageSample(
        view=page,
        zone=None,
        fields=None,
        viz=(),
        captured_on=None,
        placing=placing,
        pictures={light: each.pixels for light, each in views.items()},
        seen={light: each.mask for light, each in views.items()},
    )


def view(light: str, pixels: Linear, **more: Any) -> LightView:
    """One light that was wholly seen."""
    rows, columns = pixels.shape[:2]
    corners = np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], np.float64) - 0.5
    mask = np.ones((rows, columns), np.bool_)
    to_px = np.diag([PX_PER_MM, PX_PER_MM, 1.0])
    return LightView(light, pixels, mask, 203.2, to_px, as_quad(corners), **more)


def _bgr(shares: tuple[float, float, float]) -> np.ndarray:
    return np.asarray(shares, np.float32)


def _stars(shift_mm: tuple[float, float]) -> Linear:
    lines = []
    for x, y in ((30.0, 22.0), (60.0, 45.0)):
        for turn in np.arange(10) * np.pi / 5:
            tip = (x + 6 * np.cos(turn), y + 6 * np.sin(turn))
            lines.append(((x, y), tip))
    return _moved(_lines(lines, 0.9), shift_mm)


def _comb(shift_mm: tuple[float, float]) -> Linear:
    teeth = [((x, 10.0), (x + 2.0, 22.0)) for x in np.arange(64.0, 90.0, 1.4)]
    return _moved(_lines(teeth, 0.4), shift_mm)


def _moved(drawn: Linear, shift_mm: tuple[float, float]) -> Linear:
    matrix = np.array([[1, 0, shift_mm[0] * PX_PER_MM], [0, 1, shift_mm[1] * PX_PER_MM]])
    return np.asarray(cv2.warpAffine(drawn, matrix, drawn.shape[::-1]), np.float32)


def _lines(lines: Any, width_mm: float) -> Linear:
    """Lines in millimetres, (h, w) 0..1, drawn finely and brought down."""
    scale = PX_PER_MM * FINE
    size = (round(SIZE_MM[0] * scale), round(SIZE_MM[1] * scale))
    canvas = np.zeros(size[::-1], np.uint8)
    thick = max(1, round(width_mm * scale))
    for start, end in lines:
        points = [(round(float(x) * scale), round(float(y) * scale)) for x, y in (start, end)]
        cv2.line(canvas, points[0], points[1], 255, thick, cv2.LINE_AA)
    small = (size[0] // FINE, size[1] // FINE)
    return np.asarray(cv2.resize(canvas, small, interpolation=cv2.INTER_AREA) / 255, np.float32)
