"""A number in OCR-B: the recogniser of zones confirms what Tesseract is unsure of."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

import docexam.specimens
from docexam.vision.read_viz_ocrb import confirmed, read_ocrb
from docexam.vision.read_viz_text import NOTHING, ReadText
from docexam.vision.viz_lines import PX_PER_MM, TextLine, VizInk

NUMBER = "E11683Q81"
FONTS = Path(docexam.specimens.__file__).parent / "fonts"
CAP_PX = 30


def _drawn(font: str, text: str = NUMBER) -> tuple[VizInk, TextLine]:
    face = ImageFont.truetype(FONTS / font, 42)
    sheet = Image.new("L", (700, 200), 0)
    pen = ImageDraw.Draw(sheet)
    x = 100.0
    for each in text:  # one pitch, as OCR-B has
        pen.text((x, 80), each, 255, face)
        x += 1.05 * CAP_PX
    left, top, right, low = pen.textbbox((100, 80), text[0], face)
    ink = np.asarray(sheet, np.float32) / 255
    box = (left / PX_PER_MM, top / PX_PER_MM, (x - left) / PX_PER_MM, (low - top) / PX_PER_MM)
    assert right > left
    return VizInk(ink, 1.0), TextLine(box, box[3], len(text), box[1])


def test_a_number_in_ocrb_is_read_surely() -> None:
    read = read_ocrb(*_drawn("OCRB.otf"))
    assert read.text == NUMBER
    assert read.confidence > 0.8


def test_it_makes_an_unsure_reading_of_the_same_number_sure() -> None:
    unsure = ReadText(NUMBER, 0.4)
    viz, line = _drawn("OCRB.otf")
    assert confirmed(unsure, [unsure], viz, line).confidence > 0.8
    from_infrared = ReadText("E11683QB1", 0.5)
    assert confirmed(from_infrared, [from_infrared, unsure], viz, line).text in (
        NUMBER,
        from_infrared.text,
    )


@pytest.mark.parametrize("text", ["E11693Q81", "03 JUIN/JUN 2033", "OUED NEJMAT"])
def test_other_text_and_other_numbers_are_as_unsure_as_before(text: str) -> None:
    unsure = ReadText(text, 0.4)
    assert confirmed(unsure, [unsure], *_drawn("OCRB.otf")) == unsure


def test_a_blank_line_says_nothing() -> None:
    viz, line = _drawn("OCRB.otf", " ")
    assert read_ocrb(VizInk(np.zeros_like(viz.ink), 1.0), line) == NOTHING
