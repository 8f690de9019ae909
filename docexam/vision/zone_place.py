"""Where the zone's lines stand on the page (Doc 9303-4, 4.2; -5, 4.2; -7, 4.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.vision.page_scale import edge_uncertainty_mm, no_ruler
from docexam.vision.zone_print import LEFT_OF_MIDDLE_MM, RIGHT_OF_MIDDLE_MM

if TYPE_CHECKING:
    from docexam.nouns.measurement import BoxMm
    from docexam.vision.page import PageView
    from docexam.vision.zone_print import PrintLine, ZonePrint
    from docexam.vision.zone_view import ZoneView


def place_measurements(
    page: PageView, zone: ZoneView, found: ZonePrint
) -> list[Measurement | NotMeasured]:
    """`mrz.left`, `mrz.line-centre.N`, `mrz.width`, `mrz.line-spacing.N`, `mrz.line-gap`."""
    columns = max(len(line) for line in zone.text)
    return [
        _left(page, found),
        *_centres(page, found),
        _width(page, found, columns),
        *_spacings(page, found),
    ]


def _left(page: PageView, found: ZonePrint) -> Measurement | NotMeasured:
    """The left edge of the first characters, from the page's left edge."""
    edge = page.outline.left if page.outline is not None else None
    if edge is None:
        return NotMeasured("mrz.left", page.page, (found.light,), "outline.none", {"side": "left"})
    rule = found.ruler
    if rule is None:
        return no_ruler("mrz.left", page, (found.light,))
    starts = [line.first_x_mm - LEFT_OF_MIDDLE_MM for line in found.lines]
    line = found.lines[int(np.argmin(starts))]
    u = float(np.hypot(edge_uncertainty_mm(page, found.light), line.x_u))
    value, u = rule.length(min(starts) - edge, u)
    box = (edge, line.middle_y_mm - 1.5, max(min(starts) - edge, 0.0) + 2.0, 3.0)
    return _measurement(page, found, "mrz.left", value, u, box)


def _centres(page: PageView, found: ZonePrint) -> list[Measurement | NotMeasured]:
    """The middle of each line above the page's bottom edge."""
    names = [f"mrz.line-centre.{line.line}" for line in found.lines]
    edge = page.outline.bottom if page.outline is not None else None
    if edge is None:
        params = {"side": "bottom"}
        light = (found.light,)
        return [NotMeasured(n, page.page, light, "outline.none", params) for n in names]
    rule = found.ruler
    if rule is None:
        return [no_ruler(name, page, (found.light,)) for name in names]
    measured: list[Measurement | NotMeasured] = []
    for name, line in zip(names, found.lines, strict=True):
        u = float(np.hypot(edge_uncertainty_mm(page, found.light), line.y_u))
        value, u = rule.length(edge - line.middle_y_mm, u)
        details: dict[str, float | str] = {"line": float(line.line), "format": page.format}
        measured.append(_measurement(page, found, name, value, u, line.box_mm, details))
    return measured


def _width(page: PageView, found: ZonePrint, columns: int) -> Measurement | NotMeasured:
    """The extent of a full line's text, from the left of its first to the right of its last."""
    rule = found.ruler
    if rule is None:
        return no_ruler("mrz.width", page, (found.light,))
    extents = [
        (columns - 1) * line.pitch_mm + LEFT_OF_MIDDLE_MM + RIGHT_OF_MIDDLE_MM
        for line in found.lines
    ]
    u = float(np.sqrt(np.mean([((columns - 1) * line.pitch_u) ** 2 for line in found.lines])))
    value, u = rule.length(float(np.mean(extents)), float(np.hypot(u, 0.02)))
    details: dict[str, float | str] = {"columns": float(columns), "format": page.format}
    return _measurement(page, found, "mrz.width", value, u, found.box_mm, details)


def _spacings(page: PageView, found: ZonePrint) -> list[Measurement | NotMeasured]:
    """From the middle of each line to that of the next, and the clear gap between their ink."""
    pairs = [
        (one, two)
        for one, two in zip(found.lines, found.lines[1:], strict=False)
        if two.line == one.line + 1
    ]
    rule = found.ruler
    if rule is None:
        names = [f"mrz.line-spacing.{one.line}" for one, _ in pairs]
        return [no_ruler(name, page, (found.light,)) for name in [*names, "mrz.line-gap"]]
    measured: list[Measurement | NotMeasured] = []
    for one, two in pairs:
        u = float(np.hypot(one.y_u, two.y_u))
        value, u = rule.length(two.middle_y_mm - one.middle_y_mm, float(np.hypot(u, 0.01)))
        details: dict[str, float | str] = {"line": float(one.line), "format": page.format}
        name = f"mrz.line-spacing.{one.line}"
        measured.append(_measurement(page, found, name, value, u, _both(one, two), details))
    if pairs:
        one, two = min(pairs, key=lambda pair: pair[1].middle_y_mm - pair[0].middle_y_mm)
        gap = two.middle_y_mm - one.middle_y_mm - _reach(one) - _reach(two)
        value, u = rule.length(gap, 0.03)
        details = {"line": float(one.line)}
        measured.append(
            _measurement(page, found, "mrz.line-gap", value, u, _both(one, two), details)
        )
    return measured


def _reach(line: PrintLine) -> float:
    """Half the height of a line of digits, as printed."""
    shares = [fit.height for fit in line.fits if fit.height is not None]
    return 1.33 * float(np.median(shares)) if shares else 1.33


def _both(one: PrintLine, two: PrintLine) -> BoxMm:
    left = min(one.box_mm[0], two.box_mm[0])
    right = max(each.box_mm[0] + each.box_mm[2] for each in (one, two))
    top = one.box_mm[1]
    return (left, top, right - left, two.box_mm[1] + two.box_mm[3] - top)


def _measurement(
    page: PageView,
    found: ZonePrint,
    name: str,
    value: float,
    u: float,
    box: BoxMm,
    details: dict[str, float | str] | None = None,
) -> Measurement:
    return Measurement(
        name=name,
        page=page.page,
        light=(found.light,),
        value=value,
        unit="mm",
        uncertainty=u,
        box_mm=box,
        details={"format": page.format, **(details or {})},
    )
