"""Which way up a page without a zone lies: the way round in which its text can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from docexam.errors import DependencyMissing, InputError
from docexam.vision.read_viz_text import ReadText, read_lines, text_languages
from docexam.vision.viz_lines import find_lines, value_picture, viz_ink

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.vision.page import PageView
    from docexam.vision.viz_lines import TextLine, VizInk

LINES = 6
FEWEST_PIECES = 4
_CLEARLY = 1.3
LEAST_SURETY = 5.0
"""A word of some letters, surely read: a page with hardly any text stays as it lies."""


def is_upside_down(page: PageView) -> bool:
    """Whether the page's longest lines of text read clearly better turned by 180 degrees.

    Without Tesseract, without white light or without text: False.
    """
    viz = _ink(page)
    lines = [] if viz is None else _lines(viz)
    if viz is None or not lines:
        return False
    pictures = [value_picture(viz, line) for line in lines[:LINES]]
    turned = [np.ascontiguousarray(picture[::-1, ::-1]) for picture in pictures]
    try:
        language = text_languages()[-1]
        there, back = _surety(read_lines(pictures, language)), _surety(read_lines(turned, language))
    except (DependencyMissing, InputError):
        return False
    return back > max(_CLEARLY * there, LEAST_SURETY)


def text_lines(page: PageView) -> list[TextLine]:
    """The page's lines of dark text in white light, the longest first; without it none."""
    viz = _ink(page)
    return [] if viz is None else _lines(viz)


def _ink(page: PageView) -> VizInk | None:
    return viz_ink(page, "white", page.size_mm[1]) if "white" in page.lights else None


def _lines(viz: VizInk) -> list[TextLine]:
    lines = [line for line in find_lines(viz) if line.pieces >= FEWEST_PIECES]
    return sorted(lines, key=lambda line: -line.pieces)


def _surety(texts: Sequence[ReadText]) -> float:
    """How much text was read, weighed by how surely."""
    return sum(len(text.text) * max(text.confidence - 0.3, 0.0) for text in texts)
