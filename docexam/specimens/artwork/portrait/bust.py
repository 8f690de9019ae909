"""Neck, ears, shoulders, clothes and glasses."""

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


def draw_neck(picture: Map, frame: Frame, person: Person, head: Map) -> Map:
    """The neck with the shadow of the chin; answers its cover."""
    wide = (0.37 if person.sex == "F" else 0.44) * person.width
    right = through(
        (wide * 1.06, 0.5),
        (wide, 0.85),
        (wide * 1.0, 1.08),
        (wide * 1.25, 1.26),
        (wide * 2.0, 1.42),
    )
    hull = np.concatenate([right, (right * (-1, 1))[::-1]])
    cover = frame.polygon(hull)
    across = np.clip(np.abs(frame.u) / (wide * 1.08), 0, 1)
    round_light = 0.34 + 0.56 * np.sqrt(np.clip(1 - across**2.2, 0, 1)) - 0.06 * frame.u
    tendons = 1 - 0.07 * np.exp(
        -0.5 * ((np.abs(frame.u) - 0.17 - 0.12 * (1.2 - frame.v)) / 0.05) ** 2
    )
    notch = 1 - 0.18 * frame.blob(0, 1.27, 0.06, 0.05)
    low = np.roll(head, round(0.10 * frame.px), 0)
    low[: round(0.10 * frame.px)] = 0
    shadow = 1 - 0.58 * frame.soften(low, 0.055)
    layer = linear(person.skin)[None, None] * (round_light * tendons * notch * shadow)[..., None]
    paint(picture, layer.astype(np.float32), cover)
    return cover


def draw_ears(picture: Map, frame: Frame, person: Person) -> Map:
    """Both ears, behind the cheeks; answers their cover."""
    total = np.zeros(frame.shape, np.float32)
    skin = linear(person.skin) * np.array([0.90, 0.74, 0.70], np.float32)
    size = person.ear
    base = 0.60 * person.width
    for side in (-1, 1):
        out = 0.085 * size
        rim = through(
            (base - 0.03, -0.10), (base + out * 0.75, -0.145 * size), (base + out, -0.03),
            (base + out * 0.82, 0.14), (base + out * 0.45, 0.30), (base + 0.005, 0.36),
            (base - 0.05, 0.30), count=50,
        ) * (side, 1)  # fmt: skip
        cover = frame.polygon(rim)
        inner = through(
            (base + out * 0.62, -0.08),
            (base + out * 0.72, 0.0),
            (base + out * 0.5, 0.15),
            (base + out * 0.12, 0.24),
            count=24,
        ) * (side, 1)
        fold = frame.lines([inner], 0.022, soft=0.012)
        bowl = frame.blob(side * (base + out * 0.22), 0.1, 0.03, 0.06)
        edge = frame.soften(cover, 0.02)
        light = 0.62 + 0.32 * step(0.4, 1.0, edge) - 0.30 * fold - 0.30 * bowl - 0.07 * side
        layer = skin[None, None] * np.clip(light, 0.15, 1.2)[..., None]
        paint(picture, layer.astype(np.float32), cover)
        total = np.maximum(total, cover)
    return total


