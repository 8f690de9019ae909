"""Each character of a zone laid on its OCR-B outline: where it stands and how like it looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.vision import ocrb
from docexam.vision.percentiles import percentiles

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from docexam.nouns.measurement import BoxMm
    from docexam.vision.zone_ink import ZoneInk
    from docexam.vision.zone_view import CharacterView

SEARCH_MM = 0.45
_MARGIN_PX = round(SEARCH_MM * ocrb.PX_PER_MM)
_LEAST_CONTRAST = 0.05
_SPREADS_UM = 10  # steps in which the blur of the outline is told apart


@dataclass(frozen=True, slots=True)
class GlyphFit:
    """One character against the outline of OCR-B that its reading names.

    `x_mm`, `y_mm`: where the middle of the outline's cell came to lie. `likeness`: correlation with
    the outline as the lens would show it, 1 for equal. `ink`: area of its ink over the outline's.
    `height`: its height over the outline's, None where no ink was boxed. `depth`: its contrast.
    """

    line: int
    column: int
    character: str
    x_mm: float
    y_mm: float
    likeness: float
    ink: float
    height: float | None
    depth: float
    cell_mm: BoxMm

    @property
    def box_mm(self) -> BoxMm:
        """The cell around the place that was found."""
        width, height = self.cell_mm[2], self.cell_mm[3]
        return (self.x_mm - width / 2, self.y_mm - height / 2, width, height)


def fit_glyphs(ink: ZoneInk, characters: tuple[CharacterView, ...]) -> tuple[GlyphFit, ...]:
    """Every character that shows any ink, laid on its outline."""
    spread_um = round(ink.spread_mm * 1000 / _SPREADS_UM) * _SPREADS_UM
    found = (_fit(ink, each, spread_um) for each in characters if each.character in ocrb.atlas())
    return tuple(each for each in found if each is not None)


def _fit(ink: ZoneInk, character: CharacterView, spread_um: int) -> GlyphFit | None:
    x, y, w, h = character.cell_mm
    middle = (x + w / 2, y + h / 2)
    patch = _patch(ink, middle)
    (depth,) = percentiles(patch, (97,))
    if depth < _LEAST_CONTRAST:
        return None
    outline = ocrb.blurred(character.character, spread_um)
    scores = np.asarray(cv2.matchTemplate(patch, outline, cv2.TM_CCOEFF_NORMED), np.float32)
    _, likeness, _, (column, row) = cv2.minMaxLoc(scores)
    dx = column + _peak(scores[row], column) - _MARGIN_PX
    dy = row + _peak(scores[:, column], row) - _MARGIN_PX
    own = patch[row : row + outline.shape[0], column : column + outline.shape[1]]
    return GlyphFit(
        line=character.line,
        column=character.column,
        character=character.character,
        x_mm=middle[0] + dx / ocrb.PX_PER_MM,
        y_mm=middle[1] + dy / ocrb.PX_PER_MM,
        likeness=float(likeness),
        ink=_ink_share(own, outline),
        height=_height_share(character, outline),
        depth=depth,
        cell_mm=character.cell_mm,
    )


def _patch(ink: ZoneInk, middle: tuple[float, float]) -> NDArray[np.float32]:
    """The contrast around a cell's middle, resampled to the outline's scale."""
    width, height = (round(side * ocrb.PX_PER_MM) + 2 * _MARGIN_PX for side in ocrb.TILE_MM)
    step = ink.px_per_mm / ocrb.PX_PER_MM
    left = (middle[0] - ink.origin_mm[0]) * ink.px_per_mm - width / 2 * step
    top = (middle[1] - ink.origin_mm[1]) * ink.px_per_mm - height / 2 * step
    # a pixel's middle is at half a pixel in both grids
    matrix = np.array(
        [[step, 0, left + 0.5 * step - 0.5], [0, step, top + 0.5 * step - 0.5]], np.float64
    )
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(
        cv2.warpAffine(
            ink.fine, matrix, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE
        ),
        np.float32,
    )


def _peak(scores: NDArray[np.float32], at: int) -> float:
    """Where between samples the best score lies, -0.5..0.5."""
    if not 0 < at < len(scores) - 1:
        return 0.0
    a, b, c = (float(scores[at + d]) for d in (-1, 0, 1))
    bend = a - 2 * b + c
    return max(-0.5, min(0.5, 0.5 * (a - c) / bend)) if bend < 0 else 0.0


def _ink_share(own: NDArray[np.float32], outline: NDArray[np.float32]) -> float:
    """The area of ink over the outline's, each in units of its own full contrast."""
    areas = []
    for part in (own, outline):
        ground, deep = percentiles(part, (25, 97))
        full = deep - ground
        areas.append(float(np.clip(part - ground, 0, None).sum()) / max(full, 1e-4))
    return areas[0] / max(areas[1], 1e-4)


def _height_share(character: CharacterView, outline: NDArray[np.float32]) -> float | None:
    if character.glyph_mm is None:
        return None
    down = outline.max(axis=1)
    level = 0.5 * float(down.max())
    above = np.flatnonzero(down >= level)
    first, last = int(above[0]), int(above[-1])
    start = first + 0.5 - (down[first] - level) / max(down[first] - down[first - 1], 1e-4)
    end = last + 0.5 + (down[last] - level) / max(down[last] - down[last + 1], 1e-4)
    return character.glyph_mm[3] / ((float(end) - float(start)) / ocrb.PX_PER_MM)
