"""Faces and signatures of people who do not exist: the way from a seed to the artwork."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.specimens.artwork.portrait.compose import GROUND, portrait
from docexam.specimens.artwork.portrait.person import Person, look_alike, person
from docexam.specimens.artwork.signature import signature
from docexam.specimens.seeds import rng_for

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from docexam.specimens.artwork.portrait.person import Sex
    from docexam.specimens.grid import Coverage

_WHITE = (1.0, 1.0, 1.0)
_BLACK = (0.0, 0.0, 0.0)
_ASPECT_STEP = 0.02


@dataclass(frozen=True)
class Face:
    """Who is shown: the same `seed`, `sex` and `age_years` are the same person.

    Another `variation` is another picture of that person. `like` is somebody whom this one
    resembles by `likeness` 0..1 (an impostor).
    """

    seed: int
    sex: Sex
    age_years: int
    variation: int = 0
    like: Face | None = None
    likeness: float = 0.0

    def person(self) -> Person:
        """The features of this face."""
        own = person(rng_for("face", self.seed), sex=self.sex, age_years=self.age_years)
        if self.like is None:
            return own
        return look_alike(self.like.person(), own, self.likeness)


def draw_face(
    size_mm: tuple[float, float],
    px_per_mm: float,
    face: Face,
    *,
    cut_out: bool = False,
    in_light: bool = False,
) -> NDArray[np.float32]:
    """The portrait as linear reflectance (rows, columns, 3) in RGB.

    `cut_out` leaves the ground behind the person white, as engraved and second portraits do.
    `in_light` leaves it black, for inks that make the picture of their own light.
    """
    ground = _BLACK if in_light else _WHITE if cut_out else GROUND
    # modelling a head costs more than all else: portrait and ghost of nearly one shape share it
    width, height = size_mm
    shape = round(width / height / _ASPECT_STEP) * _ASPECT_STEP
    picture, _ = portrait(
        (width, width / shape), px_per_mm, face.person(), variation=face.variation, ground=ground
    )
    size_px = (round(width * px_per_mm), round(height * px_per_mm))
    fitted = cv2.resize(picture, size_px, interpolation=cv2.INTER_LINEAR)
    return np.asarray(fitted, np.float32)


def draw_signature(
    size_mm: tuple[float, float], px_per_mm: float, name: str, seed: int
) -> Coverage:
    """The signature as coverage; `name` in Latin letters."""
    return signature(size_mm, px_per_mm, rng_for("signature", seed), name=name)
