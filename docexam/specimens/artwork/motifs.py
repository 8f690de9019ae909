"""Motifs as print: solid, in outline, engraved in lines, strewn, as relief and as watermark."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import cv2
import numpy as np

from docexam.errors import SettingsError
from docexam.specimens.artwork.canvas import axes_mm, fill, paste, shape_px, strokes
from docexam.specimens.artwork.guilloche import relief_lines
from docexam.specimens.artwork.shapes import SHAPES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from docexam.specimens.artwork.curves import Shape

    Map = NDArray[np.float32]

Style = Literal["solid", "outline", "engraved"]
RELIEF_PX_PER_MM = 8.0  # reliefs are smooth: drawn once at this resolution, then enlarged


def shape_named(name: str) -> Shape:
    """The shape called `name`; SettingsError with the known names otherwise."""
    if name not in SHAPES:
        raise SettingsError(
            f"There is no motif {name!r}.",
            code="specimen.motif",
            hint=f"Use one of {', '.join(SHAPES)}.",
        )
    return SHAPES[name]()


def _placed(shape: Shape, size_mm: tuple[float, float]) -> Shape:
    """The unit square as the largest square in the middle of the map."""
    side = min(size_mm)
    left, top = (size_mm[0] - side) / 2, (size_mm[1] - side) / 2
    return [(points * side + (left, top), tone) for points, tone in shape]


def motif(
    size_mm: tuple[float, float],
    px_per_mm: float,
    *,
    shape: str,
    style: Style = "solid",
    line_mm: float = 0.12,
    pitch_mm: float = 0.32,
    angle_deg: float = 35.0,
) -> Map:
    """One motif in the middle of the map.

    `solid` keeps its tones as shares of ink, `outline` draws the borders of its parts, `engraved`
    turns tones into lines that swell.
    """
    parts = _placed(shape_named(shape), size_mm)
    if style == "outline":
        return strokes(size_mm, px_per_mm, [points for points, _ in parts], line_mm, closed=True)
    tones = fill(size_mm, px_per_mm, parts)
    if style == "solid":
        return tones
    x, y = axes_mm(size_mm, px_per_mm)
    turn = math.radians(angle_deg)
    field = (x * math.sin(turn) + y * math.cos(turn)) / pitch_mm
    distance = np.abs(field - np.rint(field)) * pitch_mm * px_per_mm
    half = tones * np.float32(pitch_mm * px_per_mm * 0.42)
    lines = np.clip(half - distance + 0.5, 0, 1) * np.minimum(2 * half, 1)
    return np.asarray(lines, np.float32)


_JUST_FITS = 0.02


def strewn(
    size_mm: tuple[float, float],
    px_per_mm: float,
    rng: np.random.Generator,
    *,
    shapes: tuple[str, ...] = ("star",),
    side_mm: float = 5.0,
    step_mm: float = 9.0,
    style: Style = "solid",
    line_mm: float = 0.12,
) -> Map:
    """Small whole motifs in staggered rows, each shape by turns; `rng` shifts the rows."""
    base = np.zeros(shape_px(size_mm, px_per_mm), np.float32)
    pieces = [
        motif((side_mm, side_mm), px_per_mm, shape=name, style=style, line_mm=line_mm)
        for name in shapes
    ]
    start = float(rng.uniform(0, step_mm))
    # sizes are rounded to the grid: a row that just fits must fit at every resolution
    rows = max(1, int((size_mm[1] - side_mm) / step_mm + _JUST_FITS) + 1)
    top = (size_mm[1] - side_mm - (rows - 1) * step_mm) / 2
    for row in range(rows):
        shift = (start + (row % 2) * step_mm / 2) % step_mm
        for column in range(max(0, int((size_mm[0] - side_mm - shift) / step_mm + _JUST_FITS) + 1)):
            piece = pieces[(row + column) % len(pieces)]
            paste(base, piece, (shift + column * step_mm, top + row * step_mm), px_per_mm)
    return base


@lru_cache(maxsize=32)
def _relief(size_mm: tuple[float, float], shape: str, soft_mm: float) -> Map:
    tones = fill(size_mm, RELIEF_PX_PER_MM, _placed(shape_named(shape), size_mm))
    if soft_mm > 0:
        tones = np.asarray(cv2.GaussianBlur(tones, (0, 0), soft_mm * RELIEF_PX_PER_MM), np.float32)
    tones.setflags(write=False)
    return tones


def relief(
    size_mm: tuple[float, float], px_per_mm: float, *, shape: str, soft_mm: float = 0.5
) -> Map:
    """The motif as a smooth height map, 0 to 1."""
    rows, columns = shape_px(size_mm, px_per_mm)
    low = _relief(size_mm, shape, soft_mm)
    return np.asarray(cv2.resize(low, (columns, rows), interpolation=cv2.INTER_LINEAR), np.float32)


def medallion(
    size_mm: tuple[float, float],
    px_per_mm: float,
    *,
    shape: str,
    pitch_mm: float = 0.42,
    line_mm: float = 0.13,
    lift_mm: float = 1.3,
    angle_deg: float = 12.0,
    soft_mm: float = 0.45,
) -> Map:
    """Numismatic relief: straight fine lines that bend over the motif as over a coin.

    The lines thin out towards the edge of the oval that fills the map.
    """
    height = relief(size_mm, px_per_mm, shape=shape, soft_mm=soft_mm)
    x, y = axes_mm(size_mm, px_per_mm)
    place = (2 * x / size_mm[0] - 1) ** 2 + (2 * y / size_mm[1] - 1) ** 2
    vignette = np.clip((1.0 - place) * 3.0, 0, 1).astype(np.float32)
    return vignette * relief_lines(
        size_mm,
        px_per_mm,
        height,
        pitch_mm=pitch_mm,
        line_mm=line_mm,
        lift_mm=lift_mm,
        angle_deg=angle_deg,
        swell=0.35,
    )


def watermark(
    size_mm: tuple[float, float], px_per_mm: float, *, shape: str, soft_mm: float = 0.35
) -> Map:
    """A multi-tone watermark: soft grey levels as in paper formed on a mould, 0 to 1."""
    soft = relief(size_mm, px_per_mm, shape=shape, soft_mm=soft_mm)
    wide = relief(size_mm, px_per_mm, shape=shape, soft_mm=soft_mm * 3)
    # fibres crowd at the edges of the mould's relief
    return np.asarray(np.clip(0.55 * soft + 0.9 * (soft - wide) + 0.25 * wide, 0, 1), np.float32)
