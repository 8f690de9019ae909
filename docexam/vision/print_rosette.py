"""The rosette of colour print: screens of one fineness, turned against each other, all over a page.

Printers that mix colours from dots give each ink a square screen of its own, at its own angle.
Each patch of a page then has sharp peaks of power at one distance from zero, in several square
crosses. Long patches make the peaks sharp, and comparing each with what is around it finds them in
soft pictures too, where little of the dots' contrast is left.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docexam.vision.page import PageView

Plane = NDArray[np.float32]

# Our starting values.
PATCH_PX = 384
"""24 mm at 400 ppi."""
FEWEST, ENOUGH = 8, 30
"""Patches; where there would be more, every second one is looked at."""
MARGIN_MM = 3.0
BAND = (3.4, 7.4)  # cycles a millimetre: 86 to 188 lines an inch
LINES_BAND = (0.6, 3.3)
TURNS_DEG = (15.0, 30.0, 45.0, 60.0, 75.0)
"""Between the screens of usual printers (0, 15, 45 and 75 degrees)."""
PERCENTILE = 40.0
"""A portrait may be printed by dots on a genuine page: the screens must stand in most patches."""
LOUDEST = 60.0
CANDIDATES = 4000
_GROUND_PX, _CONTRAST_PX, _AROUND = 4.0, 12.0, 21
_CLIP = 2.5
_LEAST_LIGHT, _LEAST_CONTRAST, _LEAST_POWER = 0.02, 1e-3, 1e-12
_NEAR = np.ones((3, 3), np.uint8)


@dataclass(frozen=True, slots=True)
class Rosette:
    """What most patches of a page show; both 1 and a little above where there is nothing.

    `screens`: how far three screens of one fineness stand out of what is around them. `lines`: how
    far regular lines do that are coarser than screens, the strongest; their overtones are many and
    may look like screens.
    """

    screens: float
    lines: float


def rosette(page: PageView) -> Rosette | None:
    """The rosette of a page in white light; None where too little of it was seen."""
    found = [_standing_out(patch) for patch in _patches(page)]
    if len(found) < FEWEST:
        return None
    here, square = (np.stack(each) for each in zip(*found, strict=True))
    step = page.px_per_mm / PATCH_PX
    return Rosette(
        _third_screen(_in_most(np.minimum(here, square)), step),
        max(_strongest_line(_in_most(each), step) for each in (here, square)),
    )


def _in_most(found: NDArray[np.float32]) -> Plane:
    return np.asarray(np.percentile(found, PERCENTILE, axis=0), np.float32)


def _patches(page: PageView) -> Iterator[Plane]:
    """Square patches that overlap by half, of even contrast everywhere."""
    view = page.lights["white"]
    rows, columns = page.shape
    margin = round(MARGIN_MM * page.px_per_mm)
    if min(rows, columns) < 2 * margin + PATCH_PX:
        return
    even = _even(view.pixels)
    tops, lefts = (_starts(side, margin) for side in (rows, columns))
    step = 1 if len(tops) * len(lefts) <= ENOUGH else 2
    for down, top in enumerate(tops):
        for left in lefts[down % step :: step]:
            window = (slice(top, top + PATCH_PX), slice(left, left + PATCH_PX))
            if view.mask[window].all():
                yield even[window]


def _starts(side: int, margin: int) -> list[int]:
    last = side - margin - PATCH_PX
    steps = max(1, round(2 * (last - margin) / PATCH_PX))
    return [round(each) for each in np.linspace(margin, last, steps + 1)]


def _even(pixels: Plane) -> Plane:
    """Light and dark about their surroundings, as a share of what is usual near by.

    Letters and motifs would hide the dots.
    """
    share = np.full((1, 3), 1 / 3, np.float32)
    grey = np.maximum(cv2.transform(pixels, share), np.float32(_LEAST_LIGHT))
    fine = grey / cv2.GaussianBlur(grey, (0, 0), _GROUND_PX) - 1
    usual = np.sqrt(cv2.GaussianBlur(fine * fine, (0, 0), _CONTRAST_PX))
    return np.asarray(np.clip(fine / (usual + _LEAST_CONTRAST), -_CLIP, _CLIP), np.float32)


def _standing_out(patch: Plane) -> tuple[Plane, Plane]:
    """How far each frequency (down, across), none negative, stands out of the power around it.

    And how far the one does that is square to it.
    """
    fade = np.hanning(PATCH_PX).astype(np.float32)
    found = cv2.dft(patch * fade[:, None] * fade[None, :], flags=cv2.DFT_COMPLEX_OUTPUT)
    # without its first row and column the plane has zero in its very middle
    power = np.fft.fftshift(found[..., 0] ** 2 + found[..., 1] ** 2)[1:, 1:]
    around = cv2.blur(power, (_AROUND, _AROUND))
    raw = np.minimum(power / np.maximum(around, _LEAST_POWER), LOUDEST).astype(np.float32)
    beyond = np.asarray(cv2.dilate(cv2.GaussianBlur(raw, (3, 3), 0.7), _NEAR), np.float32)
    half = PATCH_PX // 2
    zero = half - 1
    return beyond[zero:, zero:], beyond[:half, zero:][::-1].T


def _radius(shape: tuple[int, ...], step: float) -> NDArray[np.float64]:
    down, across = np.indices(shape) * step
    return np.asarray(np.hypot(across, down))


def _strongest_line(pooled: Plane, step: float) -> float:
    radius = _radius(pooled.shape, step)
    return float(pooled[(radius >= LINES_BAND[0]) & (radius < LINES_BAND[1])].max())


def _third_screen(pooled: Plane, step: float) -> float:
    """The weakest of the three best screens of one fineness; `step` in cycles a millimetre."""
    down, across = np.indices(pooled.shape)
    radius = _radius(pooled.shape, step)
    inside = np.flatnonzero((radius >= BAND[0]) & (radius < BAND[1]))
    level = pooled.ravel()[inside]
    best = inside[np.argsort(level)[-CANDIDATES:]]
    own = pooled.ravel()[best]
    distance = radius.ravel()[best] / step
    angle = np.arctan2(down, across).ravel()[best]
    others = []
    for turn in TURNS_DEG:
        turned = (angle + np.radians(turn)) % (np.pi / 2)
        y, x = (np.rint(distance * part(turned)).astype(int) for part in (np.sin, np.cos))
        others.append(np.minimum(pooled[y, x], own))
    return float(np.sort(others, axis=0)[-2].max())
