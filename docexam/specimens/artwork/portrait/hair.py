"""Hair: its outline by style, its strands by noise drawn out along their flow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.specimens.artwork.portrait.frame import linear, paint, step, through

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from docexam.specimens.artwork.portrait.frame import Frame
    from docexam.specimens.artwork.portrait.person import Person

    Map = NDArray[np.float32]
    Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Style:
    """How one hair style is built.

    `volume` is the hair's thickness over the crown, `side` beside the temples; `fringe` lowers
    the hairline; `falls` is the v down to which hair hangs (0: ends above the ear); `spread` how
    wide it hangs; `pole` where the strands start; `curl` how far they wave.
    """

    volume: float
    side: float
    fringe: float = 0.0
    falls: float = 0.0
    spread: float = 0.0
    pole: tuple[float, float] = (0.0, -1.1)
    curl: float = 0.0
    burns: float = 0.12
    part: float | None = None


STYLES: dict[str, Style] = {
    "short": Style(0.10, 0.045, pole=(0.05, -0.25), curl=0.05),
    "parted": Style(0.11, 0.05, pole=(0.27, -0.70), curl=0.05, part=0.27),
    "buzz": Style(0.028, 0.012, pole=(0.0, -0.2), burns=0.06),
    "receding": Style(0.05, 0.04, fringe=-0.16, pole=(0.0, -0.3)),
    "curly": Style(0.17, 0.13, pole=(0.0, -0.3), curl=1.0, burns=0.1),
    "long": Style(0.075, 0.09, falls=1.6, spread=0.78, pole=(0.02, -1.02), part=0.02),
    "wavy": Style(0.09, 0.13, falls=1.5, spread=0.84, pole=(-0.15, -1.02), curl=0.35, part=-0.15),
    "bob": Style(0.085, 0.12, falls=0.86, spread=0.79, pole=(0.18, -1.03), part=0.18),
    "fringe": Style(0.08, 0.10, fringe=0.36, falls=1.3, spread=0.77, pole=(0.0, -1.08)),
    "tied": Style(0.055, 0.02, pole=(0.0, -0.55)),
}  # fmt: skip


def _hairline(person: Person, style: Style, drop: float) -> Points:
    """The lower edge of the front hair from the left ear over the forehead to the right ear."""
    top = -0.60 * person.forehead + style.fringe
    w = person.width
    burns = style.burns
    temple = 0.535 if style.fringe >= 0 else 0.56
    corner = top + 0.055 - (0.14 if style.fringe < 0 else 0.0)
    if style.fringe > 0.2:
        corner = top + 0.02
    right = [
        (0.0, top + drop), (0.2 * w, top + 0.005), (0.38 * w, corner + 0.05),
        (0.475 * w, corner + 0.16), (temple * w * 0.96, -0.22), (temple * w * 1.01, -0.06),
        (0.565 * w, burns - 0.06), (0.595 * w, burns),
    ]  # fmt: skip
    left = [(-u, v) for u, v in reversed(right[1:])]
    return through(*left, *right, count=90)


def _outer(person: Person, style: Style, low: float) -> Points:
    """The outer edge of the hair over the crown, from one side at height `low` to the other."""
    turn = np.linspace(0, np.pi, 90)
    crown = -1.0 - style.volume
    wide = 0.64 * person.width + style.side
    u = np.cos(turn) * wide
    v = low + (crown - low) * np.sin(turn) ** 0.72
    # ellipse above the temples, near upright below
    return np.asarray(np.stack([u, v], 1))


def _ragged(frame: Frame, mask: Map, rng: np.random.Generator, *, soft: float, rough: float) -> Map:
    """A mask whose edge dissolves into hairs."""
    wide = frame.soften(mask, soft)
    noise = frame.noise(rng, 0.009) + 0.7 * frame.noise(rng, 0.03)
    return step(0.18, 0.82, wide + rough * noise * 4 * wide * (1 - wide))


def strands(frame: Frame, style: Style, rng: np.random.Generator) -> Map:
    """Light and shade of hair, 1 on average, drawn out along the strands."""
    du, dv = frame.u - style.pole[0], frame.v - style.pole[1]
    radius = np.sqrt(du * du + dv * dv)
    if style.curl >= 0.8:
        curls = frame.noise(rng, 0.045) * 0.6 + frame.noise(rng, 0.02) * 0.45
        rings = np.sin(5 * frame.noise(rng, 0.07) + 22 * radius)
        return np.asarray(np.clip(0.95 + 0.30 * curls + 0.16 * rings, 0.3, 2.0), np.float32)
    angle = np.arctan2(du, dv) / np.float32(2 * np.pi) + np.float32(0.5)
    bend = style.curl * (0.03 * np.sin(radius * 13 + 1.5 * frame.noise(rng, 0.5)))
    angle = angle + bend.astype(np.float32) + 0.0016 * frame.noise(rng, 0.12)
    total = np.zeros(frame.shape, np.float32)
    for count, share, along in ((1400, 0.42, 3.0), (420, 0.42, 2.2), (110, 0.36, 1.2)):
        texture = rng.standard_normal((24, count)).astype(np.float32)
        map_x = (angle * texture.shape[1]).astype(np.float32)
        map_y = (radius * along * 3).astype(np.float32)
        total += share * cv2.remap(
            texture, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP
        )
    return np.asarray(np.clip(1 + 0.36 * total, 0.25, 2.2), np.float32)


def _coloured(
    frame: Frame, person: Person, style: Style, rng: np.random.Generator, shade: Map
) -> Map:
    hair = linear(person.hair)
    texture = strands(frame, style, rng)
    # a band of gloss runs over the crown, broken by the strands
    band = np.exp(-0.5 * ((np.hypot(frame.u * 0.9, frame.v + 0.05) - 0.86) / 0.09) ** 2)
    band = band * step(0.55, -0.25, frame.v) * (0.5 + 0.5 * step(0.5, -0.6, frame.u))
    base = hair * np.float32(0.92)
    picture = np.empty((*frame.shape, 3), np.float32)
    picture[:] = base
    picture *= (texture * shade)[..., None]
    gloss = np.clip(texture - 0.75, 0, 1.2) * band
    return np.asarray(picture + gloss[..., None] * (hair * 0.55 + 0.028), np.float32)


def draw_back_hair(picture: Map, frame: Frame, person: Person, rng: np.random.Generator) -> Map:
    """Hair that hangs behind the neck; answers its cover."""
    style = STYLES.get(person.hair_style)
    if style is None or style.falls <= 0:
        if style is None or person.hair_style != "tied":
            return np.zeros(frame.shape, np.float32)
        bun = frame.polygon(_ellipse(0.0, -1.06, 0.24, 0.14))
        cover = _ragged(frame, bun, rng, soft=0.02, rough=0.1)
        paint(
            picture,
            _coloured(frame, person, style, rng, np.full(frame.shape, 0.75, np.float32)),
            cover,
        )
        return cover
    w = person.width
    side = (0.64 * w + style.side, style.spread * w, style.falls)
    right = through(
        (side[0], -0.2),
        (side[0] + 0.02, 0.25),
        (side[1], 0.7),
        (side[1] - 0.02, side[2] - 0.12),
        (side[1] * 0.8, side[2]),
    )
    left = right[::-1] * (-1, 1)
    hull = np.concatenate([_outer(person, style, -0.2)[::1], left[::-1], right[::-1]])
    cover = _ragged(frame, frame.polygon(hull), rng, soft=0.022, rough=0.12)
    depth = 0.46 + 0.25 * step(0.25, 0.75, np.abs(frame.u)) + 0.0 * frame.v
    paint(picture, _coloured(frame, person, style, rng, depth.astype(np.float32)), cover)
    return cover


def draw_front_hair(
    picture: Map, frame: Frame, person: Person, rng: np.random.Generator, shade: Map
) -> Map:
    """Hair over the forehead, temples and ears; answers its cover."""
    style = STYLES.get(person.hair_style)
    if style is None:
        if person.hair_style == "bald":
            return _shaved(picture, frame, person, rng)
        return np.zeros(frame.shape, np.float32)
    line = _hairline(person, style, drop=-0.012)
    outer = _outer(person, style, -0.04 if style.falls <= 0 else style.burns)
    hull = np.concatenate([outer, line])
    cover = frame.polygon(hull)
    if style.falls > 0:
        cover = np.maximum(cover, _curtains(frame, person, style))
    rough = 0.2 if person.hair_style == "curly" else 0.10
    soft = 0.05 if person.hair_style in ("buzz", "receding") else 0.026
    cover = _ragged(frame, cover, rng, soft=soft, rough=rough)
    if person.hair_style == "buzz":
        cover = cover * np.float32(0.8)
    else:
        stray = _stray_hairs(frame, style, line, outer, rng)
        cover = np.maximum(cover, stray)
    if style.fringe < 0:
        thin = step(-0.62, -0.9, frame.v) * step(0.4, 0.15, np.abs(frame.u))
        cover = cover * (1 - 0.45 * thin)
    # hair throws a soft shadow on the forehead
    below = frame.soften(np.roll(cover, round(0.025 * frame.px), 0), 0.03) * (1 - cover)
    picture *= (1 - 0.34 * below)[..., None]
    edge = frame.soften(cover, 0.07)
    volume = 0.62 + 0.5 * step(0.35, 0.95, edge) + 0.08 * shade
    if style.part is not None:
        line_u = style.part + 0.06 * (frame.v + 0.62) * np.sign(style.part or 1)
        gap = np.exp(-0.5 * ((frame.u - line_u) / 0.010) ** 2) * step(-0.56, -0.66, frame.v)
        volume = volume * (1 - 0.5 * gap * step(-1.08, -0.98, frame.v))
    paint(picture, _coloured(frame, person, style, rng, volume.astype(np.float32)), cover)
    return cover


def _stray_hairs(
    frame: Frame, style: Style, line: Points, outer: Points, rng: np.random.Generator
) -> Map:
    """Single hairs that cross the hairline and the outline, so that neither looks cut out."""
    curves = []
    wild = 1 + 0.4 * style.curl
    for edge, count, reach in ((line, 420, 0.030), (outer, 300, 0.022 * wild)):
        picks = rng.integers(1, len(edge) - 1, count)
        along = edge[picks + 1] - edge[picks - 1]
        along /= np.linalg.norm(along, axis=1, keepdims=True) + 1e-9
        away = edge[picks] - style.pole
        away /= np.linalg.norm(away, axis=1, keepdims=True) + 1e-9
        lean = rng.normal(0, 0.5 * wild, (count, 1))
        way = away + along * lean
        long = np.abs(rng.normal(0, reach, (count, 1))) + 0.01
        start = edge[picks] + rng.normal(0, 0.006, (count, 2))
        bend = along * rng.normal(0, 0.25, (count, 1)) * long
        curves += list(
            np.stack([start - way * long, start + bend, start + way * long * 0.9], axis=1)
        )
    return np.float32(0.85) * frame.lines(curves, 0.0048)


def _curtains(frame: Frame, person: Person, style: Style) -> Map:
    """Long hair in front of the ears, on both sides of the face."""
    w, low = person.width, min(style.falls, 1.6)
    inner = [(0.545 * w, -0.3), (0.575 * w, 0.05), (0.60 * w, 0.4), (0.585 * w, 0.75)]
    outer_u = style.spread * w
    wide = 0.64 * w + style.side
    right = np.concatenate(
        [
            through((0.50 * w, -0.5), *inner, (0.62 * w, low - 0.05)),
            through(
                (0.66 * w, low), (outer_u - 0.02, low - 0.15), (outer_u, 0.7),
                (wide + 0.02, 0.25), (wide, -0.3), (0.5 * w, -0.75),
            ),
        ]
    )  # fmt: skip
    return np.maximum(frame.polygon(right), frame.polygon(right * (-1, 1)))


def _shaved(picture: Map, frame: Frame, person: Person, rng: np.random.Generator) -> Map:
    style = Style(0.0, 0.0, fringe=-0.1, burns=0.1)
    ring = frame.polygon(np.concatenate([_outer(person, style, 0.1), _hairline(person, style, 0)]))
    sides = step(-0.75, -0.35, frame.v) * frame.soften(ring, 0.05)
    grain = np.clip(0.5 + 0.5 * frame.noise(rng, 0.010), 0, 1)
    paint(picture, linear(person.hair), np.float32(0.30) * sides * grain)
    return np.zeros(frame.shape, np.float32)


def _ellipse(u: float, v: float, ru: float, rv: float) -> Points:
    turn = np.linspace(0, 2 * np.pi, 60)
    return np.asarray(np.stack([u + ru * np.cos(turn), v + rv * np.sin(turn)], 1))
