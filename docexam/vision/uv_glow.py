"""What of a page glows blue-white under ultraviolet, as brightened paper does, and how much.

Brighteners glow blue; the lamp's visible tail and the light of the room are reflected in all
colours. So the glow is what blue has more than the stronger of green and red. Its measure is
ordinary office paper (= 1), known by a reference patch, else by two weaker signs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from docexam.vision.light_cells import CELLS_PER_MM, light_cells
from docexam.vision.once_a_page import once_a_page

if TYPE_CHECKING:
    from docexam.nouns.measurement import BoxMm
    from docexam.vision.page import LightView, PageView

Field = NDArray[np.float32]

SUBSTRATE_PERCENTILE = 40
"""Print darkens and motifs lighten less than this share of the places of a page."""
# Our starting values for pictures without a patch.
_OFFICE_OF_FULL_SCALE = 0.55
_OFFICE_OF_BRIGHTEST = 0.5
_BRIGHTEST_PERCENTILE = 99
_EITHER_SIGN = 0.2
_SIGNS_APART = 0.25
_PATCH = 0.08
_LEAST_PATCH = 0.02
_PATCH_CLIPPED = 0.02
_LEAST_PLACES = 100
_LEAST_SHARE = 0.5
"""Of the page: less tells nothing of the whole."""
_LEAST_LIGHT = 0.004
"""Linear, of what glows most: a lamp that burns wakes or mirrors more somewhere on every page.
Below it nobody can tell a dull page from a dead lamp. Our starting value, seven times what a camera
showed in the dark."""


@dataclass(frozen=True, slots=True, eq=False)
class GlowMap:
    """A page's glow on a grid of CELLS_PER_MM.

    `glow` (h, w) is the blue-white glow, linear, as the camera has it; `seen` what the picture
    shows of the page, its rim left out; `brightest` the strongest channel of what glows most.
    `office` is the glow of office paper in this picture, `office_error` its relative standard
    deviation; `by_patch` tells that a patch gave it.
    """

    glow: Field
    seen: NDArray[np.bool_]
    brightest: float
    page: float
    office: float
    office_error: float
    by_patch: bool

    def window(self, box_mm: BoxMm) -> tuple[slice, slice]:
        """The rows and columns of a box, cut to the grid."""
        rows, columns = self.glow.shape
        x, y, w, h = (side * CELLS_PER_MM for side in box_mm)
        top, bottom = (min(max(round(v), 0), rows) for v in (y, y + h))
        left, right = (min(max(round(v), 0), columns) for v in (x, x + w))
        return slice(top, bottom), slice(left, right)

    def substrate(self, box_mm: BoxMm, percentile: float = SUBSTRATE_PERCENTILE) -> float | None:
        """The glow of the paper in a box, linear; None where too little of it was seen.

        `percentile` is the share of the box that print may have darkened.
        """
        window = self.window(box_mm)
        places = self.glow[window][self.seen[window]]
        if len(places) < 8 or len(places) < 0.5 * self.glow[window].size:
            return None
        return float(np.percentile(places, percentile))

    def scale_u(self, value: float) -> float:
        """Half of how far a value may lie too high because office paper's glow is not known well.

        That glow is a factor, so its error is one too: a large one makes no value doubtful whole.
        """
        return abs(value) * (1 - float(np.exp(-2 * self.office_error))) / 2


@once_a_page
def glow_map(page: PageView) -> GlowMap | None:
    """The glow of a page; None where there is no colour picture under `uv` that shows it.

    A picture that is dark all over shows nothing, unless a patch proves that the lamp burnt.
    """
    view = page.lights.get("uv")
    if view is None or view.pixels.ndim != 3:
        return None
    reduced = light_cells(page, "uv")
    if reduced is None:
        return None
    colours, seen = reduced
    if int(seen.sum()) < _LEAST_PLACES or seen.mean() < _LEAST_SHARE:
        return None
    glow = np.asarray(blue_white(colours), np.float32)
    # the brightest motif counts by what the eye sees of it, whatever its colour
    brightest = float(np.percentile(colours.max(axis=2)[seen], _BRIGHTEST_PERCENTILE))
    substrate = float(np.percentile(glow[seen], SUBSTRATE_PERCENTILE))
    office, error, by_patch = _office(view, substrate, brightest)
    if not by_patch and brightest < _LEAST_LIGHT:
        return None
    return GlowMap(glow, seen, brightest, substrate, office, error, by_patch)


def blue_white(colours: NDArray[np.float32]) -> NDArray[np.float32]:
    """What blue has more than the stronger of green and red, of (..., 3) linear BGR; 0 at least."""
    more = colours[..., 0] - colours[..., 1:].max(axis=-1)
    return np.asarray(np.maximum(more, 0.0), np.float32)


def _office(view: LightView, substrate: float, brightest: float) -> tuple[float, float, bool]:
    """The glow of office paper, its relative uncertainty, and whether a patch gave it."""
    patch = _patch_glow(view)
    if patch is not None:
        return patch, _PATCH, True
    # Two signs: what an exposure for office paper would show, and that motifs are made to outshine
    # the sheet. Where they disagree, neither is to be trusted much.
    floor = 1e-4
    by_exposure = max(substrate, floor) / _OFFICE_OF_FULL_SCALE
    by_motifs = max(substrate, floor) / max(brightest, floor) * _OFFICE_OF_BRIGHTEST
    level = float(np.sqrt(by_exposure * by_motifs))
    apart = abs(float(np.log(by_exposure / by_motifs)))
    error = float(np.hypot(_EITHER_SIGN, _SIGNS_APART * apart))
    return max(substrate, floor) / level, error, False


def _patch_glow(view: LightView) -> float | None:
    seen = view.reference
    if seen is None or seen.patch.kind != "fluorescent" or seen.patch.level <= 0:
        return None
    if len(seen.level) != 3 or seen.saturated > _PATCH_CLIPPED:
        return None
    glow = float(blue_white(np.array(seen.level, np.float32)))
    return glow / seen.patch.level if glow >= _LEAST_PATCH else None
