"""First look: from maps of a whole picture to upright boxes around what may be a zone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.vision.locate_maps import STRIDE, Maps, cell_to_px

if TYPE_CHECKING:
    from docexam.vision.locate_candidate import FloatArray

# Our starting values, tried on drawn pages of a seed kept out of training and on real specimens.
_ZONE = (0.35, 0.12)  # probability from which a cell belongs to a zone; the second if need be
_MIN_CELLS = 8
_MIN_LENGTH = 7.0  # capital heights; thirty characters are about 30 of them
_SAME_ANGLE = np.deg2rad(9)
_GAP_ALONG = 14.0  # capital heights that glare may hide
_GAP_ACROSS = 2.6  # capital heights between lines


@dataclass(frozen=True, slots=True)
class Region:
    """A box along the print, in pixels of the picture looked at.

    `angle` (radians) is the way that the lines run, known up to half a turn. `along` and
    `across` are the (first, last) coordinates on the axes (cos, sin) and (-sin, cos).
    """

    angle: float
    along: tuple[float, float]
    across: tuple[float, float]
    height_px: float
    score: float

    @property
    def axes(self) -> FloatArray:
        """Unit vectors along and across, as rows (2, 2)."""
        c, s = np.cos(self.angle), np.sin(self.angle)
        return np.array([[c, s], [-s, c]])


@dataclass(slots=True)
class _Cells:
    """The cells of one or more patches of the zone map, and what they say together."""

    xy: FloatArray
    weight: FloatArray
    vectors: FloatArray  # (n, 2): cos and sin of twice the angle
    log_height: FloatArray

    @property
    def angle(self) -> float:
        c, s = self.weight @ self.vectors
        return float(np.arctan2(s, c) / 2)

    @property
    def height_px(self) -> float:
        return float(np.exp(np.average(self.log_height, weights=self.weight)))

    def joined(self, other: _Cells) -> _Cells:
        return _Cells(
            np.concatenate([self.xy, other.xy]),
            np.concatenate([self.weight, other.weight]),
            np.concatenate([self.vectors, other.vectors]),
            np.concatenate([self.log_height, other.log_height]),
        )


def find_regions(maps: Maps) -> list[Region]:
    """Boxes around patches of the zone map, the likeliest first."""
    for level in _ZONE:
        regions = _regions_at(maps, level)
        if regions:
            return regions
    return []


def _regions_at(maps: Maps, level: float) -> list[Region]:
    patches = _patches(maps, level)
    merged = True
    while merged:
        merged = False
        for i in range(len(patches)):
            for j in range(i + 1, len(patches)):
                if _belong_together(patches[i], patches[j]):
                    patches[i] = patches[i].joined(patches.pop(j))
                    merged = True
                    break
            if merged:
                break
    regions = [_box(patch) for patch in patches]
    long_enough = [r for r in regions if r.along[1] - r.along[0] >= _MIN_LENGTH * r.height_px]
    return sorted(long_enough, key=lambda r: r.score, reverse=True)


def _patches(maps: Maps, level: float) -> list[_Cells]:
    count, labels, stats, _ = cv2.connectedComponentsWithStats((maps.zone > level).astype(np.uint8))
    patches = []
    for label in range(1, count):
        if stats[label, cv2.CC_STAT_AREA] < _MIN_CELLS:
            continue
        x, y, w, h = stats[label, : cv2.CC_STAT_AREA]
        window = np.s_[y : y + h, x : x + w]
        rows, cols = np.nonzero(labels[window] == label)
        rows, cols = rows + y, cols + x
        vectors = np.stack([maps.cos2[rows, cols], maps.sin2[rows, cols]], 1).astype(np.float64)
        patches.append(
            _Cells(
                cell_to_px(np.stack([cols, rows], 1).astype(np.float64)),
                maps.zone[rows, cols].astype(np.float64),
                vectors,
                np.log(maps.height_px[rows, cols].astype(np.float64)),
            )
        )
    patches.sort(key=lambda p: float(p.weight.sum()), reverse=True)
    return patches[:40]


def _spans(cells: _Cells, angle: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Extents along and across `angle`, a stray cell in two hundred left out."""
    c, s = np.cos(angle), np.sin(angle)
    along, across = cells.xy @ np.array([c, s]), cells.xy @ np.array([-s, c])
    edge = STRIDE / 2
    first, last = np.percentile(along, (0.5, 99.5))
    top, bottom = np.percentile(across, (0.5, 99.5))
    return (float(first) - edge, float(last) + edge), (float(top) - edge, float(bottom) + edge)


def _belong_together(a: _Cells, b: _Cells) -> bool:
    turn = (a.angle - b.angle + np.pi / 2) % np.pi - np.pi / 2
    ratio = a.height_px / b.height_px
    if abs(turn) > _SAME_ANGLE or not 0.6 < ratio < 1.67:
        return False
    height = (a.height_px + b.height_px) / 2
    along_a, across_a = _spans(a, a.angle)
    along_b, across_b = _spans(b, a.angle)
    beside, beside_share = _gap(along_a, along_b)
    stacked, stacked_share = _gap(across_a, across_b)
    same_row = stacked_share > 0.5 and beside < _GAP_ALONG * height
    same_column = beside_share > 0.5 and stacked < _GAP_ACROSS * height
    return same_row or same_column


def _gap(a: tuple[float, float], b: tuple[float, float]) -> tuple[float, float]:
    """Distance between two spans (below 0: overlap), and the overlap's share of the shorter."""
    overlap = min(a[1], b[1]) - max(a[0], b[0])
    return -overlap, overlap / max(1e-6, min(a[1] - a[0], b[1] - b[0]))


def _box(cells: _Cells) -> Region:
    angle = cells.angle
    centred = cells.xy - np.average(cells.xy, axis=0, weights=cells.weight)
    spread = (centred * cells.weight[:, None]).T @ centred
    values, vectors = np.linalg.eigh(spread)
    if values[1] > 9 * values[0]:  # long: its own axis is the better witness
        own = float(np.arctan2(vectors[1, 1], vectors[0, 1]))
        turn = (own - angle + np.pi / 2) % np.pi - np.pi / 2
        if abs(turn) < np.deg2rad(12):
            angle += turn
    along, across = _spans(cells, angle)
    agreement = float(np.hypot(*(cells.weight @ cells.vectors)) / cells.weight.sum())
    length = (along[1] - along[0]) / cells.height_px
    score = float(cells.weight.mean()) * min(1.0, agreement) * min(1.0, length / 25)
    return Region(angle, along, across, cells.height_px, score)
