"""A number that is printed in OCR-B, read by the recogniser of machine readable zones.

Some issuers print the number of the visual zone in the zone's type. Tesseract's data knows it
badly: it is read rightly, and with no surety.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from docexam.vision.line_columns import ALPHABET
from docexam.vision.line_strip import straight_path
from docexam.vision.line_view import view_lines
from docexam.vision.read_viz_forms import same_print
from docexam.vision.read_viz_text import NOTHING, ReadText
from docexam.vision.viz_lines import PX_PER_MM, VALUE_SHADES, part_of, shaded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.vision.viz_lines import TextLine, VizInk

# Our starting values.
UNSURE = 0.8
"""Readings that are as sure as this need no other reader."""
_MARGIN_HEIGHTS = 1.5
_BLANK = 0.5
_LEAST_DOUBT = 0.1
_NUMBER = re.compile(r"(?=(?:.*\d){3})[A-Z0-9]{6,14}")


def confirmed(
    value: ReadText, readings: Sequence[ReadText], viz: VizInk, line: TextLine
) -> ReadText:
    """`value`, or one of the `readings` of a number that the recogniser of zones confirms.

    It never doubts: print in other types is none of its business.

    Raises:
        ModelError: the recogniser is missing or altered.
    """
    if value.apart is not None or value.confidence >= UNSURE:
        return value
    numbers = [each for each in (value, *readings) if _NUMBER.fullmatch(each.text)]
    if not numbers:
        return value
    told = read_ocrb(viz, line)
    for each in numbers:
        if told.text and same_print(told.text, each.text):
            doubt = (1.0 - each.confidence) * max(_LEAST_DOUBT, 1.0 - told.confidence)
            return ReadText(each.text, max(value.confidence, 1.0 - doubt))
    return value


def read_ocrb(viz: VizInk, line: TextLine) -> ReadText:
    """One line of OCR-B, as sure as its least sure character; NOTHING where it has no one pitch.

    Raises:
        ModelError: the recogniser is missing or altered.
    """
    x, _, w, _ = line.box_mm
    tall = line.letter_mm
    margin = _MARGIN_HEIGHTS * tall
    box = (x - margin, line.cap_mm - margin, w + 2 * margin, tall + 2 * margin)
    picture = shaded(part_of(viz, box), *VALUE_SHADES)
    left = (x - max(0.0, box[0])) * PX_PER_MM
    middle = (line.cap_mm + tall / 2 - max(0.0, box[1])) * PX_PER_MM
    path = straight_path((left, middle), (left + w * PX_PER_MM, middle), tall * PX_PER_MM)
    (view,) = view_lines(picture, [path])
    if view is None:
        return NOTHING
    shares = np.exp(view.cells.log_probability)
    filled = np.flatnonzero(shares[:, -1] < _BLANK)
    if len(filled) == 0:
        return NOTHING
    cells = shares[filled[0] : filled[-1] + 1, : len(ALPHABET)]
    text = "".join(ALPHABET[at] for at in cells.argmax(axis=1))
    return ReadText(text, float(cells.max(axis=1).min()))
