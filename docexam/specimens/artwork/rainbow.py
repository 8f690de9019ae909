"""Split fountain (rainbow) printing: two inks that run into each other across the sheet."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from docexam.specimens.artwork.canvas import axes_mm

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Map = NDArray[np.float32]


def split_fountain(
    size_mm: tuple[float, float],
    px_per_mm: float,
    *,
    stops: tuple[tuple[float, float], ...] = ((0.2, 0.0), (0.5, 1.0), (0.8, 0.0)),
    angle_deg: float = 0.0,
) -> Map:
    """Share of the second ink, 0..1, across the sheet.

    `stops` are (place 0..1 across the map, share of the second ink) in rising order of place; the
    share eases between stops as inks mix between the ducts of one roller.
    """
    x, y = axes_mm(size_mm, px_per_mm)
    turn = math.radians(angle_deg)
    cosine, sine = math.cos(turn), math.sin(turn)
    reach = abs(size_mm[0] * cosine) + abs(size_mm[1] * sine)
    place = (x - size_mm[0] / 2) * np.float32(cosine / reach) + np.float32(0.5)
    place = place + (y - size_mm[1] / 2) * np.float32(sine / reach)
    # a table of 4096 eased steps is smoother than 8 bits and cheaper than interpolating each pixel
    at = np.linspace(0, 1, 4097)
    places, shares = np.array(stops).T
    index = np.clip(np.searchsorted(places, at) - 1, 0, len(places) - 2)
    local = np.clip(
        (at - places[index]) / np.maximum(places[index + 1] - places[index], 1e-6), 0, 1
    )
    eased = local * local * (3 - 2 * local)
    table = (shares[index] + (shares[index + 1] - shares[index]) * eased).astype(np.float32)
    return np.asarray(table[np.clip(place * 4096, 0, 4096).astype(np.int32)], np.float32)


def inks(coverage: Map, share: Map) -> tuple[Map, Map]:
    """One line work split over two inks by `share` of the second."""
    second = coverage * share
    return coverage - second, second
