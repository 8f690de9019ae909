"""Skin: its tone over the face, the redness of cheeks and ears, pores, freckles, lines of age."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from docexam.specimens.artwork.portrait.frame import linear, paint, step, through

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from docexam.specimens.artwork.portrait.frame import Frame
    from docexam.specimens.artwork.portrait.head import Places
    from docexam.specimens.artwork.portrait.person import Person

    Map = NDArray[np.float32]


def skin_albedo(frame: Frame, person: Person, at: Places, rng: np.random.Generator) -> Map:
    """Reflectance of the skin as linear RGB (rows, columns, 3)."""
    base = linear(person.skin)
    rows, columns = frame.shape
    skin = np.empty((rows, columns, 3), np.float32)
    skin[:] = base
    light = float(base.mean())
    blush = 0.5 * frame.both(0.34, 0.3, 0.14, 0.12) + 0.45 * frame.blob(
        0, at.nose_v - 0.06, 0.09, 0.07
    )
    blush += 0.25 * frame.blob(0, at.chin_v - 0.1, 0.12, 0.07)
    blush += 0.10 * frame.noise(rng, 0.22)
    share = np.clip(blush, 0, 1) * np.float32(0.36)
    paint(skin, base * np.array([1.0, 0.72, 0.70], np.float32), share)
    # lids and the skin below the eyes are thinner and darker
    rings = 0.30 * frame.both(at.eye_u - 0.02, at.eye_v + 0.065, 0.1, 0.03)
    rings += 0.22 * frame.both(at.eye_u, at.eye_v - 0.05, 0.13, 0.04)
    rings *= 0.8 + 0.6 * np.clip((person.age_years - 25) / 50, 0, 1)
    paint(skin, base * np.array([0.62, 0.5, 0.5], np.float32), np.clip(rings, 0, 0.5))
    grain = 0.016 * frame.noise(rng, 0.012) + 0.018 * frame.noise(rng, 0.05)
    skin *= (1 + grain + 0.02 * frame.noise(rng, 0.3))[..., None]
    if light > 0.38 and rng.random() < 0.2:
        dots = step(1.5, 2.1, frame.noise(rng, 0.017)) * (
            frame.both(0.25, 0.26, 0.2, 0.1) + frame.blob(0, 0.2, 0.1, 0.1)
        )
        paint(skin, base * np.array([0.62, 0.45, 0.36], np.float32), np.clip(0.45 * dots, 0, 0.5))
    for _ in range(int(rng.integers(0, 4))):
        mole = frame.blob(
            float(rng.uniform(-0.45, 0.45)), float(rng.uniform(-0.4, 0.85)), 0.008, 0.008
        )
        paint(skin, base * np.float32(0.3), mole * np.float32(0.8))
    return skin


def lines_of_age(frame: Frame, person: Person, at: Places, rng: np.random.Generator) -> Map:
    """How much the lines of age darken the skin, 0 to 1."""
    age = float(np.clip((person.age_years - 34) / 40, 0, 1))
    if age <= 0:
        return np.zeros(frame.shape, np.float32)
    curves = []
    for k in range(3):
        v = -0.3 - 0.1 * k + float(rng.normal(0, 0.012))
        wide = 0.3 - 0.03 * k
        wave = [float(rng.normal(0, 0.008)) for _ in range(4)]
        curves.append(
            through(
                (-wide, v + 0.025 + wave[0]),
                (-wide / 3, v + wave[1]),
                (wide / 3, v + wave[2]),
                (wide, v + 0.025 + wave[3]),
            )
        )
    broken = 0.55 + 0.45 * np.clip(frame.noise(rng, 0.12), -1, 1)
    folded = 0.34 * frame.lines(curves, 0.010, soft=0.010) * broken
    curves = []
    for side in (-1, 1):
        for k in range(3):
            x, y = side * (at.eye_u + 0.155), at.eye_v + 0.01 + 0.025 * (k - 1)
            far = side * (0.075 + 0.02 * float(rng.random()))
            curves.append(
                through(
                    (x, y), (x + far * 0.6, y + 0.022 * (k - 1)), (x + far, y + 0.045 * (k - 1))
                )
            )
        curves.append(through((side * 0.03, at.brow_v - 0.01), (side * 0.036, at.brow_v + 0.05)))
        bag = side * at.eye_u
        curves.append(
            through(
                (bag - side * 0.12, at.eye_v + 0.07),
                (bag, at.eye_v + 0.125),
                (bag + side * 0.1, at.eye_v + 0.1),
            )
        )
    fine = 0.42 * frame.lines(curves, 0.006, soft=0.006)
    return np.asarray(np.clip((folded + fine) * age, 0, 0.6), np.float32)
