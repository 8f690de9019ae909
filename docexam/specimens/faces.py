"""Faces and signatures of people who do not exist: the way from a seed to the artwork."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.specimens.seeds import rng_for

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from docexam.specimens.grid import Coverage


@dataclass(frozen=True)
class Face:
    """Who is shown: the same `seed` is the same person."""

    seed: int
    sex: str
    age_years: int


def draw_face(
    size_mm: tuple[float, float], px_per_mm: float, face: Face, *, cut_out: bool = False
) -> NDArray[np.float32]:
    """The portrait as linear reflectance (rows, columns, 3) in RGB.

    `cut_out` leaves the ground behind the person white, as engraved and second portraits do.
    """
    rows, columns = round(size_mm[1] * px_per_mm), round(size_mm[0] * px_per_mm)
    rng = rng_for("face", face.seed)
    ground = (1.0, 1.0, 1.0) if cut_out else (0.72, 0.78, 0.82)
    picture = np.full((rows, columns, 3), ground, np.float32)
    tone = float(rng.uniform(0.18, 0.62))
    skin = (tone, tone * 0.72, tone * 0.55)
    c, r = columns // 2, int(rows * 0.46)
    cv2.ellipse(
        picture,
        (c, int(rows * 1.05)),
        (int(columns * 0.46), int(rows * 0.3)),
        0,
        0,
        360,
        (0.1, 0.12, 0.2),
        -1,
    )
    cv2.ellipse(picture, (c, r), (int(columns * 0.26), int(rows * 0.27)), 0, 0, 360, skin, -1)
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), 2.0), np.float32)


def draw_signature(
    size_mm: tuple[float, float], px_per_mm: float, name: str, seed: int
) -> Coverage:
    """The signature as coverage."""
    rows, columns = round(size_mm[1] * px_per_mm), round(size_mm[0] * px_per_mm)
    canvas = np.zeros((rows, columns), np.float32)
    rng = rng_for("signature", seed, name)
    points = np.stack([np.linspace(0.1, 0.9, 24) * columns, rng.uniform(0.2, 0.8, 24) * rows], 1)
    cv2.polylines(
        canvas, [points.astype(np.int32)], False, 1.0, max(1, round(0.3 * px_per_mm)), cv2.LINE_AA
    )
    return canvas
