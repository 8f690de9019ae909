"""All machine readable zones of one picture, with what is printed in each."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.vision.complete_zone import complete, is_print
from docexam.vision.line_strip import Image, straight_path
from docexam.vision.line_view import upright, view_lines
from docexam.vision.locate_mrz import locate_zones, to_grey
from docexam.vision.read_zone import read_zone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.nouns.reading import Quad
    from docexam.nouns.zone import ZoneText
    from docexam.vision.line_strip import LinePath
    from docexam.vision.locate_candidate import ZoneCandidate

# Our starting values: what is kept as a machine readable zone and what is other print.
LENGTHS = (30, 36, 44)
SURE_DIRECTION = 0.75
MEAN_SURETY = 0.80
OTHER_SURETY = 0.90
OTHER_SHORTEST = 20
OTHER_FILLERS = 3


def read_zones(pixels: Image) -> list[ZoneText]:
    """Every zone in a picture, grey (h, w) or BGR (h, w, 3) uint8, from the top one down.

    Raises:
        ModelError: a model is missing or altered.
    """
    grey = to_grey(pixels)
    found: list[tuple[ZoneText, float]] = []
    for candidate in locate_zones(grey):
        if any(_covered(candidate, zone.quad_px) for zone, _ in found):
            continue
        read = _read_candidate(grey, candidate)
        if read is None or not _is_zone(*read):
            continue
        rivals = [old for old in found if _overlap(old[0].quad_px, read[0].quad_px)]
        if all(_rank(*read) > _rank(*old) for old in rivals):
            found = [old for old in found if old not in rivals] + [read]
    zones = [zone for zone, _ in found]
    return sorted(zones, key=lambda zone: zone.quad_px[0][1] if zone.quad_px else 0.0)


def _rank(zone: ZoneText, surety: float) -> tuple[int, float]:
    return len(zone.lines), surety


def _read_candidate(grey: Image, candidate: ZoneCandidate) -> tuple[ZoneText, float] | None:
    paths = _paths(candidate)
    if candidate.direction_score < SURE_DIRECTION:
        paths = upright(grey, paths)
    read = _read_paths(grey, paths)
    if candidate.direction_score < SURE_DIRECTION or (read is not None and read[1] >= MEAN_SURETY):
        return read
    turned = _read_paths(grey, [path.turned() for path in reversed(paths)])
    return max(read, turned, key=lambda text: text[1] if text else 0.0)


def _paths(candidate: ZoneCandidate) -> list[LinePath]:
    """The candidate's lines; where they draw together, their capitals shrink with them."""
    paths = [straight_path(line.start_xy, line.end_xy, line.height_px) for line in candidate.lines]
    top, bottom = candidate.lines[0], candidate.lines[-1]
    first = math.dist(top.start_xy, bottom.start_xy)
    last = math.dist(top.end_xy, bottom.end_xy)
    if min(first, last) < 1.0:
        return paths
    shrink = (last - first) / (last + first)  # half the change over the line, as a share
    return [
        replace(path, height=(2 * shrink * tall / path.last_u, tall * (1 - shrink)))
        for path in paths
        for tall in path.height
    ]


def _read_paths(grey: Image, paths: Sequence[LinePath]) -> tuple[ZoneText, float] | None:
    views = [view for view in view_lines(grey, paths) if view is not None and is_print(view)]
    if not views:
        return None
    read = read_zone(grey, complete(grey, views))
    return read.text, read.surety


def _is_zone(zone: ZoneText, surety: float) -> bool:
    """Whether the text is that of a zone: known lengths, or unknown ones that look the part."""
    if not any(line.strip("<") for line in zone.lines):
        return False  # a printed ground whose waves pass for fillers
    lengths = {len(line) for line in zone.lines}
    if len(zone.lines) >= 2 and len(lengths) == 1 and lengths <= set(LENGTHS):
        return surety >= MEAN_SURETY
    text = "".join(zone.lines)
    return (
        surety >= OTHER_SURETY and len(text) >= OTHER_SHORTEST and text.count("<") >= OTHER_FILLERS
    )


def _covered(candidate: ZoneCandidate, quad: Quad | None) -> bool:
    """Whether every line of a candidate runs through a zone that has been read."""
    if quad is None:
        return False
    outline = np.array(quad, np.float32)
    middles = [np.add(line.start_xy, line.end_xy) / 2 for line in candidate.lines]
    return all(
        cv2.pointPolygonTest(outline, (float(x), float(y)), measureDist=False) >= 0
        for x, y in middles
    )


def _overlap(one: Quad | None, other: Quad | None) -> bool:
    """Whether two zones share a good part of the smaller one's place."""
    if one is None or other is None:
        return False
    a, b = np.array(one, np.float32), np.array(other, np.float32)
    area, _ = cv2.intersectConvexConvex(a, b)
    smaller = min(abs(cv2.contourArea(a)), abs(cv2.contourArea(b)))
    return bool(area > 0.3 * max(smaller, 1.0))
