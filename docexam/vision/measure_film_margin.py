"""A margin of the film that stands up: along the sides of a page, in light from opposite sides.

A film that was taken off and pressed on again, or another one in its place, lifts along its edge:
a straight step runs along the page's sides, down towards the middle, where nothing is printed. A
genuine film ends the other way round, lower at its edge, and relief that is printed (intaglio)
shows as print. Lines that stand up by themselves (embossing) rise and fall within their width and
are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.vision.raking import PX_PER_MM, RAKING, slopes_of

if TYPE_CHECKING:
    from docexam.vision.page import PageView
    from docexam.vision.raking import Slope
    from docexam.vision.zone_view import ZoneView

Profile = NDArray[np.float64]
Field = NDArray[np.float32]

NAME = "film.margin"
NAMES = (NAME,)
_SIDES = {"across": ("left", "right"), "down": ("top", "bottom")}
# Our starting values.
FROM_MM, TO_MM = 0.5, 4.5
_DEPTH_MM = 9.0
_BLOCK_MM = 6.0
_CORNER_MM = 5.0
_FLANK_MM = 0.4
"""Width over which a flank is summed: lens and film spread it over about this."""
_LINE_MM = 0.8
"""A step that rises again within this is a line."""
_SLANT_MM = 0.8
_ALONG = 0.2
"""Share of the side's length that may show less, where print or holders' data disturb."""
_SIDES_THAT_SHOW = 3
_SEEN = 0.85
"""Of a block: pictures that are cropped close lack the rim."""
_SHARE = 0.1
_APART_MM = 0.05
"""How far two lights may lie apart: so much of an edge of print looks like a slope."""


@dataclass(frozen=True, slots=True)
class MarginStep:
    """The strongest step along one side, and where it lies from the side.

    `strength_mm` is its height times the cotangent of the lamps' height above the page.
    """

    side: str
    strength_mm: float
    from_side_mm: float
    uncertainty_mm: float


def measure(page: PageView, zone: ZoneView | None) -> list[Measurement | NotMeasured]:  # noqa: ARG001 - the measurers' common form
    """`film.margin`: the step that at least three sides show (both, with one pair of lamps)."""
    slopes = slopes_of(page)
    if not slopes:
        params = {"light": "oblique"}
        return [NotMeasured(NAME, page.page, RAKING[:1], "no-light", params)]
    lights = tuple(light for slope in slopes for light in slope.lights)
    steps = [step for slope in slopes for step in steps_of(page, slope)]
    needed = min(_SIDES_THAT_SHOW, len(steps))
    if len(steps) < 2 * len(slopes) or needed < 2:
        return [NotMeasured(NAME, page.page, lights, "film.margin-not-seen", {}, True)]
    ranked = sorted(steps, key=lambda step: step.strength_mm, reverse=True)
    one = ranked[needed - 1]
    details: dict[str, float | str] = {
        "sides": ", ".join(step.side for step in ranked[:needed]),
        "from_side_mm": round(one.from_side_mm, 2),
    }
    value = max(one.strength_mm, 0.0)
    box = (0.0, 0.0, *page.size_mm)
    u = one.uncertainty_mm
    return [Measurement(NAME, page.page, lights, value, "mm", u, box, details=details)]


def steps_of(page: PageView, slope: Slope) -> list[MarginStep]:
    """The step along each side across the slope's axis, where the side was seen."""
    found = []
    for side in _SIDES[slope.axis]:
        tilt, print_ = _inwards(slope.tilt, side), _inwards(slope.print_, side)
        seen = _inwards(slope.seen.astype(np.float32), side)
        start = _side_mm(page, side)
        # inwards from the side, a margin that stands up falls
        sign = -1.0 if side in ("left", "top") else 1.0
        step = _step(np.float32(sign) * tilt, print_, seen, start)
        if step is not None:
            found.append(MarginStep(side, *step))
    return found


def _inwards(field: Field, side: str) -> Field:
    """Rows run along the side, columns from it into the page."""
    turned = {"left": field, "right": field[:, ::-1], "top": field.T, "bottom": field[::-1].T}
    return turned[side]


