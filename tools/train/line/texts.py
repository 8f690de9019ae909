"""Random text of machine readable zones, realistic lines and uniform noise, from a seed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

ALPHA = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGITS = "0123456789"
# confusable shapes are drawn more often than chance would
HARD = "O0O0OQD1I1IL2Z2Z5S5S8B8B6GCGUVWMNHKXY4A7T<<"


def _some(rng: np.random.Generator, chars: str, n: int) -> str:
    return "".join(chars[i] for i in rng.integers(0, len(chars), n))


def _name(rng: np.random.Generator, n: int) -> str:
    out = ""
    while len(out) < n:
        out += _some(rng, ALPHA, int(rng.integers(2, 11)))
        out += "<<" if rng.random() < 0.4 else "<"
        if rng.random() < 0.25:
            break
    return (out + "<" * n)[:n]


def _data(rng: np.random.Generator, n: int) -> str:
    out = _some(rng, ALPHA + DIGITS * 3, 9) + _some(rng, DIGITS, 1) + _some(rng, ALPHA, 3)
    out += _some(rng, DIGITS, 7) + "MF<"[int(rng.integers(0, 3))] + _some(rng, DIGITS, 7)
    start = int(rng.integers(0, 8)) if rng.random() < 0.5 else 0
    tail = _some(rng, DIGITS + "<", 14) if rng.random() < 0.6 else "<" * 14
    return (out + tail + _some(rng, DIGITS, 2) + "<" * n)[start : start + n]


def line(rng: np.random.Generator, n: int) -> str:
    """`n` characters of one line."""
    text = _line(rng, n)
    if rng.random() < 0.06:
        text = "".join(
            "Ñ" if c == "N" or (c.isalpha() and rng.random() < 0.08) else c for c in text
        )
    return text


def _line(rng: np.random.Generator, n: int) -> str:
    kind = rng.random()
    if kind < 0.25:
        return _name(rng, n)
    if kind < 0.5:
        return _data(rng, n)
    if kind < 0.65:
        return _some(rng, HARD, n)
    if kind < 0.72:
        return _some(rng, DIGITS, n)
    return _some(rng, ALPHA + DIGITS + "<<<", n)
