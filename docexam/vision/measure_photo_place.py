"""The portrait's own border: how large it is, how far from the page's edge, and how square.

Only a portrait whose four sides stand out from the page has a size that can be measured; an
engraved one on the page's own ground has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.vision.photo_border import STRIPS_PER_MM, SidePlace, border_level, side_places
from docexam.vision.photo_place import find_portrait

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docexam.nouns.measurement import BoxMm
    from docexam.vision.page import PageView
    from docexam.vision.zone_view import ZoneView

Field = NDArray[np.float32]
Places = NDArray[np.float64]

WIDTH, HEIGHT, LEFT, SKEW = "portrait.width", "portrait.height", "portrait.left", "portrait.skew"
NAMES = (WIDTH, HEIGHT, LEFT, SKEW)
# Our starting values.
_REACH_MM = 1.4
_PIECE_MM = 2.0
_SOFT_MM = 0.12
_NEAR_MM, _ON_LINE_MM, _LEAST_SPREAD_MM = 0.8, 0.2, 0.03
_REFITS = 3
_LEAST_ON_LINE = 0.6
_LEAST_STEP = 0.04
_EDGE_U_MM, _EDGE_U_DEG = 0.12, 0.1
"""A border is a step that a lens and a printer make soft."""
_NO_OUTLINE_U_MM, _NO_OUTLINE_U_DEG = 0.6, 0.3
_TOGETHER_DEG, _FEWEST_SIDES = 0.4, 2


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the border: `at_mm` at its middle, and how far it is turned."""

    at_mm: float
    turn_deg: float
    u_mm: float
    u_deg: float


def measure(page: PageView, zone: ZoneView | None) -> list[Measurement | NotMeasured]:
    """The size, place and squareness of the portrait's border.

    `portrait.width`, `portrait.height` and `portrait.left` (to the page's left edge), mm, and
    `portrait.skew`, degrees: how far its sides are turned against the page.
    """
    if "white" not in page.lights:
        return [_missing(page, name, "no-light", {"light": "white"}) for name in NAMES]
    portrait = find_portrait(page, zone)
    if portrait is None:
        return [_missing(page, name, "photo.not-found") for name in NAMES]
    places = side_places(border_level(page, "white"), portrait)
    sides = {place.side: side for place in places if (side := _side(place)) is not None}
    return [*_size(page, sides), _skew(page, sides, portrait)]


def _size(page: PageView, sides: Mapping[str, Side]) -> list[Measurement | NotMeasured]:
    if len(sides) < 4:
        params: dict[str, float | str] = {"sides": float(len(sides))}
        return [_missing(page, name, "photo.no-border", params) for name in NAMES[:3]]
    left, right, top, bottom = (sides[name] for name in ("left", "right", "top", "bottom"))
    box = (left.at_mm, top.at_mm, right.at_mm - left.at_mm, bottom.at_mm - top.at_mm)
    edge = None if page.outline is None else page.outline.left
    scale = page.scale_uncertainty
    more = 0.1 if page.anchor == "outline" else _NO_OUTLINE_U_MM
    return [
        _one(page, WIDTH, box[2], "mm", float(np.hypot(_both(left, right), scale * box[2])), box),
        _one(page, HEIGHT, box[3], "mm", float(np.hypot(_both(top, bottom), scale * box[3])), box),
        _one(page, LEFT, left.at_mm - (edge or 0.0), "mm", left.u_mm + more, box),
    ]


def _skew(page: PageView, sides: Mapping[str, Side], box: BoxMm) -> Measurement | NotMeasured:
    """The turn that two sides or more have in common.

    What a camera that looks askew does to one side it does not do to the next.
    """
    turns = {
        name: (-side.turn_deg if name in ("left", "right") else side.turn_deg)
        for name, side in sides.items()
    }
    together = max(
        (
            [n for n, turn in turns.items() if abs(turn - one) <= _TOGETHER_DEG]
            for one in turns.values()
        ),
        key=len,
        default=[],
    )
    if len(together) < _FEWEST_SIDES:
        return _missing(page, SKEW, "photo.no-border", {"sides": float(len(sides))})
    values = [turns[name] for name in together]
    u = float(np.hypot(np.mean([sides[name].u_deg for name in together]), np.std(values)))
    u /= float(np.sqrt(len(together)))
    more = 0.0 if page.anchor == "outline" else _NO_OUTLINE_U_DEG
    return _one(page, SKEW, abs(float(np.mean(values))), "deg", u + more, box)


