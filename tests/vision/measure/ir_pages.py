"""Straight pages that carry a zone, drawn in literal millimetres and levels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.specimens.mrz_print import GENUINE_PRINT, MrzPrint
from docexam.specimens.white_page import draw_white_page
from docexam.vision.page import LightView, OutlineSeen, PageView, Quality
from docexam.vision.page_format import FORMATS
from docexam.vision.zone_view import CharacterView, ZoneView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

PPI = 300.0
PX_PER_MM = PPI / 25.4
LINES = (
    "P<UTOLINDQVIST<<MARA<ELIN<<<<<<<<<<<<<<<<<<<",
    "X4F8812C98UTO8203140F3112087ZE184226B<<<<<16",
)
PAPER = 0.8
WHOLE = OutlineSeen(0.0, 0.0, 125.0, 88.0, 0.02, {}, {})


def coverage(style: MrzPrint = GENUINE_PRINT, blur_mm: float = 0.04) -> NDArray[np.float32]:
    """Where the zone's ink is on a TD3 page, 0..1, as a lens shows it."""
    page = draw_white_page(LINES, PPI, style=style, paper=255, ink=0).picture
    ink = 1 - page.astype(np.float32) / 255
    return np.asarray(cv2.GaussianBlur(ink, (0, 0), blur_mm * PX_PER_MM), np.float32)


def light(name: str, level: NDArray[np.float32], **more: Any) -> LightView:
    """One light of these linear intensities."""
    pixels = level if name == "ir" else np.repeat(level[..., None], 3, axis=2)
    corners = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
    settings: dict[str, Any] = {"residual_mm": 0.02, "wavelength_nm": 870.0, **more}
    mask = np.ones(level.shape, np.bool_)
    return LightView(name, pixels, mask, PPI, np.eye(3), corners, **settings)


def page(
    ir: NDArray[np.float32] | None = None,
    white: NDArray[np.float32] | None = None,
    *,
    outline: OutlineSeen | None = WHOLE,
    scale_source: Any = "ppi",
    scale_uncertainty: float = 0.002,
    **more: Any,
) -> PageView:
    """A TD3 page under infrared and white."""
    levels = {"ir": ir, "white": white}
    lights = {n: light(n, level, **more) for n, level in levels.items() if level is not None}
    quality = {n: Quality(PPI, 1.0, 0.0, 0.0, 0.002, edge_spread_mm=0.05) for n in lights}
    return PageView(
        page="data",
        format="TD3",
        size_mm=(125.0, 88.0),
        px_per_mm=PX_PER_MM,
        lights=lights,
        quality=quality,
        scale_source=scale_source,
        anchor="outline" if outline is not None else "mrz",
        scale_uncertainty=scale_uncertainty,
        outline=outline,
        ppi_claimed=PPI,
    )


def zone(
    ink: NDArray[np.float32],
    lights: tuple[str, ...] = ("ir", "white"),
    *,
    pitch_mm: float = 2.54,
    shift_mm: tuple[float, float] = (0.0, 0.0),
) -> ZoneView:
    """The zone where Doc 9303-4 has it, or so far from there; glyphs are boxed on `ink`."""
    characters = []
    for number, (text, centre) in enumerate(zip(LINES, (72.25, 78.60), strict=True), 1):
        for column, character in enumerate(text, 1):
            middle = 6.873 + shift_mm[0] + pitch_mm * (column - 1)
            cell = (middle - 1.27, centre + shift_mm[1] - 1.9, 2.54, 3.8)
            glyph = _glyph(ink, cell)
            characters.append(CharacterView(number, column, character, cell, glyph))
    box = (6.0, 71.0, 111.0, 8.9)
    by_light = {each: tuple(characters) for each in lights}
    return ZoneView("data", FORMATS["TD3"], LINES, box, {}, by_light, {})


def _glyph(
    ink: NDArray[np.float32], cell: tuple[float, float, float, float]
) -> tuple[float, float, float, float] | None:
    x, y, w, h = (round(v * PX_PER_MM) for v in cell)
    part = ink[y : y + h, x : x + w]
    down, across = part.max(axis=1), part.max(axis=0)
    if down.max() < 0.3:
        return None
    top, height = _extent(np.pad(down, 1))
    left, width = _extent(np.pad(across, 1))
    return tuple(v / PX_PER_MM for v in (x + left - 1, y + top - 1, width, height))  # type: ignore[return-value]


def _extent(profile: NDArray[np.float32]) -> tuple[float, float]:
    """Where a profile crosses one half, start and length in pixels."""
    above = np.flatnonzero(profile >= 0.5)
    first, last = int(above[0]), int(above[-1])
    start = first + 0.5 - (profile[first] - 0.5) / max(profile[first] - profile[first - 1], 1e-3)
    stop = last + 0.5 + (profile[last] - 0.5) / max(profile[last] - profile[last + 1], 1e-3)
    return float(start), float(stop - start)


def named(found: Iterable[Measurement | NotMeasured]) -> dict[str, Measurement]:
    """What was measured, by name."""
    return {each.name: each for each in found if isinstance(each, Measurement)}


def missed(found: Iterable[Measurement | NotMeasured]) -> dict[str, NotMeasured]:
    """What was not measured, by name."""
    return {each.name: each for each in found if isinstance(each, NotMeasured)}
