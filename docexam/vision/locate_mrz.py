"""Finds machine readable zones in a picture: where their lines run, not what they say.

A small network (`models/mrz_zone.onnx`) looks at the whole picture, then once more at a
straightened crop of each place that it pointed to. It proposes rather too much than too little;
the recogniser rejects.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from docexam.vision.locate_candidate import LineCandidate, ZoneCandidate
from docexam.vision.locate_lines import Crop, Row, look_closer
from docexam.vision.locate_maps import Grey, Maps, cell_to_px, zone_maps
from docexam.vision.locate_regions import Region, find_regions

__all__ = ["LineCandidate", "ZoneCandidate", "locate_zones"]

Pixels = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]

MAX_CANDIDATES = 6
# Our starting values, tried on drawn pages of a seed kept out of training and on real specimens.
_LONG_SIDES_PX = (512, 1024, 2048)  # looked at in turn until something convinces
_MAX_ENLARGE = 2.5
_FINE_ENOUGH = 0.55  # of the picture's own resolution: a closer look would show little more
_CONVINCING = 0.55
_SMALL_PX = 4.0  # capitals so low at one scale call for a look at the next
_REGIONS_A_LOOK = 5
_ROW_STEP = (0.95, 3.8)  # capital heights from one line to the next
_LEAST_LENGTH = 0.45  # of the longest line in the zone
_MAX_LINES = 4


def locate_zones(pixels: Pixels) -> list[ZoneCandidate]:
    """Places that may be a machine readable zone, the likeliest first; at most six.

    `pixels` is uint8, grey (h, w) or blue-green-red (h, w, 3). Lines come in the pixels of that
    picture and may run out of it a little.

    Raises:
        ModelError: the model is missing or altered.
    """
    grey = to_grey(pixels)
    found: list[ZoneCandidate] = []
    long_side = max(grey.shape)
    for size in _LONG_SIDES_PX:
        scale = min(size / long_side, _MAX_ENLARGE)
        small = _resized(grey, scale)
        looked = _regions_in_picture(find_regions(zone_maps(small)), grey, small)
        for region in looked[:_REGIONS_A_LOOK]:
            for candidate in _zones_in(grey, region):
                _add(found, candidate)
        if scale >= _FINE_ENOUGH or _enough(found, scale):
            break
    found.sort(key=lambda zone: zone.score, reverse=True)
    return found[:MAX_CANDIDATES]


def to_grey(pixels: Pixels) -> Grey:
    """One channel, as the network was trained."""
    flat = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    return np.ascontiguousarray(flat.astype(np.uint8, copy=False))


def _resized(grey: Grey, scale: float) -> Grey:
    h, w = grey.shape
    size = (max(1, round(w * scale)), max(1, round(h * scale)))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return cv2.resize(grey, size, interpolation=how).astype(np.uint8, copy=False)


def _regions_in_picture(regions: list[Region], grey: Grey, small: Grey) -> list[Region]:
    """Regions of the resized picture in pixels of the whole one."""
    scale = float(np.sqrt(grey.size / small.size))
    shift = (scale - 1) / 2

    def moved(region: Region) -> Region:
        along, across = region.axes @ np.array([shift, shift])
        return replace(
            region,
            along=(region.along[0] * scale + along, region.along[1] * scale + along),
            across=(region.across[0] * scale + across, region.across[1] * scale + across),
            height_px=region.height_px * scale,
        )

    return [moved(region) for region in regions]


def _enough(found: list[ZoneCandidate], scale: float) -> bool:
    sure = [zone for zone in found if zone.score >= _CONVINCING]
    lowest = min((line.height_px for zone in sure for line in zone.lines), default=0.0)
    return bool(sure) and lowest * scale >= _SMALL_PX


def _zones_in(grey: Grey, region: Region) -> list[ZoneCandidate]:
    crop, maps, rows = look_closer(grey, region)
    return [_candidate(crop, maps, group) for group in _groups(rows)]


def _groups(rows: list[Row]) -> list[list[Row]]:
    """Rows under one another, of one size and direction."""
    groups: list[list[Row]] = []
    for row in rows:
        for group in groups:
            if len(group) < _MAX_LINES and _follows(group[-1], row):
                group.append(row)
                break
        else:
            groups.append([row])
    return [group for group in (_without_short(group) for group in groups) if group]


def _follows(above: Row, below: Row) -> bool:
    overlap = min(above.last, below.last) - max(above.first, below.first)
    shorter, longer = sorted((above.last - above.first, below.last - below.first))
    height = (above.height_px + below.height_px) / 2
    middle = (max(above.first, below.first) + min(above.last, below.last)) / 2
    step = (below.y(middle) - above.y(middle)) / height
    alike = 0.6 < above.height_px / below.height_px < 1.67
    alike &= shorter > _LEAST_LENGTH * longer and overlap > 0.4 * shorter
    return alike and _ROW_STEP[0] < step < _ROW_STEP[1]


def _without_short(group: list[Row]) -> list[Row]:
    """All lines of a zone are equally long: what is far shorter and fainter is other print."""
    longest = max(row.last - row.first for row in group)
    return [
        row
        for row in group
        if (row.last - row.first) * min(1.0, 0.5 + row.score) > _LEAST_LENGTH * longest
    ]


def _candidate(crop: Crop, maps: Maps, rows: list[Row]) -> ZoneCandidate:
    height = float(np.median([row.height_px for row in rows]))
    firsts, lasts = [row.first for row in rows], [row.last for row in rows]
    lines, facing = [], 0.0
    for row in rows:
        # Equal lines: one that starts late or stops early lost its faint fillers.
        first = min(firsts) if row.first > min(firsts) + height else row.first
        last = max(lasts) if row.last < max(lasts) - height else row.last
        lines.append(
            LineCandidate((first, row.y(first)), (last, row.y(last)), row.height_px, row.score)
        )
        facing += _facing(maps, row)
    long_enough = min(1.0, (max(lasts) - min(firsts)) / (24 * height))
    score = float(np.mean([row.score for row in rows])) * long_enough
    sure = float(np.clip(0.5 + 0.5 * abs(facing) / len(rows), 0.5, 1.0))
    zone = ZoneCandidate(tuple(lines), score, 1 - sure if facing < 0 else sure)
    if facing < 0:
        zone = zone.turned()
    return zone.moved(crop.to_picture)


def _facing(maps: Maps, row: Row) -> float:
    """About 1 where the print reads from left to right in the crop, about -1 upside down."""
    h, w = maps.cos.shape
    cols = np.arange(max(0, int(row.first / 4)), min(w, int(row.last / 4) + 1))
    if not len(cols):
        return 0.0
    x = cell_to_px(cols.astype(np.float64))
    rows = np.clip(np.round((row.offset + row.slope * x - 1.5) / 4).astype(int), 0, h - 1)
    return float(np.clip(maps.cos[rows, cols].mean(), -1, 1))


def _add(found: list[ZoneCandidate], new: ZoneCandidate) -> None:
    """Keeps the better one of two candidates for the same place."""
    for i, old in enumerate(found):
        if _same_place(old, new):
            if (len(new.lines), new.score) > (len(old.lines), old.score):
                found[i] = new
            return
    found.append(new)


def _same_place(a: ZoneCandidate, b: ZoneCandidate) -> bool:
    """Whether most of the smaller one's line middles lie on lines of the other."""
    small, big = sorted((a, b), key=lambda zone: len(zone.lines))
    hits = sum(any(_on_line(line, other) for other in big.lines) for line in small.lines)
    return 2 * hits >= len(small.lines)


def _on_line(line: LineCandidate, other: LineCandidate) -> bool:
    start, end = np.array(other.start_xy), np.array(other.end_xy)
    middle = (np.array(line.start_xy) + np.array(line.end_xy)) / 2
    along = (end - start) / max(other.length_px, 1e-6)
    step = middle - start
    inside = -other.height_px < float(step @ along) < other.length_px + other.height_px
    return inside and abs(float(along[0] * step[1] - along[1] * step[0])) < other.height_px
