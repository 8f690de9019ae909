"""The forger's own print of zone and fields: other font, other place, other pitch."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from docexam.specimens.forger import limits
from docexam.specimens.forger.figures import ink_changed
from docexam.specimens.forger.kind import AttackKind, no_zone
from docexam.specimens.forger.work import (
    field_inks,
    field_layers,
    grown,
    joined,
    seen,
    under_film,
    without_field,
    zone_printed,
)
from docexam.specimens.formats import CHARACTER_PITCH_MM

if TYPE_CHECKING:
    from docexam.specimens.design import BoxMm, Design, PageDesign
    from docexam.specimens.forger.work import Work
    from docexam.specimens.grid import Coverage
    from docexam.specimens.stack import PageStack

_CONFUSABLES = "0O1I<8B"
"""What a home-made copy of OCR-B gets wrong first."""
_ALL = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"
_WRONG_FONT_FROM, _COARSE_FONT_FROM = 0.35, 0.7


def _ink(stack: PageStack, role: str) -> Coverage:
    """All print of a role on the page's grid."""
    found = stack.grid.empty()
    for layer in stack.layers:
        if layer.role == role and layer.group != "visa":
            rows, columns = layer.coverage.shape
            area = found[layer.row : layer.row + rows, layer.column : layer.column + columns]
            np.maximum(area, layer.coverage, out=area)
    return found


def _zone_boxes(before: Work, after: Work) -> tuple[BoxMm, ...]:
    page = before.document.mrz_page
    grid = before.document.pages[page].grid
    boxes = (each.document.boxes_mm[page]["mrz"] for each in (before, after))
    return (grown(joined(*boxes), 0.5, grid),)


def mrz_font(work: Work) -> Work:
    """The zone in a font that is not OCR-B; a skilled forger errs in a few characters only."""
    if work.severity >= _WRONG_FONT_FROM:
        font = "serif-bold" if work.severity >= _COARSE_FONT_FROM else "sans-bold"
        after = replace(work, foreign=_ALL, foreign_font=font)
    else:
        font = "sans"
        after = replace(work, foreign=_CONFUSABLES, foreign_font=font)
    after = zone_printed(after)
    page = work.document.mrz_page
    difference = ink_changed(
        _ink(work.document.pages[page], "mrz"), _ink(after.document.pages[page], "mrz")
    )
    expect = seen(("font.ocrb", True), ("geo.mrz-glyph", work.severity >= _WRONG_FONT_FROM))
    return after.noted(page, _zone_boxes(work, after), expect, ink_elsewhere=difference, font=font)


def mrz_position(work: Work) -> Work:
    """The zone beside and below its place."""
    x, y = work.between(0.35, 2.8), work.between(0.25, 2.2)
    shift = work.zone.shift_mm
    after = zone_printed(
        replace(work, zone=replace(work.zone, shift_mm=(shift[0] + x, shift[1] + y)))
    )
    expect = seen(
        ("geo.mrz-left", x > limits.ZONE_SHIFT_MM),
        ("geo.mrz-zone", y > limits.ZONE_SHIFT_MM),
    )
    page = work.document.mrz_page
    return after.noted(page, _zone_boxes(work, after), expect, right_mm=x, down_mm=y)


def mrz_pitch(work: Work) -> Work:
    """The characters closer together than 10 to the inch."""
    error = -work.between(0.004, 0.11)
    after = zone_printed(
        replace(work, zone=replace(work.zone, pitch_mm=work.zone.pitch_mm + error))
    )
    page = work.document.mrz_page
    shorter = -error * (len(work.document.lines[0]) - 1)
    expect = seen(
        ("geo.mrz-pitch", -error > limits.PITCH_STEP_MM),
        ("geo.mrz-width", shorter > limits.WIDTH_STEP_MM),
    )
    return after.noted(
        page,
        _zone_boxes(work, after),
        expect,
        pitch_mm=CHARACTER_PITCH_MM + error,
        pitch_mm_genuine=CHARACTER_PITCH_MM,
        pitch_error_mm=error,
        line_shorter_mm=shorter,
    )


def viz_font(work: Work) -> Work:
    """All fields of the visual zone in the forger's own font."""
    design = work.document.design
    for page in work.document.pages:
        boxes: list[BoxMm] = []
        before = work.document.pages[page]
        for place in design.pages[page].fields:
            text = work.document.fields[place.field]
            if not text or place.script == "arab" or place.role != "viz":
                continue
            stack = work.document.pages[page]
            other = "serif-bold" if work.severity >= _COARSE_FONT_FROM else "sans-bold"
            if place.font == other:
                other = "sans"
            own = place
            if work.severity < _WRONG_FONT_FROM:
                # the right family, a little too wide
                other = place.font
                own = place.model_copy(update={"em_mm": place.em_mm * 1.04})
            layers, box = field_layers(
                work, stack.grid, own, text, field_inks(work, place), font=other
            )
            boxes.append(
                grown(joined(box, work.document.boxes_mm[page][place.field]), 0.3, stack.grid)
            )
            work = work.with_page(under_film(without_field(stack, place), *layers))
            document = work.document
            new = {**document.boxes_mm, page: {**document.boxes_mm[page], place.field: box}}
            work = replace(work, document=replace(document, boxes_mm=new))
        if boxes:
            difference = ink_changed(_ink(before, "viz"), _ink(work.document.pages[page], "viz"))
            work = work.noted(page, boxes, ("font.viz",), ink_elsewhere=difference)
    return work


def _no_field(_design: Design, pages: tuple[PageDesign, ...]) -> str:
    if any(
        place.script != "arab" and place.role == "viz" for page in pages for place in page.fields
    ):
        return ""
    return "no drawn page has a visual zone"


KINDS = (
    AttackKind(
        name="mrz-font",
        sentence="The MRZ printed in a font other than OCR-B.",
        work=mrz_font,
        slot="font of the MRZ",
        obstacle=no_zone,
    ),
    AttackKind(
        name="mrz-position",
        sentence="The MRZ printed beside and below its place.",
        work=mrz_position,
        slot="place of the MRZ",
        obstacle=no_zone,
    ),
    AttackKind(
        name="mrz-pitch",
        sentence="The MRZ printed with characters closer together than 2.54 mm.",
        work=mrz_pitch,
        slot="pitch of the MRZ",
        obstacle=no_zone,
    ),
    AttackKind(
        name="viz-font",
        sentence="All fields of the visual zone printed in another font.",
        work=viz_font,
        slot="font of the visual zone",
        obstacle=_no_field,
    ),
)
