"""Badges: shell, anchor, butterfly, batik and windmill, and the contacts of a chip, as polygons."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from docexam.specimens.artwork.curves import TURN, circle, smooth

if TYPE_CHECKING:
    from docexam.specimens.artwork.curves import Points, Shape


def _box(left: float, top: float, right: float, bottom: float) -> Points:
    return np.array([(left, top), (right, top), (right, bottom), (left, bottom)])


def _turned(points: Points, turn: float, x: float = 0.5, y: float = 0.5) -> Points:
    """`points` around the origin, turned and moved to (x, y)."""
    spin = np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
    return np.asarray(points @ spin + (x, y))


def shell() -> Shape:
    """A scallop with eleven ribs above its two ears."""
    lean = np.linspace(-1.22, 1.22, 221)
    rim = 0.70 + 0.022 * np.abs(np.cos(lean / 2.44 * math.pi * 11)) - 0.055 * lean**2
    fan = np.stack([0.5 + rim * 0.66 * np.sin(lean), 0.80 - rim * np.cos(lean)], 1)
    shape: Shape = [(_box(0.36, 0.79, 0.64, 0.90), 0.7)]
    shape.append((np.concatenate([fan, [(0.56, 0.88), (0.44, 0.88)]]), 0.85))
    for k in range(12):
        at = -1.22 + 2.44 * k / 11
        long = 0.70 - 0.055 * at**2
        groove = np.array([(0.012, -0.10), (0.017, -long), (-0.017, -long), (-0.012, -0.10)])
        shape.append((_turned(groove, -at) * (0.66, 1) + (0.17, 0.30), 0.2))
    for reach in (0.30, 0.46, 0.60):
        inner = np.stack([0.5 + reach * 0.66 * np.sin(lean), 0.80 - reach * np.cos(lean)], 1)
        outer = np.stack(
            [0.5 + (reach + 0.012) * 0.66 * np.sin(lean), 0.80 - (reach + 0.012) * np.cos(lean)], 1
        )
        shape.append((np.concatenate([inner, outer[::-1]]), 0.5))
    shape.append((smooth((0.40, 0.87), (0.5, 0.80), (0.60, 0.87), (0.5, 0.93)), 1.0))
    return shape


def anchor() -> Shape:
    """An admiralty anchor with a rope around its shank."""
    shape: Shape = [(circle(0.5, 0.12, 0.085), 1.0), (circle(0.5, 0.12, 0.048), 0.0)]
    shape.append((_box(0.465, 0.19, 0.535, 0.88), 0.85))
    stock = smooth(
        (0.22, 0.27), (0.5, 0.255), (0.78, 0.27), (0.78, 0.325), (0.5, 0.33), (0.22, 0.325)
    )
    shape += [(stock, 1.0), (circle(0.21, 0.298, 0.04), 1.0), (circle(0.79, 0.298, 0.04), 1.0)]
    turn = np.linspace(0.12 * math.pi, 0.88 * math.pi, 60)
    outer = np.stack([0.5 + 0.42 * np.cos(turn), 0.53 + 0.42 * np.sin(turn)], 1)
    inner = np.stack([0.5 + 0.40 * np.cos(turn), 0.50 + 0.36 * np.sin(turn)], 1)
    shape.append((np.concatenate([outer, inner[::-1]]), 0.85))
    for side in (-1, 1):
        fluke = [(0.30, 0.74), (0.475, 0.52), (0.47, 0.80), (0.40, 0.73)]
        shape.append((np.array([(0.5 + side * x, y) for x, y in fluke]), 1.0))
    down = np.linspace(0, 1, 80)
    x = 0.5 + 0.13 * np.sin(down * TURN * 1.5)
    y = 0.20 + 0.70 * down
    rope = np.concatenate([np.stack([x - 0.014, y], 1), np.stack([x + 0.014, y], 1)[::-1]])
    shape.append((rope, 0.35))
    return shape


def butterfly() -> Shape:
    """A swallowtail with open wings."""
    shape: Shape = []
    fore = smooth(
        (0.02, -0.03), (0.14, -0.26), (0.33, -0.40), (0.46, -0.40), (0.43, -0.24), (0.34, -0.05),
        (0.16, 0.03),
    )  # fmt: skip
    hind = smooth(
        (0.02, 0.0), (0.18, 0.03), (0.34, 0.08), (0.37, 0.20), (0.29, 0.27), (0.31, 0.42),
        (0.25, 0.43), (0.22, 0.30), (0.10, 0.27), (0.03, 0.14),
    )  # fmt: skip
    for side in (-1, 1):
        flip = np.array([side, 1.0])
        for wing, tone in ((hind, 0.75), (fore, 0.9)):
            middle = wing.mean(0)
            shape.append((wing * flip + 0.5, tone))
            shape.append((((wing - middle) * 0.72 + middle) * flip + 0.5, 0.45))
        for k in range(5):
            tip = np.array([0.40 - 0.025 * k, -0.34 + 0.075 * k])
            vein = np.array([(0.03, -0.02), tip, tip + np.array([0.006, 0.014]), (0.03, -0.008)])
            shape.append((vein * flip + 0.5, 1.0))
        for x, y, radius in ((0.37, -0.31, 0.026), (0.27, 0.17, 0.036), (0.15, 0.20, 0.024)):
            eye = circle(x, y, radius, 28)
            shape += [
                (eye * flip + 0.5, 1.0),
                ((eye - (x, y)) * 0.5 + (side * x + 0.5, y + 0.5), 0.1),
            ]
        feeler = np.array([(0.005, -0.14), (0.10, -0.34), (0.113, -0.34), (0.015, -0.14)])
        shape += [(feeler * flip + 0.5, 0.9), (circle(0.5 + side * 0.107, 0.155, 0.016, 20), 1.0)]
    shape.append(
        (
            smooth(
                (0.5, 0.33), (0.53, 0.45), (0.52, 0.62), (0.5, 0.74), (0.48, 0.62), (0.47, 0.45)
            ),
            1.0,
        )
    )
    return shape


def batik() -> Shape:
    """Four palm seeds around a diamond, as on waxed cloth."""
    seed = circle(0.30, 0.0, 0.235, 48, 0.56)
    shape: Shape = []
    for k in range(4):
        turn = math.pi / 4 + k * math.pi / 2
        middle = np.array([0.30, 0.0])
        shape.append((_turned(seed, turn), 0.9))
        shape.append((_turned((seed - middle) * 0.76 + middle, turn), 0.25))
        for side in (-1, 1):
            dot = circle(0.30 + side * 0.065, 0.0, 0.026, 20)
            shape.append((_turned(dot, turn), 1.0))
        leaf = np.array([(0.10, 0.0), (0.30, 0.045), (0.47, 0.0), (0.30, -0.045)])
        shape.append((_turned(leaf, k * math.pi / 2), 0.6))
    diamond = np.array([(0.09, 0.0), (0.0, 0.09), (-0.09, 0.0), (0.0, -0.09)])
    shape += [(diamond + 0.5, 1.0), (diamond * 0.45 + 0.5, 0.1)]
    return shape


def windmill() -> Shape:
    """A tower mill with its gallery and four latticed sails."""
    shape: Shape = [
        (smooth((0.04, 0.96), (0.30, 0.90), (0.70, 0.90), (0.96, 0.96), (0.5, 0.955)), 0.4)
    ]
    tower = [(0.41, 0.42), (0.59, 0.42), (0.67, 0.93), (0.33, 0.93)]
    shape.append((np.array(tower), 0.75))
    shape.append((smooth((0.40, 0.43), (0.43, 0.31), (0.5, 0.27), (0.57, 0.31), (0.60, 0.43)), 1.0))
    shape.append((_box(0.29, 0.69, 0.71, 0.715), 1.0))
    for k in range(9):
        x = 0.30 + 0.05 * k
        shape.append((_box(x - 0.004, 0.645, x + 0.004, 0.69), 0.9))
    shape.append((_box(0.29, 0.64, 0.71, 0.652), 0.9))
    for x, y in ((0.47, 0.50), (0.53, 0.58), (0.47, 0.76)):
        shape.append((_box(x - 0.018, y, x + 0.018, y + 0.055), 0.1))
    shape.append((_box(0.47, 0.83, 0.53, 0.93), 0.1))
    hub = (0.5, 0.37)
    for k in range(4):
        turn = math.radians(22) + k * math.pi / 2
        stock = np.array([(0.0, -0.009), (0.36, -0.006), (0.36, 0.006), (0.0, 0.009)])
        cloth = np.array([(0.08, 0.008), (0.36, 0.008), (0.36, 0.095), (0.08, 0.08)])
        shape += [(_turned(cloth, turn, *hub), 0.35), (_turned(stock, turn, *hub), 1.0)]
        for at in np.linspace(0.085, 0.355, 9):
            bar = np.array(
                [(at - 0.003, 0.0), (at + 0.003, 0.0), (at + 0.003, 0.09), (at - 0.003, 0.09)]
            )
            shape.append((_turned(bar, turn, *hub), 1.0))
        rail = np.array([(0.08, 0.045), (0.36, 0.049), (0.36, 0.055), (0.08, 0.051)])
        shape.append((_turned(rail, turn, *hub), 1.0))
    shape.append((circle(*hub, 0.03, 28), 1.0))
    return shape


def contacts() -> Shape:
    """The contact plate of a chip: eight fields (ISO/IEC 7816-2) around one in the middle."""
    gap = 0.012
    plate = smooth(
        (0.04, 0.10), (0.10, 0.05), (0.5, 0.04), (0.90, 0.05), (0.96, 0.10), (0.97, 0.5),
        (0.96, 0.90), (0.90, 0.95), (0.5, 0.96), (0.10, 0.95), (0.04, 0.90), (0.03, 0.5),
    )  # fmt: skip
    shape: Shape = [(plate, 1.0)]
    middle = smooth(
        (0.36, 0.30),
        (0.5, 0.24),
        (0.64, 0.30),
        (0.66, 0.5),
        (0.64, 0.70),
        (0.5, 0.76),
        (0.36, 0.70),
        (0.34, 0.5),
    )
    grown = (middle - 0.5) * 1.08 + 0.5
    for y in (0.27, 0.5, 0.73):
        shape.append((_box(0.03, y - gap, 0.38, y + gap), 0.25))
        shape.append((_box(0.62, y - gap, 0.97, y + gap), 0.25))
    shape.append((_box(0.5 - gap, 0.04, 0.5 + gap, 0.96), 0.25))
    shape += [(grown, 0.25), (middle, 1.0)]
    return shape
