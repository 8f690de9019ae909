"""The interval of a share that was counted."""

from __future__ import annotations

import math

Z_95 = 1.959963984540054
"""The 97.5 % quantile of the normal distribution: 95 % two-sided."""


def wilson_interval(count: int, of: int, *, z: float = Z_95) -> tuple[float, float]:
    """The score interval (low, high) of the share `count` / `of`; (0, 1) for none.

    E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22
    (1927), 209-212. It stays sound for few documents and for shares near 0 and 1.
    """
    if not 0 <= count <= of:
        raise ValueError(f"{count} of {of} is no share")
    if of == 0:
        return 0.0, 1.0
    share, square = count / of, z * z
    centre = (share + square / (2 * of)) / (1 + square / of)
    half = z * math.sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    low = 0.0 if count == 0 else max(0.0, centre - half)
    return low, 1.0 if count == of else min(1.0, centre + half)
