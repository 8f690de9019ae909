from __future__ import annotations

import numpy as np
import pytest

from docexam.vision.percentiles import percentiles


def test_are_those_of_numpy_to_the_last_bit() -> None:
    rng = np.random.default_rng(7)
    for size in (1, 2, 3, 16, 101, 640):
        for values in (
            rng.random((size, 1), np.float32) ** 2 - np.float32(0.3),
            rng.integers(0, 5, size).astype(np.float32) / np.float32(7),
        ):
            wanted = (0, 3, 25, 50, 95, 97, 99.8, 100)
            assert percentiles(values, wanted) == [float(np.percentile(values, q)) for q in wanted]


def test_of_nothing_there_are_none() -> None:
    with pytest.raises(ValueError, match="nothing"):
        percentiles(np.zeros(0, np.float32), (50,))
