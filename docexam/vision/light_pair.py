"""White and infrared made comparable point by point: one sharpness, and no reflections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.vision.field_runs import Field, contrast_pair
from docexam.vision.once_a_page import once_a_page

if TYPE_CHECKING:
    from docexam.vision.page import PageView

# Our starting values.
_REACH_MM = 0.10
_RESIDUAL_SHARE = 0.5
_GLARE = 0.985


@dataclass(frozen=True, slots=True, eq=False)
class LightPair:
    """How black each point is in white and in infrared, and pixels to the millimetre.

    `near` is the darkest of infrared within what lens and registration may have moved it.
    """

    white: Field
    infrared: Field
    near: Field
    px_per_mm: float


def spread_mm(page: PageView, light: str) -> float:
    """The standard deviation of a light's blur; a fair one where no print tells it."""
    quality = page.quality.get(light)
    spread = None if quality is None else quality.edge_spread_mm
    return 0.05 if spread is None else spread


@once_a_page
def levelled_pair(page: PageView) -> LightPair:
    """The contrast in white and in infrared, the sharper one blurred as the other is.

    Infrared has full contrast where a reflection hides the print: it proves nothing gone. KeyError
    where the page lacks one of the lights.
    """
    pair = contrast_pair(page)
    infrared = _without_glare(page, pair.infrared)
    spreads = [spread_mm(page, light) for light in ("white", "ir")]
    levelled = []
    for contrast, own in zip((pair.white, infrared), spreads, strict=True):
        more_px = float(np.sqrt(max(max(spreads) ** 2 - own**2, 0.0))) * pair.px_per_mm
        blurred = cv2.GaussianBlur(contrast, (0, 0), more_px) if more_px > 0.3 else contrast
        levelled.append(np.asarray(blurred, np.float32))
    reach_mm = _REACH_MM + _RESIDUAL_SHARE * (page.lights["ir"].residual_mm or 0.0)
    size = 2 * max(1, round(reach_mm * pair.px_per_mm)) + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    near = np.asarray(cv2.dilate(levelled[1], kernel), np.float32)
    return LightPair(levelled[0], levelled[1], near, pair.px_per_mm)


def _without_glare(page: PageView, contrast: Field) -> Field:
    level = page.lights["ir"].grey
    glare = cv2.dilate((level >= _GLARE).astype(np.uint8), np.ones((3, 3), np.uint8))
    if not glare.any():
        return contrast
    size = (contrast.shape[1], contrast.shape[0])
    hidden = cv2.resize(glare, size, interpolation=cv2.INTER_NEAREST).astype(bool)
    return np.asarray(np.where(hidden, 1.0, contrast), np.float32)
