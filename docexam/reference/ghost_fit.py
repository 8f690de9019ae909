"""How a second portrait follows the portrait of the same page: tones, sharpness, and place.

The second one is printed from the same picture, so that features lie where the model says. Another
face, however alike, has its eyes, mouth and outline a little elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.reference.ghost_pair import REACH, SMOOTH_MM, GhostPair, blurred, features
from docexam.reference.page_sample import GRID_PX_PER_MM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from docexam.vision.page import Linear

    Numbers = NDArray[np.float64]

# Our starting values, in millimetres of the second portrait.
_BLURS_MM = ((0.0, 0.0), (0.12, 0.0), (0.0, 0.07), (0.0, 0.12), (0.0, 0.18))
"""What is tried to make both equally sharp: on the first, on the second."""
_USUAL = 3
_ROUNDS, _MORE_ROUNDS = 3, 3
_PRIOR_MM = 0.25
"""How far the features of a face may lie from those of another; keeps plain faces in place."""
_FAR = 2.5
"""Scratches and stains: beyond so many deviations a place counts less."""
_RIM_PX = 3
_PLACES = 6
_LEAST_SLOPE = 1e-9
_FACE = (0.25, 0.75)
"""The middle of the face, as shares of the sides."""
_HEAD_MM = (0.025, 0.035, 0.025, 0.03, 0.025, 0.035)
_FACE_MM = (0.01, 0.02, 0.02, 0.01, 0.02, 0.02)
"""How far genuine features lie aside by print and placing, one standard deviation a part of
`Fit.place`: our starting values, from drawn genuine documents of seven designs."""
_KNOWN = 5
"""So many genuine ones these values weigh as, beside those that are enrolled."""


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """How the second portrait follows the first.

    `likeness`: correlation of the features, tones and sharpness made equal; `slope`: how strong
    they are against the portrait's; `infrared`: as `slope`, of its infrared picture. `place` (6,)
    says in mm how far they lie aside: across (level, along x, along y), then down likewise, x and y
    being -1 to 1 over the box. `noise` (6, 6) is the covariance of `place`. `ground` (h, w) is what
    the portrait does not explain; `template` (h, w) what it does.
    """

    likeness: float
    slope: float
    infrared: float | None
    place: Numbers
    noise: Numbers
    ground: Linear
    template: Linear


def fit(pair: GhostPair, ground: Linear, gain: float) -> Fit:
    """How `pair` fits, `ground` (h, w) being the features of the fixed print below the second.

    `gain` is about the genuine slope; its sign tells a negative.
    """
    place = np.zeros(_PLACES)
    noise = np.eye(_PLACES)
    best = _USUAL
    for rounds in (_ROUNDS, _MORE_ROUNDS):
        first, second, under = _sharp(pair, ground, best)
        residue: Linear | None = None
        for _ in range(rounds):
            shown = _seen_at(second, place, under.shape) - under
            place, noise, residue = _step(first, shown, place, residue, best)
        if rounds == _ROUNDS:
            best = max(range(len(_BLURS_MM)), key=lambda at: _likeness(pair, ground, place, at))
    first, second, under = _sharp(pair, ground, best)
    seen = _seen_at(second, place, under.shape)
    template = _template(first, seen - under)
    plain, shown = _inner(first[0]), _inner(seen - under)
    plain = plain - plain.mean()
    whole = max(float(plain @ plain), _LEAST_SLOPE)
    slope = float(plain @ shown) / whole
    infrared = None
    if pair.infrared is not None:
        glimpsed = _inner(_seen_at(features(pair.infrared), place, under.shape))
        infrared = float(plain @ glimpsed) / whole
    # a tone curve that runs the other way is no likeness
    way = float(np.sign(slope * gain)) or 1.0
    likeness = way * _correlation(_inner(template), shown)
    return Fit(likeness, slope, infrared, place, noise, seen - template, template)


@dataclass(frozen=True, slots=True, eq=False)
class Lie:
    """Where the features of head and shoulders lie, and those of the middle of the face alone.

    Each a `place` (6,) in mm and its covariance (6, 6), as `Fit` has them.
    """

    head: Numbers
    head_noise: Numbers
    face: Numbers
    face_noise: Numbers


def lie_of(pair: GhostPair, whole: Fit, ground: Linear, gain: float) -> Lie:
    """Where features lie, `whole` being the fit of the pair; hair and outline hide a face's own."""
    rows, columns = (_middle(side) for side in ground.shape)
    wide = (_reaching(rows), _reaching(columns))
    face = fit(
        GhostPair(pair.first[rows, columns], pair.second[wide], None), ground[rows, columns], gain
    )
    return Lie(whole.place, whole.noise, face.place, face.noise)


