"""What a model keeps of second portraits: their place, and the print below without any face."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from docexam.reference.ghost_fit import fit, lie_of
from docexam.reference.ghost_pair import blurred, features, second_at_rest
from docexam.reference.page_sample import GRID_PX_PER_MM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from docexam.nouns.measurement import BoxMm
    from docexam.reference.ghost_fit import Fit, Lie
    from docexam.reference.ghost_pair import GhostPair
    from docexam.reference.ghost_place import GhostPlace
    from docexam.vision.page import Linear

# Our starting values, in millimetres of the second portrait.
_NEAR_MM = 0.5
_FOLLOWS, _LEAST_SHARE = 0.6, 0.3
_LEAST_MM = 5.0
_FACE_NEAR_MM = 1.0
_FACE_BLURS_MM = (0.0, 0.15, 0.35)
_RIDGE = 0.05


def gain_of(pairs: Sequence[GhostPair]) -> float:
    """How much the second portrait follows where the first differs from holder to holder."""
    first, second = _from_mean(pairs)
    return float((first * second).sum() / max(float((first**2).sum()), 1e-9))


def trimmed(
    pairs: Sequence[GhostPair], portrait: BoxMm, ghost: GhostPlace
) -> tuple[BoxMm, GhostPlace]:
    """Both boxes cut to the rows and columns where the second follows the first.

    A signature above the portrait, or what fades out below the second one, is no part of it.
    """
    first, second = _from_mean(pairs)
    both, own, other = (
        blurred(np.asarray(each.mean(axis=0), np.float32), _NEAR_MM)
        for each in (first * second, first**2, second**2)
    )
    like = np.sign(ghost.likeness) * both / np.sqrt(np.maximum(own * other, 1e-12))
    follows = like > _FOLLOWS
    top, bottom = _longest(follows.mean(axis=1) > _LEAST_SHARE)
    left, right = _longest(follows[top:bottom].mean(axis=0) > _LEAST_SHARE)
    if min(bottom - top, right - left) < _LEAST_MM * GRID_PX_PER_MM:
        return portrait, ghost
    rows, columns = follows.shape
    y, h = top / rows, (bottom - top) / rows
    x, w = left / columns, (right - left) / columns
    own_x = 1 - x - w if ghost.mirrored else x
    cut = _part(portrait, own_x, y, w, h)
    return cut, replace(ghost, box_mm=_part(ghost.box_mm, x, y, w, h))


def settled(ghost: GhostPlace, fits: Sequence[Fit]) -> GhostPlace:
    """The place where the features of genuine ones lie in the mean."""
    place = np.mean([each.place for each in fits], axis=0)
    x, y, w, h = ghost.box_mm
    wider, higher = 2 * float(place[1]), 2 * float(place[5])
    box = (x + float(place[0]) - wider / 2, y + float(place[3]) - higher / 2, w + wider, h + higher)
    return replace(ghost, box_mm=box)


def rough_ground(pairs: Sequence[GhostPair], gain: float) -> Linear:
    """The features of the print below, before it is known how each portrait fits."""
    rest = [features(second_at_rest(pair) - gain * pair.first) for pair in pairs]
    return np.asarray(np.mean(rest, axis=0), np.float32)


def faceless(grounds: Sequence[Linear], pairs: Sequence[GhostPair]) -> Linear:
    """(h, w) what `grounds` have in common, without what resembles the mean of the portraits.

    Five faces do not average out: whatever follows their mean in the neighbourhood of a place, at
    any sharpness, is taken away, so that a model shows no face.
    """
    mean = np.asarray(np.mean([features(pair.first) for pair in pairs], axis=0), np.float32)
    faces = [blurred(mean, sigma) if sigma else mean for sigma in _FACE_BLURS_MM]
    ground = np.asarray(np.mean(grounds, axis=0), np.float32)
    normal = np.array([[_near(a * b) for b in faces] for a in faces]).transpose(2, 3, 0, 1)
    wanted = np.array([_near(a * ground) for a in faces]).transpose(1, 2, 0)[..., None]
    usual = float(np.trace(normal, axis1=2, axis2=3).mean()) / len(faces)
    damped = normal.astype(np.float64) + np.eye(len(faces)) * max(_RIDGE * usual, 1e-12)
    shares = np.linalg.solve(damped, wanted)[..., 0]
    explained = sum(shares[..., at] * face for at, face in enumerate(faces))
    return np.asarray(ground - explained, np.float32)


def fits_without_own(
    pairs: Sequence[GhostPair], grounds: Sequence[Linear], gain: float
) -> list[Fit]:
    """Each page against the ground that the others show, as a page to come will be."""
    found = []
    for own, pair in enumerate(pairs):
        others = [at for at in range(len(pairs)) if at != own]
        ground = faceless([grounds[at] for at in others], [pairs[at] for at in others])
        found.append(fit(pair, ground, gain))
    return found


def strangers(pairs: Sequence[GhostPair], ground: Linear, gain: float) -> list[tuple[Fit, Lie]]:
    """The second portrait of each page against the first one of the next: another face."""
    found = []
    for at, pair in enumerate(pairs):
        mixed = replace(pair, first=pairs[(at + 1) % len(pairs)].first)
        whole = fit(mixed, ground, gain)
        found.append((whole, lie_of(mixed, whole, ground, gain)))
    return found


def _from_mean(
    pairs: Sequence[GhostPair],
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """(n, h, w) both portraits without what all pages share."""
    first = np.array([pair.first for pair in pairs])
    second = np.array([second_at_rest(pair) for pair in pairs])
    return first - first.mean(axis=0), second - second.mean(axis=0)


def _part(box: BoxMm, x: float, y: float, w: float, h: float) -> BoxMm:
    return (box[0] + x * box[2], box[1] + y * box[3], w * box[2], h * box[3])


def _longest(marks: NDArray[np.bool_]) -> tuple[int, int]:
    """The longest run of marks, as first and behind the last."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], marks, [False]]).astype(np.int8)))
    runs = [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return max(runs, key=lambda run: run[1] - run[0], default=(0, 0))


def _near(product: Linear) -> Linear:
    return blurred(product, _FACE_NEAR_MM)
