"""Second look: a straightened crop of one region, and the printed lines in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.vision.locate_maps import STRIDE, Grey, Maps, cell_to_px, zone_maps
from docexam.vision.locate_regions import Region

if TYPE_CHECKING:
    from docexam.vision.locate_candidate import FloatArray

HEIGHT_PX = 11.0  # of capitals in the crop: lines are then seven cells apart
_MARGIN_ALONG = 4.0  # capital heights
_MARGIN_ACROSS = 3.2  # capital heights: room for a line that the first look missed
_MAX_WIDTH_PX, _MAX_TALL_PX = 896, 384
_CORE = (0.35, 0.6, 0.8)  # levels at which lines are told apart, the lowest first
_FAINT_CORE, _FAINT_ZONE = 0.12, 0.5  # enough to go on at a line's end
_MIN_PIECE = 4.0  # capital heights
_SAME_ROW = 0.5  # capital heights
_GAP_ALONG = 14.0  # capital heights that glare may hide
_LOOKS = 3  # at most, at one region
_RIGHT_HEIGHT = (0.72, 1.39)  # of `HEIGHT_PX`: beyond, the crop is scaled anew
_MAX_SLOPE = np.tan(np.deg2rad(5))
_MORE_ALONG = 12.0  # capital heights, where lines run out of the crop


@dataclass(frozen=True, slots=True)
class Crop:
    """A straightened part of the picture; `to_picture` (2, 3) maps its pixels back."""

    grey: Grey
    to_picture: FloatArray


@dataclass(frozen=True, slots=True)
class Row:
    """A line in crop pixels: y = offset + slope * x between `first` and `last`."""

    first: float
    last: float
    offset: float
    slope: float
    height_px: float
    score: float

    def y(self, x: float) -> float:
        """The middle of the capitals at `x`."""
        return self.offset + self.slope * x


def straighten(grey: Grey, region: Region) -> Crop:
    """The region with its lines level, capitals about `HEIGHT_PX` tall, and some margin."""
    unit = region.height_px
    scale = HEIGHT_PX / unit
    along = (region.along[0] - _MARGIN_ALONG * unit, region.along[1] + _MARGIN_ALONG * unit)
    across = (region.across[0] - _MARGIN_ACROSS * unit, region.across[1] + _MARGIN_ACROSS * unit)
    scale = min(
        scale, _MAX_WIDTH_PX / (along[1] - along[0]), _MAX_TALL_PX / (across[1] - across[0])
    )
    size = (
        max(8, round((along[1] - along[0]) * scale)),
        max(8, round((across[1] - across[0]) * scale)),
    )
    back = np.empty((2, 3))
    back[:, :2] = region.axes.T / scale
    back[:, 2] = region.axes.T @ np.array([along[0], across[0]])
    part, offset, share = _part(grey, back, size, scale)
    inner = back.copy()
    inner[:, 2] = (inner[:, 2] - offset + 0.5) * share - 0.5
    inner[:, :2] *= share[:, None]
    crop = cv2.warpAffine(
        part,
        inner,
        size,
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=128,
    )
    return Crop(crop.astype(np.uint8, copy=False), back)


def _part(
    grey: Grey, back: FloatArray, size: tuple[int, int], scale: float
) -> tuple[Grey, FloatArray, FloatArray]:
    """What the crop needs of the picture, averaged down so that sampling skips no pixel."""
    w, h = size
    corners = back @ np.array([[0, w, w, 0], [0, 0, h, h], [1, 1, 1, 1]], np.float64)
    low = np.maximum(np.floor(corners.min(1)) - 2, 0).astype(int)
    high = np.minimum(np.ceil(corners.max(1)) + 3, [grey.shape[1], grey.shape[0]]).astype(int)
    high = np.maximum(high, low + 1)
    low = np.minimum(low, high - 1)
    low = np.minimum(low, np.array([grey.shape[1] - 1, grey.shape[0] - 1]))
    part = grey[low[1] : high[1], low[0] : high[0]]
    if scale < 0.67:
        share = min(1.0, scale * 1.25)
        to = (max(1, round(part.shape[1] * share)), max(1, round(part.shape[0] * share)))
        small = cv2.resize(part, to, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
        shares = np.array([to[0] / part.shape[1], to[1] / part.shape[0]])
        return small, low.astype(np.float64), shares
    return part, low.astype(np.float64), np.ones(2)


def find_rows(maps: Maps) -> list[Row]:
    """The printed lines in a straightened crop, from the top down."""
    pieces = _pieces(maps, np.ones(maps.core.shape, bool), 0)
    pieces.sort(key=lambda piece: len(piece[0]), reverse=True)
    rows: list[tuple[FloatArray, FloatArray]] = []
    for rows_at, cols_at in pieces:
        for i, (seen_rows, seen_cols) in enumerate(rows):
            if _continues(maps, (seen_rows, seen_cols), (rows_at, cols_at)):
                rows[i] = (
                    np.concatenate([seen_rows, rows_at]),
                    np.concatenate([seen_cols, cols_at]),
                )
                break
        else:
            rows.append((rows_at, cols_at))
    found = [_stretched(maps, _fit(maps, *cells)) for cells in rows]
    found = [row for row in found if row.last - row.first >= _MIN_PIECE * row.height_px]
    middle = maps.core.shape[1] * STRIDE / 2
    return sorted(found, key=lambda row: row.y(middle))


def _pieces(
    maps: Maps, inside: np.ndarray[tuple[int, int], np.dtype[np.bool_]], level: int
) -> list[tuple[FloatArray, FloatArray]]:
    """Connected patches of the core map; one too thick for a line is cut at a higher level."""
    mask = ((maps.core > _CORE[level]) & inside).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask)
    out: list[tuple[FloatArray, FloatArray]] = []
    for label in range(1, count):
        if stats[label, cv2.CC_STAT_WIDTH] < 3:
            continue
        chosen = labels == label
        rows, cols = np.nonzero(chosen)
        cells = (rows.astype(np.float64), cols.astype(np.float64))
        row = _fit(maps, *cells)
        residual = cell_to_px(cells[0]) - (row.offset + row.slope * cell_to_px(cells[1]))
        if level + 1 < len(_CORE) and float(residual.std()) > 0.42 * row.height_px:
            finer = _pieces(maps, chosen, level + 1)
            if len(finer) > 1:
                out.extend(finer)
                continue
        out.append(cells)
    return out


def _fit(maps: Maps, rows: FloatArray, cols: FloatArray) -> Row:
    """A straight line through cells, weighted by the core map; twice, the second without strays."""
    at = (rows.astype(int), cols.astype(int))
    weight = maps.core[at].astype(np.float64)
    x, y = cell_to_px(cols), cell_to_px(rows)
    height = float(np.exp(np.average(np.log(maps.height_px[at]), weights=weight)))
    offset = slope = 0.0
    use = weight
    for _ in range(2):
        mean_x, mean_y = np.average(x, weights=use), np.average(y, weights=use)
        across = float((use * (x - mean_x) ** 2).sum())
        slope = float((use * (x - mean_x) * (y - mean_y)).sum() / across) if across > 0 else 0.0
        offset = float(mean_y - slope * mean_x)
        use = weight * (np.abs(y - offset - slope * x) < 0.7 * height) + 1e-9
    edge = STRIDE / 2
    return Row(
        float(x.min()) - edge, float(x.max()) + edge, offset, slope, height, float(weight.mean())
    )


def _stretched(maps: Maps, row: Row) -> Row:
    """The row with its faint ends: on from each end while the maps still hint at print."""
    h, w = maps.core.shape
    cols = np.arange(w)
    rows = (row.offset + row.slope * cell_to_px(cols.astype(np.float64))) / STRIDE - 0.375
    near = np.clip(np.round(rows).astype(int) + np.array([[-1], [0], [1]]), 0, h - 1)
    hint = (maps.core[near, cols].max(0) > _FAINT_CORE) | (maps.zone[near[1], cols] > _FAINT_ZONE)
    hint &= (rows > -1) & (rows < h)
    first, last = max(0, int(row.first / STRIDE)), min(w - 1, int(row.last / STRIDE))
    left = _reach(hint[: first + 1][::-1])
    right = _reach(hint[last:])
    return replace(row, first=row.first - STRIDE * left, last=row.last + STRIDE * right)


def _reach(hint: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> int:
    """How many cells beyond the first the hints go on, gaps of two cells passed over."""
    reach = 0
    for i in range(1, len(hint)):
        if hint[i]:
            reach = i
        elif i - reach > 2:
            break
    return reach


def _continues(
    maps: Maps, line: tuple[FloatArray, FloatArray], piece: tuple[FloatArray, FloatArray]
) -> bool:
    """Whether `piece` lies on the row of `line`, beside it."""
    row, other = _fit(maps, *line), _fit(maps, *piece)
    overlap = min(row.last, other.last) - max(row.first, other.first)
    if overlap > 0.5 * (other.last - other.first) or -overlap > _GAP_ALONG * row.height_px:
        return False
    middle = (other.first + other.last) / 2
    slack = _SAME_ROW * row.height_px + 0.03 * max(0.0, -overlap)
    return abs(row.y(middle) - other.y(middle)) < slack


def look_closer(grey: Grey, region: Region) -> tuple[Crop, Maps, list[Row]]:
    """A straightened crop, its maps and its lines.

    Looked at again, from the lines found, where size or angle was misjudged or lines run out of
    the crop.
    """
    for left in reversed(range(_LOOKS)):
        crop = straighten(grey, region)
        maps = zone_maps(crop.grey)
        rows = find_rows(maps)
        again = _corrected(crop, rows, region) if rows and left else None
        if again is None:
            return crop, maps, rows
        region = again
    raise AssertionError("unreachable")


def _corrected(crop: Crop, rows: list[Row], region: Region) -> Region | None:
    """The region as the crop shows it, None where the crop will do."""
    weights = np.array([row.score * (row.last - row.first) for row in rows])
    height = float(np.average([row.height_px for row in rows], weights=weights))
    slope = float(np.average([row.slope for row in rows], weights=weights))
    h, w = crop.grey.shape
    early = min(row.first for row in rows) < height
    late = max(row.last for row in rows) > w - height
    ends_y = [row.y(x) for row in rows for x in (row.first, row.last)]
    whole = not (early or late or min(ends_y) < height or max(ends_y) > h - height)
    low, high = _RIGHT_HEIGHT
    if whole and low < height / HEIGHT_PX < high and abs(slope) < _MAX_SLOPE:
        return None
    scale = float(np.hypot(*crop.to_picture[:, 0]))
    angle = region.angle + float(np.arctan(slope))
    ends = np.array([[x, row.y(x), 1.0] for row in rows for x in (row.first, row.last)])
    points = ends @ crop.to_picture.T
    c, s = np.cos(angle), np.sin(angle)
    along, across = points @ np.array([c, s]), points @ np.array([-s, c])
    more = _MORE_ALONG * height * scale
    return Region(
        angle,
        (float(along.min()) - more * early, float(along.max()) + more * late),
        (float(across.min()), float(across.max())),
        height * scale,
        region.score,
    )
