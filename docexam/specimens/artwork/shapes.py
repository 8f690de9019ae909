"""National motifs of invented states as polygons in a unit square, each with a tone 0..1.

A shape is a list of (points, tone), drawn in order; x runs right and y down, both from 0 to 1.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from docexam.specimens.artwork.badges import (
    anchor,
    batik,
    butterfly,
    contacts,
    shell,
    windmill,
)
from docexam.specimens.artwork.curves import TURN, circle, smooth, star_points
from docexam.specimens.artwork.emblems import bridge, castle, fish, leaf, lily

if TYPE_CHECKING:
    from collections.abc import Callable

    from docexam.specimens.artwork.curves import Shape


def sun() -> Shape:
    """A disc in rays, straight and flaming by turns."""
    shape: Shape = []
    for k in range(16):
        along = np.linspace(0, 1, 12)
        bend = 0.05 * np.sin(along * TURN) if k % 2 else np.zeros(12)
        half = 0.052 * (1 - along)
        r = 0.25 + along * (0.24 if k % 2 else 0.21)
        left = np.stack([r, bend + half], 1)
        right = np.stack([r, bend - half], 1)[::-1]
        ray = np.concatenate([left, right])
        turn = TURN * k / 16
        spin = np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
        shape.append((ray @ spin + 0.5, 0.85))
    shape += [(circle(0.5, 0.5, 0.225), 1.0), (circle(0.5, 0.5, 0.185), 0.0)]
    shape += [(circle(0.5, 0.5, 0.165), 0.65), (star_points(0.5, 0.5, 0.13, 0.05, 8), 1.0)]
    return shape


def star() -> Shape:
    """A star of eight points with facets."""
    shape: Shape = [(star_points(0.5, 0.5, 0.48, 0.2, 8), 0.5)]
    tips = star_points(0.5, 0.5, 0.48, 0.2, 8)
    for k in range(0, 16, 2):
        shape.append((np.array([[0.5, 0.5], tips[k], tips[k + 1]]), 1.0))
    return shape


def mountains() -> Shape:
    """Three peaks with snow above a lake."""
    far = [(0.02, 0.74), (0.2, 0.42), (0.28, 0.5), (0.4, 0.3), (0.6, 0.6), (0.98, 0.74)]
    near = [(0.22, 0.74), (0.5, 0.36), (0.62, 0.2), (0.78, 0.44), (0.86, 0.4), (0.98, 0.74)]
    shape: Shape = [(np.array(far), 0.45), (np.array(near), 0.9)]
    snow = [(0.62, 0.2), (0.545, 0.3), (0.585, 0.29), (0.61, 0.34), (0.65, 0.29), (0.695, 0.32)]
    shape += [(np.array(snow), 0.12)]
    shape += [(np.array([(0.4, 0.3), (0.35, 0.37), (0.4, 0.36), (0.45, 0.39)]), 0.12)]
    x = np.linspace(0.02, 0.98, 60)
    for k in range(4):
        y = 0.785 + 0.05 * k
        cut = (0.02 + 0.04 * k) * (1 + 0.2 * k)
        keep = x[(x > cut) & (x < 1 - cut)]
        wave = y + 0.008 * np.sin(keep * 40 + k)
        band = np.concatenate([np.stack([keep, wave], 1), np.stack([keep, wave + 0.018], 1)[::-1]])
        shape.append((band, 0.7))
    return shape


def bird() -> Shape:
    """A crane in flight, seen from the side."""
    body = smooth(
        (0.04, 0.33), (0.16, 0.335), (0.28, 0.40), (0.42, 0.50), (0.56, 0.54), (0.72, 0.56),
        (0.93, 0.60), (0.95, 0.63), (0.72, 0.61), (0.56, 0.63), (0.42, 0.58), (0.27, 0.45),
        (0.16, 0.365), (0.12, 0.36),
    )  # fmt: skip
    far_wing = smooth(
        (0.42, 0.5),
        (0.36, 0.3),
        (0.42, 0.12),
        (0.48, 0.03),
        (0.47, 0.2),
        (0.52, 0.36),
        (0.55, 0.53),
    )
    near_wing = smooth(
        (0.46, 0.52), (0.52, 0.3), (0.66, 0.15), (0.9, 0.06), (0.84, 0.14), (0.9, 0.16),
        (0.81, 0.21), (0.86, 0.25), (0.75, 0.29), (0.78, 0.34), (0.68, 0.38), (0.62, 0.55),
    )  # fmt: skip
    lower = smooth(
        (0.6, 0.57), (0.76, 0.64), (0.92, 0.72), (0.9, 0.735), (0.74, 0.67), (0.58, 0.61)
    )
    shape: Shape = [(far_wing, 0.5), (lower, 0.6), (body, 0.85), (near_wing, 1.0)]
    for k in range(5):
        at = 0.56 + 0.05 * k
        shape.append((np.array([(at, 0.5 - 0.05 * k), (at + 0.02, 0.5 - 0.05 * k),
                                (at + 0.1 + 0.02 * k, 0.3 - 0.035 * k)]), 0.25))  # fmt: skip
    shape.append((circle(0.115, 0.345, 0.008, 16), 0.0))
    return shape


def ship() -> Shape:
    """A three-masted ship under sail."""
    hull = smooth(
        (0.1, 0.7), (0.2, 0.73), (0.5, 0.75), (0.8, 0.72), (0.92, 0.66), (0.88, 0.76), (0.78, 0.84),
        (0.5, 0.86), (0.25, 0.85), (0.15, 0.79),
    )  # fmt: skip
    shape: Shape = [(hull, 1.0)]
    for mast, high in ((0.28, 0.24), (0.5, 0.12), (0.7, 0.22)):
        shape.append(
            (
                np.array([(mast, high), (mast + 0.012, high), (mast + 0.012, 0.74), (mast, 0.74)]),
                1.0,
            )
        )
        for k in range(3):
            top = high + 0.03 + k * (0.7 - high) / 3.1
            low = top + (0.7 - high) / 3.6
            wide = 0.065 + 0.014 * k
            sail = smooth(
                (mast - wide, top), (mast + wide, top), (mast + wide + 0.035, (top + low) / 2),
                (mast + wide + 0.01, low), (mast, low - 0.02), (mast - wide - 0.01, low),
                (mast - wide + 0.03, (top + low) / 2), steps=6,
            )  # fmt: skip
            shape.append((sail, 0.45 + 0.15 * k))
        shape.append(
            (np.array([(mast, high), (mast + 0.09, high - 0.03), (mast, high - 0.05)]), 0.8)
        )
    x = np.linspace(0.04, 0.96, 70)
    for k in range(3):
        wave = 0.87 + 0.035 * k + 0.012 * np.sin(x * 50 + 1.3 * k)
        lower = wave + 0.016
        shape.append((np.concatenate([np.stack([x, wave], 1), np.stack([x, lower], 1)[::-1]]), 0.7))
    return shape


def tree() -> Shape:
    """A broad old tree with its roots."""
    trunk = smooth(
        (0.46, 0.9), (0.36, 0.95), (0.47, 0.84), (0.46, 0.6), (0.34, 0.48), (0.48, 0.52),
        (0.5, 0.36), (0.53, 0.53), (0.66, 0.46), (0.55, 0.62), (0.54, 0.84), (0.65, 0.95),
        (0.54, 0.9), (0.5, 0.97),
    )  # fmt: skip
    crown = np.random.default_rng(11)
    shape: Shape = []
    for _ in range(90):
        angle, reach = crown.uniform(0, TURN), math.sqrt(crown.uniform(0, 1))
        x, y = 0.5 + 0.36 * reach * math.cos(angle), 0.33 + 0.25 * reach * math.sin(angle)
        shape.append(
            (circle(x, y, crown.uniform(0.04, 0.09), 20), float(crown.uniform(0.35, 0.85)))
        )
    shape.append((trunk, 1.0))
    for _ in range(70):
        angle, reach = crown.uniform(0, TURN), math.sqrt(crown.uniform(0, 1))
        x, y = 0.5 + 0.4 * reach * math.cos(angle), 0.33 + 0.28 * reach * math.sin(angle)
        leaf = circle(0, 0, 0.026, 12, 0.45)
        turn = crown.uniform(0, TURN)
        spin = np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
        shape.append((leaf @ spin + (x, y), float(crown.uniform(0.1, 1.0))))
    return shape


def palm() -> Shape:
    """A date palm over crossed reeds."""
    shape: Shape = [
        (
            smooth(
                (0.46, 0.92), (0.475, 0.6), (0.49, 0.34), (0.52, 0.34), (0.53, 0.6), (0.56, 0.92)
            ),
            1.0,
        )
    ]
    for k in range(11):
        turn = math.pi * (1.08 - 1.16 * k / 10) - math.pi / 2
        along = np.linspace(0, 1, 14)
        x = 0.505 + 0.36 * along * math.sin(turn)
        y = 0.32 - 0.26 * along * math.cos(turn) + 0.2 * along**2
        for step in range(1, 14):
            side = 0.03 * (1.15 - along[step])
            shape.append((np.array([(x[step - 1], y[step - 1]), (x[step], y[step]),
                                    (x[step] + 0.01, y[step] + 0.03 + side)]), 0.8))  # fmt: skip
        stem = np.concatenate([np.stack([x, y - 0.008], 1), np.stack([x, y + 0.008], 1)[::-1]])
        shape.append((stem, 1.0))
    for k in range(8):
        ring = 0.42 + 0.06 * k
        shape.append(
            (
                np.array(
                    [(0.475, ring), (0.535, ring - 0.012), (0.535, ring), (0.475, ring + 0.012)]
                ),
                0.2,
            )
        )
    shape += [(circle(0.505 + dx, 0.37, 0.022, 20), 0.9) for dx in (-0.035, 0.0, 0.035)]
    return shape


def lighthouse() -> Shape:
    """A banded tower on a rock, with its beams."""
    shape: Shape = []
    for k in (-2, -1, 1, 2):
        side = math.copysign(1, k)
        far = 0.5 + side * 0.48
        lift = 0.08 * (abs(k) - 1)
        shape.append(
            (np.array([(0.5, 0.2), (far, 0.08 + lift * 1.4), (far, 0.16 + lift * 1.6)]), 0.4)
        )
    for k in range(5):
        top, low = 0.27 + 0.115 * k, 0.27 + 0.115 * (k + 1)
        a, b = 0.055 + 0.013 * k, 0.055 + 0.013 * (k + 1)
        band = np.array([(0.5 - a, top), (0.5 + a, top), (0.5 + b, low), (0.5 - b, low)])
        shape.append((band, 0.95 if k % 2 == 0 else 0.3))
    shape += [(np.array([(0.42, 0.25), (0.58, 0.25), (0.58, 0.275), (0.42, 0.275)]), 1.0)]
    shape += [(np.array([(0.455, 0.17), (0.545, 0.17), (0.545, 0.25), (0.455, 0.25)]), 0.55)]
    shape += [(np.array([(0.44, 0.17), (0.5, 0.1), (0.56, 0.17)]), 1.0)]
    rock = [(0.2, 0.95), (0.28, 0.87), (0.38, 0.84), (0.62, 0.84), (0.74, 0.88), (0.84, 0.95)]
    shape.append((np.array(rock), 0.8))
    return shape


def wheat() -> Shape:
    """Two ears bent to a wreath."""
    shape: Shape = []
    for side in (-1, 1):
        for k in range(17):
            turn = math.radians(170 - 9.0 * k)
            x, y = 0.5 + side * 0.38 * math.sin(turn), 0.5 - 0.4 * math.cos(turn)
            for lean in (-0.55, 0.45):
                grain = circle(0, 0, 0.048, 16, 0.36)
                spin = turn * side + lean * side
                turned = np.array(
                    [[math.cos(spin), math.sin(spin)], [-math.sin(spin), math.cos(spin)]]
                )
                shape.append((grain @ turned + (x, y), 0.9 if lean < 0 else 0.6))
    return shape


def arms() -> Shape:
    """Coat of arms: a parted shield with sun, star and waves in a wreath under a crown of stars."""
    shape = [((points - 0.5) * 0.98 + 0.5, tone) for points, tone in wheat()]
    shield = smooth(
        (0.3, 0.26), (0.5, 0.25), (0.7, 0.26), (0.71, 0.45), (0.66, 0.63), (0.5, 0.8), (0.34, 0.63),
        (0.29, 0.45),
    )  # fmt: skip
    inner = (shield - (0.5, 0.48)) * 0.92 + (0.5, 0.48)
    shape += [(shield, 1.0), (inner, 0.08)]
    half = inner[inner[:, 1] <= 0.48]
    shape.append((half, 0.3))
    shape += [((points - 0.5) * 0.26 + (0.5, 0.375), tone) for points, tone in sun()]
    x = np.linspace(0.31, 0.69, 40)
    for k in range(4):
        y = 0.52 + 0.055 * k
        reach = 0.19 - 0.035 * k
        keep = x[np.abs(x - 0.5) < reach]
        wave = y + 0.012 * np.sin(keep * 60 + k)
        band = np.concatenate([np.stack([keep, wave], 1), np.stack([keep, wave + 0.024], 1)[::-1]])
        shape.append((band, 0.85))
    for k in range(5):
        turn = math.radians(-36 + 18 * k)
        x0, y0 = 0.5 + 0.3 * math.sin(turn), 0.42 - 0.3 * math.cos(turn)
        shape.append((star_points(x0, y0, 0.038, 0.016, 5), 1.0))
    return shape


SHAPES: dict[str, Callable[[], Shape]] = {
    each.__name__: each
    for each in (
        sun, star, mountains, bird, ship, tree, palm, lighthouse, wheat, arms,
        fish, leaf, lily, bridge, castle,
        shell, anchor, butterfly, batik, windmill, contacts,
    )
}  # fmt: skip
