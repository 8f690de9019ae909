"""How far millimetres of the grid can be trusted, where the zone must not be its own ruler."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from docexam.nouns.measurement import NotMeasured

if TYPE_CHECKING:
    from docexam.vision.page import PageView

OUTLINE_UNCERTAINTY = 0.006
"""Half the tolerance of a page's width over its width (Doc 9303-4, 2.3: 0.75 of 125 mm)."""


@dataclass(frozen=True, slots=True)
class Ruler:
    """True millimetres to one of the grid, and its relative uncertainty (standard deviation)."""

    factor: float
    uncertainty: float

    def length(self, grid_mm: float, grid_uncertainty_mm: float) -> tuple[float, float]:
        """A length and its uncertainty in true millimetres."""
        value = grid_mm * self.factor
        return value, float(np.hypot(value * self.uncertainty, grid_uncertainty_mm))


def ruler(page: PageView) -> Ruler | None:
    """A ruler that does not rest on the zone, None where there is none.

    The device's resolution; else the page itself, whose size is taken to be its format's.
    """
    if page.scale_source != "mrz":
        return Ruler(1.0, page.scale_uncertainty)
    size = page.outline.size_mm if page.outline is not None else None
    if size is None:
        return None
    factors = [true / seen for true, seen in zip(page.size_mm, size, strict=True)]
    return Ruler(float(np.mean(factors)), OUTLINE_UNCERTAINTY)


def no_ruler(name: str, page: PageView, light: tuple[str, ...]) -> NotMeasured:
    """Why a length cannot be told: the scale was taken from the zone itself."""
    return NotMeasured(name, page.page, light, "scale.from-zone")


def edge_uncertainty_mm(page: PageView, light: str) -> float:
    """How well a place in `light` is known against the page's edges, standard deviation."""
    scatter = page.outline.residual_mm if page.outline is not None else 0.0
    between = page.lights[light].residual_mm
    pixel = 0.5 * 25.4 / page.lights[light].native_ppi
    return float(np.sqrt(scatter**2 + (0.10 if between is None else between) ** 2 + pixel**2))
