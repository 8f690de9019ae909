"""What each picture tells of the lamp that it was taken under: level, colour, and what it shows.

Most coloured inks let infrared through, so an infrared picture shows less print than a white one.
Under ultraviolet light comes back as another light: motifs and fibres outshine the sheet, and what
the sheet itself mirrors is violet. A picture without these signs may have been taken under another
light than it is said to be: mixed-up files, a dead lamp in a lit room, a filter that is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.nouns.measurement import Measurement
from docexam.vision.light_cells import CELLS_PER_MM, Cells, Seen, light_cells

if TYPE_CHECKING:
    from docexam.nouns.measurement import NotMeasured
    from docexam.vision.page import PageView
    from docexam.vision.zone_view import ZoneView

NAMES = ("lamp.level", "lamp.alike", "lamp.ir-print", "lamp.outshines")
LAMPS = ("white", "ir", "uv")
# Our starting values.
_LEAST_CELLS = 400
_PAPER_MM = 12.0
_FLOOR = 1e-3
_COLOURED = 0.12
"""Spread of the three densities from which a place counts as coloured."""
_APART = 0.15
"""Difference of two densities from which one picture has print where the other has none."""
_OUTSHINES = 2.0
_GREY = 1e-6
_PEAK_PERCENTILE = 99.95
"""Some twenty places of half a millimetre on a passport's page: a fibre or two."""
_LUMA = np.array([[0.114, 0.587, 0.299]], np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class _Shown:
    """One picture in cells: `grey` (h, w), `levels` (3, n) BGR of what was seen, `middle` (3, 1).

    Channels come first: NumPy is slow along an axis of three.
    """

    light: str
    grey: Cells
    levels: Cells
    middle: Cells


def measure(page: PageView, zone: ZoneView | None) -> list[Measurement | NotMeasured]:
    """What the white, the infrared and the ultraviolet picture tell of their lamps.

    `lamp.level.LIGHT`: the strongest channel of the brightest twentieth. `lamp.alike.A-B`: how far
    the print of two pictures differs in density, root mean square. `lamp.ir-print`: how far the
    coloured print of the white picture differs in infrared, as a share of its colour.
    `lamp.outshines.A-B`: the share of the page where A is twice as bright as its middle, and B not.
    """
    del zone
    lights = [light for light in LAMPS if light in page.lights]
    cells = {light: each for light in lights if (each := light_cells(page, light)) is not None}
    if not cells:
        return []
    seen = np.logical_and.reduce([each[1] for each in cells.values()])
    if seen.sum() < _LEAST_CELLS:
        return []
    shown = {light: _shown(light, levels, seen) for light, (levels, _) in cells.items()}
    found: list[Measurement | NotMeasured] = [_level(page, each, seen) for each in shown.values()]
    prints = {light: _density(each.grey) for light, each in shown.items()}
    for one, other in combinations(shown, 2):
        found.append(_alike(page, (one, other), prints[one] - prints[other], seen))
    if "white" in shown and "ir" in shown:
        colour = cells["white"][0]
        found.append(_ir_print(page, colour, (prints["white"], prints["ir"]), seen))
    pairs = (("ir", "white"), ("uv", "white"), ("white", "uv"))
    found += [
        _outshines(page, shown[one], shown[other])
        for one, other in pairs
        if one in shown and other in shown
    ]
    return found


def _shown(light: str, levels: Cells, seen: Seen) -> _Shown:
    channels = [levels] * 3 if levels.ndim == 2 else np.moveaxis(levels, 2, 0)
    inside = np.stack([channel[seen] for channel in channels])
    middle = np.median(inside, axis=1, keepdims=True) + np.float32(1e-4)
    return _Shown(light, _grey(levels), inside, np.asarray(middle, np.float32))


def _grey(levels: Cells) -> Cells:
    """(h, w) brightness as a file without colours would hold it."""
    return levels if levels.ndim == 2 else np.asarray(cv2.transform(levels, _LUMA), np.float32)


def _density(level: Cells) -> Cells:
    """(h, w) natural logarithm of the paper around a place over the place."""
    level = np.maximum(level, np.float32(_FLOOR))
    side = round(_PAPER_MM * CELLS_PER_MM) | 1
    paper = cv2.dilate(cv2.GaussianBlur(level, (0, 0), 1.0), np.ones((side, side), np.uint8))
    return np.asarray(np.log(cv2.blur(paper, (side, side)) / level), np.float32)


def _level(page: PageView, shown: _Shown, seen: Seen) -> Measurement:
    """`grey`: the same as a file without colours holds it. `peak`: of the brightest places."""
    strongest = shown.levels.max(axis=0)
    level = float(np.percentile(strongest, 95))
    details = {
        "grey": float(np.percentile(shown.grey[seen], 95)),
        "peak": float(np.percentile(strongest, _PEAK_PERCENTILE)),
    }
    name = f"lamp.level.{shown.light}"
    return _said(page, name, (shown.light,), level, "of full scale", **details)


def _alike(page: PageView, pair: tuple[str, str], apart: Cells, seen: Seen) -> Measurement:
    value = float(np.sqrt(np.mean(apart[seen] ** 2)))
    return _said(page, f"lamp.alike.{pair[0]}-{pair[1]}", pair, value, "density")


def _ir_print(page: PageView, white: Cells, prints: tuple[Cells, Cells], seen: Seen) -> Measurement:
    """The coloured print of white against infrared.

    `coloured`: its share of the page. `kept`: of it, what infrared shows as dark. `hues`: spread of
    its colours across their main direction over that along it, 0 for print of one hue. `lost` and
    `gained`: the shares of the page where infrared has less print, and more.
    """
    by_white, by_ir = (each[seen] for each in prints)
    missing = by_white - by_ir
    details: dict[str, float | str] = {
        "lost": float((missing > _APART).mean()),
        "gained": float((missing < -_APART).mean()),
        "coloured": 0.0,
        "kept": 0.0,
        "hues": 0.0,
    }
    value = 0.0
    if white.ndim == 3:
        inks = np.stack([_density(channel)[seen] for channel in np.moveaxis(white, 2, 0)])
        spread = inks.max(axis=0) - inks.min(axis=0)
        coloured = spread > _COLOURED
        details["coloured"] = float(coloured.mean())
        if coloured.any():
            colour = float(np.mean(spread[coloured] ** 2))
            value = float(np.sqrt(np.mean(missing[coloured] ** 2) / colour))
            details["kept"] = float((missing[coloured] <= _APART).mean())
            details["hues"] = _hues(inks[:, coloured])
    return _said(page, "lamp.ir-print", ("ir", "white"), value, "of its colour", **details)


def _hues(inks: Cells) -> float:
    tint = np.stack([inks[0] - inks[1], inks[2] - inks[1]]).astype(np.float64)
    across, along = np.linalg.eigvalsh(tint @ tint.T / tint.shape[1])
    return float(np.sqrt(max(across, 0.0) / max(along, 1e-9)))


def _outshines(page: PageView, one: _Shown, other: _Shown) -> Measurement:
    """`neutral`: how much of blue green and red have at least, each against the other picture.

    `sheet`: the strongest channel of the picture's middle, of full scale. `colours`: 1 where both
    pictures have them, `own_colours`: 1 where A has.
    """
    bright = one.levels / one.middle
    bright /= np.maximum(other.levels / other.middle, np.float32(1))
    value = float((bright.max(axis=0) > _OUTSHINES).mean())
    tint = (one.middle / one.middle[0]) / (other.middle / other.middle[0])
    details = {
        "neutral": float(tint[1:].min()),
        "brighter": float(one.middle.max() / other.middle.max()),
        "sheet": float(one.middle.max()),
        "own_colours": float(_has_colours(one)),
        "colours": float(_has_colours(one) and _has_colours(other)),
    }
    name = f"lamp.outshines.{one.light}-{other.light}"
    return _said(page, name, (one.light, other.light), value, "of the page", **details)


def _has_colours(shown: _Shown) -> bool:
    """Whether the file held colours, not one grey three times."""
    return bool((np.abs(shown.levels[1:] - shown.levels[0]) > _GREY).any())


def _said(
    page: PageView,
    name: str,
    light: tuple[str, ...],
    value: float,
    unit: str,
    **details: float | str,
) -> Measurement:
    box = (0.0, 0.0, *page.size_mm)
    return Measurement(name, page.page, light, value, unit, 0.0, box, details=details)
