"""Part `thread`: the security thread in the sheet, a narrow band that lets next to nothing through.

Threads lie a few millimetres apart from copy to copy, so the band is looked for about its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from docexam.nouns.finding import Limit
from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.reference.ink_depth import DEPTH_PX_PER_MM, box_around, cannot
from docexam.reference.parts import NotLearned, Part
from docexam.reference.see_through import LIGHTS, sheets, through

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from docexam.reference.page_sample import PageSample
    from docexam.vision.page import Linear, Mask

NAME = "thread"
THREAD = "model.thread"
# Our starting values.
_DARK = -0.6
_LEAST_ALONG = 0.3
"""Share of the page's height or width: a windowed thread shows half of its length."""
_WIDEST_MM = 3.0
_REACH_MM = 5.0
_BESIDE_MM = 2.5
_RIM_MM = 4.0
"""Nearer to an edge it is the thread that binds the sheet, or the edge itself."""
_LEAST_DEPTH = 0.25
LEAST_SHARE = 0.5
"""Of the depth that enrolled ones showed on the page where it was least."""


def learn(samples: Sequence[PageSample]) -> Part | NotLearned:
    """The thread that these sheets share; NotLearned where they have none."""
    taught = sheets(NAME, samples)
    if isinstance(taught, NotLearned):
        return taught
    both, seen = taught
    known = np.mean([each for _, each in seen], axis=0) > 0.5
    middle = np.median([inside for inside, _ in seen], axis=0).astype(np.float32)
    thread = thread_of(middle, known)
    if not thread.any():
        return NotLearned(NAME, "learn.no-such-print")
    upright = _is_upright(thread)
    facts: dict[str, Any] = {
        "box_mm": [round(part, 2) for part in box_around(thread)],
        "upright": upright,
        "copies": len(both),
    }
    depths = [_depth(*each, facts)[0] for each in seen]
    if min(depths) < _LEAST_DEPTH:
        return NotLearned(NAME, "learn.no-such-print")
    facts["depth"] = round(float(np.median(depths)), 3)
    source = f"enrolled: {LEAST_SHARE:.0%} of the least of {len(both)} genuine captures"
    least = LEAST_SHARE * float(min(depths)) / float(np.median(depths))
    return Part(NAME, facts, {}, {THREAD: Limit(least, None, "1", source)})


def measure(sample: PageSample, part: Part) -> list[Measurement | NotMeasured]:
    """`model.thread`: how dark the darkest band near the thread's place is, the usual being 1.

    Where such a band lies elsewhere on the sheet instead, the thread is not missing: open.
    """
    if unable := cannot(sample, (THREAD,), LIGHTS):
        return [*unable]
    inside, known = through(sample)
    if not known.any():
        return [NotMeasured(THREAD, sample.view.page, LIGHTS, "sheet.opaque", {}, True)]
    depth, apart = _depth(inside, known, part.facts)
    usual = float(part.facts["depth"])
    x, y, w, h = (float(each) for each in part.facts["box_mm"])
    box = sample.page_box((x, y, w, h))
    u = apart / usual + 0.03
    least = part.limits[THREAD].low or 0.0
    if depth < least * usual <= _depth(inside, known, part.facts, anywhere=True)[0]:
        return [NotMeasured(THREAD, sample.view.page, LIGHTS, "thread.elsewhere", {}, True)]
    return [Measurement(THREAD, sample.view.page, LIGHTS, depth / usual, "1", u, box)]


def thread_of(middle: Linear, known: Mask) -> Mask:
    """(h, w) the pixels of a thread, upright or level, in what sheets have in common."""
    found = np.zeros(middle.shape, np.bool_)
    dark = known & (middle < _DARK)
    rim = round(_RIM_MM * DEPTH_PX_PER_MM)
    for axis in (0, 1):
        along = dark.mean(axis=axis) >= _LEAST_ALONG
        along[:rim] = along[-rim:] = False
        edges = np.flatnonzero(np.diff(np.concatenate([[0], along.astype(np.int8), [0]])))
        for first, last in zip(edges[::2], edges[1::2], strict=True):
            if last - first <= _WIDEST_MM * DEPTH_PX_PER_MM:
                band = np.s_[:, first:last] if axis == 0 else np.s_[first:last, :]
                found[band] |= dark[band]
    return found


def _is_upright(thread: Mask) -> bool:
    _, _, w, h = box_around(thread)
    return h > w


def _depth(
    inside: Linear, known: Mask, facts: Mapping[str, Any], *, anywhere: bool = False
) -> tuple[float, float]:
    """How much darker the darkest band near a place is than beside it, and how uneven that is.

    Near the place that `facts` name, or `anywhere` but at the sheet's rim.
    """
    x, y, w, h = (float(each) for each in facts["box_mm"])
    upright = bool(facts["upright"])
    field, seen = (inside, known) if upright else (inside.T, known.T)
    at, wide, start, long = (x, w, y, h) if upright else (y, h, x, w)
    rows = slice(round(start * DEPTH_PX_PER_MM), round((start + long) * DEPTH_PX_PER_MM))
    profile = _profile(field[rows], seen[rows])
    size = max(round(wide * DEPTH_PX_PER_MM), 1)
    first = round(at * DEPTH_PX_PER_MM)
    reach, beside = round(_REACH_MM * DEPTH_PX_PER_MM), round(_BESIDE_MM * DEPTH_PX_PER_MM)
    band = np.convolve(profile, np.ones(size) / size, mode="valid")
    rim = max(round(_RIM_MM * DEPTH_PX_PER_MM), beside)
    start_at, end_at = (rim, len(band) - rim) if anywhere else (first - reach, first + reach)
    best, uneven = 0.0, 0.0
    for left in range(max(start_at, beside), min(end_at, len(band) - beside - 1)):
        sides = [band[max(left - beside - size, 0)], band[min(left + beside + size, len(band) - 1)]]
        step = min(sides) - band[left]
        if step > best:
            best, uneven = float(step), float(abs(sides[0] - sides[1])) / 4
    return best, uneven


def _profile(field: Linear, seen: Mask) -> NDArray[np.float64]:
    """The mean of each column over what is known."""
    count = np.maximum(seen.sum(axis=0), 1)
    return np.asarray((field * seen).sum(axis=0) / count, np.float64)
