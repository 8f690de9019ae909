"""From a zone, or from rough corners, to the page's millimetres: where each lies in the picture."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from docexam.vision.frame_on_sides import laid_on_sides
from docexam.vision.outline import corners, skew_deg
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
    from collections.abc import Mapping

    from docexam.nouns.reading import Quad
    from docexam.vision.outline import Side, SideSeen
    from docexam.vision.page import Anchor, ScaleSource
    from docexam.vision.page_format import PageFormat

# Our starting values.
PPI_BELIEVED_WITHIN = 0.12
PPI_UNCERTAINTY = 0.002
ZONE_UNCERTAINTY = 0.002
OUTLINE_UNCERTAINTY = 0.006
SHAPE_WITHIN = 0.02
LENS_FAR = 8.0
SHORT_BY_MM = 2.0
BED_TELLS_MM = 4.0
FAIR_COUNTS = 4.0
"""What is seen in place of an edge that is not clear may be print beside it, so far inside."""
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
    def size_mm(self) -> tuple[float, float]:
        """(width, height) of the nominal page."""
        return self.format.width_mm, self.format.height_mm

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


def expected_from_zone(quad_px: Quad, place: PageFormat) -> Matrix:
    """Where the page of a zone should lie, seen straight from above."""
    return similarity(zone_corners_mm(place), np.array(quad_px))


def expected_from_corners(corners_px: Points, place: PageFormat) -> Matrix:
    """Where a page of that size lies that has these corners, seen straight from above.

    The corners begin at a long side; those of a page that is read along its shorter side are
    taken from its short one.
    """
    if place.height_mm > place.width_mm:
        corners_px = np.roll(corners_px, -1, axis=0)
    return similarity(box_corners((0.0, 0.0, place.width_mm, place.height_mm)), corners_px)


def frame_of(
    expected: Matrix,
    place: PageFormat,
    sides: Mapping[Side, tuple[str, SideSeen]],
    *,
    ppi: float | None,
    has_zone: bool,
) -> PageFrame:
    """The page's millimetres: laid on its own edges where all four are seen, else as expected.

    A page without a zone is laid on those edges that are seen, where they bear its size out.
    `sides` are the edges that were seen in the frame `expected`, each with its light. The scale is
    the device's word where that is anywhere near the truth, else the zone's pitch, else the size
    of the format.
    """
    px_per_mm = float(np.hypot(*expected[:2, 0]))
    claimed = None if ppi is None else ppi / _MM_PER_INCH
    believed = claimed is not None and abs(claimed / px_per_mm - 1) < PPI_BELIEVED_WITHIN
    by_size: ScaleSource = "mrz" if has_zone else "outline"
    source: ScaleSource = "ppi" if believed else by_size
    uncertainty = {
        "ppi": PPI_UNCERTAINTY,
        "mrz": ZONE_UNCERTAINTY,
        "outline": OUTLINE_UNCERTAINTY,
    }[source]
    scale_px = claimed if believed and claimed is not None else None
    if has_zone and not _is_page(expected, place, sides, scale_px):
        sides = {}
    if len(sides) == 4:
        to_px, outline = _on_outline(expected, place, sides, scale_px)
        return PageFrame(place, to_px, source, uncertainty, "outline", outline)
    growth = 1.0 if scale_px is None else scale_px / px_per_mm
    about = zone_corners_mm(place).mean(0)
    to_px = _about(expected, growth, about)
    size = (place.width_mm, place.height_mm)
    if not has_zone:
        laid = laid_on_sides(expected, growth, size, sides)
        to_px = to_px if laid is None else laid
    anchor: Anchor = "mrz" if has_zone else "frame"
    part = _part_outline(expected, to_px, sides, size)
    return PageFrame(place, to_px, source, uncertainty, anchor, part)


def _is_page(
    expected: Matrix,
    place: PageFormat,
    sides: Mapping[Side, tuple[str, SideSeen]],
    scale_px: float | None,
) -> bool:
    """Whether the sides may be the page's own, and not a printed frame's or a cut picture's.

    A frame inside a picture that is cropped close makes a page too small with little bed around it.
    Without a scale the four sides must have the format's shape: a camera that looks askew shortens
    one side, but then opposite sides differ too (seen from LENS_FAR times the page's height).
    """
    px_per_mm = float(np.hypot(*expected[:2, 0]))
    true = 1.0 if scale_px is None else px_per_mm / scale_px
    for low, high, nominal in (
        ("left", "right", place.width_mm),
        ("top", "bottom", place.height_mm),
    ):
        pair = [side for name, (_, side) in sides.items() if name in (low, high)]
        if len(pair) == 2:
            length = abs(pair[0].at - pair[1].at) * true
            bed_mm = min(side.bed_mm for side in pair)
            if length < nominal - SHORT_BY_MM and bed_mm < BED_TELLS_MM:
                return False
    if len(sides) < 4 or scale_px is not None:
        return True
    found = corners({name: side for name, (_, side) in sides.items()})
    top, right, bottom, left = (float(np.linalg.norm(found[i - 3] - found[i])) for i in range(4))
    askew = max(abs(top / bottom - 1), abs(left / right - 1))
    shape = (top + bottom) / (left + right) / (place.width_mm / place.height_mm)
    return abs(shape - 1) <= SHAPE_WITHIN + (LENS_FAR * askew) ** 2 / 2


def rescaled(frame: PageFrame, growth: float) -> PageFrame:
    """The frame with all lengths `growth` times as long, about what it is anchored on."""
    width, height = frame.size_mm
    about = zone_corners_mm(frame.format).mean(0)
    if frame.anchor == "outline":
        about = np.array([width / 2, height / 2])
    x, y = float(about[0]), float(about[1])
    outline = frame.outline
    if outline is not None:
        outline = replace(
            outline,
            left=_grown(outline.left, x, growth),
            right=_grown(outline.right, x, growth),
            top=_grown(outline.top, y, growth),
            bottom=_grown(outline.bottom, y, growth),
        )
    return replace(frame, to_px=_about(frame.to_px, 1 / growth, about), outline=outline)


def _grown(place: float | None, about: float, growth: float) -> float | None:
    return None if place is None else about + (place - about) * growth


def _about(to_px: Matrix, growth: float, about: Points) -> Matrix:
    x, y = float(about[0]), float(about[1])
    return np.asarray(to_px @ shift(x, y) @ scaling(growth, growth) @ shift(-x, -y))


def _on_outline(
    expected: Matrix,
    place: PageFormat,
    sides: Mapping[Side, tuple[str, SideSeen]],
    scale_px: float | None,
) -> tuple[Matrix, OutlineSeen]:
    """Millimetres laid on four seen corners: true to scale, its middle on the nominal page's.

    Without a scale the page is taken to have its nominal size.
    """
    on_page = apply(expected, corners({name: side for name, (_, side) in sides.items()}))
    width, height = place.width_mm, place.height_mm
    onto = homography(box_corners((0.0, 0.0, width, height)), on_page)
    growth_x = growth_y = 1.0
    if scale_px is not None:
        top, right, bottom, left = (
            float(np.linalg.norm(on_page[(i + 1) % 4] - on_page[i])) for i in range(4)
        )
        growth_x = (top + bottom) / 2 / scale_px / width
        growth_y = (left + right) / 2 / scale_px / height
    true = (width * growth_x, height * growth_y)
    offset = ((width - true[0]) / 2, (height - true[1]) / 2)
    to_px = onto @ scaling(1 / growth_x, 1 / growth_y) @ shift(-offset[0], -offset[1])
    at: dict[str, float | None] = {
        "left": offset[0],
        "top": offset[1],
        "right": offset[0] + true[0],
        "bottom": offset[1] + true[1],
    }
    return to_px, _outline(at, sides)


def _part_outline(
    expected: Matrix,
    to_px: Matrix,
    sides: Mapping[Side, tuple[str, SideSeen]],
    size: tuple[float, float],
) -> OutlineSeen | None:
    """The seen sides where the page's millimetres have them, at the middle of each side."""
    if not sides:
        return None
    move = inverse(to_px) @ expected
    at: dict[str, float | None] = {}
    for name, (_, side) in sides.items():
        level = name in ("top", "bottom")
        along = size[0] / 2 if level else size[1] / 2
        point = (along, side.value(along)) if level else (side.value(along), along)
        found = apply(move, [point])[0]
        at[name] = float(found[1] if level else found[0])
    return _outline(at, sides)


def _outline(
    at: Mapping[str, float | None], sides: Mapping[Side, tuple[str, SideSeen]]
) -> OutlineSeen:
    scatter = [
        side.residual_mm * (1.0 if side.is_clear else FAIR_COUNTS) for _, side in sides.values()
    ]
    residual = float(np.sqrt(np.mean(np.square(scatter))))
    return OutlineSeen(
        left=at.get("left"),
        top=at.get("top"),
        right=at.get("right"),
        bottom=at.get("bottom"),
        residual_mm=residual,
        seen_in={name: light for name, (light, _) in sides.items()},
        skew_deg={name: skew_deg(side) for name, (_, side) in sides.items()},
        wave_mm={
            name: side.wave_mm
            for name, (_, side) in sides.items()
            if side.wave_mm is not None and side.stands_out
        },
    )
