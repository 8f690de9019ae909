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

from docexam.vision.print_net import lines_of, net_of, power_at
from docexam.vision.print_screens import screens_of

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
PERCENTILE = 25.0
"""The screens must stand in three patches of four: a portrait may be printed by dots on a genuine
page, and on a card over half of the patches reach into it."""
LOUDEST = 60.0
_GROUND_PX, _CONTRAST_PX, _AROUND = 4.0, 12.0, 21
_CLIP = 2.5
_LEAST_LIGHT, _LEAST_CONTRAST, _LEAST_POWER = 0.02, 1e-3, 1e-12
_NEAR = np.ones((3, 3), np.uint8)


@dataclass(frozen=True, slots=True)
class Rosette:
    """What most patches of a page show; `screens` is 1 and a little above where there is nothing.

    `screens`: how far three screens of one fineness stand out of what is around them. `net`: how
    far lines do that are coarser than screens, cross, and hold more power; their overtones are many
    and may look like screens.
    """

    screens: float
    net: float


def rosette(page: PageView) -> Rosette | None:
    """The rosette of a page in white light; None where too little of it was seen."""
    found = [_standing_out(patch) for patch in _patches(page)]
    if len(found) < FEWEST:
        return None
    here, square, power = (np.stack(each) for each in zip(*found, strict=True))
    step = page.px_per_mm / PATCH_PX
    screens = screens_of(_in_most(np.minimum(here, square)), step)
    lines = lines_of(_in_most(here), _in_most(square), step)
    line_power, screen_power = (
        _in_most(power_at(power, places)) for places in (lines.places, screens.places)
    )
    strong = lines.only(line_power >= screen_power.max())
    return Rosette(screens.level, net_of(strong, screens.places))


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


def _standing_out(patch: Plane) -> tuple[Plane, Plane, Plane]:
    """How far each frequency (down, across), none negative, stands out of the power around it.

    And how far the one does that is square to it; and the power of the whole plane, zero in its
    very middle.
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
    return beyond[zero:, zero:], beyond[:half, zero:][::-1].T, power
