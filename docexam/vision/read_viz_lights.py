"""A line with figures that white light and infrared show differently.

Ink that infrared does not see was added to such a print, or lies over it: a stroke that makes a 9
an 8, a stamp, a stain. What is printed is what white light shows; infrared shows what was printed
before. Which of them it is, a check judges.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.nouns.report import LightsDiffer
from docexam.vision.read_viz_forms import date_key, same_print, tidy
from docexam.vision.read_viz_text import ReadText
from docexam.vision.read_viz_weighing import SURE_WITNESS, same_date, weighed
from docexam.vision.viz_lines import PX_PER_MM

if TYPE_CHECKING:
    from docexam.vision.viz_lines import Ink, TextLine, VizInk

# Our starting values.
FEWEST_FIGURES = 4
MOST_APART = 2
_DARK = 0.5
_LOST = 0.3
_EDGE_MM = 0.07
"""Strokes are added close to those that stay. An edge that is taken for one does no harm: it tells
the height of a letter."""
_LEAST_MM2 = 0.015


def lights_differ(
    white: ReadText, other: ReadText, infrared: ReadText
) -> tuple[ReadText, ReadText] | None:
    """The reading of white and that of infrared, where they surely differ in a character or two.

    `other` is what the other trained data reads in white. A letter and the figure of its shape
    are one, and so are the forms of one month.
    """
    if sum(c.isdigit() for c in white.text) < FEWEST_FIGURES:
        return None
    if min(white.confidence, infrared.confidence) <= SURE_WITNESS:
        return None
    if date_key(white.text) is not None and date_key(infrared.text) is None:
        return None
    one, two = tidy(white.text), tidy(infrared.text)
    apart = sum(a != b for a, b in zip(one, two, strict=False))
    if len(one) != len(two) or not 1 <= apart <= MOST_APART:
        return None
    if same_print(one, two) or same_date(white.text, infrared.text):
        return None
    return weighed([("white", white)], other)[1], infrared


def told_apart(
    readings: tuple[ReadText, ReadText], white: VizInk, infrared: VizInk, line: TextLine
) -> ReadText:
    """The line as white shows it, but half as sure, and how the lights differ."""
    printed, before = readings
    reach = _reach(white, infrared, line)
    apart = LightsDiffer(printed.confidence, before.text, before.confidence, reach)
    return ReadText(printed.text, printed.confidence / 2.0, apart)


def _reach(white: VizInk, infrared: VizInk, line: TextLine) -> float:
    """How high the tallest dark piece is that has ink which infrared loses, in letter heights.

    A changed letter is as high as a letter; what was stamped or spilled over the line is higher.
    """
    seen, stays = _around(white, line), _around(infrared, line)
    round_px = 2 * round(_EDGE_MM * PX_PER_MM) + 1
    near = cv2.dilate(stays, np.ones((round_px, round_px), np.uint8))
    dark = (seen >= _DARK).astype(np.uint8)
    lost = (dark > 0) & (seen - near >= _LOST)
    band = np.zeros_like(lost)
    tall = max(1, round(line.letter_mm * PX_PER_MM))
    band[tall:-tall] = True  # of what stands above and below, only what reaches into the line
    _, pieces, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    sizes = np.bincount(pieces[lost & band], minlength=len(stats))
    sizes[0] = 0
    chosen = np.flatnonzero(sizes >= _LEAST_MM2 * PX_PER_MM**2)
    heights = stats[chosen, cv2.CC_STAT_HEIGHT] / PX_PER_MM / line.letter_mm
    return float(heights.max(initial=0.0))


def _around(viz: VizInk, line: TextLine) -> Ink:
    """The ink of a line with one letter's height above and below it."""
    x, _, w, _ = line.box_mm
    tall = max(1, round(line.letter_mm * PX_PER_MM))
    top = round(line.cap_mm * PX_PER_MM) - tall
    left, right = round((x - 0.3) * PX_PER_MM), round((x + w + 0.3) * PX_PER_MM)
    part = np.zeros((3 * tall, right - left), np.float32)
    rows, columns = viz.ink.shape
    y0, y1, x0, x1 = max(0, top), min(rows, top + 3 * tall), max(0, left), min(columns, right)
    part[y0 - top : y1 - top, x0 - left : x1 - left] = viz.ink[y0:y1, x0:x1] / viz.depth
    return part
