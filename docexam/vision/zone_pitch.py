"""Pitch and alignment of a zone's characters (Doc 9303-3, 4.4; ISO 1831)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.vision.page_scale import no_ruler

if TYPE_CHECKING:
    from docexam.nouns.measurement import BoxMm
    from docexam.vision.page import PageView
    from docexam.vision.zone_print import PrintLine, ZonePrint


_PIXEL_SHARE = 0.15
"""How well a character's place is known, in pixels: our estimate, from drawn captures."""


def pitch_measurements(page: PageView, found: ZonePrint) -> list[Measurement | NotMeasured]:
    """`mrz.pitch`, `mrz.least-distance`, `mrz.pitch-jump`, `mrz.skew`, `mrz.misalignment*`."""
    return [
        _pitch(page, found),
        _least_distance(page, found),
        _largest(page, found, "mrz.pitch-jump", "x"),
        _skew(page, found),
        _largest(page, found, "mrz.misalignment", "y"),
        _range(page, found),
    ]


def _pitch(page: PageView, found: ZonePrint) -> Measurement | NotMeasured:
    light = (found.light,)
    rule = found.ruler
    if rule is None:
        return no_ruler("mrz.pitch", page, light)
    weights = [1 / line.pitch_u**2 for line in found.lines]
    grid = float(np.average([line.pitch_mm for line in found.lines], weights=weights))
    apart = float(np.ptp([line.pitch_mm for line in found.lines])) / 2
    value, u = rule.length(grid, float(np.hypot(1 / np.sqrt(sum(weights)), apart)))
    details = {"characters": float(sum(len(line.columns) for line in found.lines))}
    return _measurement(page, found, "mrz.pitch", value, u, found.box_mm, details)


def _least_distance(page: PageView, found: ZonePrint) -> Measurement | NotMeasured:
    rule = found.ruler
    if rule is None:
        return no_ruler("mrz.least-distance", page, (found.light,))
    least = None
    for line in found.lines:
        for i in _neighbours(line):
            apart = line.pitch_mm + line.x_left_over[i + 1] - line.x_left_over[i]
            if least is None or apart < least[0]:
                least = (float(apart), line, i)
    if least is None:
        return NotMeasured("mrz.least-distance", page.page, (found.light,), "zone.no-print")
    apart, line, i = least
    value, u = rule.length(apart, _scatter(line.x_left_over))
    return _measurement(
        page, found, "mrz.least-distance", value, u, _pair_box(line, i), _where(line, i)
    )


def _largest(page: PageView, found: ZonePrint, name: str, axis: str) -> Measurement | NotMeasured:
    """The largest step between neighbouring characters, off the regular row, along one axis."""
    worst = None
    for line in found.lines:
        rest = line.x_left_over if axis == "x" else line.y_left_over
        for i in _neighbours(line):
            step = abs(float(rest[i + 1] - rest[i]))
            if worst is None or step > worst[0]:
                u = float(np.hypot(_scatter(rest), _PIXEL_SHARE * 25.4 / found.ink.ppi))
                worst = (step, line, i, u)
    if worst is None:
        return NotMeasured(name, page.page, (found.light,), "zone.no-print")
    step, line, i, scatter = worst
    return _measurement(page, found, name, step, scatter, _pair_box(line, i), _where(line, i))


def _range(page: PageView, found: ZonePrint) -> Measurement:
    """The largest distance of any two characters of one line, up and down."""
    line = max(found.lines, key=lambda each: float(np.ptp(each.y_left_over)))
    value, u = float(np.ptp(line.y_left_over)), _scatter(line.y_left_over)
    details = {"line": float(line.line)}
    return _measurement(page, found, "mrz.misalignment-line", value, u, line.box_mm, details)


def _skew(page: PageView, found: ZonePrint) -> Measurement | NotMeasured:
    """The turn of the lines against the page's bottom edge, degrees."""
    outline = page.outline
    sides = {} if outline is None else outline.skew_deg
    on_grid = float(np.degrees(np.arctan(np.mean([line.slope for line in found.lines]))))
    if page.anchor == "outline":
        value = abs(on_grid)
    elif "bottom" in sides:
        value = abs(sides["bottom"])
    else:
        return NotMeasured("mrz.skew", page.page, (found.light,), "outline.none")
    return Measurement(
        name="mrz.skew",
        page=page.page,
        light=(found.light,),
        value=value,
        unit="deg",
        uncertainty=0.1,
        box_mm=found.box_mm,
    )


def _neighbours(line: PrintLine) -> list[int]:
    """Indices of characters whose next one in the line was placed as well."""
    return [int(i) for i in np.flatnonzero(np.diff(line.columns) == 1)]


def _scatter(rest: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
    """Standard deviation of one step between neighbours, without the outliers."""
    return max(1.4826 * float(np.median(np.abs(rest))) * float(np.sqrt(2)), 0.01)


def _pair_box(line: PrintLine, i: int) -> BoxMm:
    one, two = line.fits[i], line.fits[i + 1]
    left = min(one.box_mm[0], two.box_mm[0])
    top = min(one.box_mm[1], two.box_mm[1])
    right = max(each.box_mm[0] + each.box_mm[2] for each in (one, two))
    bottom = max(each.box_mm[1] + each.box_mm[3] for each in (one, two))
    return (left, top, right - left, bottom - top)


def _where(line: PrintLine, i: int) -> dict[str, float | str]:
    return {"line": float(line.line), "column": float(line.columns[i])}


def _measurement(
    page: PageView,
    found: ZonePrint,
    name: str,
    value: float,
    u: float,
    box: BoxMm,
    details: dict[str, float] | dict[str, float | str],
) -> Measurement:
    return Measurement(
        name=name,
        page=page.page,
        light=(found.light,),
        value=value,
        unit="mm",
        uncertainty=u,
        box_mm=box,
        details={**details, "ppi": page.lights[found.light].native_ppi},
    )
