"""The letters of the fields that were read on a page, one by one, brought to one height.

A field counts where as many pieces of print stand in it as its text has letters: then each piece
has its letter. Which words they make is not kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from docexam.mrz.transliteration import name_matches
from docexam.reference.text_strip import STRIP_PX_PER_MM, cut_strip, find_letters, strokes_mm
from docexam.vision.overprint import overprinted_share
from docexam.vision.read_viz_forms import tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docexam.nouns.measurement import BoxMm
    from docexam.nouns.report import VizField
    from docexam.reference.page_sample import PageSample
from docexam.reference.text_strip import Letter, Strip

Glyph = NDArray[np.float32]

# Our starting values.
SURE = 0.80
RAISED = (0.0, 0.1, 0.2)
"""Tried one after another until all letters stand apart."""
CAP_PX = 20
"""Height of capitals to which letters are brought."""
GLYPH_SHAPE = (30, 34)
"""Rows and columns of a letter; its foot stands FOOT_PX above the lower rim, its middle centred."""
FOOT_PX = 6
ROOM_MM = 0.7
END_MM = 0.3
PALE, FULL = 0.25, 0.85
"""Ink below the one is ground, from the other on it is a whole stroke."""
SOFT_PX = 1.0
KNOWN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
OVERPRINTED = 0.5
TALL = "/\\|()[]"
"""Signs as high as letters: they are pieces of print in a line, too."""


@dataclass(frozen=True, slots=True, eq=False)
class PrintedLetter:
    """A letter as printed: `sign` is one of KNOWN, "" for any other and for one under other print.

    `glyph` is its ink, GLYPH_SHAPE, 0..1. `middle_mm` is the x of its ink's middle on the model;
    `joined` tells that it follows the letter before without a blank or a sign between.
    """

    sign: str
    glyph: Glyph
    middle_mm: float
    joined: bool


@dataclass(frozen=True, slots=True, eq=False)
class PrintedLine:
    """One field: its letters from left to right, and the height and stroke of its capitals, mm."""

    name: str
    letters: tuple[PrintedLetter, ...]
    cap_mm: float
    stroke_mm: float
    box_mm: BoxMm


def printed_lines(sample: PageSample) -> list[PrintedLine]:
    """The fields of one page whose every letter could be told; boxes in the page's millimetres."""
    read = (each for each in sample.viz if each.confidence >= SURE and _is_sound(each, sample))
    read = (each for each in read if each.name != "numbering")  # of the blank, in a type of its own
    found = (_line(sample, field) for field in read)
    return [line for line in found if line is not None]


def _is_sound(field: VizField, sample: PageSample) -> bool:
    """Whether a text was read in its own script: data is in capitals, names are as in the zone.

    Readers take Cyrillic for Latin letters of like shapes, small ones among them.
    """
    if field.text.upper() != field.text:
        return False
    fields = sample.fields
    if fields is None or field.name not in ("surname", "given_names", "name"):
        return True
    surname, given = fields.surname or "", fields.given_names or ""
    wanted = {"surname": (surname,), "given_names": (given,)}
    either = wanted.get(field.name, (f"{surname} {given}", f"{given} {surname}"))
    bare, printed = tidy(field.text), field.text.replace(",", " ")
    return bool(bare) and any(bare == tidy(one) or name_matches(printed, one) for one in either)


