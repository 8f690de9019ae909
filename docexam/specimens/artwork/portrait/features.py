"""Eyes, eyebrows, lips and nostrils."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from docexam.specimens.artwork.portrait.frame import Frame, linear, paint, step, through

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from docexam.specimens.artwork.portrait.head import Places
    from docexam.specimens.artwork.portrait.person import Person

    Map = NDArray[np.float32]


def draw_eye(
    picture: Map, frame: Frame, person: Person, at: Places, side: int, rng: np.random.Generator
) -> None:
    """One eye; `side` is -1 for the one on the left of the picture."""
    reach = 0.25
    cu, cv = side * at.eye_u, at.eye_v + side * person.asymmetry * 0.4
    columns = slice(*np.searchsorted(frame.u[0], [cu - reach, cu + reach]))
    rows = slice(*np.searchsorted(frame.v[:, 0], [cv - reach * 0.7, cv + reach * 0.7]))
    near = Frame(frame.u[:, columns], frame.v[rows], frame.px)
    part = picture[rows, columns]
    skin = linear(person.skin)
    half = 0.128 * person.eye_size
    # x runs from the inner corner (-1) to the outer one (+1); the outer corner lies higher
    x = side * (near.u - cu) / half
    y = near.v - cv + person.eye_tilt * 0.22 * (x * half)
    inside = np.clip(1 - x * x, 0, 1)
    opening = 0.0485 * person.eye_open * person.eye_size
    upper = -opening * inside**0.62 * (1 + 0.14 * x) + 0.006 * (x < 0) * np.abs(x)
    lower = 0.036 * person.eye_size * inside**0.72 * (1 + 0.16 * x)
    soft = 1.2 / near.px
    ball = step(-soft, soft, y - upper) * step(soft, -soft, y - lower) * (np.abs(x) < 1)
    # the camera opens up for dark skin: what is white must not burn out
    white = linear((0.74, 0.715, 0.695)) * np.float32(0.62 + 0.32 * min(1, skin.mean() / 0.4))
    eye = np.empty((*near.shape, 3), np.float32)
    eye[:] = white
    eye *= (1 - 0.38 * np.abs(x) ** 2.4)[..., None]
    paint(eye, linear((0.76, 0.50, 0.46)), 0.75 * step(-0.80, -1.0, x))
    _iris(eye, near, person, cu + 0.001, cv - 0.007, rng)
    # the upper lid and its lashes shade the ball
    eye *= (1 - 0.52 * step(0.028, 0.0, y - upper))[..., None]
    eye *= (1 - 0.12 * step(-0.012, 0.0, y - lower))[..., None]
    # lid: a crease above, a soft shadow between, a lit rim below
    crease = upper - (0.018 + 0.024 * person.fold) * inside**0.5 - 0.004
    width = 0.0055 + 0.003 * person.fold
    fold = np.exp(-0.5 * ((y - crease) / width) ** 2) * step(1.12, 0.75, np.abs(x + 0.08))
    paint(part, skin * np.array([0.30, 0.22, 0.20], np.float32), 0.50 * fold)
    hollow = np.exp(-0.5 * ((y - crease + 0.02) / 0.022) ** 2) * step(1.25, 0.5, np.abs(x + 0.1))
    paint(part, skin * np.array([0.45, 0.36, 0.34], np.float32), 0.22 * hollow)
    rim = np.exp(-0.5 * ((y - lower - 0.007) / 0.006) ** 2) * step(1.0, 0.8, np.abs(x))
    paint(part, np.minimum(skin * np.array([1.08, 0.95, 0.92], np.float32), 1), 0.35 * rim)
    paint(part, eye, ball)
    lash = (0.02, 0.015, 0.014)
    woman = person.sex == "F"
    line = np.exp(-0.5 * ((y - upper + 0.002) / (0.0075 if woman else 0.0058)) ** 2)
    line *= step(1.1, 0.94, np.abs(x)) * (0.62 + 0.3 * np.clip(x, -0.6, 1))
    paint(part, lash, np.clip((0.98 if woman else 0.85) * line, 0, 1))
    under = np.exp(-0.5 * ((y - lower - 0.001) / 0.004) ** 2) * step(1.02, 0.9, np.abs(x))
    paint(part, skin * np.array([0.25, 0.17, 0.15], np.float32), 0.42 * under * step(-1.0, 0.6, x))
    _lashes(part, near, person, (cu, cv), half, opening, side, rng)


def _iris(
    eye: Map, near: Frame, person: Person, cu: float, cv: float, rng: np.random.Generator
) -> None:
    du, dv = near.u - cu, near.v - cv
    radius = np.sqrt(du * du + dv * dv)
    size = 0.0515
    disc = step(size + 0.003, size - 0.003, radius)
    angle = np.arctan2(dv, du)
    spokes = np.zeros(near.shape, np.float32)
    for k in (7, 13, 22, 31):
        spokes += np.cos(k * angle + float(rng.uniform(0, 6.3))) * np.float32(0.07)
    colour = linear(person.iris) * np.float32(1.0)
    iris = np.empty((*near.shape, 3), np.float32)
    iris[:] = colour
    glow = 0.72 + spokes + 0.75 * step(size, size * 0.45, radius) * step(-size, size, dv)
    iris *= np.clip(glow, 0.3, 1.8)[..., None]
    iris *= (1 - 0.78 * step(size * 0.78, size, radius))[..., None]
    paint(iris, (0.006, 0.005, 0.005), step(0.0225, 0.0185, radius))
    paint(eye, iris, disc)
    light = step(0.0115, 0.0065, np.hypot(du + 0.016, dv + 0.019))
    paint(eye, (0.92, 0.93, 0.95), light)
    paint(eye, (0.6, 0.62, 0.65), 0.35 * step(0.012, 0.005, np.hypot(du - 0.02, dv - 0.018)))


def _lashes(
    part: Map,
    near: Frame,
    person: Person,
    centre: tuple[float, float],
    half: float,
    opening: float,
    side: int,
    rng: np.random.Generator,
) -> None:
    curves = []
    woman = person.sex == "F"
    for x in np.linspace(-0.7, 0.97, 26 if woman else 16):
        rim = -opening * (1 - x * x) ** 0.62 * (1 + 0.14 * x) - person.eye_tilt * 0.22 * (x * half)
        u, v = centre[0] + side * x * half, centre[1] + rim
        length = (0.024 if woman else 0.014) * (0.6 + 0.4 * x) * float(rng.uniform(0.7, 1.1))
        lean = 0.2 + 0.8 * x
        curves.append(
            np.array(
                [
                    (u, v + 0.003),
                    (u + side * lean * length * 0.5, v - length * 0.45),
                    (u + side * lean * length * 1.1, v - length * 0.75),
                ]
            )
        )
    paint(part, (0.015, 0.012, 0.012), 0.55 * near.lines(curves, 0.0042))


def draw_brow(
    picture: Map, frame: Frame, person: Person, at: Places, side: int, rng: np.random.Generator
) -> None:
    """One eyebrow of single hairs over a faint shadow."""
    lift = side * person.asymmetry
    inner = (0.118, at.brow_v + 0.002 + lift)
    arch = 0.028 * person.brow_arch
    spine = through(
        inner,
        (0.21, at.brow_v - arch * 0.45 + lift),
        (0.34, at.brow_v - arch + lift),
        (0.455, at.brow_v + 0.022 + lift),
    )
    thick = 0.030 * person.brow_thick
    t = np.linspace(0, 1, len(spine))
    body = thick * (0.75 + 0.5 * np.sin(math.pi * np.clip(t * 1.15, 0, 1)) - 0.72 * t)
    hull = np.concatenate(
        [spine + np.stack([0 * t, -body], 1), (spine + np.stack([0 * t, body], 1))[::-1]]
    )
    hull[:, 0] *= side
    hair = linear(person.hair) * np.float32(0.62)
    if person.age_years < 62:
        hair = np.minimum(hair, linear((0.36, 0.27, 0.21)))
    paint(picture, hair, np.float32(0.42) * frame.polygon(hull, soft=0.012))
    curves = []
    for _ in range(round(190 * min(1.4, person.brow_thick + 0.3))):
        s = float(rng.uniform(0, 1))
        at_spine = spine[min(int(s * (len(spine) - 1)), len(spine) - 1)]
        off = float(np.clip(rng.normal(0, 0.55), -1.1, 1.1)) * float(np.interp(s, t, body))
        u, v = at_spine[0], at_spine[1] + off
        # hairs rise at the nose, lie flat further out, and fall at the end
        turn = (
            math.radians(75 - 95 * min(1.0, s * 1.25))
            + float(rng.normal(0, 0.16))
            + 0.35 * off / thick
        )
        long = float(rng.uniform(0.024, 0.046))
        end = (u + long * math.cos(turn), v - long * math.sin(turn) * 0.8)
        mid = ((u + end[0]) / 2, (v + end[1]) / 2 - 0.004)
        curve = np.array([(u, v), mid, end])
        curve[:, 0] *= side
        curves.append(curve)
    paint(picture, hair * np.float32(0.8), np.float32(0.75) * frame.lines(curves, 0.0045))


def draw_lips(
    picture: Map, frame: Frame, person: Person, at: Places, rng: np.random.Generator
) -> None:
    """Lips with their line; the corners stay level: a neutral face."""
    wide, full, v0 = 0.208 * person.mouth_wide, person.lip_full, at.mouth_v
    lift = person.mouth_lift
    top, low = 0.060 * full, 0.076 * full
    seam = ((-wide, v0 - lift), (-wide * 0.55, v0 + 0.003), (-wide * 0.2, v0 - 0.005),
            (0, v0 + 0.004), (wide * 0.2, v0 - 0.005), (wide * 0.55, v0 + 0.003),
            (wide, v0 - lift))  # fmt: skip
    line = through(*seam, count=60)
    upper = through((-wide, v0 - lift), (-wide * 0.5, v0 - top * 0.62), (-wide * 0.17, v0 - top),
                    (0, v0 - top * 0.82), (wide * 0.17, v0 - top), (wide * 0.5, v0 - top * 0.62),
                    (wide, v0 - lift), count=60)  # fmt: skip
    lower = through((-wide * 0.96, v0 - lift), (-wide * 0.55, v0 + low * 0.72), (0, v0 + low),
                    (wide * 0.55, v0 + low * 0.72), (wide * 0.96, v0 - lift), count=60)  # fmt: skip
    skin = linear(person.skin)
    light = float(skin.mean())
    tint = (
        np.array([0.80, 0.44, 0.43], np.float32)
        if light > 0.22
        else np.array([0.95, 0.62, 0.62], np.float32)
    )
    if person.sex == "F" and rng.random() < 0.45:
        tint = np.array([0.82, 0.30, 0.33], np.float32)
    above = frame.polygon(np.concatenate([upper, line[::-1]]), soft=0.008)
    below = frame.polygon(np.concatenate([line, lower[::-1]]), soft=0.009)
    shade = picture.mean(axis=2) / max(light, 1e-3)
    for mask, tone in ((above, 0.78), (below, 0.98)):
        layer = (skin * tint * np.float32(tone))[None, None] * np.clip(shade, 0.3, 1.4)[..., None]
        paint(picture, layer, np.float32(0.86) * mask)
    creases = frame.noise(rng, 0.02) * np.exp(-(((frame.v - v0) / 0.1) ** 2))
    picture *= (1 - 0.035 * np.clip(creases, -1, 2) * (above + below))[..., None]
    sheen = frame.blob(0, v0 + low * 0.5, wide * 0.42, low * 0.2) * below
    paint(
        picture,
        np.minimum(skin * np.array([1.15, 0.85, 0.82], np.float32), 1),
        np.float32(0.28) * sheen,
    )
    dark = skin * np.array([0.16, 0.07, 0.07], np.float32)
    paint(picture, dark, np.float32(0.75) * frame.lines([line], 0.008, soft=0.0045))
    corner = frame.both(wide * 1.01, v0 - lift + 0.002, 0.014, 0.011)
    paint(picture, dark, np.float32(0.45) * corner)


def draw_nostrils(picture: Map, frame: Frame, person: Person, at: Places) -> None:
    """Nostrils, and the creases around the wings of the nose."""
    skin = linear(person.skin)
    wide = person.nose_wide
    dark = skin * np.array([0.14, 0.07, 0.06], np.float32)
    hole = frame.both(0.056 * wide, at.nose_v - 0.002, 0.026 * wide, 0.0105)
    paint(picture, dark, np.clip(1.15 * hole, 0, 0.9))
    under = frame.blob(0, at.nose_v + 0.014, 0.085 * wide, 0.014)
    paint(picture, skin * np.array([0.45, 0.34, 0.32], np.float32), np.float32(0.42) * under)
    curves = []
    for side in (-1, 1):
        edge = side * 0.148 * wide
        curves.append(
            through(
                (edge * 0.96, at.nose_v - 0.085),
                (edge * 1.05, at.nose_v - 0.045),
                (edge * 0.98, at.nose_v - 0.012),
                (edge * 0.78, at.nose_v + 0.004),
            )
        )
    paint(
        picture, dark * np.float32(1.7), np.float32(0.42) * frame.lines(curves, 0.009, soft=0.008)
    )
