"""What infrared shows of a changed print, from each ink's cover and its film at 900 nm.

A page is brought down to cells of half a millimetre. Where a layer covers the share m of a cell
and its film keeps the share t in one pass, the cell keeps 1 - m (1 - t²): light passes ink twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.specimens.forger import limits
from docexam.specimens.forger.inks import STAYS_BELOW, kept_at_900_nm
from docexam.specimens.physics.spectra import WAVELENGTHS_NM

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from docexam.specimens.design import BoxMm
    from docexam.specimens.grid import Grid
    from docexam.specimens.stack import Layer, PageStack, Role

    Cells = NDArray[np.float32]

CELL_MM = 0.5
_PRINT: tuple[Role, ...] = ("background", "see-through", "intaglio", "captions")
_OTHER: tuple[Role, ...] = (
    *("specimen", "number", "portrait", "ghost", "viz", "signature", "mrz", "stamp", "ovd"),
)
"""What checks of its own look at, or what no genuine document carries."""
_VISIBLE = (WAVELENGTHS_NM >= 450) & (WAVELENGTHS_NM <= 650)
_SEEN_FROM = 0.25
_GONE_BELOW = 0.10
_TOUCHED = 0.02


@dataclass(frozen=True)
class InfraredChange:
    """A copy beside the genuine page at 900 nm.

    `dropout_stays_mm2` is the area of print that ought to vanish and stays. `split` and
    `split_copied` say how much darker the inks that stay are than those that vanish.
    """

    dropout_stays_mm2: float
    split: float
    split_copied: float

    @property
    def dropout_broken(self) -> bool:
        """Whether enough stays that a comparison with the genuine print sees it."""
        return self.dropout_stays_mm2 > limits.DROPOUT_MM2

    @property
    def split_broken(self) -> bool:
        """Whether the genuine print is split, and the copy's halves have become alike."""
        shown = self.split > limits.SPLIT_STEP
        return shown and self.split_copied < limits.SPLIT_LEFT * self.split


def infrared_change(genuine: PageStack, copy: PageStack) -> InfraredChange:
    """What of the genuine print's play with infrared the copy has lost."""
    own = [layer for layer in genuine.layers if layer.group != "visa"]
    new = [layer for layer in copy.layers if layer.group != "visa"]
    printed = [layer for layer in own if layer.role in _PRINT]
    grid = genuine.grid
    free = cover((each for each in own if each.role in _OTHER), grid) < _TOUCHED
    before = darkness(printed, grid)
    after = darkness((each for each in new if each.role in _PRINT), grid)
    vanishes = free & (darkness(printed, grid, infrared=False) > _SEEN_FROM)
    vanishes &= before < _GONE_BELOW
    stays = vanishes & (after - before > limits.INK_STEP)
    return InfraredChange(
        float(stays.sum()) * CELL_MM * CELL_MM, *_split(printed, grid, free, before, after)
    )


def _split(
    printed: list[Layer], grid: Grid, free: NDArray[np.bool_], before: Cells, after: Cells
) -> tuple[float, float]:
    """How much darker at 900 nm the ground's staying inks are: (genuine, copy)."""
    ground = [layer for layer in printed if layer.role == "background"]
    staying = [layer for layer in ground if kept_at_900_nm(layer.material) < STAYS_BELOW]
    kept = free & (darkness(staying, grid) > limits.SPLIT_STEP)
    gone = free & (darkness(ground, grid, infrared=False) > limits.SPLIT_STEP)
    gone &= before < limits.SPLIT_STEP / 2
    if not kept.any() or not gone.any():
        return 0.0, 0.0
    one, two = (float(cells[kept].mean() - cells[gone].mean()) for cells in (before, after))
    return one, two


def ground_900(stack: PageStack, box_mm: BoxMm) -> float:
    """How much light of 900 nm print and second portrait take from the box in the mean."""
    own = [layer for layer in stack.layers if layer.role in (*_PRINT, "ghost")]
    x, y, w, h = (round(side / CELL_MM) for side in box_mm)
    return float(darkness(own, stack.grid)[y : y + h, x : x + w].mean())


def residue_mm2(residue: Iterable[Layer], above: Iterable[Layer], grid: Grid) -> float:
    """The area where what is left of erased ink shows at 900 nm and no new ink hides it."""
    left = darkness(residue, grid)
    hidden = darkness(above, grid)
    shows = (left > limits.RESIDUE_CONTRAST * _STROKE_SHARE) & (hidden < left)
    return float(shows.sum()) * CELL_MM * CELL_MM


_STROKE_SHARE = 0.5
"""How much of a cell a stroke of a letter covers."""


def darkness(layers: Iterable[Layer], grid: Grid, *, infrared: bool = True) -> Cells:
    """How much light the layers take from each cell at 900 nm, or in visible light, 0 to 1."""
    kept = np.ones(_shape(grid), np.float32)
    for layer in layers:
        if layer.material.scatter.max() > _OPAQUE:
            continue  # a film that sends light back is no ink
        film = (
            kept_at_900_nm(layer.material)
            if infrared
            else float(layer.material.transmission[_VISIBLE].mean())
        )
        kept *= 1 - _cells(layer, grid) * np.float32(1 - film * film)
    return np.asarray(1 - kept, np.float32)


_OPAQUE = 0.1


def cover(layers: Iterable[Layer], grid: Grid) -> Cells:
    """The largest share of each cell that one of the layers covers."""
    most = np.zeros(_shape(grid), np.float32)
    for layer in layers:
        most = np.maximum(most, _cells(layer, grid))
    return most


def _shape(grid: Grid) -> tuple[int, int]:
    return max(1, round(grid.height_mm / CELL_MM)), max(1, round(grid.width_mm / CELL_MM))


def _cells(layer: Layer, grid: Grid) -> Cells:
    """The layer's mean cover of each cell."""
    whole = grid.empty()
    rows, columns = layer.coverage.shape
    whole[layer.row : layer.row + rows, layer.column : layer.column + columns] = layer.coverage
    down, across = _shape(grid)
    return np.asarray(cv2.resize(whole, (across, down), interpolation=cv2.INTER_AREA), np.float32)