def draw_clothes(picture: Map, frame: Frame, person: Person, rng: np.random.Generator) -> Map:
    """Shoulders in the person's clothes; answers their cover."""
    wide = 0.37 if person.sex == "F" else 0.44
    slope = (1.30, 1.24)[person.sex == "M"]
    neck = {"crew": 1.285, "shirt": 1.16, "v-neck": 1.25, "blazer": 1.2}[person.collar]
    right = through(
        (wide * 0.93, neck - 0.03),
        (wide * 1.3, slope - 0.06),
        (0.95, slope + 0.04),
        (1.35, slope + 0.2),
        (1.5, 1.7),
    )
    dip = {"crew": 0.10, "shirt": 0.22, "v-neck": 0.33, "blazer": 0.34}[person.collar]
    front = through((wide * 0.93, neck - 0.03), (wide * 0.55, neck + dip * 0.72), (0.0, neck + dip))
    if person.collar in ("v-neck", "blazer", "shirt"):
        front = np.array(
            [(wide * 0.93, neck - 0.03), (wide * 0.45, neck + dip * 0.55), (0.0, neck + dip)]
        )
    half = np.concatenate([front[::-1], right])
    hull = np.concatenate([half, (half * (-1, 1))[::-1]])
    cloth = linear(person.cloth)
    folds = 0.10 * frame.noise(rng, 0.35) + 0.02 * frame.noise(rng, 0.010)
    light = 0.80 + folds - 0.10 * frame.u - 0.25 * step(1.28, 1.7, frame.v)
    shade = frame.soften(1 - frame.polygon(hull), 0.05)
    light = np.clip(light * (1 - 0.35 * shade), 0.2, 1.3).astype(np.float32)
    if person.collar == "blazer":
        inner = frame.polygon(np.array([(-0.6, 1.0), (0.6, 1.0), (0.6, 1.7), (-0.6, 1.7)]))
        shirt = frame.polygon(
            np.array(
                [
                    (wide * 0.97, 1.13),
                    (wide * 1.02, 1.7),
                    (-wide * 1.02, 1.7),
                    (-wide * 0.97, 1.13),
                    (0, 1.33),
                ]
            )
        )
        paint(picture, (0.62, 0.63, 0.65), shirt * inner)
    cover = frame.polygon(hull)
    paint(picture, cloth[None, None] * light[..., None], cover)
    if person.collar in ("shirt", "blazer"):
        colour = (
            cloth * np.float32(1.15) + np.float32(0.015)
            if person.collar == "shirt"
            else cloth * np.float32(0.82)
        )
        for side in (-1, 1):
            tip = np.array(
                [
                    (wide * 0.95, neck - 0.07),
                    (wide * 1.16, neck + 0.02),
                    (wide * 0.72, neck + 0.30),
                    (0.02, neck + dip),
                ]
            ) * (side, 1)
            flap = frame.polygon(tip)
            rim = frame.soften(np.roll(flap, round(0.02 * frame.px), 0), 0.012) * (1 - flap) * cover
            picture *= (1 - 0.4 * rim)[..., None]
            paint(
                picture,
                colour[None, None] * light[..., None] * np.float32(1.05 - 0.06 * side),
                flap,
            )
            cover = np.maximum(cover, flap)
    else:
        band = np.concatenate([front, front[::-1] + np.array([0.0, 0.05])])
        for side in (-1, 1):
            paint(
                picture,
                cloth * np.float32(0.72),
                np.float32(0.6) * frame.polygon(band * (side, 1), soft=0.004) * cover,
            )
    return cover


def draw_glasses(picture: Map, frame: Frame, person: Person, at: Places) -> None:
    """Clear glasses in a thin frame; eyes stay free of glare."""
    if person.glasses == "none":
        return
    turn = np.linspace(0, 2 * np.pi, 80)
    power = 0.62 if person.glasses == "square" else 0.95
    rims = []
    for side in (-1, 1):
        u = np.sign(np.cos(turn)) * np.abs(np.cos(turn)) ** power * 0.205
        v = np.sign(np.sin(turn)) * np.abs(np.sin(turn)) ** power * 0.150
        rims.append(np.stack([side * (at.eye_u + 0.012) + u, at.eye_v + 0.03 + v], 1))
    inner = at.eye_u - 0.195
    bridge = through((-inner, at.eye_v), (0, at.eye_v - 0.035), (inner, at.eye_v))
    arms = [
        np.array(
            [
                (side * (at.eye_u + 0.215), at.eye_v - 0.03),
                (side * 0.61 * person.width, at.eye_v - 0.045),
            ]
        )
        for side in (-1, 1)
    ]
    curves = [*rims, bridge, *arms]
    shadow = [curve + np.array([0.004, 0.022]) for curve in curves]
    picture *= (1 - 0.22 * frame.lines(shadow, 0.02, soft=0.012))[..., None]
    for rim in rims:
        glass = frame.polygon(rim)
        paint(picture, (0.75, 0.78, 0.8), np.float32(0.035) * glass)
    dark = (0.02, 0.018, 0.02) if person.seed % 2 else (0.12, 0.09, 0.06)
    paint(
        picture,
        dark,
        np.float32(0.95) * frame.lines(curves, 0.022 if person.glasses == "square" else 0.014),
    )
    bright = [curve - (0.0, 0.004) for curve in curves]
    paint(picture, (0.6, 0.6, 0.6), np.float32(0.25) * frame.lines(bright, 0.004))