@dataclass(frozen=True, slots=True, eq=False)
class UsualLie:
    """Where genuine features lie, (6,) of head and of face, and how far aside of it, likewise."""

    head: Numbers
    face: Numbers
    head_spread: Numbers
    face_spread: Numbers


def usual_lie(lies: Sequence[Lie]) -> UsualLie:
    """What several genuine ones show.

    Their spread is learned, beside what print and placing explain: some second portraits are
    printed less evenly than others, in some parts of a place only.
    """
    head, head_spread = _usual([each.head for each in lies], [e.head_noise for e in lies], _HEAD_MM)
    face, face_spread = _usual([each.face for each in lies], [e.face_noise for e in lies], _FACE_MM)
    return UsualLie(head, face, head_spread, face_spread)


def _usual(
    places: Sequence[Numbers], noises: Sequence[Numbers], known_mm: Sequence[float]
) -> tuple[Numbers, Numbers]:
    middle = np.mean(places, axis=0)
    noise = np.array([np.diag(each) for each in noises])
    # the mean follows each of them
    free = len(places) / max(len(places) - 1, 1)
    beyond = np.maximum(free * np.square(np.array(places) - middle) - noise, 0.0).sum(axis=0)
    known = np.square(known_mm)
    spread = np.sqrt((_KNOWN * known + beyond) / (_KNOWN + len(places)))
    return middle, np.asarray(np.maximum(spread, known_mm), np.float64)


def apart(lie: Lie, usual: UsualLie) -> float:
    """How many times as far features lie from where they should as noise and placing explain."""
    square = 0.0
    for place, noise, middle, spread in (
        (lie.head, lie.head_noise, usual.head, usual.head_spread),
        (lie.face, lie.face_noise, usual.face, usual.face_spread),
    ):
        away = place - middle
        square += float(away @ np.linalg.solve(noise + np.diag(np.square(spread)), away))
    return float(np.sqrt(square / (2 * _PLACES)))


def moved_mm(place: Numbers) -> float:
    """Root mean square over the box of a place, in mm."""
    # means of 1, x * x and y * y over the box
    weights = np.tile([1.0, 1 / 3, 1 / 3], 2)
    return float(np.sqrt((weights * place**2).sum()))


def _middle(side: int) -> slice:
    return slice(round(_FACE[0] * side), round(_FACE[1] * side))


def _reaching(part: slice) -> slice:
    """The same part of a picture that reaches REACH further."""
    return slice(part.start, part.stop + 2 * REACH)


def _sharp(pair: GhostPair, ground: Linear, at: int) -> tuple[tuple[Linear, ...], Linear, Linear]:
    """The portrait's tone curve as (plain, bent, square), the second one, and the ground."""
    own_mm, other_mm = _BLURS_MM[at]
    first = blurred(pair.first, own_mm) if own_mm else pair.first
    second = blurred(pair.second, other_mm) if other_mm else pair.second
    under = blurred(ground, other_mm) if other_mm else ground
    beyond = first - np.median(first)
    curve = (first, beyond * np.abs(beyond), beyond * beyond)
    return tuple(features(each) for each in curve), features(second), under


