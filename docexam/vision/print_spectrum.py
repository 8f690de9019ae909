"""The fine structure of a page's print: power by frequency and direction, patch by patch.

Offset lines run one way in each place and another way in the next. The droplets of an inkjet have
no direction at all, and the dots of a screen stand in the same square rows all over the page.
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

Field = NDArray[np.float64]
Plane = NDArray[np.float32]

# Our starting values.
MARGIN_MM = 3.0
LEAST_LEVEL = 0.05
SECTOR_DEG = 15.0


@dataclass(frozen=True, slots=True, eq=False)
class Frequencies:
    """The frequencies of a square patch, (n, n): `radius` in cycles a millimetre, `angle` 0..180.

    `window` fades the patch out towards its rim.
    """

    radius: Field
    angle: Field
    window: Plane


def frequencies(size_px: int, px_per_mm: float) -> Frequencies:
    """The frequencies of a patch of `size_px` pixels a side, zero first as `power` has it."""
    steps = np.fft.fftfreq(size_px, 1 / px_per_mm)
    down, across = np.meshgrid(steps, steps, indexing="ij")
    fade = np.hanning(size_px)
    window = (fade[:, None] * fade[None, :]).astype(np.float32)
    window /= np.sqrt((window**2).sum())
    angle = np.degrees(np.arctan2(down, across)) % 180.0
    return Frequencies(np.hypot(across, down), angle, window)


def patch_px(size_mm: float, px_per_mm: float) -> int:
    """The side of a patch of about `size_mm`: even, and quick to transform."""
    most = round(size_mm * px_per_mm)
    return next(n for n in range(most, 1, -1) if n % 2 == 0 and cv2.getOptimalDFTSize(n) == n)


def patches(page: PageView, size_px: int) -> Iterator[Plane]:
    """Every second square patch (n, n) of the page in white light, as squares of one colour lie.

    Each channel relative to its mean. Patches that the camera did not wholly see are left out, and
    those that are nearly black.
    """
    view = page.lights["white"]
    margin = round(MARGIN_MM * page.px_per_mm)
    rows, columns = page.shape
    for down, top in enumerate(range(margin, rows - margin - size_px, size_px)):
        for left in range(margin + down % 2 * size_px, columns - margin - size_px, 2 * size_px):
            window = (slice(top, top + size_px), slice(left, left + size_px))
            if not view.mask[window].all():
                continue
            patch = view.pixels[window]
            mean = patch.mean(axis=(0, 1))
            if float(mean.min()) >= LEAST_LEVEL:
                share = np.asarray(1 / (3 * mean), np.float32)
                yield np.asarray(cv2.transform(patch, share[None, :]) - 1, np.float32)


def power(patch: Plane, of: Frequencies) -> Plane:
    """Power of a patch by frequency, (n, n), zero first."""
    faded = (patch - patch.mean()) * of.window
    found = cv2.dft(faded, flags=cv2.DFT_COMPLEX_OUTPUT)
    return np.asarray((found**2).sum(axis=2), np.float32)


def sectors(of: Frequencies, band: tuple[float, float]) -> list[NDArray[np.intp]]:
    """The places of a band of frequencies, direction by direction, as flat indices."""
    inside = (of.radius >= band[0]) & (of.radius < band[1])
    return [
        np.flatnonzero(inside & ((of.angle - start) % 180.0 < SECTOR_DEG))
        for start in np.arange(0.0, 180.0, SECTOR_DEG)
    ]
