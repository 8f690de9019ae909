"""One portrait from a person: head, features, hair and clothes, lit and placed in the picture."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.specimens.artwork.canvas import shape_px
from docexam.specimens.artwork.portrait.beard import draw_beard
from docexam.specimens.artwork.portrait.bust import (
    draw_clothes,
    draw_ears,
    draw_glasses,
    draw_neck,
)
from docexam.specimens.artwork.portrait.features import (
    draw_brow,
    draw_eye,
    draw_lips,
    draw_nostrils,
)
from docexam.specimens.artwork.portrait.frame import frame_for, paint
from docexam.specimens.artwork.portrait.hair import draw_back_hair, draw_front_hair
from docexam.specimens.artwork.portrait.head import head_mask, height_field, places, shading
from docexam.specimens.artwork.portrait.headscarf import draw_headscarf
from docexam.specimens.artwork.portrait.person import CLOTH_COLOURS
from docexam.specimens.artwork.portrait.skin import lines_of_age, skin_albedo

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from docexam.specimens.artwork.portrait.person import Person

    Map = NDArray[np.float32]

GROUND = (0.62, 0.66, 0.70)  # linear: a light grey wall
EXPOSED_FACE = 0.26  # linear: the mean that a photographer aims a face at


def portrait(
    size_mm: tuple[float, float],
    px_per_mm: float,
    person: Person,
    *,
    variation: int = 0,
    ground: tuple[float, float, float] = GROUND,
) -> tuple[Map, Map]:
    """A frontal portrait: (linear RGB (rows, columns, 3), alpha of the person (rows, columns)).

    The head takes about 74 % of the height (Doc 9303-3 asks for 70 to 80 %). Another `variation`
    is another picture of the same person: light, turn of the head, clothes and hairs differ.
    """
    rows, columns = shape_px(size_mm, px_per_mm)
    drawn, alpha = _modelled(person, variation, round(size_mm[0] / size_mm[1], 4))
    shrinks = rows < drawn.shape[0]
    how = cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
    picture = cv2.resize(drawn, (columns, rows), interpolation=how)
    cover = np.clip(cv2.resize(alpha, (columns, rows), interpolation=how), 0, 1)
    background = np.asarray(ground, np.float32)
    whole = picture + background * (1 - cover)[..., None]
    return np.clip(whole, 0, 1).astype(np.float32), cover.astype(np.float32)


@lru_cache(maxsize=6)
def _modelled(person: Person, variation: int, aspect: float) -> tuple[Map, Map]:
    """The person at the model's own resolution, premultiplied by alpha."""
    own = np.random.default_rng([person.seed, 1])
    moment = np.random.default_rng([person.seed, 2, variation])
    if variation:
        cloth = CLOTH_COLOURS[int(moment.integers(len(CLOTH_COLOURS)))]
        person = replace(
            person,
            cloth=(cloth[0] / 255, cloth[1] / 255, cloth[2] / 255),
            mouth_lift=person.mouth_lift + float(moment.normal(0, 0.003)),
            eye_open=person.eye_open * float(moment.uniform(0.96, 1.05)),
        )
    frame = frame_for(aspect)
    at = places(person)
    picture = np.zeros((*frame.shape, 3), np.float32)
    head = head_mask(frame, person)
    back = draw_back_hair(picture, frame, person, own)
    neck = draw_neck(picture, frame, person, head)
    clothes = draw_clothes(picture, frame, person, own)
    ears = draw_ears(picture, frame, person)
    key = (-0.34 + float(moment.normal(0, 0.1)), -0.42, 1.0)
    diffuse, gloss = shading(frame, height_field(frame, person, at), key)
    face = skin_albedo(frame, person, at, own)
    # the side away from the light picks up the colour of the skin itself
    warm = np.clip(1 - diffuse, 0, 1)[..., None] * np.array([0.05, 0.0, -0.02], np.float32)
    face *= diffuse[..., None] + warm
    face *= (1 - lines_of_age(frame, person, at, own))[..., None]
    face += (gloss * np.float32(0.042))[..., None]
    for side in (-1, 1):
        draw_eye(face, frame, person, at, side, own)
        draw_brow(face, frame, person, at, side, own)
    draw_nostrils(face, frame, person, at)
    draw_lips(face, frame, person, at, own)
    draw_beard(face, frame, person, at, own, head)
    paint(picture, face, head)
    if person.hair_style == "headscarf":
        front = draw_headscarf(picture, frame, person, own)
    else:
        front = draw_front_hair(picture, frame, person, own, diffuse)
    draw_glasses(picture, frame, person, at)
    # the photographer sets the exposure by the face
    bright = float(face[head > 0.5].mean())
    picture *= np.float32(np.clip((EXPOSED_FACE / max(bright, 1e-3)) ** 0.40, 0.9, 1.5))
    alpha = np.maximum.reduce([back, neck, clothes, ears, head, front])
    return _posed(picture, alpha, moment)


def _posed(picture: Map, alpha: Map, moment: np.random.Generator) -> tuple[Map, Map]:
    """The slight turn and shift of a head before the camera, and the lens's softness."""
    rows, columns = alpha.shape
    turn = float(np.clip(moment.normal(0, 0.8), -2, 2))
    matrix = cv2.getRotationMatrix2D(
        (columns / 2, rows * 0.62), turn, float(moment.uniform(0.985, 1.02))
    )
    matrix[0, 2] += float(moment.normal(0, 0.006)) * columns
    size = (columns, rows)
    whole = np.dstack([picture * alpha[..., None], alpha])
    moved = cv2.warpAffine(
        whole, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    soft = cv2.GaussianBlur(moved, (0, 0), 0.7)
    return np.ascontiguousarray(soft[..., :3]), np.ascontiguousarray(soft[..., 3])
