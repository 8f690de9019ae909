"""Random streams that depend on what they are for, and on nothing else."""

from __future__ import annotations

import hashlib

import numpy as np


def rng_for(*purpose: str | float | bool) -> np.random.Generator:
    """A generator seeded by the parts of `purpose`: the same parts give the same stream.

    No state is shared, so order and number of workers cannot matter.
    """
    text = "\x1f".join(f"{type(part).__name__}:{part!r}" for part in purpose)
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return np.random.default_rng(int.from_bytes(digest[:16], "big"))
