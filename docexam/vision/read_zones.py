"""All machine readable zones of one picture, with what is printed in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.vision.complete_zone import complete, is_print
from docexam.vision.line_strip import Image, straight_path
from docexam.vision.locate_mrz import locate_zones, to_grey
from docexam.vision.read_zone import upright, view_lines, zone_text

if TYPE_CHECKING:
    from docexam.nouns.reading import Quad
    from docexam.nouns.zone import ZoneText
    from docexam.vision.locate_candidate import ZoneCandidate

# Our starting values: what is kept as a machine readable zone and what is other print.
LENGTHS = (30, 36, 44)
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
    paths = [straight_path(line.start_xy, line.end_xy, line.height_px) for line in candidate.lines]
    paths = upright(grey, paths)
    views = [view for view in view_lines(grey, paths) if view is not None and is_print(view)]
    if not views:
        return None
    return zone_text(complete(grey, views))


def _is_zone(zone: ZoneText, surety: float) -> bool:
    """Whether the text is that of a zone: known lengths, or unknown ones that look the part."""
    lengths = {len(line) for line in zone.lines}
    if len(zone.lines) >= 2 and len(lengths) == 1 and lengths <= set(LENGTHS):
        return surety >= MEAN_SURETY
    text = "".join(zone.lines)
    return (
        surety >= OTHER_SURETY and len(text) >= OTHER_SHORTEST and text.count("<") >= OTHER_FILLERS
    )


def _overlap(one: Quad | None, other: Quad | None) -> bool:
    """Whether two zones share a good part of the smaller one's place."""
    if one is None or other is None:
        return False
    a, b = np.array(one, np.float32), np.array(other, np.float32)
    area, _ = cv2.intersectConvexConvex(a, b)
    smaller = min(abs(cv2.contourArea(a)), abs(cv2.contourArea(b)))
    return bool(area > 0.3 * max(smaller, 1.0))
