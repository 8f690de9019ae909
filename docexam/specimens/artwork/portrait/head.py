"""The head as a height field: skull, brow, nose, cheeks, lips and chin, with their shading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.specimens.artwork.portrait.frame import blurred, step

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from docexam.specimens.artwork.portrait.frame import Frame
    from docexam.specimens.artwork.portrait.person import Person

    Map = NDArray[np.float32]

EYE_V = 0.03
EYE_U = 0.275
BROW_V = -0.15
NOSE_V = 0.445
MOUTH_V = 0.64

_OUTLINE = (
    (-1.0, 0.0), (-0.97, 0.2), (-0.9, 0.37), (-0.78, 0.5), (-0.6, 0.59), (-0.35, 0.63),
    (-0.1, 0.625), (0.1, 0.612), (0.28, 0.592), (0.45, 0.558), (0.6, 0.508), (0.73, 0.44),
    (0.84, 0.362), (0.92, 0.285), (0.97, 0.215), (1.0, 0.0),
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Places:
    """Where this person's features are."""

    eye_u: float
    eye_v: float
    brow_v: float
    nose_v: float
    mouth_v: float
    chin_v: float


def places(person: Person) -> Places:
    """The person's own measures."""
    nose_v = EYE_V + (NOSE_V - EYE_V) * person.nose_long
    chin_v = 1.0 * person.chin
    return Places(
        eye_u=EYE_U * person.eye_gap,
        eye_v=EYE_V,
        brow_v=BROW_V - person.brow_lift,
        nose_v=nose_v,
        mouth_v=nose_v + (MOUTH_V - NOSE_V) * (chin_v - nose_v) / (1 - NOSE_V),
        chin_v=chin_v,
    )


def half_width(person: Person, v: Map) -> Map:
    """Half the head's width at each height `v`, 0 beyond crown and chin."""
    heights = np.array([p[0] for p in _OUTLINE], np.float64)
    widths = np.array([p[1] for p in _OUTLINE], np.float64) * person.width
    below = np.clip((heights - 0.25) / 0.4, 0, 1)
    widths *= 1 + (person.jaw - 1) * below * below * (3 - 2 * below)
    widths *= 1 + 0.012 * (person.cheek - 1) * np.exp(-(((heights - 0.2) / 0.2) ** 2))
    heights = np.where(heights > 0.1, 0.1 + (heights - 0.1) * (person.chin - 0.1) / 0.9, heights)
    fine = np.linspace(heights[0], heights[-1], 400)
    smooth = np.convolve(
        np.interp(fine, heights, widths), np.hanning(13) / np.hanning(13).sum(), "same"
    )
    # blunt ends would be cut flat by the smoothing: crown and chin stay round
    edge = np.sqrt(np.clip((fine - fine[0]) * (fine[-1] - fine), 0, None))
    smooth = np.minimum(smooth, edge * 1.35)
    return np.asarray(np.interp(v, fine, smooth, left=0, right=0), np.float32)


def head_mask(frame: Frame, person: Person) -> Map:
    """1 inside the head (without ears), antialiased."""
    width = half_width(person, frame.v)
    mask = np.clip((width - np.abs(frame.u)) * frame.px + 0.5, 0, 1) * (width > 0)
    return np.asarray(mask, np.float32)


def height_field(frame: Frame, person: Person, at: Places) -> Map:
    """How far the face stands out towards the camera, in head units."""
    # below the mouth the chin is a ball of its own: its outline does not cut the slope
    ball = 0.02 + 0.34 * step(0.55, 0.95, frame.v)
    width = (half_width(person, frame.v) ** 4 + ball**4) ** 0.25
    across = np.clip(np.abs(frame.u) / width, 0, 1)
    along = np.clip(np.abs(frame.v + 0.02) / 1.04, 0, 1)
    z = 0.72 * np.sqrt(np.clip(1 - across**2.6, 0, 1)) * (1 - 0.55 * along**3.2)
    blob, both = frame.blob, frame.both
    age = np.clip((person.age_years - 30) / 45, 0, 1)
    # brow ridge, sockets, eyeballs under the lids
    ridge = 0.05 if person.sex == "M" else 0.032
    z += ridge * both(0.23, at.brow_v + 0.02, 0.15, 0.05)
    z -= 0.085 * both(at.eye_u - 0.01, at.eye_v - 0.02, 0.125, 0.075)
    z -= 0.02 * both(0.125, at.eye_v + 0.0, 0.045, 0.06)
    z += 0.062 * both(at.eye_u, at.eye_v, 0.085 * person.eye_size, 0.06)
    z -= (0.014 + 0.016 * age) * both(at.eye_u - 0.03, at.eye_v + 0.105, 0.12, 0.022)
    z += (0.008 + 0.014 * age) * both(at.eye_u - 0.01, at.eye_v + 0.08, 0.1, 0.02)
    # cheekbones, hollows, temples
    z += 0.045 * max(0.2, person.cheek) * both(0.37, 0.24, 0.12, 0.1)
    z -= 0.03 * max(0.2, person.cheek) * both(0.42, 0.52, 0.09, 0.14)
    z -= 0.03 * both(0.56, -0.12, 0.07, 0.16)
    z += _nose(frame, person, at)
    z += _mouth(frame, person, at, float(age))
    z = z - 0.18 * step(at.chin_v - 0.22, at.chin_v + 0.10, frame.v + 0.30 * frame.u**2)
    z += 0.055 * blob(0, at.chin_v - 0.11, 0.13, 0.075)
    z -= 0.004 * blob(0, at.chin_v - 0.09, 0.02, 0.04) * (1 if person.sex == "M" else 0.3)
    return np.asarray(z, np.float32)


