"""Ink that white light shows and infrared does not, beside ink that both show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from docexam.nouns.measurement import BoxMm
    from docexam.vision.field_runs import Field
    from docexam.vision.light_pair import LightPair

Window = tuple[slice, slice]

# Our starting values.
_LEAST_WHITE = 0.25
_LEAST_CORE_PX = 6
_LEAST_PX = 60
_STAYS = 0.5
_CORE_SHARE = 0.6
_SOLID = (0.75, 0.90)
"""How dark, against the darkest of the print, a stroke is: paler is printed ground or an edge."""
_GONE = (0.20, 0.30)
"""The part of a stroke's contrast that only white light shows."""
_FAINT = (0.10, 0.20)
"""The same on the flanks of a stroke, which the lens mixes with the ink beside it."""


@dataclass(frozen=True, slots=True)
class PrintInk:
    """A print's ink: how deep it is in white, and what share of that infrared keeps."""

    deep: float
    kept: float


def window_of(box: BoxMm, room_mm: float, pair: LightPair) -> Window:
    """The rows and columns of a box with room around it, cut to the page."""
    x, y, w, h = box
    scale = pair.px_per_mm
    rows, columns = pair.white.shape
    top, bottom = (min(max(round(v * scale), 0), rows) for v in (y - room_mm, y + h + room_mm))
    left, right = (min(max(round(v * scale), 0), columns) for v in (x - room_mm, x + w + room_mm))
    return slice(top, bottom), slice(left, right)


def staying_ink(pair: LightPair, window: Window) -> PrintInk | None:
    """The ink of the print in a window; None where there is none, or infrared does not keep it.

    What infrared shows of print that vanishes may be the printed ground.
    """
    seen, hidden = pair.white[window], pair.infrared[window]
    if seen.size < _LEAST_PX:
        return None
    deep = float(np.percentile(seen, 97))
    core = seen > _CORE_SHARE * deep
    if deep < _LEAST_WHITE or int(core.sum()) < _LEAST_CORE_PX:
        return None
    kept = float(np.median(hidden[core] / seen[core]))
    return PrintInk(deep, kept) if kept >= _STAYS else None


def share_gone(pair: LightPair, window: Window, ink: PrintInk) -> Field:
    """The part of the print's contrast that is seen at each point and gone in infrared."""
    gone = pair.white[window] / ink.deep - pair.near[window] / (ink.kept * ink.deep)
    return np.asarray(gone, np.float32)


def lost_ink(pair: LightPair, window: Window, ink: PrintInk, *, faint: bool = False) -> Field:
    """How surely, 0 to 1, each point is as dark as the print in white and gone in infrared.

    `faint` takes in what is hardly gone: the flanks of a stroke that was found without it.
    """
    solid = _ramp(pair.white[window] / ink.deep, _SOLID)
    return np.asarray(
        _ramp(share_gone(pair, window, ink), _FAINT if faint else _GONE) * solid, np.float32
    )


def _ramp(values: Field, ends: tuple[float, float]) -> Field:
    low, high = ends
    return np.asarray(np.clip((values - low) / (high - low), 0.0, 1.0), np.float32)