def _side_mm(page: PageView, side: str) -> float:
    """Where the page's own side lies on the grid, from that side of the grid; 0 if unseen."""
    outline = page.outline
    at = None if outline is None else getattr(outline, side)
    if at is None:
        return 0.0
    extent = {"right": page.size_mm[0], "bottom": page.size_mm[1]}.get(side)
    return float(at if extent is None else extent - at)


def _step(
    tilt: Field, print_: Field, seen: Field, start: float
) -> tuple[float, float, float] | None:
    """(strength, from the side, uncertainty) in mm."""
    first = max(round(start * PX_PER_MM), 0)
    columns = slice(first, first + round(_DEPTH_MM * PX_PER_MM))
    corner, block = round(_CORNER_MM * PX_PER_MM), round(_BLOCK_MM * PX_PER_MM)
    tops = range(corner, tilt.shape[0] - corner - block + 1, block)
    falls, ink = [], []
    for top in tops:
        rows = slice(top, top + block)
        if seen[rows, columns].mean() < _SEEN:
            continue
        falls.append(_flanks(np.median(tilt[rows, columns], axis=0)))
        ink.append(np.log(np.maximum(np.median(print_[rows, columns], axis=0), 1e-3)))
    if len(falls) < max(4, len(tops) / 2):
        return None
    edges = np.abs(np.gradient(np.median(ink, axis=0), 1.0))
    reach = round(_FLANK_MM * PX_PER_MM)
    doubt = _APART_MM * np.convolve(edges, np.ones(2 * reach + 1), mode="same")
    fall, at = _straightest(np.array(falls), doubt)
    beyond = fall[round(TO_MM * PX_PER_MM) + reach :]
    spread = 1.4826 * float(np.median(np.abs(beyond - np.median(beyond))))
    u = float(np.sqrt((_SHARE * fall[at]) ** 2 + spread**2 + doubt[at] ** 2))
    return float(fall[at]), at / PX_PER_MM, u


def _flanks(profile: Profile) -> Profile:
    """How far the surface falls over each flank's width, less what lies around, in mm."""
    width = round(_FLANK_MM * PX_PER_MM)
    around = round(4 * _FLANK_MM * PX_PER_MM)
    ground = np.array(
        [np.median(profile[max(at - around, 0) : at + around + 1]) for at in range(len(profile))]
    )
    summed = np.convolve(profile - ground, np.ones(width), mode="same") / PX_PER_MM
    return np.asarray(summed, np.float64)


def _straightest(falls: NDArray[np.float64], doubt: Profile) -> tuple[Profile, int]:
    """The fall that nearly all blocks share along a straight line, at every distance; the best.

    The best is the one that stands out most from the `doubt` that print leaves at each distance.
    The line may slant by _SLANT_MM from one end to the other. A rise of the same strength shortly
    before counts against it.
    """
    low, high = round(FROM_MM * PX_PER_MM), round(TO_MM * PX_PER_MM)
    slants = range(-round(_SLANT_MM * PX_PER_MM), round(_SLANT_MM * PX_PER_MM) + 1)
    middle = (len(falls) - 1) / 2
    best: tuple[float, Profile, int] | None = None
    for slant in slants:
        moves = [
            round(slant * (row - middle) / max(len(falls) - 1, 1)) for row in range(len(falls))
        ]
        laid = np.array([np.roll(fall, -move) for fall, move in zip(falls, moves, strict=True)])
        shared = np.quantile(laid, _ALONG, axis=0)
        rises = np.quantile(-laid, _ALONG, axis=0)
        net = shared - _before(np.maximum(rises, 0.0))
        sure = net - 2 * doubt
        at = low + int(np.argmax(sure[low:high]))
        if best is None or sure[at] > best[0]:
            best = (float(sure[at]), net, at)
    if best is None:
        raise AssertionError("no slant was tried")
    return best[1], best[2]


def _before(rises: Profile) -> Profile:
    """The strongest rise between a flank's width and _LINE_MM before each place."""
    near, far = round(0.25 * PX_PER_MM), round(_LINE_MM * PX_PER_MM)
    padded = np.concatenate([np.zeros(far), rises])
    return np.array([padded[at : at + far - near + 1].max() for at in range(len(rises))])
