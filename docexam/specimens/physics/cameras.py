"""Cameras: spectral sensitivities behind a filter, and the matrix to linear sRGB.

The colour camera sees as the CIE 1931 observer does (sums of Gaussians near the published
curves), so its matrix is the one of IEC 61966-2-1. Behind an infrared-cut filter it sees 400 to
700 nm; for fluorescence a filter also stops the lamp below 410 nm. In infrared mode the filter is
a long pass at 780 nm before bare silicon.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from docexam.specimens.physics.spectra import WAVELENGTHS_NM, Spectrum, piecewise

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from docexam.specimens.physics.lamps import CameraMode

_XYZ_TO_SRGB = np.array(
    [[3.2406, -1.5372, -0.4986], [-0.9689, 1.8758, 0.0415], [0.0557, -0.2040, 1.0570]]
)

_OVERLAP = 0.15


@dataclass(frozen=True, eq=False)
class Camera:
    """Sensitivities (channels, wavelengths), already through the matrix to linear sRGB.

    One channel for infrared, three (red, green, blue) otherwise.
    """

    mode: CameraMode
    sensitivities: NDArray[np.float64]

    @property
    def channels(self) -> int:
        """1 or 3."""
        return int(self.sensitivities.shape[0])


def _lobe(centre: float, left: float, right: float, height: float) -> Spectrum:
    width = np.where(centre > WAVELENGTHS_NM, left, right)
    return height * np.exp(-0.5 * ((WAVELENGTHS_NM - centre) / width) ** 2)


def _observer() -> NDArray[np.float64]:
    x = _lobe(599.8, 37.9, 31.0, 1.056) + _lobe(442.0, 16.0, 26.7, 0.362)
    x += _lobe(501.1, 20.4, 26.2, -0.065)
    y = _lobe(568.8, 46.9, 40.5, 0.821) + _lobe(530.9, 16.3, 31.1, 0.286)
    z = _lobe(437.0, 11.8, 36.0, 1.217) + _lobe(459.0, 26.0, 13.8, 0.681)
    return np.stack([x, y, z])


@cache
def camera_for(mode: CameraMode) -> Camera:
    """The camera with the filter for `mode`; a flat spectrum is white to it."""
    if mode == "infrared":
        silicon = piecewise([[700, 0.75], [800, 0.62], [900, 0.36], [1000, 0.10]])
        filtered = silicon * piecewise([[770, 0.0], [800, 1.0]])
        return Camera(mode, filtered[None, :])
    # colour filters overlap: what fluoresces in one colour is also seen a little by the others
    overlap = 0.0
    passed = piecewise([[390, 0.0], [410, 1.0], [680, 1.0], [710, 0.0]])
    if mode == "fluorescence":
        passed = piecewise([[400, 0.0], [420, 0.5], [430, 1.0], [680, 1.0], [710, 0.0]])
        overlap = _OVERLAP
    sensitivities = _XYZ_TO_SRGB @ (_observer() * passed)
    balanced = sensitivities / sensitivities.sum(axis=1, keepdims=True)
    return Camera(mode, balanced * (1 - overlap) + balanced.mean(axis=0) * overlap)
