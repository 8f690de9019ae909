"""Strokes added to a printed character by pen, so that a 1 becomes a 4 and a 3 an 8."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.specimens.forger import limits
from docexam.specimens.forger.figures import contrast_900
from docexam.specimens.forger.inks import swapped
from docexam.specimens.forger.kind import AttackKind
from docexam.specimens.forger.work import field_inks, field_place, grown, on_top, seen, sheet_layer
from docexam.specimens.personal import field_em_mm, field_font
from docexam.specimens.text import draw_text, text_width_mm

if TYPE_CHECKING:
    from docexam.specimens.design import Design, FieldPlace, PageDesign
    from docexam.specimens.forger.work import Work
    from docexam.specimens.grid import Coverage, Grid

_GROWS = {
    "1": "4", "3": "8", "0": "8", "5": "6", "6": "8", "9": "8", "7": "2", "C": "G", "F": "E",
    "P": "R", "I": "H", "L": "E", "O": "Q", "V": "W", "N": "M", "E": "B", "D": "B", "J": "U",
}  # fmt: skip
"""What a character can be made into by adding only."""
_FIELDS = ("birth_date", "expiry_date", "document_number", "surname", "given_names", "name")


def added_strokes(work: Work) -> Work:
    """One character of the visual zone drawn over by hand."""
    for field in _FIELDS:
        found = field_place(work, field)
        if found is None:
            continue
        page, place = found
        text = work.document.fields[field]
        at = _weak_place(text, field)
        if at is not None:
            return _drawn_over(work, page, place, text, at)
    return work


def _weak_place(text: str, field: str) -> int | None:
    """The last character that can grow into another; of dates, one of the year or the day."""
    places = [at for at, sign in enumerate(text) if sign in _GROWS]
    if field.endswith("_date"):
        # a month's name cannot grow into another, and the day must stay in the calendar
        places = [at for at in places if at >= len(text) - 2]
    return places[-1] if places else None


def _drawn_over(work: Work, page: str, place: FieldPlace, text: str, at: int) -> Work:
    stack = work.document.pages[page]
    grid = stack.grid
    grown_text = text[:at] + _GROWS[text[at]] + text[at + 1 :]
    before = _character(grid, place, text, at, text[at])
    after = _character(grid, place, text, at, grown_text[at])
    shake = work.between(0.0, 0.16)
    rng = work.rng()
    moved = _moved(after, grid, shake * float(rng.choice([-1, 1])), shake * 0.6)
    thick = work.between(0.0, 0.14) * grid.px_per_mm
    if thick > 0.3:
        moved = np.asarray(cv2.GaussianBlur(moved, (0, 0), thick), np.float32) * 2.2
    strokes = np.clip(moved - before * np.float32(work.between(1.0, 0.7)), 0, 1)
    strokes[strokes < 0.04] = 0
    inks = field_inks(work, place)
    ink = swapped(inks[0], work.severity)
    layers = sheet_layer("added-strokes", "alteration", ink, strokes, "strokes")
    if not layers:
        return work
    stack = on_top(stack, *layers)
    box = grown(layers[0].box_mm(grid), 0.3, grid)
    contrast = contrast_900(stack, box, lambda each: each.group == "strokes")
    genuine = contrast_900(work.genuine.pages[page], box, lambda each: each.group == place.field)
    document = work.document
    fields = {**document.fields, place.field: grown_text}
    work = replace(work, document=replace(document, fields=fields)).with_page(stack)
    name = place.field in ("surname", "given_names", "name")
    expect = seen(
        ("x.viz-mrz-name" if name else "x.viz-mrz", True),
        ("ir.personalisation-ink", abs(contrast - genuine) > limits.INK_STEP),
        ("font.viz", True),
    )
    return work.noted(
        page,
        (box,),
        expect,
        ink_contrast_900=contrast,
        ink_contrast_900_genuine=genuine,
        offset_mm=shake,
        change=f"{text[at]}>{grown_text[at]}",
        field=place.field,
    )


def _character(grid: Grid, place: FieldPlace, text: str, at: int, sign: str) -> Coverage:
    """One character where it stands in the printed text."""
    coverage = grid.empty()
    font, em_mm = field_font(place), field_em_mm(place, text)
    x_mm = place.x_mm + text_width_mm(text[:at], font=font, em_mm=em_mm)
    if place.align != "left":
        width = text_width_mm(text, font=font, em_mm=em_mm)
        x_mm -= width / 2 if place.align == "centre" else width
    draw_text(
        coverage, grid, sign, x_mm=x_mm, baseline_mm=place.baseline_mm, font=font, em_mm=em_mm
    )
    return coverage


def _moved(coverage: Coverage, grid: Grid, x_mm: float, y_mm: float) -> Coverage:
    matrix = np.array([[1, 0, x_mm * grid.px_per_mm], [0, 1, y_mm * grid.px_per_mm]], np.float32)
    moved = cv2.warpAffine(coverage, matrix, (grid.columns, grid.rows))
    return np.asarray(moved, np.float32)


def _obstacle(_design: Design, pages: tuple[PageDesign, ...]) -> str:
    if any(place.field in _FIELDS for page in pages for place in page.fields):
        return ""
    return "no drawn page shows a date, a number or a name in its visual zone"


KINDS = (
    AttackKind(
        name="added-strokes",
        sentence="Strokes added by pen turn one character of the visual zone into another.",
        work=added_strokes,
        slot="strokes",
        lights=("white", "ir"),
        obstacle=_obstacle,
    ),
)
