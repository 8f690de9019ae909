"""Single characters of the zone scraped off and printed anew, with or without the check digits."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from docexam.mrz.check_digits import check_digits
from docexam.mrz.layouts import LAYOUTS
from docexam.specimens.forger import limits
from docexam.specimens.forger.data_change import planned_change
from docexam.specimens.forger.erased import blot, scraped
from docexam.specimens.forger.figures import contrast_900, through_level
from docexam.specimens.forger.inks import inked, swapped
from docexam.specimens.forger.kind import AttackKind, no_zone
from docexam.specimens.forger.work import grown, joined, laid, seen, sheet_layer
from docexam.specimens.mrz_print import MrzPrint, character_box_mm, draw_mrz

if TYPE_CHECKING:
    from docexam.specimens.forger.work import Work
    from docexam.specimens.grid import Coverage
    from docexam.specimens.stack import Layer

DIGIT_CHECKS = {
    "document_number": "mrz.cd-number",
    "birth_date": "mrz.cd-birth",
    "expiry_date": "mrz.cd-expiry",
    "optional_data": "mrz.cd-personal",
    "composite": "mrz.cd-composite",
}
_MARGIN_MM = 0.25
_SCRAPE_MM = 0.15


def wrong_digits(format_name: str, lines: tuple[str, ...]) -> tuple[str, ...]:
    """The checks of those check digits that do not fit."""
    layout = LAYOUTS[format_name]
    return tuple(DIGIT_CHECKS[digit.field] for digit in check_digits(layout, lines) if not digit.ok)


def mrz_character(work: Work, *, recomputed: bool) -> Work:
    """One character of the zone's data replaced; `recomputed` also replaces the check digits."""
    document = work.document
    change = planned_change(work.genuine)
    old = document.lines
    grid_of_signs = [list(line) for line in old]
    cells = [
        (line, column)
        for line, text in enumerate(change.lines)
        for column, sign in enumerate(text)
        if sign != work.genuine.lines[line][column]
        and (recomputed or (line, column) in change.cells)
    ]
    for line, column in cells:
        grid_of_signs[line][column] = change.lines[line][column]
    lines = tuple("".join(line) for line in grid_of_signs)
    page = document.mrz_page
    stack = document.pages[page]
    place = document.design.place
    # the old print is scraped away in each cell, the new one set into it by eye
    boxes = [
        grown(character_box_mm(place, line, column, work.zone), _MARGIN_MM, stack.grid)
        for line, column in cells
    ]
    cut, scraped_area = stack.grid.empty(), stack.grid.empty()
    for at, box in enumerate(boxes):
        column, row, columns, rows = stack.grid.box_px(box)
        cut[row : row + rows, column : column + columns] = 1.0
        inner = grown(box, -2 * _SCRAPE_MM, stack.grid)
        area = blot(stack.grid, inner, 2 * _SCRAPE_MM, work.rng(f"scrape {at}"))
        np.maximum(scraped_area, area, out=scraped_area)
    bare = stack.changed(lambda each: each if each.group == "visa" else _blanked(each, cut), "mrz")
    bare = scraped(work, bare, scraped_area * cut)
    offset, scale = work.between(0.02, 0.45), 1 + work.between(0.0, 0.10)
    rng = work.rng()
    style = MrzPrint(
        font=work.zone.font,
        pitch_mm=work.zone.pitch_mm,
        scale=work.zone.scale * scale,
        shift_mm=(
            work.zone.shift_mm[0] + offset * float(rng.choice([-0.35, 0.35])),
            work.zone.shift_mm[1] + offset * float(rng.choice([-0.8, 0.8])),
        ),
    )
    only = tuple(
        "".join(sign if (line, at) in cells else " " for at, sign in enumerate(text))
        for line, text in enumerate(lines)
    )
    coverage = stack.grid.empty()
    draw_mrz(coverage, stack.grid, place, only, style)
    inks = tuple(swapped(ink, work.severity) for ink in work.mrz_inks)
    new = inked(sheet_layer("mrz-altered", "mrz", inks[0], coverage, "mrz-altered"), inks)
    stack = laid(work, bare, *new)
    reached = [
        grown(character_box_mm(place, line, column, style), _MARGIN_MM, stack.grid)
        for line, column in cells
    ]
    boxes = [joined(*pair) for pair in zip(boxes, reached, strict=True)]
    contrast = contrast_900(stack, boxes[0], lambda each: each.group == "mrz-altered")
    genuine = contrast_900(
        work.genuine.pages[page],
        work.genuine.boxes_mm[page]["mrz"],
        lambda each: each.role == "mrz",
    )
    through = through_level(stack, boxes[0]) / max(
        through_level(work.genuine.pages[page], boxes[0]), 1e-6
    )
    wrong = wrong_digits(document.design.format, lines)
    printed = document.fields.get(change.field, "")
    expect = (
        *wrong,
        *seen(
            ("x.viz-mrz", printed != change.viz_text and _shown(work, change.field)),
            ("ir.b900", contrast < limits.B900_CONTRAST),
            ("ir.mrz-defects", genuine > limits.CONTRAST_VARIATION * contrast),
            ("ir.mrz-vs-white", contrast < 0.35),
            ("sub.erasure", through - 1 > limits.THINNED_SHARE),
            ("geo.mrz-align", offset * 0.8 > limits.ALIGN_MM / 2),
            ("geo.mrz-glyph", scale - 1 > limits.GLYPH_STEP),
        ),
    )
    document = replace(document, lines=lines, holder=change.holder)
    work = replace(work, document=document).with_page(stack)
    return work.noted(
        page,
        boxes,
        expect,
        contrast_900=contrast,
        contrast_900_genuine=genuine,
        offset_mm=offset * 0.8,
        size_error=scale - 1,
        characters=len(cells),
        field=change.field,
        light_through_change=through - 1,
    )


def _blanked(layer: Layer, mask: Coverage) -> Layer:
    rows, columns = layer.coverage.shape
    here = mask[layer.row : layer.row + rows, layer.column : layer.column + columns]
    return replace(layer, coverage=layer.coverage * (1 - here)) if here.any() else layer


def _shown(work: Work, field: str) -> bool:
    return any(field in boxes for boxes in work.document.boxes_mm.values())


KINDS = (
    AttackKind(
        name="mrz-character",
        sentence="One character of the MRZ scraped off and printed anew; check digits left alone.",
        work=partial(mrz_character, recomputed=False),
        slot="data of the MRZ",
        lights=("white", "ir"),
        obstacle=no_zone,
    ),
    AttackKind(
        name="mrz-character-recomputed",
        sentence="One character of the MRZ printed anew, with every check digit that covers it.",
        work=partial(mrz_character, recomputed=True),
        slot="data of the MRZ",
        lights=("white", "ir"),
        obstacle=no_zone,
    ),
)
