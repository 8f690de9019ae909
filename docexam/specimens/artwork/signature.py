"""Signatures: one pen's run through the letters of a name, sure and uneven as a hand is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from docexam.specimens.artwork.canvas import fill, shape_px, strokes
from docexam.specimens.artwork.curves import spline

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Map = NDArray[np.float32]
    Points = NDArray[np.float64]

TALL = frozenset("bdfhklt")
DEEP = frozenset("gjpqyz")


# the first letter's turning points: open bowl, looped stem, arch, sweep
CAPITALS = (
    ((-0.2, 0.25), (0.05, -0.25), (0.0, 0.95), (0.30, 1.1), (0.55, 0.2), (0.25, 0.35)),
    ((0.1, 0.1), (0.32, -0.35), (0.12, 0.5), (0.02, 1.2), (-0.2, 0.9), (0.2, 0.75), (0.5, 0.5)),
    ((-0.1, 1.0), (0.12, 0.2), (0.3, -0.4), (0.42, 0.3), (0.5, 1.05), (0.3, 0.5), (0.05, 0.55)),
    ((0.62, -0.1), (0.3, -0.35), (0.08, 0.1), (0.35, 0.45), (0.0, 0.9), (0.25, 1.15), (0.55, 0.8)),
)


def signature(
    size_mm: tuple[float, float],
    px_per_mm: float,
    rng: np.random.Generator,
    *,
    name: str,
    pen_mm: float = 0.35,
) -> Map:
    """The signature of `name` in ink as coverage; the same `rng` is the same hand.

    The pen presses harder on the way down, so strokes swell and thin.
    """
    letters = [each for each in name.casefold() if each.isalpha()][:9] or ["x"]
    slant = float(rng.uniform(0.05, 0.45))
    points = _run(letters, rng)
    curve = _smooth(points)
    curve[:, 0] += slant * (1 - curve[:, 1])
    flourish = _flourish(curve, rng)
    runs = [curve] if flourish is None else [curve, flourish]
    low = np.min([run.min(axis=0) for run in runs], axis=0)
    high = np.max([run.max(axis=0) for run in runs], axis=0)
    scale = min(0.94 * size_mm[0] / (high[0] - low[0]), 0.9 * size_mm[1] / (high[1] - low[1]))
    shift = (np.array(size_mm) - (high - low) * scale) / 2
    coverage = np.zeros(shape_px(size_mm, px_per_mm), np.float32)
    for run in runs:
        placed = (run - low) * scale + shift
        coverage = np.maximum(coverage, _inked(size_mm, px_per_mm, placed, pen_mm))
    if rng.random() < 0.5:
        dot = np.array(size_mm) * (float(rng.uniform(0.6, 0.9)), 0.16)
        turn = np.linspace(0, 2 * math.pi, 16)
        ring = dot + np.stack([np.cos(turn), np.sin(turn)], 1) * pen_mm * 0.6
        coverage = np.maximum(coverage, fill(size_mm, px_per_mm, [(ring, 1.0)]))
    return coverage


def _run(letters: list[str], rng: np.random.Generator) -> Points:
    """Turning points of the pen: y is 0 at the tops of tall letters and 1 on the base line."""
    x = 0.0
    capital = float(rng.uniform(1.0, 1.7))
    form = CAPITALS[ord(letters[0]) % len(CAPITALS)]
    points = [(u * capital, v) for u, v in form]
    x = max(u for u, _ in points) + 0.15
    points.append((x, 0.92))
    hurry = float(rng.uniform(0.25, 0.75))
    for at, letter in enumerate(letters[1:]):
        # a hand in a hurry flattens what comes late in the name
        size = 1 - hurry * at / max(1, len(letters))
        wide = float(rng.uniform(0.22, 0.38)) * (1 + 0.5 * hurry * at / len(letters))
        seed = (ord(letter) * 37) % 11 / 11
        if letter in TALL:
            points += [
                (x + wide * 0.75, -0.05 + 0.2 * seed),
                (x + wide * 0.42, 0.1),
                (x + wide * 0.5, 0.98),
            ]
        elif letter in DEEP:
            points += [
                (x + wide * 0.5, 1 - 0.42 * size),
                (x + wide * 0.62, 1.45),
                (x + wide * 0.2, 1.5),
            ]
        else:
            points += [(x + wide * 0.55, 1 - (0.34 + 0.16 * seed) * size), (x + wide * 0.35, 0.8)]
            points += [(x + wide * 0.6, 0.99)]
        x += wide
        points.append((x, 0.9 + float(rng.normal(0, 0.03))))
    points += [(x + 0.35, 0.72), (x + 0.85, float(rng.uniform(0.55, 0.95)))]
    path = np.array(points)
    path += rng.normal(0, 0.035, path.shape)
    path[:, 1] += np.linspace(0, float(rng.normal(-0.12, 0.12)), len(path))
    return path


def _flourish(curve: Points, rng: np.random.Generator) -> Points | None:
    if rng.random() < 0.4:
        return None
    left, right = float(curve[:, 0].min()), float(curve[:, 0].max())
    y = 1.28 + float(rng.normal(0, 0.08))
    bend = [(right * 0.95, y - 0.15), (left + 0.3, y + 0.08), (left, y + 0.22), (right * 0.7, y)]
    return _smooth(np.array(bend))


def _smooth(points: Points, steps: int = 12) -> Points:
    ends = np.concatenate([2 * points[:1] - points[1:2], points, 2 * points[-1:] - points[-2:-1]])
    p0, p1, p2, p3 = (ends[k : len(ends) - 3 + k] for k in range(4))
    return spline(p0, p1, p2, p3, steps)


def _inked(size_mm: tuple[float, float], px_per_mm: float, curve: Points, pen_mm: float) -> Map:
    """The run in three widths: fine on the way up, full on the way down."""
    fall = np.diff(curve[:, 1])
    pace = np.hypot(*np.diff(curve, axis=0).T) + 1e-9
    press = np.convolve(fall / pace, np.ones(5) / 5, "same")
    level = np.digitize(press, (-0.25, 0.3))
    coverage = np.zeros(shape_px(size_mm, px_per_mm), np.float32)
    for k, share in enumerate((0.6, 0.8, 1.0)):
        cuts = np.flatnonzero(np.diff(np.concatenate([[False], level == k, [False]])))
        pieces = [curve[a : b + 1] for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
        if pieces:
            drawn = strokes(size_mm, px_per_mm, pieces, pen_mm * share)
            coverage = np.maximum(coverage, drawn)
    return coverage
