"""What the fibres of a page show in white light: ink that is only there where they are printed.

Fluorescent fibres are clear, or dyed in the issuer's colour, and lie in the sheet. Strokes that
are printed in their place leave a film of ink on it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from numpy.typing import NDArray

from docexam.nouns.finding import Limit
from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.reference.uv_strokes import STROKE_PX_PER_MM, line_filters

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docexam.reference.page_sample import PageSample
    from docexam.reference.uv_strokes import Ridges, Strokes
    from docexam.vision.page import Linear

Inks = NDArray[np.float64]
"""(n, 3) blue, green and red light that each stroke takes, as the width of a black one in mm."""
INK = "uv.fibres.ink"
# Our starting values.
FEWEST_KNOWN, FEWEST = 8, 5
"""Strokes of one colour that must be known, and those of a page from which their mean tells."""
INK_MOST_MM = 0.015
"""Genuine drawn pages swing by 0.005 mm in the clearest channel; strokes of offset ink that are as
wide as fibres take 0.03 mm and more."""
TRIMMED = 0.1
GAP_MM = 0.06
"""A stroke that much brighter in white light is a gap in dark print, through which the sheet glows,
and no fibre."""
_GROUND_MM = 1.5
_LEAST_WHITE = 1e-3


def without_gaps(sample: PageSample, ridges: Ridges, found: Strokes) -> tuple[Strokes, Inks]:
    """The strokes that are no gaps in dark print, and the ink of each."""
    inks = _inks(sample, ridges, found)
    sound = inks.min(axis=1) > -GAP_MM
    return found.only(sound), inks[sound]


def usual_ink(found: Sequence[Strokes], inks_of: Sequence[Inks]) -> dict[str, dict[str, Any]]:
    """What strokes of each ultraviolet colour take of white light: mean, spread, how many."""
    inks = np.concatenate(inks_of)
    channels = np.concatenate([one.channel for one in found])
    usual = {}
    for channel in range(3):
        own = inks[channels == channel]
        if len(own) >= FEWEST_KNOWN:
            usual[str(channel)] = {
                "mean_mm": [float(each) for each in _mean(own)],
                "spread_mm": [float(each) for each in own.std(axis=0)],
                "strokes": len(own),
            }
    return usual


def ink_limit(copies: int) -> Limit:
    """How much more ink than on these copies may show."""
    source = f"enrolled: {copies} genuine captures, room for chance our starting value"
    return Limit(None, INK_MOST_MM, "mm", source)


def ink_measured(
    sample: PageSample, found: Strokes, inks: Inks, usual: Mapping[str, Mapping[str, Any]]
) -> list[Measurement | NotMeasured]:
    """`uv.fibres.ink` of one page, in the channel that shows it most surely; none without `usual`.

    Its uncertainty tells how far chance spreads the strokes of this page and of the model's.
    """
    if not usual:
        return []
    known = np.isin(found.channel, [int(channel) for channel in usual])
    if known.sum() < FEWEST:
        few: dict[str, float | str] = {"strokes": float(known.sum()), "least": float(FEWEST)}
        return [NotMeasured(INK, sample.view.page, ("uv", "white"), "uv.few-fibres", few)]
    beyond = np.zeros_like(inks)
    spread = np.zeros_like(inks)
    learned = np.zeros(3)
    for name, own in usual.items():
        here = found.channel == int(name)
        beyond[here] = inks[here] - np.asarray(own["mean_mm"])
        spread[here] = own["spread_mm"]
        share = here.sum() / known.sum()
        learned += (share * np.asarray(own["spread_mm"])) ** 2 / float(own["strokes"])
    mean = _mean(beyond[known])
    chance = np.maximum(spread[known].mean(axis=0), beyond[known].std(axis=0)) ** 2
    error = np.sqrt(chance / known.sum() + learned)
    surest = int(np.argmax((mean - INK_MOST_MM) / error))
    return [
        Measurement(
            INK,
            sample.view.page,
            ("uv", "white"),
            float(mean[surest]),
            "mm",
            float(error[surest]),
            (0.0, 0.0, *sample.view.size_mm),
            details={"strokes": float(known.sum())},
        )
    ]


def _inks(sample: PageSample, ridges: Ridges, found: Strokes) -> Inks:
    """The ink of each stroke: the filter that finds it in ultraviolet, laid on the white page."""
    shape = ridges.strength.shape
    white = cv2.resize(sample.pictures["white"], shape[::-1], interpolation=cv2.INTER_AREA)
    share = white / np.maximum(
        cv2.GaussianBlur(white, (0, 0), _GROUND_MM * STROKE_PX_PER_MM), np.float32(_LEAST_WHITE)
    )
    filters = np.stack(line_filters())
    half = filters.shape[1] // 2
    padded = cv2.copyMakeBorder(share, half, half, half, half, cv2.BORDER_REFLECT_101)
    rows, columns = found.at.T
    windows = np.lib.stride_tricks.sliding_window_view(padded, filters.shape[1:], axis=(0, 1))
    seen = np.einsum(
        "mcij,mij->mc", windows[rows, columns], filters[ridges.direction[rows, columns]]
    )
    weight = _weight(ridges.strength, found)
    inks = np.zeros((len(found.strength), 3))
    np.add.at(inks, found.stroke, -seen * weight[:, None])
    whole = np.bincount(found.stroke, weight, len(found.strength))
    return np.asarray(inks / whole[:, None] / STROKE_PX_PER_MM, np.float64)


def _weight(strength: Linear, found: Strokes) -> NDArray[np.float64]:
    rows, columns = found.at.T
    return np.asarray(np.maximum(strength[rows, columns], 1e-9), np.float64)


def _mean(inks: Inks) -> NDArray[np.float64]:
    """(3,) without the tenth at either end: a hair or a line of print is no fibre."""
    cut = math.floor(TRIMMED * len(inks))
    return np.asarray(np.sort(inks, axis=0)[cut : len(inks) - cut].mean(axis=0))
