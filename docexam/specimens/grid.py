"""The millimetre grid that every layer of a document is drawn on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

MM_PER_INCH = 25.4

Coverage = NDArray[np.float32]
"""How much of each grid point a layer covers, 0..1, shape (rows, columns)."""


@dataclass(frozen=True)
class Grid:
    """A rectangle of `width_mm` x `height_mm`, sampled at `px_per_mm`.

    The origin is the top-left corner, x to the right, y down. The point (row, column) covers the
    square from (column, row) / px_per_mm to (column + 1, row + 1) / px_per_mm.
    """

    width_mm: float
    height_mm: float
    px_per_mm: float

    @classmethod
    def at_ppi(cls, width_mm: float, height_mm: float, ppi: float) -> Grid:
        """The grid with `ppi` points to the inch."""
        return cls(width_mm, height_mm, ppi / MM_PER_INCH)

    @cached_property
    def rows(self) -> int:
        """Number of points down."""
        return max(1, round(self.height_mm * self.px_per_mm))

    @cached_property
    def columns(self) -> int:
        """Number of points across."""
        return max(1, round(self.width_mm * self.px_per_mm))

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, columns), the shape of a coverage on this grid."""
        return self.rows, self.columns

    @property
    def ppi(self) -> float:
        """Points to the inch."""
        return self.px_per_mm * MM_PER_INCH

    def x_mm(self) -> NDArray[np.float32]:
        """The x of each column's centre in mm, shape (columns,)."""
        return ((np.arange(self.columns) + 0.5) / self.px_per_mm).astype(np.float32)

    def y_mm(self) -> NDArray[np.float32]:
        """The y of each row's centre in mm, shape (rows,)."""
        return ((np.arange(self.rows) + 0.5) / self.px_per_mm).astype(np.float32)

    def empty(self) -> Coverage:
        """A coverage of zeros."""
        return np.zeros(self.shape, np.float32)

    def box_px(self, box_mm: tuple[float, float, float, float]) -> tuple[int, int, int, int]:
        """(x, y, w, h) in mm to (column, row, columns, rows), cut to the grid, at least 1 x 1."""
        x, y, w, h = box_mm
        left = min(max(round(x * self.px_per_mm), 0), self.columns - 1)
        top = min(max(round(y * self.px_per_mm), 0), self.rows - 1)
        right = min(max(round((x + w) * self.px_per_mm), left + 1), self.columns)
        bottom = min(max(round((y + h) * self.px_per_mm), top + 1), self.rows)
        return left, top, right - left, bottom - top

    def within(self, box_mm: tuple[float, float, float, float]) -> Grid:
        """The grid of one box of this grid, with its own origin and exactly the box's points."""
        _, _, columns, rows = self.box_px(box_mm)
        return Grid(columns / self.px_per_mm, rows / self.px_per_mm, self.px_per_mm)