def _likeness(pair: GhostPair, ground: Linear, place: Numbers, at: int) -> float:
    first, second, under = _sharp(pair, ground, at)
    shown = _seen_at(second, place, under.shape) - under
    return _correlation(_inner(_template(first, shown)), _inner(shown))


def _step(
    first: Sequence[Linear], shown: Linear, place: Numbers, residue: Linear | None, at: int
) -> tuple[Numbers, Numbers, Linear]:
    """A better `place`, its covariance, and what then still differs."""
    template = _template(first, shown)
    slopes = [
        cv2.Sobel(template, cv2.CV_32F, *way, scale=1 / 8) * GRID_PX_PER_MM
        for way in ((1, 0), (0, 1))
    ]
    x, y = _grid(shown.shape)
    columns = [*first, np.ones_like(shown)]
    known = len(columns)
    columns += [-slope * way for slope in slopes for way in (np.ones_like(x), x, y)]
    rest = np.abs(_inner(shown - template if residue is None else residue))
    sigma = max(1.48 * float(np.median(rest)), 1e-6)
    weight = np.sqrt(np.minimum(1, _FAR * sigma / np.maximum(rest, 1e-9)))
    design = np.stack([_inner(one) * weight for one in columns], axis=1).astype(np.float64)
    wanted = (_inner(shown) * weight).astype(np.float64)
    # the noise of neighbours is one: so many pixels tell one thing
    together = 4 * np.pi * ((SMOOTH_MM**2 + _BLURS_MM[at][1] ** 2) * GRID_PX_PER_MM**2)
    variance = sigma**2 * together
    prior = np.zeros(len(columns))
    prior[known:] = variance / _PRIOR_MM**2
    normal = design.T @ design + np.diag(prior + 1e-9)
    right = design.T @ wanted
    right[known:] -= prior[known:] * place
    found = np.linalg.solve(normal, right)
    noise = np.linalg.inv(normal)[known:, known:] * variance
    shares = found[:known]
    left = shown - sum(share * one for share, one in zip(shares, columns[:known], strict=True))
    step = np.asarray(found[known:], np.float64)
    return place + step, np.asarray(noise, np.float64), np.asarray(left, np.float32)


def _template(first: Sequence[Linear], shown: Linear) -> Linear:
    """The portrait in the tones of the second one."""
    known = np.stack([_inner(one) for one in first], axis=1).astype(np.float64)
    normal = known.T @ known + np.eye(len(first)) * 1e-9
    shares = np.linalg.solve(normal, known.T @ _inner(shown).astype(np.float64))
    return np.asarray(sum(s * one for s, one in zip(shares, first, strict=True)), np.float32)


def _seen_at(second: Linear, place: Numbers, shape: tuple[int, ...]) -> Linear:
    """(h, w) of `shape` from what reaches REACH further, as if it lay aside by `place`."""
    x, y = _grid(shape)
    rows, columns = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    across = columns + REACH + (place[0] + place[1] * x + place[2] * y) * GRID_PX_PER_MM
    down = rows + REACH + (place[3] + place[4] * x + place[5] * y) * GRID_PX_PER_MM
    return np.asarray(
        cv2.remap(
            second,
            across.astype(np.float32),
            down.astype(np.float32),
            cv2.INTER_CUBIC,
            borderMode=cv2.BORDER_REPLICATE,
        ),
        np.float32,
    )


def _grid(shape: tuple[int, ...]) -> tuple[Linear, Linear]:
    rows, columns = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    return (columns + 0.5) / shape[1] * 2 - 1, (rows + 0.5) / shape[0] * 2 - 1


def _inner(picture: Linear) -> Linear:
    """(n,) without the rim."""
    return picture[_RIM_PX:-_RIM_PX, _RIM_PX:-_RIM_PX].ravel()


def _correlation(one: Linear, other: Linear) -> float:
    a, b = one - one.mean(), other - other.mean()
    return float((a * b).sum() / np.sqrt(max(float((a * a).sum() * (b * b).sum()), 1e-12)))
