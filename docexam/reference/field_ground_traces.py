"""What an erasure leaves in the ground around one field, each trace in what genuine ones show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.reference.field_ground_seen import REACH_MM, grown
from docexam.reference.page_sample import GRID_PX_PER_MM, window_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docexam.nouns.measurement import BoxMm
    from docexam.reference.field_ground_seen import GroundSeen, Levels
    from docexam.vision.page import Linear, Mask

# Our starting values.
CORE_MM, NEAR_MM, FAR_MM = 0.15, 1.8, 4.0
"""The field, and from where to where around it the ground is out of an eraser's reach."""
BLOTCH_MM = 0.5
"""What was washed out runs that far beyond the letters, where they hide little of its glow."""
_FINE_MM, _WIDE_MM = 0.15, 1.5
_MOVED_PX = ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1))
"""Prints of several runs lie a little differently on each other."""
_LEAST_PX = (60, 200)
_LEAST_PRINT = 0.03
"""Fainter ground print tells nothing."""
PRINT_STEP, TONE_STEP, GLOW_STEP = 0.10, 0.025, 0.08
"""Standard deviations of the three traces on genuine pages, wear and devices included."""
_ALIKE_PX = 6.0


@dataclass(frozen=True, slots=True)
class Traces:
    """One field.

    `kept` is the share of the ground's print that is still there, of the share kept around it,
    `kept_u` its standard error; `tone` (3,) the change of lightness in white, blue, green, red,
    and `glow` that of the blue light under ultraviolet, as logarithms against what lies around.
    """

    kept: float
    kept_u: float
    tone: tuple[float, float, float]
    glow: float


def strange(seen: Traces, spread: Sequence[float]) -> tuple[float, float, float]:
    """How many times as far from unchanged as genuine ones: print lost, tone, glow.

    `spread` (5,) is that of genuine pages at this field, from `spread_of`.
    """
    steps = (float(np.hypot(PRINT_STEP, seen.kept_u)), *(TONE_STEP,) * 3, GLOW_STEP)
    far = [
        change / float(np.hypot(step, usual))
        for change, usual, step in zip(_changes(seen), spread, steps, strict=True)
    ]
    # more print than usual is no erasure
    return max(-far[0], 0.0), max(abs(one) for one in far[1:4]), abs(far[4])


def spread_of(seen: Sequence[Traces]) -> tuple[float, ...]:
    """(5,) root mean square change of genuine pages: of the print, the three tones, the glow."""
    changes = np.array([_changes(one) for one in seen])
    return tuple(float(one) for one in np.sqrt(np.mean(changes**2, axis=0)))


def _changes(seen: Traces) -> tuple[float, ...]:
    return (seen.kept - 1.0, *seen.tone, seen.glow)


def traces_of(page: GroundSeen, usual: Mapping[str, Levels], box: BoxMm) -> Traces | None:
    """The traces at a box of the model; None where too little bare ground is seen or known."""
    shape = page.bare.shape
    window = window_of(grown(box, REACH_MM), shape)
    known = page.bare[window] & ~np.isnan(usual["white"][window][..., 0])
    known &= ~np.isnan(usual["uv"][window][..., 0])
    core = _marked(shape, box, CORE_MM)[window] & known
    around = _marked(shape, box, FAR_MM)[window] & ~_marked(shape, box, NEAR_MM)[window] & known
    if core.sum() < _LEAST_PX[0] or around.sum() < _LEAST_PX[1]:
        return None
    white = usual["white"][window]
    kept, kept_u = _print_kept(page.levels["white"][window], white, known, core, around)
    blue, green, red = _change(page, usual, "white", window, core, around)
    blotch = _marked(shape, box, BLOTCH_MM)[window] & known
    glows = [_change(page, usual, "uv", window, where, around)[0] for where in (core, blotch)]
    glow = max(glows, key=abs)
    return Traces(kept, kept_u, (float(blue), float(green), float(red)), float(glow))


def _marked(shape: tuple[int, ...], box: BoxMm, by_mm: float) -> Mask:
    marked = np.zeros(shape[:2], np.bool_)
    marked[window_of(grown(box, by_mm), shape)] = True
    return marked


def _change(
    page: GroundSeen,
    usual: Mapping[str, Levels],
    light: str,
    window: tuple[slice, slice],
    core: Mask,
    around: Mask,
) -> Linear:
    """(3,) how much lighter the core is than it should be, against what lies around it."""
    apart = page.levels[light][window] - usual[light][window]
    here, there = (np.median(apart[where], axis=0) for where in (core, around))
    return np.asarray(here - there, np.float32)


def _print_kept(
    seen: Levels, usual: Levels, known: Mask, core: Mask, around: Mask
) -> tuple[float, float]:
    """The share of the usual print in the core, of that around it; and its standard error."""
    pattern, here = (_detail(each, known) for each in (usual, seen))
    if _depth(pattern, core) < _LEAST_PRINT or _depth(pattern, around) < _LEAST_PRINT:
        return 1.0, 0.0
    moved = [np.roll(pattern, move, (0, 1)) for move in _MOVED_PX]
    inside = max(_share(each, here, core) for each in moved)
    outside = max(_share(each, here, around) for each in moved)
    if outside < 0.25:
        return 1.0, 0.0  # not to be seen here at all
    rest = here - np.float32(inside) * pattern
    u = _depth(rest, core) / _depth(pattern, core) / np.sqrt(core.sum() / _ALIKE_PX)
    return min(inside / outside, 1.5), float(u) / outside


def _share(pattern: Linear, seen: Linear, where: Mask) -> float:
    one = pattern[where]
    return float((one * seen[where]).sum() / max(float((one * one).sum()), 1e-6))


def _depth(detail: Linear, where: Mask) -> float:
    return float(np.sqrt(np.mean(np.square(detail[where]).sum(axis=1))))


def _detail(levels: Levels, known: Mask) -> Linear:
    """The print in it: finer than light and wear, coarser than the lens; 0 where unknown."""
    weight = known.astype(np.float32)
    filled = np.where(known[..., None], levels, np.float32(0)).astype(np.float32)
    fine, wide = (
        cv2.GaussianBlur(filled, (0, 0), mm * GRID_PX_PER_MM)
        / np.maximum(cv2.GaussianBlur(weight, (0, 0), mm * GRID_PX_PER_MM), 1e-3)[..., None]
        for mm in (_FINE_MM, _WIDE_MM)
    )
    return np.asarray((fine - wide) * weight[..., None], np.float32)
