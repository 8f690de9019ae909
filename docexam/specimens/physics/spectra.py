"""Spectra on one wavelength grid, from the germicidal line to the end of silicon's sight."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from docexam.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence

STEP_NM = 10
WAVELENGTHS_NM: NDArray[np.float64] = np.arange(240.0, 1001.0, STEP_NM)

Spectrum = NDArray[np.float64]
"""One value for each of WAVELENGTHS_NM, shape (77,)."""


def piecewise(points: Sequence[Sequence[float]]) -> Spectrum:
    """Straight lines between (nm, value) points; the ends run on. SettingsError if unordered."""
    wavelengths = [float(point[0]) for point in points]
    if not points or wavelengths != sorted(wavelengths):
        raise SettingsError(
            "A spectrum needs (nm, value) points in rising order of wavelength.",
            code="specimen.spectrum",
        )
    return np.interp(WAVELENGTHS_NM, wavelengths, [float(point[1]) for point in points])


def peaks(lines: Sequence[Sequence[float]]) -> Spectrum:
    """Sum of Gaussian peaks (centre nm, full width at half maximum nm, area).

    The area of each peak on the grid is exact, however narrow it is.
    """
    total = np.zeros_like(WAVELENGTHS_NM)
    for centre, width, area in lines:
        sigma = max(float(width), STEP_NM / 2) / math.sqrt(8 * math.log(2))
        shape = np.exp(-0.5 * ((WAVELENGTHS_NM - float(centre)) / sigma) ** 2)
        total += shape * (float(area) / shape.sum())
    return total


def flat(value: float) -> Spectrum:
    """The same value at every wavelength."""
    return np.full_like(WAVELENGTHS_NM, value)