def _nose(frame: Frame, person: Person, at: Places) -> Map:
    top, low = at.eye_v - 0.06, at.nose_v
    t = np.clip((frame.v - top) / (low - 0.05 - top), 0, 1)
    rise = (0.055 * person.nose_bridge + 0.15 * t**1.5) * step(top - 0.1, top + 0.1, frame.v)
    sharp = 0.05 + 0.035 * t * person.nose_wide
    under = 1 - step(low - 0.045, low + 0.028, frame.v + 0.22 * np.abs(frame.u))
    ridge = rise * np.exp(-0.5 * (frame.u / sharp) ** 2) * under
    flank = 0.085 * t * np.exp(-0.5 * (frame.u / (0.10 * person.nose_wide)) ** 4) * under
    tip = 0.075 * frame.blob(0, low - 0.065, 0.055 * person.nose_wide, 0.05)
    wing = 0.062 * frame.both(0.112 * person.nose_wide, low - 0.04, 0.038, 0.042)
    return np.asarray(ridge + flank + tip + wing, np.float32)


def _mouth(frame: Frame, person: Person, at: Places, age: float) -> Map:
    wide, full = 0.205 * person.mouth_wide, person.lip_full
    blob = frame.blob
    z = 0.04 * blob(0, at.mouth_v, wide * 1.25, 0.11)
    z += 0.018 * full * blob(0, at.mouth_v - 0.032 * full, wide * 0.72, 0.024)
    z += 0.03 * full * blob(0, at.mouth_v + 0.045 * full, wide * 0.66, 0.034)
    z -= 0.022 * blob(0, at.mouth_v, wide * 0.95, 0.011)
    z -= 0.02 * blob(0, at.mouth_v + 0.115 * full, wide * 0.7, 0.026)
    z -= 0.012 * blob(0, at.nose_v + 0.075, 0.02, 0.05)
    z -= 0.018 * frame.both(wide * 1.06, at.mouth_v + 0.004, 0.025, 0.03)
    # the fold from the wing of the nose to the corner of the mouth
    t = np.clip((frame.v - (at.nose_v - 0.04)) / (at.mouth_v + 0.06 - at.nose_v), 0, 1.3)
    fold = 0.135 + 0.115 * t**0.9
    depth = (0.008 + 0.026 * age) * step(-0.05, 0.25, t) * (1 - step(0.85, 1.25, t))
    groove = np.exp(-0.5 * ((np.abs(frame.u) - fold) / 0.016) ** 2)
    z = z - depth * groove
    return np.asarray(z, np.float32)


def shading(frame: Frame, z: Map, key: tuple[float, float, float]) -> tuple[Map, Map]:
    """Light on the height field from a soft key, a fill and the room: (diffuse, gloss)."""
    smooth = blurred(z, 0.011 * frame.px)
    slope_u = cv2.Sobel(smooth, cv2.CV_32F, 1, 0, ksize=3, scale=frame.px / 8)
    slope_v = cv2.Sobel(smooth, cv2.CV_32F, 0, 1, ksize=3, scale=frame.px / 8)
    slope_u, slope_v = np.clip(slope_u, -1.8, 1.8), np.clip(slope_v, -1.6, 1.6)
    size = np.sqrt(slope_u**2 + slope_v**2 + 1)
    light = np.array(key, np.float32) / np.linalg.norm(key)
    ku, kv, kz = (float(each) for each in light)
    lit = (-slope_u * ku - slope_v * kv + kz) / size
    fill = (slope_u * 0.55 - slope_v * -0.05 + 0.83) / size
    diffuse = 0.25 + 0.55 * np.clip((lit + 0.3) / 1.3, 0, 1) + 0.26 * np.clip(fill, 0, 1)
    # hollows see less of the room
    near = blurred(z, 0.045 * frame.px) - z
    wide = blurred(z, 0.14 * frame.px) - z
    occlusion = np.clip(1 - 3.4 * np.clip(near, 0, 1) - 0.9 * np.clip(wide, 0, 0.3), 0.4, 1)
    half = np.array([ku, kv, kz + 1]) / np.linalg.norm([ku, kv, kz + 1])
    mirror = (-slope_u * half[0] - slope_v * half[1] + half[2]) / size
    gloss = blurred(np.clip(mirror, 0, 1) ** 24, 0.035 * frame.px)
    return np.asarray(diffuse * occlusion, np.float32), np.asarray(gloss, np.float32)
