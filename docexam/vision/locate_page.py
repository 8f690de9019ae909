"""From a zone, or from an outline, to the page's millimetres: where each lies in the picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from docexam.vision.outline import canvas_of, corners, find_sides
from docexam.vision.page import OutlineSeen
from docexam.vision.page_format import CAPITAL_MM, GLYPH_WIDTH_MM, PITCH_MM
from docexam.vision.plane import (
    Matrix,
    Points,
    apply,
    box_corners,
    homography,
    inverse,
    local_scale,
    scaling,
    shift,
    similarity,
)

if TYPE_CHECKING:
    from docexam.capture.pixels import Pixels
    from docexam.nouns.reading import Quad
    from docexam.vision.outline import Side, SideSeen
    from docexam.vision.page import Anchor, ScaleSource
    from docexam.vision.page_format import PageFormat

# Our starting values.
PPI_BELIEVED_WITHIN = 0.12
PPI_UNCERTAINTY = 0.002
ZONE_UNCERTAINTY = 0.003
OUTLINE_UNCERTAINTY = 0.006
_MM_PER_INCH = 25.4


@dataclass(frozen=True, slots=True, eq=False)
class PageFrame:
    """Where a page's millimetres lie in one picture: `to_px` (3 x 3)."""

    format: PageFormat
    to_px: Matrix
    scale_source: ScaleSource
    scale_uncertainty: float
    anchor: Anchor
    outline: OutlineSeen | None

    @property
    def native_px_per_mm(self) -> float:
        """Pixels of the picture to a millimetre, in the middle of the page."""
        return local_scale(self.to_px, (self.format.width_mm / 2, self.format.height_mm / 2))

    @property
    def turn_deg(self) -> float:
        """The turn of the page in its picture, clockwise."""
        middle = (self.format.width_mm / 2, self.format.height_mm / 2)
        here, right = apply(self.to_px, [middle, (middle[0] + 1, middle[1])])
        dx, dy = right - here
        return float(np.degrees(np.arctan2(dy, dx)))


def zone_corners_mm(place: PageFormat) -> Points:
    """(4, 2) where a zone's quad lies on a page printed to the letter.

    The quad runs from half a cell before the first to half a cell behind the last character's
    middle, and from the top of the first to the bottom of the last line's capitals.
    """
    left = place.mrz_left_mm + GLYPH_WIDTH_MM / 2 - PITCH_MM / 2
    top = place.height_mm - place.line_centres_mm[0] - CAPITAL_MM / 2
    bottom = place.height_mm - place.line_centres_mm[-1] + CAPITAL_MM / 2
    return box_corners((left, top, place.columns * PITCH_MM, bottom - top))


def page_from_zone(
    pixels: Pixels, quad_px: Quad, place: PageFormat, *, ppi: float | None, light: str
) -> PageFrame:
    """The page around a zone: laid on its own edges where all four are seen, else on the zone."""
    quad = np.array(quad_px)
    expected = zone_corners_mm(place)
    by_zone = similarity(expected, quad)
    px_per_mm = float(np.hypot(*by_zone[:2, 0]))
    believed = ppi is not None and abs(ppi / _MM_PER_INCH / px_per_mm - 1) < PPI_BELIEVED_WITHIN
    scale_px = ppi / _MM_PER_INCH if believed and ppi is not None else px_per_mm
    source: ScaleSource = "ppi" if believed else "mrz"
    uncertainty = PPI_UNCERTAINTY if believed else ZONE_UNCERTAINTY
    size = (place.width_mm, place.height_mm)
    sides = find_sides(canvas_of(pixels, by_zone, size), size)
    if len(sides) == 4:
        on_page = apply(by_zone, corners(sides))
        to_px, outline = _on_outline(on_page, place, scale_px, sides, light, quad, source)
        return PageFrame(place, to_px, source, uncertainty, "outline", outline)
    to_px = _rescaled(by_zone, scale_px / px_per_mm, expected.mean(0))
    moved = {name: _moved(side, by_zone, to_px, size) for name, side in sides.items()}
    return PageFrame(place, to_px, source, uncertainty, "mrz", _outline(moved, light))


def _on_outline(
    on_page: Points,
    place: PageFormat,
    scale_px: float,
    sides: dict[Side, SideSeen],
    light: str,
    quad: Points,
    source: ScaleSource,
) -> tuple[Matrix, OutlineSeen]:
    """Millimetres laid on four seen corners: true to scale, its middle on the nominal page's."""
    width, height = place.width_mm, place.height_mm
    nominal = box_corners((0.0, 0.0, width, height))
    onto = homography(nominal, on_page)
    if source == "mrz":
        found = apply(inverse(onto), quad)
        growth_x = growth_y = (
            place.columns
            * PITCH_MM
            / float(np.linalg.norm((found[1] + found[2] - found[0] - found[3]) / 2))
        )
    else:
        top, right, bottom, left = (
            float(np.linalg.norm(on_page[(i + 1) % 4] - on_page[i])) for i in range(4)
        )
        growth_x = (top + bottom) / 2 / scale_px / width
        growth_y = (left + right) / 2 / scale_px / height
    true = (width * growth_x, height * growth_y)
    offset = ((width - true[0]) / 2, (height - true[1]) / 2)
    to_px = onto @ scaling(1 / growth_x, 1 / growth_y) @ shift(-offset[0], -offset[1])
    residual = float(np.sqrt(np.mean([side.residual_mm**2 for side in sides.values()])))
    skew: dict[str, float] = {name: _skew_deg(side) for name, side in sides.items()}
    outline = OutlineSeen(
        left=offset[0],
        top=offset[1],
        right=offset[0] + true[0],
        bottom=offset[1] + true[1],
        residual_mm=residual,
        light=light,
        skew_deg=skew,
    )
    return to_px, outline


def _skew_deg(side: SideSeen) -> float:
    """The turn of a side against the zone's lines, clockwise positive."""
    turn = float(np.degrees(np.arctan(side.slope)))
    return -turn if side.side in ("left", "right") else turn


def _rescaled(to_px: Matrix, growth: float, about: Points) -> Matrix:
    x, y = float(about[0]), float(about[1])
    return np.asarray(to_px @ shift(x, y) @ scaling(growth, growth) @ shift(-x, -y))


def _moved(
    side: SideSeen, old: Matrix, new: Matrix, size: tuple[float, float]
) -> tuple[float, SideSeen]:
    """Where the middle of a side lies once the millimetres are those of `new`."""
    level = side.side in ("top", "bottom")
    along = size[0] / 2 if level else size[1] / 2
    point = (along, side.value(along)) if level else (side.value(along), along)
    found = apply(inverse(new) @ old, [point])[0]
    return float(found[1] if level else found[0]), side


def _outline(moved: dict[Side, tuple[float, SideSeen]], light: str) -> OutlineSeen | None:
    if not moved:
        return None
    at = {name: place for name, (place, _) in moved.items()}
    residual = float(np.sqrt(np.mean([side.residual_mm**2 for _, side in moved.values()])))
    return OutlineSeen(
        left=at.get("left"),
        top=at.get("top"),
        right=at.get("right"),
        bottom=at.get("bottom"),
        residual_mm=residual,
        light=light,
        skew_deg={name: _skew_deg(side) for name, (_, side) in moved.items()},
    )
