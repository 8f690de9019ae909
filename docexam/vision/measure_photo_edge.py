"""The relief of the portrait's border in raking light: a photograph on or under the film is a step.

A lamp from one side makes the border that faces it bright and the one behind dark where something
is raised, the other way round where it is sunk. Print is flat: it looks alike from every side, so
its picture in white is divided out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.vision.photo_place import find_portrait

if TYPE_CHECKING:
    from docexam.nouns.measurement import BoxMm
    from docexam.vision.page import PageView
    from docexam.vision.zone_view import ZoneView

Field = NDArray[np.float32]

NAME = "photo.relief"
NAMES = (NAME,)
FACING = {"oblique-n": "top", "oblique-s": "bottom", "oblique-w": "left", "oblique-e": "right"}
"""The side of the portrait that faces each lamp; `oblique-n` has its lamp at the frame's top."""
_BEHIND = {"top": "bottom", "bottom": "top", "left": "right", "right": "left"}
# Our starting values.
_PX_PER_MM = 5.0
_BLUR_PX = 0.8
_LOOK_MM = 3.0
_NEAR_MM = 1.2
_BESIDE_MM = 0.8
_CORNER_MM = 2.0
_DARKEST = 0.02
_SHARE = 0.1
_LEAST = 0.008


@dataclass(frozen=True, slots=True)
class Relief:
    """How far the border stands out under one lamp, and how uneven the ground beside it is."""

    light: str
    step: float
    uneven: float


def measure(page: PageView, zone: ZoneView | None) -> list[Measurement | NotMeasured]:
    """`photo.relief`: the strongest step under any raking lamp, as a share of the ground's."""
    lights = [light for light in FACING if light in page.lights]
    if "white" not in page.lights or not lights:
        missing = "oblique" if not lights else "white"
        return [NotMeasured(NAME, page.page, ("oblique-n",), "no-light", {"light": missing})]
    portrait = find_portrait(page, zone)
    if portrait is None:
        return [NotMeasured(NAME, page.page, tuple(lights), "photo.not-found")]
    seen = [each for light in lights if (each := relief_of(page, light, portrait)) is not None]
    if not seen:
        return [NotMeasured(NAME, page.page, tuple(lights), "photo.border-not-seen", {}, True)]
    most = max(seen, key=lambda each: each.step)
    u = float(np.sqrt((_SHARE * most.step) ** 2 + most.uneven**2 + _LEAST**2))
    details: dict[str, float | str] = {"lamps": float(len(seen)), "lamp": most.light}
    return [
        Measurement(NAME, page.page, (most.light,), most.step, "1", u, portrait, details=details)
    ]


def relief_of(page: PageView, light: str, portrait: BoxMm) -> Relief | None:
    """The step that the border towards the lamp and the one behind both show; None if unseen."""
    ratio = _raked(page, light)
    front = _facing(light, page.turn_deg)
    sides = [_line(ratio, portrait, side) for side in (front, _BEHIND[front])]
    if sides[0] is None or sides[1] is None:
        return None
    (near_bright, near_dark, one), (far_bright, far_dark, other) = sides[0], sides[1]
    raised = min(near_bright, far_dark)
    sunk = min(near_dark, far_bright)
    return Relief(light, max(raised, sunk, 0.0), max(one, other))


def _facing(light: str, turn_deg: float) -> str:
    """The side of the upright page that faces a lamp of the frame."""
    order = ("top", "right", "bottom", "left")
    quarter = round(turn_deg / 90)
    return order[(order.index(FACING[light]) - quarter) % 4]


def _raked(page: PageView, light: str) -> Field:
    width, height = (round(side * _PX_PER_MM) for side in page.size_mm)
    raked, white = (
        cv2.GaussianBlur(
            cv2.resize(page.lights[name].grey, (width, height), interpolation=cv2.INTER_AREA),
            (0, 0),
            _BLUR_PX,
        )
        for name in (light, "white")
    )
    return np.asarray(raked / np.maximum(white, _DARKEST), np.float32)


def _line(ratio: Field, box: BoxMm, side: str) -> tuple[float, float, float] | None:
    """(brightest, darkest, unevenness) of a border against the ground on both sides of it."""
    x, y, w, h = box
    at = {"top": y, "bottom": y + h, "left": x, "right": x + w}[side]
    upright = side in ("left", "right")
    field = ratio.T if upright else ratio
    start, length = (y, h) if upright else (x, w)
    first = round((at - _LOOK_MM) * _PX_PER_MM)
    last = round((at + _LOOK_MM) * _PX_PER_MM)
    columns = slice(
        round((start + _CORNER_MM) * _PX_PER_MM), round((start + length - _CORNER_MM) * _PX_PER_MM)
    )
    rows = field[max(first, 0) : last, columns]
    middle = round((at * _PX_PER_MM) - max(first, 0))
    beside, near = round(_BESIDE_MM * _PX_PER_MM), round(_NEAR_MM * _PX_PER_MM)
    if rows.shape[1] < 10 or middle < beside + 1 or len(rows) < middle + beside + 1:
        return None
    line = np.median(rows, axis=1)
    ground = float(np.median(line))
    if ground <= 0:
        return None
    line = line / ground
    stands_out = line[beside:-beside] - 0.5 * (line[: -2 * beside] + line[2 * beside :])
    places = np.arange(beside, len(line) - beside)
    close = np.abs(places - middle) <= near
    away = stands_out[~close]
    uneven = float(np.median(np.abs(away))) if len(away) else 0.0
    return float(stands_out[close].max()), float(-stands_out[close].min()), uneven
