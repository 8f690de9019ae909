"""More national motifs: fish, leaf, lily, bridge and castle, as polygons in a unit square."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from docexam.specimens.artwork.curves import circle, smooth

if TYPE_CHECKING:
    from docexam.specimens.artwork.curves import Points, Shape


def _band(x: Points, y: Points, width: float) -> Points:
    """A stripe of `width` below the line (x, y)."""
    return np.concatenate([np.stack([x, y], 1), np.stack([x, y + width], 1)[::-1]])


def fish() -> Shape:
    """A salmon leaping above waves."""
    body = smooth(
        (0.10, 0.30), (0.17, 0.22), (0.32, 0.16), (0.50, 0.19), (0.66, 0.31), (0.78, 0.50),
        (0.82, 0.60), (0.77, 0.61), (0.64, 0.53), (0.46, 0.45), (0.28, 0.42), (0.15, 0.38),
    )  # fmt: skip
    tail = smooth((0.79, 0.58), (0.93, 0.56), (0.86, 0.66), (0.88, 0.80), (0.78, 0.70), (0.75, 0.6))
    back_fin = smooth((0.38, 0.18), (0.46, 0.05), (0.56, 0.10), (0.58, 0.24), (0.48, 0.20))
    belly_fin = smooth((0.44, 0.43), (0.42, 0.56), (0.50, 0.54), (0.55, 0.47))
    shape: Shape = [(tail, 0.6), (back_fin, 0.55), (belly_fin, 0.55), (body, 0.9)]
    along = np.linspace(-0.9, 0.9, 9)
    for k in range(8):
        x0, y0 = 0.30 + 0.055 * k, 0.30 + 0.004 * k * k
        half = 0.085 - 0.007 * k
        arc_x, arc_y = x0 + 0.03 * np.cos(along * 1.5), y0 + half * along
        arc = np.concatenate(
            [np.stack([arc_x, arc_y], 1), np.stack([arc_x - 0.014, arc_y], 1)[::-1]]
        )
        shape.append((arc, 0.3))
    shape += [(circle(0.185, 0.285, 0.018, 20), 0.1), (circle(0.185, 0.285, 0.009, 16), 1.0)]
    x = np.linspace(0.03, 0.97, 70)
    for k in range(3):
        shape.append((_band(x, 0.84 + 0.045 * k + 0.014 * np.sin(x * 34 + 1.7 * k), 0.018), 0.75))
    return shape


def leaf() -> Shape:
    """An oak leaf with its veins and two acorns."""
    height = np.linspace(0, 1, 120)
    half = 0.30 * np.sin(math.pi * height**0.85) ** 0.8 * (0.72 + 0.28 * np.cos(height * 34))
    y = 0.06 + 0.76 * height
    blade = np.concatenate([np.stack([0.5 + half, y], 1), np.stack([0.5 - half, y], 1)[::-1]])
    shape: Shape = [(blade, 0.75)]
    shape.append((np.array([(0.494, 0.12), (0.506, 0.12), (0.515, 0.97), (0.485, 0.97)]), 1.0))
    for side in (-1, 1):
        for k in range(5):
            at = 0.22 + 0.115 * k
            reach = 0.17 - 0.012 * abs(k - 2)
            vein = [(0.5, at + 0.08), (0.5 + side * reach, at), (0.5, at + 0.092)]
            shape.append((np.array(vein), 0.15))
        x0 = 0.5 + side * 0.17
        shape.append((circle(x0, 0.905, 0.05, 28, 1.25), 0.7))
        cup = smooth((x0 - 0.06, 0.88), (x0, 0.83), (x0 + 0.06, 0.88), (x0, 0.90))
        shape.append((cup, 1.0))
    return shape


def lily() -> Shape:
    """A water lily of nine petals on its leaf."""
    shape: Shape = [(circle(0.5, 0.78, 0.46, 64, 0.26), 0.35)]
    for order in (4, -4, 3, -3, 2, -2, 1, -1, 0):
        lean = order * 0.34
        long = 0.60 - 0.035 * abs(order)
        spin = np.array([[math.cos(lean), math.sin(lean)], [-math.sin(lean), math.cos(lean)]])
        petal = smooth(
            (0.0, 0.0), (0.10, -0.4 * long), (0.055, -0.8 * long), (0.0, -long),
            (-0.055, -0.8 * long), (-0.10, -0.4 * long),
        )  # fmt: skip
        inner = petal * (0.62, 0.86) + (0.0, -0.02)
        shape.append((petal @ spin + (0.5, 0.76), 1.0 - 0.06 * abs(order)))
        shape.append((inner @ spin + (0.5, 0.76), 0.45 - 0.07 * abs(order)))
    x = np.linspace(0.06, 0.94, 60)
    for k in range(2):
        shape.append((_band(x, 0.93 + 0.035 * k + 0.008 * np.sin(x * 40 + k), 0.014), 0.7))
    return shape


def bridge() -> Shape:
    """A stone bridge of three arches with a gate tower, over a river."""
    deck = [(0.02, 0.52), (0.5, 0.44), (0.98, 0.52), (0.98, 0.76), (0.02, 0.76)]
    shape: Shape = [(np.array(deck), 0.8)]
    top = np.linspace(0, math.pi, 24)
    for x0, wide, high in ((0.20, 0.105, 0.15), (0.50, 0.13, 0.21), (0.80, 0.105, 0.15)):
        arch = np.stack([x0 + wide * np.cos(top), 0.765 - high * np.sin(top)], 1)
        ring = np.stack([x0 + 1.14 * wide * np.cos(top), 0.765 - 1.12 * high * np.sin(top)], 1)
        shape += [(ring, 1.0), (arch, 0.0)]
    for k in range(13):
        x0 = 0.05 + 0.075 * k
        rail = 0.44 + 0.08 * abs(x0 - 0.5) / 0.48
        post = [(x0 - 0.009, rail - 0.04), (x0 + 0.009, rail - 0.04)]
        shape.append((np.array([*post, (x0 + 0.009, rail + 0.02), (x0 - 0.009, rail + 0.02)]), 0.9))
    tower = [(0.43, 0.45), (0.43, 0.17), (0.57, 0.17), (0.57, 0.45)]
    shape += [(np.array(tower), 0.65), (np.array([(0.40, 0.18), (0.5, 0.02), (0.60, 0.18)]), 1.0)]
    gate = np.stack([0.5 + 0.035 * np.cos(top), 0.34 - 0.05 * np.sin(top)], 1)
    shape.append((np.concatenate([gate, [(0.465, 0.45), (0.535, 0.45)]]), 0.0))
    shape += [(circle(0.5, 0.235, 0.022, 20), 0.1)]
    x = np.linspace(0.03, 0.97, 70)
    for k in range(4):
        shape.append((_band(x, 0.79 + 0.045 * k + 0.010 * np.sin(x * 46 + 2 * k), 0.016), 0.6))
    return shape


def castle() -> Shape:
    """A castle of three towers on a hill."""
    hill = smooth(
        (0.02, 0.96), (0.16, 0.82), (0.36, 0.74), (0.64, 0.74), (0.84, 0.82), (0.98, 0.96),
        (0.75, 0.955), (0.5, 0.96), (0.25, 0.955),
    )  # fmt: skip
    shape: Shape = [(hill, 0.4)]
    wall = [(0.22, 0.78), (0.22, 0.52), (0.78, 0.52), (0.78, 0.78)]
    shape.append((np.array(wall), 0.65))
    for x0, half, roof in ((0.22, 0.085, 0.36), (0.78, 0.085, 0.36), (0.5, 0.11, 0.20)):
        tower = [(x0 - half, 0.80), (x0 - half, roof), (x0 + half, roof), (x0 + half, 0.80)]
        shape.append((np.array(tower), 0.85))
        step = 2 * half / 5
        for k in (0, 2, 4):
            left = x0 - half + k * step
            merlon = [(left, roof - 0.045), (left + step, roof - 0.045)]
            shape.append(
                (np.array([*merlon, (left + step, roof + 0.01), (left, roof + 0.01)]), 1.0)
            )
        slit = [(x0 - 0.012, roof + 0.08), (x0 + 0.012, roof + 0.08)]
        shape.append((np.array([*slit, (x0 + 0.012, roof + 0.17), (x0 - 0.012, roof + 0.17)]), 0.1))
    top = np.linspace(0, math.pi, 20)
    gate = np.stack([0.5 + 0.055 * np.cos(top), 0.66 - 0.07 * np.sin(top)], 1)
    shape.append((np.concatenate([gate, [(0.445, 0.80), (0.555, 0.80)]]), 0.08))
    shape.append((np.array([(0.496, 0.02), (0.504, 0.02), (0.504, 0.17), (0.496, 0.17)]), 1.0))
    shape.append((np.array([(0.504, 0.03), (0.62, 0.06), (0.504, 0.10)]), 0.8))
    return shape
