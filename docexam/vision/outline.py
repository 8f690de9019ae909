"""Where the page ends: its straight sides against the bed, near where they are expected.

A side is looked for from the outside inwards, so that no printed frame is taken for an edge. What
is outside must be bed: of one level along the whole side. A side that is cropped away is not seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from docexam.vision.outline_edges import find_edges, robust_line, wave_of
from docexam.vision.plane import Matrix, Points, scaling, shift

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docexam.capture.pixels import Pixels

Side = Literal["left", "top", "right", "bottom"]
SIDES: tuple[Side, ...] = ("left", "top", "right", "bottom")
_CORNERS: tuple[tuple[Side, Side], ...] = (
    ("top", "left"),
    ("top", "right"),
    ("bottom", "right"),
    ("bottom", "left"),
)
FloatArray = NDArray[np.float64]

# Our starting values.
REACH_MM = 9.0
CANVAS_PX_PER_MM = 6.0
CORNER_MM = 6.0
STEP_MM = 0.5
LEAST_SHARE = 0.45
ALIKE_MM = 0.12
CLEAR_MM = 0.07
CLEAR_STEEPNESS = 60.0
CLEAR_SHARE = 0.65
FAIR_MM = 0.10
FLAT_BED = 5.0  # sRGB levels
FLAT_BED_AROUND = 16.0
SAME_BED = 24.0
SAME_BED_AROUND = 80.0
ALONE_BED_MM = 2.5
FARTHEST_MM = 4.0
FAIR_STEEPNESS = 40.0
STANDS_OUT = 200.0
INSIDE_BY_MM = 0.4


@dataclass(frozen=True, slots=True)
class SideSeen:
    """One side as a line in the expected frame: `at` + `slope` x (place along it), millimetres.

    `at` is x for left and right, y for top and bottom; the place along it is the other coordinate.
    `residual_mm` is the scatter of the edge points about the line, `share` how much of the side
    they cover, `steepness` how fast the picture changes there, sRGB levels a millimetre. `bed` is
    the level outside it, `bed_spread` how much that varies along the side, `bed_mm` how far the
    picture shows it. `wave_mm` is how far the edge swings about a gentle bow, peak to peak, and how
    sure that is; None where too little of it was seen.
    """

    side: Side
    at: float
    slope: float
    residual_mm: float
    share: float
    steepness: float
    bed: tuple[float, ...]
    bed_spread: float
    bed_mm: float
    wave_mm: tuple[float, float] | None = None

    @property
    def is_clear(self) -> bool:
        """Whether most of the side was seen, on a straight line, and steeper than a shadow."""
        return (
            self.residual_mm <= CLEAR_MM
            and self.share >= CLEAR_SHARE
            and self.steepness >= CLEAR_STEEPNESS
        )

    @property
    def is_fair(self) -> bool:
        """Whether it may pass for the edge where no light shows a clear one."""
        return (
            self.residual_mm <= FAIR_MM
            and self.share >= CLEAR_SHARE
            and self.steepness >= FAIR_STEEPNESS
        )

    @property
    def stands_out(self) -> bool:
        """Whether page and bed differ so much that no print near the edge can bend it."""
        return self.steepness >= STANDS_OUT

    def value(self, along: float) -> float:
        """The coordinate across the side, at a place along it."""
        return self.at + self.slope * along


@dataclass(frozen=True, slots=True, eq=False)
class Canvas:
    """A picture in the expected frame with REACH_MM around the page; `seen` is 1 inside it."""

    pixels: NDArray[np.float32]
    seen: NDArray[np.uint8]
    px_per_mm: float
    reach_mm: float


def canvas_of(
    pixels: Pixels,
    to_px: Matrix,
    size_mm: tuple[float, float],
    *,
    px_per_mm: float = CANVAS_PX_PER_MM,
    reach_mm: float = REACH_MM,
) -> Canvas:
    """The picture as `to_px` (millimetres to pixels) expects the page, and some bed around it."""
    shape = [round((side + 2 * reach_mm) * px_per_mm) for side in size_mm]
    half = shift(-0.5, -0.5)
    from_canvas = to_px @ shift(-reach_mm, -reach_mm) @ scaling(1 / px_per_mm, 1 / px_per_mm)
    from_canvas = from_canvas @ np.linalg.inv(half)
    size = (shape[0], shape[1])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    warped = cv2.warpPerspective(pixels, from_canvas, size, flags=flags)
    inside = np.full(pixels.shape[:2], 255, np.uint8)
    seen = cv2.warpPerspective(inside, from_canvas, size, flags=flags)
    if warped.ndim == 2:
        warped = warped[..., None]
    return Canvas(warped.astype(np.float32), (seen == 255).astype(np.uint8), px_per_mm, reach_mm)


def find_sides(canvas: Canvas, size_mm: tuple[float, float]) -> dict[Side, SideSeen]:
    """The sides of a page of `size_mm` that the canvas shows."""
    found = [_side(canvas, side, size_mm) for side in SIDES]
    return _on_one_bed([each for each in found if each is not None], size_mm)


def _on_one_bed(sides: list[SideSeen], size_mm: tuple[float, float]) -> dict[Side, SideSeen]:
    """The sides that border on one and the same flat bed, near where they are expected.

    A picture that is cropped close shows frames and fields of print that look like edges; what
    lies beside each is something else. One side alone is believed where much bed is seen.
    """
    end = {"right": size_mm[0], "bottom": size_mm[1]}
    flat = [side for side in sides if side.bed_spread <= FLAT_BED_AROUND]
    # a whole page may lie on a table: grained, and one lamp nearer than on the other side
    most = SAME_BED_AROUND
    if len(flat) < len(SIDES):
        flat = [side for side in flat if side.bed_spread <= FLAT_BED]
        most = SAME_BED
    alike = [[other for other in flat if _apart(side, other) <= most] for side in flat]
    group = max(alike, key=len, default=[])
    if len(group) == 1 and group[0].bed_mm < ALONE_BED_MM:
        return {}
    if len(group) < len(SIDES):
        group = [s for s in group if abs(s.at - end.get(s.side, 0.0)) <= FARTHEST_MM]
    return {side.side: side for side in group}


def _apart(one: SideSeen, other: SideSeen) -> float:
    return max(abs(a - b) for a, b in zip(one.bed, other.bed, strict=True))


def fused(found: Mapping[str, Mapping[Side, SideSeen]]) -> dict[Side, tuple[str, SideSeen]]:
    """Each side in the light that shows it best, from what each light shows, best light first.

    A white page on a white bed is not seen in white light, where the first print inside it would
    be taken for its edge: of the edges that are clear, the outermost one is the page's.
    """
    best: dict[Side, tuple[str, SideSeen]] = {}
    for side in SIDES:
        seen = [(light, sides[side]) for light, sides in found.items() if side in sides]
        if not seen:
            continue
        clear = [each for each in seen if each[1].is_clear]
        if not clear:
            fair = [each for each in seen if each[1].is_fair]
            if fair:
                best[side] = max(fair, key=lambda each: each[1].steepness)
            continue
        outermost = max(_outwards(side, each[1]) for each in clear)
        best[side] = next(e for e in clear if _outwards(side, e[1]) >= outermost - ALIKE_MM)
    return best if not _shows_print(found, best) else fused(_without_uv(found))


def _shows_print(
    found: Mapping[str, Mapping[Side, SideSeen]], best: Mapping[Side, tuple[str, SideSeen]]
) -> bool:
    """Whether ultraviolet gave a side although what it shows elsewhere lies inside the page.

    A dull page is as dark there as its bed: glowing print stands out in place of its edge.
    """
    if all(light != "uv" for light, _ in best.values()):
        return False
    return any(
        _outwards(side, seen) < _outwards(side, best[side][1]) - INSIDE_BY_MM
        for side, seen in found["uv"].items()
        if side in best
    )


def _without_uv(
    found: Mapping[str, Mapping[Side, SideSeen]],
) -> Mapping[str, Mapping[Side, SideSeen]]:
    return {light: sides for light, sides in found.items() if light != "uv"}


def _outwards(side: Side, seen: SideSeen) -> float:
    return -seen.at if side in ("left", "top") else seen.at


def skew_deg(side: SideSeen) -> float:
    """The turn of a side against the expected frame, clockwise positive."""
    turn = float(np.degrees(np.arctan(side.slope)))
    return -turn if side.side in ("left", "right") else turn


def corners(sides: dict[Side, SideSeen]) -> Points:
    """(4, 2) where neighbouring sides meet, clockwise from the top left; all four are needed."""
    return np.array([_meet(sides[upright], sides[level]) for level, upright in _CORNERS])


def _meet(upright: SideSeen, level: SideSeen) -> tuple[float, float]:
    y = (level.at + level.slope * upright.at) / (1 - level.slope * upright.slope)
    return upright.value(y), y


def _side(canvas: Canvas, side: Side, size_mm: tuple[float, float]) -> SideSeen | None:
    """One side: edge points along scan lines from outside to inside, and a line through them."""
    pixels, seen = _inwards(canvas, side)
    scale, reach = canvas.px_per_mm, canvas.reach_mm
    width, height = size_mm
    length = height if side in ("left", "right") else width
    step = max(1, round(STEP_MM * scale))
    first, last = round((reach + CORNER_MM) * scale), round((reach + length - CORNER_MM) * scale)
    rows = np.arange(first, last - step, step)
    depth = round(2 * reach * scale)
    bands = np.add.reduceat(pixels[first : rows[-1] + step, :depth], rows - first, axis=0) / step
    bands = np.asarray(bands, np.float64)
    whole = np.minimum.reduceat(seen[first : rows[-1] + step, :depth], rows - first, axis=0)
    edges = find_edges(bands, whole.astype(bool), scale)
    if edges is None:
        return None
    places, steep = edges.places, edges.steepness
    good = np.isfinite(places)
    if good.sum() < max(8, LEAST_SHARE * len(rows)):
        return None
    along = np.asarray((rows + step / 2) / scale - reach, np.float64)
    across = places / scale - reach
    fit = robust_line(along[good], across[good])
    if fit is None:
        return None
    at, slope, residual, on_line = fit
    share = on_line / len(rows)
    if share < LEAST_SHARE:
        return None
    wave = wave_of(along[good], across[good], (at, slope))
    if side in ("right", "bottom"):
        end = width if side == "right" else height
        at, slope = end - at, -slope
    return SideSeen(
        side=side,
        at=at,
        slope=slope,
        residual_mm=residual,
        share=share,
        steepness=float(np.median(steep[good])) * scale,
        bed=edges.bed,
        bed_spread=edges.bed_spread,
        bed_mm=float(np.median((places - edges.starts)[good])) / scale,
        wave_mm=wave,
    )


def _inwards(canvas: Canvas, side: Side) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
    """The canvas turned so that rows run along the side and columns from outside to inside."""
    pixels, seen = canvas.pixels, canvas.seen
    if side in ("top", "bottom"):
        pixels, seen = pixels.swapaxes(0, 1), seen.swapaxes(0, 1)
    if side in ("right", "bottom"):
        pixels, seen = pixels[:, ::-1], seen[:, ::-1]
    return pixels, seen
