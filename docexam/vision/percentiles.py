"""Percentiles of small fields, many times over: NumPy's own take longer to call than to work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def percentiles(values: NDArray[np.float32], of: Sequence[float]) -> list[float]:
    """`numpy.percentile` of all values, which must be finite, to the last bit.

    Raises:
        ValueError: there are no values.
    """
    flat = values.ravel()
    last = flat.size - 1
    if last < 0:
        raise ValueError("there is no percentile of nothing")
    places = [divmod(last * (each / 100), 1.0) for each in of]
    lows = [int(low) for low, _ in places]
    ranked = np.partition(flat, sorted({min(low + i, last) for low in lows for i in (0, 1)}))
    found = []
    for low, (_, share) in zip(lows, places, strict=True):
        below, above = ranked[low], ranked[min(low + 1, last)]
        step = above - below
        # from the nearer end, as NumPy does it
        near = below + step * share if share < 0.5 else above - step * (1 - share)
        found.append(float(near))
    return found
