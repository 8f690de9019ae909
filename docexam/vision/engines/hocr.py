"""Tesseract's hOCR output: lines of characters with confidence, alternatives and place."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace

OPTIONS = ("-c", "tessedit_create_hocr=1", "-c", "hocr_char_boxes=1", "-c", "lstm_choice_mode=2")
"""What Tesseract must be told so that `parse` finds every character on its own."""

_PIECE = re.compile(
    r"class='ocr_(?:line|caption|header|textfloat)'"
    r"|title='x_bboxes (\d+) (\d+) (\d+) (\d+); x_conf ([\d.]+)'>([^<]*)<"
    r"|x_confs ([\d.]+)'>([^<]*)<"
)


@dataclass(frozen=True, slots=True)
class Character:
    """One character: confidence 0..1, where it stands (px), and what else it may be (0..1)."""

    text: str
    confidence: float
    left_px: float
    right_px: float
    middle_y_px: float
    alternatives: tuple[tuple[str, float], ...] = ()


def parse(text: str) -> list[list[Character]]:
    """The lines that `text` holds, top to bottom; lines without a character are left out."""
    lines: list[list[Character]] = []
    for piece in _PIECE.finditer(text):
        left, top, right, bottom, confidence, read, other_confidence, other = piece.groups()
        if read is not None and lines:
            character = html.unescape(read).strip()
            if character:
                middle = (float(top) + float(bottom)) / 2
                sure = float(confidence) / 100
                lines[-1].append(Character(character, sure, float(left), float(right), middle))
        elif other is not None:
            if lines and lines[-1]:
                lines[-1][-1] = _with(lines[-1][-1], html.unescape(other), other_confidence)
        elif read is None:
            lines.append([])
    return [line for line in lines if line]


def _with(character: Character, other: str, confidence: str) -> Character:
    found = (*character.alternatives, (other, float(confidence) / 100))
    return replace(character, alternatives=found)
