"""Grain, screens and rosettes: what tells print of droplets and dots from lines of offset print.

Doc 9303-2, A.5.2.1 and A.5.4.2: backgrounds are lines of one ink each; copies are made of droplets
(inkjet) or of rows of dots (laser printers, at 100 to 180 lines an inch).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.vision.print_rosette import rosette
from docexam.vision.print_spectrum import frequencies, patch_px, patches, power, sectors

if TYPE_CHECKING:
    from docexam.nouns.measurement import BoxMm
    from docexam.vision.page import PageView
    from docexam.vision.print_spectrum import Frequencies
    from docexam.vision.zone_view import ZoneView

Spectra = NDArray[np.float32]
"""(patches, n x n)"""
NAMES = ("print.grain", "print.screen", "print.rosette")
LEAST_PPI = 385.0
"""Doc 9303-2, appendix C, B.2; below it the rows of dots are not resolved."""

# Our starting values.
PATCH_MM = 6.0
GRAIN_PATCH_MM = 2.0
"""Small enough to lie between motifs, text and portrait where all of a card is covered by them, and
for the rings of a ground of scales to run one way within."""
LEAST_PATCHES = 30
GRAIN_BAND = (2.0, 3.5)  # cycles a millimetre: coarser than lens and noise, finer than motifs
GRAIN_RANK = 1
GRAIN_PERCENTILE = 5.0
GRAIN_UNCERTAINTY = 0.06
SCREEN_BAND = (3.6, 7.2)  # 91 to 183 lines an inch
RING = 0.5
SCREEN_UNCERTAINTY = 0.10
ROSETTE_UNCERTAINTY = 0.04


def measure(page: PageView, zone: ZoneView | None) -> list[Measurement | NotMeasured]:
    """`print.grain`, `print.screen` and `print.rosette` of one page in white light.

    Grain is the contrast that has no direction, of the calmest twentieth of the page, which genuine
    pages leave to their paper or to lines that run one way. A screen's strength is the share of
    fine structure that stands in the same square rows of dots all over the page. A rosette is three
    screens of one fineness, as printers of colours lay them; its detail `net` is what coarser lines
    that cross show, whose overtones may look like one.
    """
    del zone
    if "white" not in page.lights:
        return [
            NotMeasured(n, page.page, ("white",), "no-light", {"light": "white"}) for n in NAMES
        ]
    if page.scale_source != "ppi":
        return [NotMeasured(name, page.page, ("white",), "print.photograph") for name in NAMES]
    ppi = page.lights["white"].native_ppi
    if ppi < 0.995 * LEAST_PPI:
        params: dict[str, float | str] = {"ppi": ppi, "least_ppi": LEAST_PPI}
        return [NotMeasured(n, page.page, ("white",), "too-coarse", params, True) for n in NAMES]
    size = patch_px(PATCH_MM, page.px_per_mm)
    of = frequencies(size, page.px_per_mm)
    found = [power(patch, of) for patch in patches(page, size)]
    if len(found) < LEAST_PATCHES:
        return [NotMeasured(n, page.page, ("white",), "print.too-little", {}, True) for n in NAMES]
    spectra = np.stack(found).reshape(len(found), -1)
    grain = _grain(page)
    strength = _screen(spectra, of)
    return [
        _measurement(page, "print.grain", grain, GRAIN_UNCERTAINTY * grain),
        _measurement(page, "print.screen", strength, SCREEN_UNCERTAINTY * strength),
        _rosette(page),
    ]


def _rosette(page: PageView) -> Measurement | NotMeasured:
    name = "print.rosette"
    found = rosette(page)
    if found is None:
        return NotMeasured(name, page.page, ("white",), "print.too-little", {}, True)
    u = ROSETTE_UNCERTAINTY * found.screens
    return _measurement(page, name, found.screens, u, net=found.net)


def _grain(page: PageView) -> float:
    """Contrast that runs in all directions: of each patch that of a direction with little in it."""
    size = patch_px(GRAIN_PATCH_MM, page.px_per_mm)
    of = frequencies(size, page.px_per_mm)
    fans_at = sectors(of, GRAIN_BAND)
    found = (power(patch, of).ravel() for patch in patches(page, size))
    fans = np.array([[each[fan].mean() for fan in fans_at] for each in found]).T
    levels = np.sort(fans, axis=0)[GRAIN_RANK]
    return float(np.sqrt(np.percentile(levels, GRAIN_PERCENTILE)))


def _screen(spectra: Spectra, of: Frequencies) -> float:
    """The share of all structure of one fineness that stands in the same square rows everywhere.

    Of the four peaks of a screen, two of them square to each other, the weaker one's share.
    """
    low, high = SCREEN_BAND
    total = np.zeros(of.radius.size, np.float32)
    for start in np.arange(low - RING, high + RING, RING):
        ring = np.flatnonzero((of.radius >= start) & (of.radius < start + RING))
        level = spectra[:, ring]
        total[ring] = (level / np.maximum(level.sum(axis=1, keepdims=True), 1e-12)).mean(axis=0)
    # without its first row and column the plane has zero in its very middle
    mean = np.ascontiguousarray(np.fft.fftshift(total.reshape(of.radius.shape))[1:, 1:])
    radius = np.fft.fftshift(of.radius)[1:, 1:]
    peak = cv2.boxFilter(mean, -1, (3, 3), normalize=False)
    near = np.ones((3, 3), np.uint8)
    turned = np.ascontiguousarray(np.rot90(peak))
    both = np.minimum(cv2.dilate(peak, near), cv2.dilate(turned, near))
    return float(both[(radius >= low) & (radius <= high)].max())


def _measurement(page: PageView, name: str, value: float, u: float, **more: float) -> Measurement:
    box: BoxMm = (0.0, 0.0, *page.size_mm)
    details: dict[str, float | str] = {"ppi": page.lights["white"].native_ppi, **more}
    return Measurement(name, page.page, ("white",), value, "1", u, box, details=details)
