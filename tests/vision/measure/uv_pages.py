"""Pages under white and ultraviolet, painted place by place: no files, no lens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from docexam.nouns.capture_set import ReferencePatch
from docexam.vision.page import LightView, PageView, Quality, ReferenceSeen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.nouns.measurement import BoxMm

SIZE_MM = (125.0, 88.0)
PX_PER_MM = 8.0
DULL = (0.015, 0.006, 0.003)
BRIGHT = (0.30, 0.05, 0.02)
MOTIF = (0.05, 0.35, 0.04)
PAPER = (0.5, 0.5, 0.5)

Paint = tuple["BoxMm", tuple[float, float, float]]


def light(
    name: str, ground: tuple[float, float, float], paints: Sequence[Paint] = (), **more: object
) -> LightView:
    """One light: a ground in linear BGR, and boxes in other levels on it."""
    shape = (round(SIZE_MM[1] * PX_PER_MM), round(SIZE_MM[0] * PX_PER_MM))
    pixels = np.empty((*shape, 3), np.float32)
    pixels[:] = ground
    for (x, y, w, h), level in paints:
        rows = slice(round(y * PX_PER_MM), round((y + h) * PX_PER_MM))
        pixels[rows, round(x * PX_PER_MM) : round((x + w) * PX_PER_MM)] = level
    noise = np.random.default_rng(5).normal(0, 0.0005, pixels.shape)
    pixels = np.clip(pixels + noise, 0, 1).astype(np.float32)
    corners = ((0.0, 0.0), (999.0, 0.0), (999.0, 703.0), (0.0, 703.0))
    given = {"native_ppi": 203.2, "to_px": np.eye(3) * PX_PER_MM, "corners_px": corners}
    return LightView(name, pixels, np.ones(shape, np.bool_), **{**given, **more})  # type: ignore[arg-type]


def patch(office: float, level: float = 0.5) -> ReferenceSeen:
    """A fluorescent patch in a picture where the blue-white glow of office paper is `office`."""
    glow = office * level
    seen = (1.2 * glow, 0.2 * glow, 0.03 * glow)
    return ReferenceSeen(ReferencePatch("fluorescent", (0, 0, 9, 9), level), seen)


def page(*lights: LightView) -> PageView:
    """A passport page of these lights."""
    quality = {each.light: Quality(203.2, 1.0, 0.0, 0.0, 0.001) for each in lights}
    return PageView(
        "data",
        "TD3",
        SIZE_MM,
        PX_PER_MM,
        {each.light: each for each in lights},
        quality,
        "ppi",
        "outline",
        0.002,
    )
