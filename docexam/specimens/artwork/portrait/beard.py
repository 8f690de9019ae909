"""Beards: stubble, moustache, goatee and full beard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.specimens.artwork.portrait.frame import linear, paint, step
from docexam.specimens.artwork.portrait.head import half_width

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from docexam.specimens.artwork.portrait.frame import Frame
    from docexam.specimens.artwork.portrait.head import Places
    from docexam.specimens.artwork.portrait.person import Person

    Map = NDArray[np.float32]


def draw_beard(
    picture: Map, frame: Frame, person: Person, at: Places, rng: np.random.Generator, mask: Map
) -> None:
    """Stubble, moustache, goatee or full beard."""
    if person.beard == "none":
        return
    width = np.maximum(half_width(person, frame.v), 0.05)
    edge = np.abs(frame.u) / width
    mouth = at.mouth_v
    cheek_line = 0.30 + 0.42 * (1 - np.clip(edge, 0, 1)) ** 0.8
    jaw = step(0.0, 0.10, frame.v - cheek_line) * step(0.05, 0.4, frame.v)
    jaw = np.maximum(jaw, step(0.87, 0.97, edge) * step(0.02, 0.15, frame.v))
    lip = frame.blob(0, mouth - 0.088, 0.19, 0.030) + frame.both(0.2, mouth + 0.0, 0.035, 0.07)
    chin = frame.blob(0, at.chin_v - 0.1, 0.17, 0.12)
    clear = 1 - step(0.25, 0.75, frame.blob(0, mouth + 0.012, 0.20, 0.055) * 1.1)
    clear = clear * (1 - 0.75 * frame.both(0.09, mouth + 0.125, 0.05, 0.03))
    wanted = {
        "stubble": jaw + 0.9 * lip,
        "full": 1.25 * jaw + 1.2 * lip,
        "moustache": 1.35 * lip * step(mouth + 0.05, mouth - 0.02, frame.v),
        "goatee": 1.2 * lip + 1.15 * chin * step(mouth + 0.05, mouth + 0.1, frame.v),
    }[person.beard]
    area = frame.soften(np.clip(wanted, 0, 1) * clear * mask, 0.018)
    hair = linear(person.hair)
    if person.beard == "stubble":
        paint(picture, hair * np.float32(0.9) + np.float32(0.01), np.float32(0.26) * area)
        dots = step(0.2, 1.3, frame.noise(rng, 0.009))
        paint(picture, hair * np.float32(0.7), np.float32(0.42) * area * dots)
        return
    grain = frame.noise(rng, 0.012)
    rough = step(0.16, 0.72, area + 0.12 * grain * 4 * area * (1 - area))
    down = cv2.GaussianBlur(
        rng.standard_normal(frame.shape).astype(np.float32), (0, 0), sigmaX=1.0, sigmaY=4.5
    )
    texture = np.clip(1 + 0.9 * down + 0.12 * frame.noise(rng, 0.06), 0.3, 2.0)
    bulk = 0.62 + 0.3 * frame.soften(rough, 0.05)
    layer = hair[None, None] * (texture * bulk)[..., None]
    paint(picture, layer, np.float32(0.93) * rough)
