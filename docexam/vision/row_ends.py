"""Letters at the ends of a row that touch the print of a ground and passed for no letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.vision.viz_lines import line_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.vision.viz_lines import Ink, TextLine

# Our starting values; heights are those of the row's letters.
SEARCH_PX_PER_MM = 8.0
DEEPEST_PERCENT = 97.0
WIDEST = 1.3
EVEN = 0.14
MOST_LOST = 4
"""Letters that one channel may show less than another; a longer row is something else."""
_DEEP, _NEXT_HEIGHTS, _HANGING = 0.7, 0.6, 1.35


def with_ends(
    ink: Ink, letters: Sequence[tuple[float, ...]], line: TextLine, least_ink: float
) -> TextLine:
    """The row with those letters at its ends that touch the paler print of a ground.

    `ink` has SEARCH_PX_PER_MM a millimetre from the page's corner; boxes are in millimetres.
    """
    x, _, w, _ = line.box_mm
    tall, reach = line.letter_mm, MOST_LOST * WIDEST * line.letter_mm
    left, top = max(0.0, x - reach), max(0.0, line.cap_mm - tall)
    rows, columns = (
        slice(round(low * SEARCH_PX_PER_MM), round(high * SEARCH_PX_PER_MM))
        for low, high in ((top, line.cap_mm + 2 * tall), (left, x + w + reach))
    )
    part = ink[rows, columns]
    marked = (part >= max(least_ink, _DEEP * depth_of(ink, line))).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(marked, connectivity=8)
    boxes = np.asarray(stats[1:, :4], np.float64) / SEARCH_PX_PER_MM
    boxes[:, 0] += columns.start / SEARCH_PX_PER_MM
    boxes[:, 1] += rows.start / SEARCH_PX_PER_MM
    # a Q hangs below the foot of its row
    alike = np.abs(boxes[:, 1] - line.cap_mm) <= EVEN * tall
    alike &= (boxes[:, 3] >= (1 - EVEN) * tall) & (boxes[:, 3] <= _HANGING * tall)
    alike &= boxes[:, 2] <= WIDEST * boxes[:, 3]
    ends = [tuple(map(float, box)) for box in boxes[alike]]
    whole = [*letters]
    start, end = x, x + w
    for box in sorted(ends, key=lambda box: -box[0]):
        if box[0] < start - box[2] / 2 and start - box[0] - box[2] <= _NEXT_HEIGHTS * tall:
            whole, start = [box, *whole], box[0]
    for box in sorted(ends, key=lambda box: box[0]):
        if box[0] + box[2] > end + box[2] / 2 and box[0] - end <= _NEXT_HEIGHTS * tall:
            whole, end = [*whole, box], box[0] + box[2]
    return line if len(whole) == len(letters) else line_of(whole)


def depth_of(ink: Ink, line: TextLine) -> float:
    """How deep the ink of a line is, 0..1."""
    x, y, w, h = (round(v * SEARCH_PX_PER_MM) for v in line.box_mm)
    return float(np.percentile(ink[y : y + h + 1, x : x + w + 1], DEEPEST_PERCENT))