def _line(sample: PageSample, field: VizField) -> PrintedLine | None:
    signs, joined = _signs(field.text)
    x, y, w, h = sample.model_box(field.box_mm)
    room = (x - ROOM_MM, y - ROOM_MM, w + 2 * ROOM_MM, h + 2 * ROOM_MM)
    strip = cut_strip(sample, room) if len(signs) > 1 else None
    if strip is None:
        return None
    first = find_letters(strip, 0.9 * h)
    if not first:
        return None
    cap = float(np.median([letter.height for letter in first]))
    foot = float(np.median([letter.bottom for letter in first]))
    letters: list[Letter] = []
    for raised in RAISED:
        letters = [
            each
            for each in find_letters(strip, cap, raised)
            if x - END_MM <= (each.left + each.right) / 2 <= x + w + END_MM
            and abs(each.bottom - foot) <= 0.35 * cap
        ]
        if len(letters) == len(signs):
            break
    strokes = strokes_mm(strip, letters)
    if len(letters) != len(signs) or not strokes or not _in_words(letters, joined, field.text):
        return None
    printed = tuple(
        PrintedLetter(
            "" if _is_overprinted(sample, letter, foot, cap) else sign,
            _glyph(strip, letter, foot, cap),
            (letter.left + letter.right) / 2,
            follows,
        )
        for sign, follows, letter in zip(signs, joined, letters, strict=True)
    )
    return PrintedLine(
        field.name, printed, cap, float(np.median(strokes)) * strip.depth, field.box_mm
    )


def _is_overprinted(sample: PageSample, letter: Letter, foot: float, cap: float) -> bool:
    """Whether print in colour lies over a letter, which then has a shape of its own."""
    box = (letter.left, foot - cap, letter.right - letter.left, cap)
    return overprinted_share(sample.view, sample.page_box(box)) > OVERPRINTED


def _signs(text: str) -> tuple[list[str], list[bool]]:
    """The letters of a text, "" for one that is not of KNOWN; and which follow one directly."""
    signs: list[str] = []
    joined: list[bool] = []
    follows = False
    for character in text:
        if character in TALL:
            signs.append("")
            joined.append(False)
        if not character.isalnum():
            follows = False
            continue
        signs.append(character if character in KNOWN else "")
        joined.append(follows)
        follows = True
    return signs, joined


def _in_words(letters: Sequence[Letter], joined: Sequence[bool], text: str) -> bool:
    """Whether the print has its wide gaps where the text has its blanks.

    One piece too many and one letter lost make the right number of pieces, and wrong letters.
    """
    gaps = [two.left - one.right for one, two in pairwise(letters)]
    starts = _after_blanks(text)
    wide = [gap for at, gap in enumerate(gaps, 1) if at in starts]
    close = [gap for at, gap in enumerate(gaps, 1) if joined[at]]
    return not wide or not close or min(wide) > max(close)


def _after_blanks(text: str) -> set[int]:
    """The numbers of the pieces that stand behind a blank and nothing else."""
    found, count = set(), 0
    for before, character in pairwise(f" {text}"):
        if character.isalnum() or character in TALL:
            if before == " ":
                found.add(count)
            count += 1
    return found


def _glyph(strip: Strip, letter: Letter, foot_mm: float, cap_mm: float) -> Glyph:
    """The letter's ink at CAP_PX a capital; what stands beside it is left out."""
    rows, columns = GLYPH_SHAPE
    scale = CAP_PX / cap_mm
    ox, oy = strip.origin_mm
    middle = (letter.left + letter.right) / 2
    # pixels of the glyph to pixels of the strip, middles of pixels to middles of pixels
    step = STRIP_PX_PER_MM / scale
    matrix = np.array(
        [
            [step, 0, (middle - ox) * STRIP_PX_PER_MM - 0.5 - step * (columns / 2 - 0.5)],
            [0, step, (foot_mm - oy) * STRIP_PX_PER_MM - 0.5 - step * (rows - FOOT_PX - 0.5)],
        ]
    )
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    ink = cv2.warpAffine(strip.ink, matrix, (columns, rows), flags=how)
    half = (letter.right - letter.left) / 2 * scale + 1.5
    inside = np.abs(np.arange(columns) + 0.5 - columns / 2) <= half
    ink = np.clip((ink - PALE) / (FULL - PALE), 0, 1) * inside
    return np.asarray(cv2.GaussianBlur(ink, (0, 0), SOFT_PX), np.float32)