def _both(one: Side, other: Side) -> float:
    return float(np.hypot(one.u_mm, other.u_mm))


def _side(place: SidePlace) -> Side | None:
    """Where the strongest step near one side runs; None where it forms no line."""
    reach = round(_REACH_MM * STRIPS_PER_MM)
    first = round(place.edge_mm * STRIPS_PER_MM) - reach
    if first < 1 or first + 2 * reach >= place.field.shape[1] - 1:
        return None
    strip = place.field[:, first : first + 2 * reach]
    piece = round(_PIECE_MM * STRIPS_PER_MM)
    starts = range(0, len(strip) - piece + 1, piece)
    steps = _steps(np.array([strip[at : at + piece].mean(axis=0) for at in starts]))
    strong = steps.max(axis=1) >= _LEAST_STEP
    along = np.array([(start + piece / 2) / STRIPS_PER_MM for start in starts])
    peaks = np.array([_peak(step, int(step.argmax())) for step in steps])
    return _line(along, (first + peaks + 1.5) / STRIPS_PER_MM, strong)


def _line(along: Places, across: Places, strong: NDArray[np.bool_]) -> Side | None:
    """The straight line through most of the steps, mm; None where they form none."""
    least = max(4, int(np.ceil(_LEAST_ON_LINE * len(along))))
    if strong.sum() < least:
        return None
    kept = strong & (np.abs(across - np.median(across[strong])) <= _NEAR_MM)
    for _ in range(_REFITS):
        if kept.sum() < least:
            return None
        line = np.polyfit(along[kept], across[kept], 1)
        kept = strong & (np.abs(across - np.polyval(line, along)) <= _ON_LINE_MM)
    count = int(kept.sum())
    if count < least:
        return None
    spread = max(float(np.std(across[kept] - np.polyval(line, along[kept]))), _LEAST_SPREAD_MM)
    run = max(float(np.std(along[kept])) * float(np.sqrt(count)), 1e-6)
    return Side(
        float(np.polyval(line, along.mean())),
        float(np.degrees(np.arctan(line[0]))),
        float(np.hypot(_EDGE_U_MM, spread / np.sqrt(count))),
        float(np.degrees(spread / run)) + _EDGE_U_DEG,
    )


def _steps(profiles: Field) -> Field:
    """(pieces, across) the step at each place against the light beside it, all channels."""
    size = max(round(_SOFT_MM * STRIPS_PER_MM * 2), 1)
    kernel = np.ones(size) / size
    soft = np.apply_along_axis(lambda row: np.convolve(row, kernel, "same"), 1, profiles)
    step = np.linalg.norm(soft[:, 2:] - soft[:, :-2], axis=2)
    level = np.maximum(np.median(profiles.mean(axis=2), axis=1), 0.05)
    step[:, :size] = step[:, -size:] = 0.0
    return np.asarray(step / level[:, None], np.float32)


def _peak(step: Field, at: int) -> float:
    """The place of a peak between pixels."""
    if not 0 < at < len(step) - 1:
        return float(at)
    before, here, after = (float(step[at + move]) for move in (-1, 0, 1))
    bend = before - 2 * here + after
    return at if bend >= 0 else at + float(np.clip(0.5 * (before - after) / bend, -0.5, 0.5))


def _missing(
    page: PageView, name: str, code: str, params: dict[str, float | str] | None = None
) -> NotMeasured:
    return NotMeasured(name, page.page, ("white",), code, params or {})


def _one(page: PageView, name: str, value: float, unit: str, u: float, box: BoxMm) -> Measurement:
    details: dict[str, float | str] = {"format": page.format}
    return Measurement(name, page.page, ("white",), value, unit, u, box, details=details)
