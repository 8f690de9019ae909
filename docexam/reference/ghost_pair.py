"""Portrait and second portrait of one page, cut to one size, and how alike their features are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.reference.page_sample import GRID_PX_PER_MM, window_of

if TYPE_CHECKING:
    from docexam.nouns.measurement import BoxMm
    from docexam.reference.ghost_place import GhostPlace
    from docexam.reference.page_sample import PageSample
    from docexam.vision.page import Linear, Mask

# Our starting values, in millimetres of the second portrait.
_SMOOTH_MM = 0.13
_COARSEST_MM = 1.0
_AROUND_MM = 0.45
_REACH_MM = 0.4
_USUAL_BLUR_MM = 0.08
_LOUD, _ROOM_MM, _MOST_LOUD = 0.25, 0.25, 0.4
_LEAST_SEEN = 0.97
# The face within the box of head and shoulders, as shares of it: middle and half axes.
_FACE = (0.5, 0.47, 0.30, 0.30)


@dataclass(frozen=True, slots=True, eq=False)
class GhostPair:
    """(h, w) logarithms on the model's grid: the portrait made small, and the second portrait.

    `second` and `infrared` (None without that light) reach REACH further on every side.
    """

    first: Linear
    second: Linear
    infrared: Linear | None


@dataclass(frozen=True, slots=True)
class Alike:
    """How a second portrait follows the portrait.

    `likeness`: correlation of the face's features; `slope`: how strong it is against the portrait;
    `moved_mm`: how far features lie from where the portrait has them, a mean weighted by their
    strength; `infrared`: as `slope`, of its infrared picture.
    """

    likeness: float
    slope: float
    moved_mm: float
    infrared: float | None


def pair_of(sample: PageSample, portrait: BoxMm, ghost: GhostPlace) -> GhostPair | None:
    """Both cut from one page; None where a part was not seen."""
    scale = ghost.box_mm[2] / portrait[2]
    x, y, w, h = ghost.box_mm
    shape = (round(h * GRID_PX_PER_MM), round(w * GRID_PX_PER_MM))
    reach = _reach()
    wide = (
        x - reach * w / shape[1],
        y - reach * h / shape[0],
        w * (1 + 2 * reach / shape[1]),
        h * (1 + 2 * reach / shape[0]),
    )
    whole = (shape[0] + 2 * reach, shape[1] + 2 * reach)
    for box, light in ((portrait, "white"), (ghost.box_mm, "white"), (ghost.box_mm, "ir")):
        if light in sample.seen and not _is_seen(sample, light, box):
            return None
    quality = sample.view.quality.get("white")
    blur = _USUAL_BLUR_MM if quality is None else quality.edge_spread_mm or _USUAL_BLUR_MM
    # made small, the portrait is sharper than what the lens left of the second one
    unequal = blur * float(np.sqrt(max(1 - scale**2, 0.0)))
    first = _cut(sample, "white", portrait, shape, _SMOOTH_MM / scale)
    first = _blurred(first[:, ::-1] if ghost.mirrored else first, max(unequal, 0.02))
    infrared = _cut(sample, "ir", wide, whole, _SMOOTH_MM) if "ir" in sample.pictures else None
    return GhostPair(first, _cut(sample, "white", wide, whole, _SMOOTH_MM), infrared)


def alike(pair: GhostPair, ground: Linear, gain: float) -> Alike:
    """How alike both are, `ground` (h, w) being the fixed print under the second one.

    `gain` is the genuine slope, whose sign tells a negative.
    """
    first, under = _features(pair.first), _features(ground)
    face = face_of(first.shape) & _quiet(under)
    wide = _features(pair.second)
    rows, columns = first.shape
    one = first[face] - first[face].mean()
    own = float(np.sqrt((one**2).sum())) + 1e-9
    best: tuple[float, Linear, int, int] | None = None
    for down in range(2 * _reach() + 1):
        for across in range(2 * _reach() + 1):
            second = wide[down : down + rows, across : across + columns] - under
            other = second[face] - second[face].mean()
            like = float(one @ other) / own / (float(np.sqrt((other**2).sum())) + 1e-9)
            like *= float(np.sign(gain))
            if best is None or like > best[0]:
                best = (like, second, down, across)
    if best is None:
        raise AssertionError("no shift")
    like, second, down, across = best
    slope = float(one @ (second[face] - second[face].mean())) / own**2
    infrared = None
    if pair.infrared is not None:
        shown = _features(pair.infrared)[down : down + rows, across : across + columns][face]
        infrared = float(one @ (shown - shown.mean())) / own**2
    return Alike(like, slope, _moved(first, second, face, gain), infrared)


def second_at_rest(pair: GhostPair) -> Linear:
    """The second portrait where the model has it, of the size of the first."""
    reach = _reach()
    return np.asarray(pair.second[reach:-reach, reach:-reach], np.float32)


def face_of(shape: tuple[int, ...]) -> Mask:
    """(h, w) where the face is, without hair and shoulders."""
    rows, columns = np.mgrid[0 : shape[0], 0 : shape[1]]
    x, y, a, b = _FACE
    across, down = (columns / shape[1] - x) / a, (rows / shape[0] - y) / b
    return np.asarray(across**2 + down**2 < 1)


def _quiet(under: Linear) -> Mask:
    """Away from text and motifs under the second portrait: what is left of them is no feature."""
    room = np.ones((round(2 * _ROOM_MM * GRID_PX_PER_MM) + 1,) * 2, np.uint8)
    loud = cv2.dilate((np.abs(under) > _LOUD).astype(np.uint8), room) > 0
    return np.asarray(~loud if loud.mean() < _MOST_LOUD else np.ones_like(loud))


def _moved(first: Linear, second: Linear, face: Mask, gain: float) -> float:
    """Root mean square in mm of the displacements that a smooth map does not explain."""
    slopes = [
        cv2.Sobel(first, cv2.CV_32F, *way, scale=1 / 8) * GRID_PX_PER_MM for way in ((1, 0), (0, 1))
    ]
    rows, columns = np.mgrid[0 : first.shape[0], 0 : first.shape[1]]
    across = columns / first.shape[1] - 0.5
    down = rows / first.shape[0] - 0.5
    # strength, shift and shear of the whole are ink, placing and page
    parts = [first, *slopes, *(each * way for each in slopes for way in (across, down))]
    known = np.stack([part[face] for part in parts], axis=1).astype(np.float64)
    found = np.linalg.lstsq(known, second[face].astype(np.float64), rcond=None)[0]
    rest = second - sum(share * part for share, part in zip(found, parts, strict=True))
    strength = max(abs(float(found[0])), 0.3 * abs(gain))
    basis = [first, *slopes]
    normal = np.array([[_around(a * b) for b in basis] for a in basis]).transpose(2, 3, 0, 1)
    seen = np.array([_around(a * rest) for a in basis]).transpose(1, 2, 0)
    detail = normal[..., 1, 1] + normal[..., 2, 2]
    damped = normal + np.eye(3) * 1e-7 + np.diag([0, 1, 1]) * (0.02 * float(detail.mean()))
    step = max(round(0.5 * GRID_PX_PER_MM), 1)
    points = np.zeros_like(face)
    points[::step, ::step] = face[::step, ::step]
    local = np.linalg.solve(damped[points], seen[points][..., None])[..., 0]
    shift, weights = local[:, 1:], damped[points][:, 1:, 1:]
    energy = float(np.einsum("ij,ijk,ik->", shift, weights, shift)) / strength**2
    return float(np.sqrt(2 * energy / max(float(detail[points].sum()), 1e-9)))


def _cut(
    sample: PageSample, light: str, box: BoxMm, shape: tuple[int, int], smooth_mm: float
) -> Linear:
    """The logarithm of one light in a box, smoothed on the page, (h, w) of `shape`."""
    room = 3 * smooth_mm + 0.5
    x, y, w, h = box
    picture = sample.pictures[light]
    rows, columns = window_of((x - room, y - room, w + 2 * room, h + 2 * room), picture.shape)
    part = picture[rows, columns]
    grey = part if part.ndim == 2 else part.mean(axis=2)
    tone = np.log(np.maximum(_blurred(np.asarray(grey, np.float32), smooth_mm), 0.004))
    per = (w * GRID_PX_PER_MM / shape[1], h * GRID_PX_PER_MM / shape[0])
    start = (x * GRID_PX_PER_MM - columns.start, y * GRID_PX_PER_MM - rows.start)
    matrix = np.array(
        [[per[0], 0, start[0] + per[0] / 2 - 0.5], [0, per[1], start[1] + per[1] / 2 - 0.5]]
    )
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    cut = cv2.warpAffine(tone, matrix, shape[::-1], flags=how, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cut, np.float32)


def _features(picture: Linear) -> Linear:
    """Without the coarse tones, which hair and clothes make."""
    return np.asarray(picture - _blurred(picture, _COARSEST_MM), np.float32)


def _around(product: Linear) -> Linear:
    return _blurred(np.asarray(product, np.float32), _AROUND_MM)


def _blurred(picture: Linear, sigma_mm: float) -> Linear:
    sigma = sigma_mm * GRID_PX_PER_MM
    return np.asarray(cv2.GaussianBlur(np.ascontiguousarray(picture), (0, 0), sigma), np.float32)


def _reach() -> int:
    return round(_REACH_MM * GRID_PX_PER_MM)


def _is_seen(sample: PageSample, light: str, box: BoxMm) -> bool:
    part = sample.seen[light][window_of(box, sample.seen[light].shape)]
    return part.size > 0 and float(part.mean()) >= _LEAST_SEEN
