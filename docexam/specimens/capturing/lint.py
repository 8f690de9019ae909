"""Lint on the glass: short paper fibres that lie still while the lights change, and glow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from docexam.specimens.capturing.placement import Placement

_LENGTH_MM = (0.4, 3.0)
_WIDTH_MM = (0.02, 0.06)


def lint_on_glass(
    placement: Placement, pieces: int, rng: np.random.Generator
) -> NDArray[np.float32]:
    """How much of each point of the frame is covered, (rows, columns)."""
    rows, columns = placement.shape
    coverage = np.zeros((rows, columns), np.float32)
    for _ in range(pieces):
        middle = rng.uniform(0, 1, 2) * (columns, rows)
        length_px = float(rng.uniform(*_LENGTH_MM)) * placement.px_per_mm
        heading = float(rng.uniform(0, 2 * np.pi)) + np.linspace(0, float(rng.normal(0, 1.5)), 10)
        step = np.stack([np.cos(heading), np.sin(heading)], axis=1) * (length_px / 10)
        points = middle + np.cumsum(step, axis=0)
        fixed = [np.rint(points * 16).astype(np.int32)]
        wide = float(rng.uniform(*_WIDTH_MM)) * placement.px_per_mm
        # a line of one pixel stands for a thinner fibre with less of the pixel covered
        thickness = max(1, round(wide))
        cv2.polylines(coverage, fixed, isClosed=False, color=min(1.0, wide / thickness),
                      thickness=thickness, lineType=cv2.LINE_AA, shift=4)  # fmt: skip
    return coverage
