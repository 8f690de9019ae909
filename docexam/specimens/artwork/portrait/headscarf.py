"""A headscarf around the face."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from docexam.specimens.artwork.portrait.frame import linear, paint, step, through
from docexam.specimens.artwork.portrait.head import half_width

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from docexam.specimens.artwork.portrait.frame import Frame
    from docexam.specimens.artwork.portrait.person import Person

    Map = NDArray[np.float32]


def draw_headscarf(picture: Map, frame: Frame, person: Person, rng: np.random.Generator) -> Map:
    """A scarf around the face, over hair, ears and neck; answers its cover."""
    w = person.width
    outer = through(
        (1.25, 1.7), (0.93, 1.25), (0.80 * w, 0.8), (0.80 * w, 0.2), (0.77 * w, -0.4),
        (0.57 * w, -0.9), (0.2, -1.1), (-0.2, -1.1), (-0.57 * w, -0.9), (-0.77 * w, -0.4),
        (-0.80 * w, 0.2), (-0.80 * w, 0.8), (-0.93, 1.25), (-1.25, 1.7), count=120,
    )  # fmt: skip
    heights = np.linspace(-0.66, 0.975 * person.chin, 60)
    sides = 0.925 * half_width(person, heights.astype(np.float32)).astype(np.float64)
    sides *= np.sqrt(np.clip(1 - (np.clip(0.15 - heights, 0, 1) / 0.81) ** 2.3, 0, 1))
    sides *= np.clip((0.98 * person.chin - heights) / 0.16, 0, 1) ** 0.4
    right = np.stack([sides, heights], 1)
    face = np.concatenate([right, (right * (-1, 1))[::-1]])
    cover = frame.polygon(outer) * (1 - frame.polygon(face, soft=0.004))
    hole = frame.polygon(face)
    shadow = frame.soften(cover, 0.03) * hole
    picture *= (1 - 0.45 * shadow)[..., None]
    # folds run around the face
    ring = np.hypot(frame.u / 0.8, (frame.v - 0.15) / 1.1)
    folds = np.sin(ring * 34 + 2.2 * frame.noise(rng, 0.5)) * (0.4 + 0.3 * frame.noise(rng, 0.35))
    weave = 0.015 * frame.noise(rng, 0.012)
    edge = frame.soften(cover, 0.06)
    light = 0.72 + 0.11 * folds + weave + 0.25 * step(0.4, 1.0, edge) - 0.1 * frame.u
    cloth = linear(person.cloth) * np.float32(1.1) + np.float32(0.02)
    layer = cloth[None, None] * np.clip(light, 0.2, 1.4)[..., None]
    paint(picture, layer.astype(np.float32), cover)
    return cover
