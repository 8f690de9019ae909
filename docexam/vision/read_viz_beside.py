"""Captions as dark as the data: in front of the value on its own line, or a line for themselves.

Faint captions above a value are read by `read_viz`; these are read with the data.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docexam.vision.read_viz_captions import field_of_caption, is_phrase
from docexam.vision.read_viz_forms import fits_form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.nouns.measurement import BoxMm

# Our starting values.
ABOVE_MM = 3.6
BESIDE_MM = 14.0
SAME_LEFT_MM = 3.0
SAME_ROW_MM = 1.0


def is_caption(text: str) -> bool:
    """Whether dark text is a caption: it has small letters, or is a caption and nothing else."""
    if in_front(text) is not None:
        return False
    return is_phrase(text) if text.upper() == text else field_of_caption(text) is not None


def in_front(text: str) -> tuple[str, str] | None:
    """The field and the value of a line that begins with its caption; None for no such line.

    Data is in capitals. A caption in capitals counts only before a colon.
    """
    for gap in re.finditer(r"\s*:\s*|\s+", text):
        head, value = text[: gap.start()], text[gap.end() :]
        if not value or value.upper() != value or not any(c.isalnum() for c in value):
            continue
        if head.upper() == head and ":" not in gap.group():
            continue
        called = field_of_caption(head)
        if called is not None and fits_form(called[0], value):
            return called[0], value
    return None


def dark_caption_of(box: BoxMm, captions: Sequence[tuple[BoxMm, str]]) -> str:
    """The text of the nearest caption above a value or in front of it; "" for none."""
    x, y, _, h = box
    near: list[tuple[float, str]] = []
    for (cx, cy, cw, ch), text in captions:
        above = y - (cy + ch)
        before = x - (cx + cw)
        if 0.0 < above <= ABOVE_MM and abs(cx - x) <= SAME_LEFT_MM:
            near.append((above, text))
        elif abs(cy + ch - y - h) <= SAME_ROW_MM and 0.0 < before <= BESIDE_MM:
            near.append((before / BESIDE_MM * ABOVE_MM, text))
    return min(near)[1] if near else ""
