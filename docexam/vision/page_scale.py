"""How far millimetres of the grid can be trusted, where the zone must not be its own ruler."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from docexam.nouns.measurement import NotMeasured

if TYPE_CHECKING:
    from docexam.vision.page import PageView

OUTLINE_UNCERTAINTY = 0.006
"""The tolerance of a page's width over its width (Doc 9303-4, 2.3: 0.75 of 125 mm)."""
BORNE_OUT_WITHIN = 0.01
"""A page that measures its format's size within this bears the resolution out."""


@dataclass(frozen=True, slots=True)
class Ruler:
    """True millimetres to one of the grid, and its relative uncertainty (standard deviation)."""

    factor: float
    uncertainty: float

    def length(self, grid_mm: float, grid_uncertainty_mm: float) -> tuple[float, float]:
        """A length and its uncertainty in true millimetres."""
        value = grid_mm * self.factor
        return value, float(np.hypot(value * self.uncertainty, grid_uncertainty_mm))


def ruler(page: PageView, height_share: float | None = None) -> Ruler | None:
    """A ruler that does not rest on the zone, None where there is none.

    The device's resolution; else the page itself, whose size is taken to be its format's. Where
    these two do not bear each other out and the characters are not of OCR-B's height on it
    (`height_share` is 1 where they are), the ruler may be wrong by as much.
    """
    size = page.outline.size_mm if page.outline is not None else None
    factors = () if size is None else tuple(t / s for t, s in zip(page.size_mm, size, strict=True))
    if page.scale_source != "mrz":
        known = Ruler(1.0, page.scale_uncertainty)
        if factors and all(abs(factor - 1) <= BORNE_OUT_WITHIN for factor in factors):
            return known
    elif factors:
        known = Ruler(float(np.mean(factors)), OUTLINE_UNCERTAINTY)
    else:
        return None
    doubt = 0.0 if height_share is None else abs(height_share * known.factor - 1)
    return Ruler(known.factor, float(np.hypot(known.uncertainty, doubt)))


def no_ruler(name: str, page: PageView, light: tuple[str, ...]) -> NotMeasured:
    """Why a length cannot be told: the scale was taken from the zone itself."""
    return NotMeasured(name, page.page, light, "scale.from-zone")


def edge_uncertainty_mm(page: PageView, light: str) -> float:
    """How well a place in `light` is known against the page's edges, standard deviation."""
    scatter = page.outline.residual_mm if page.outline is not None else 0.0
    between = page.lights[light].residual_mm
    pixel = 0.5 * 25.4 / page.lights[light].native_ppi
    return float(np.sqrt(scatter**2 + (0.10 if between is None else between) ** 2 + pixel**2))
