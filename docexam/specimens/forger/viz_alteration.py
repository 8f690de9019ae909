"""Data of the visual zone told otherwise than the MRZ: a field printed anew under an open film."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.specimens.forger import limits
from docexam.specimens.forger.data_change import planned_change, viz_fields
from docexam.specimens.forger.figures import contrast_900
from docexam.specimens.forger.kind import AttackKind
from docexam.specimens.forger.rewriting import rewritten
from docexam.specimens.forger.work import (
    field_place,
    grown,
    joined,
    seen,
    under_film,
    without_field,
)

if TYPE_CHECKING:
    from docexam.specimens.design import Design, PageDesign
    from docexam.specimens.forger.work import Work


def viz_alone(work: Work) -> Work:
    """The planned datum in the visual zone only."""
    change = planned_change(work.genuine)
    found = field_place(work, change.field)
    if found is None:
        return work
    page, place = found
    old_box = work.document.boxes_mm[page][change.field]
    stack = without_field(work.document.pages[page], place)
    work, new = rewritten(work.with_page(stack), page, place, change.viz_text)
    stack = under_film(work.document.pages[page], *new)
    work = work.with_page(stack)
    boxes = (old_box, *(layer.box_mm(stack.grid) for layer in new))
    area = grown(joined(*boxes), 0.4, stack.grid)
    contrast = contrast_900(stack, area, lambda each: each.group == place.field)
    genuine = contrast_900(
        work.genuine.pages[page], old_box, lambda each: each.group == place.field
    )
    expect = seen(
        ("x.viz-mrz", True),
        ("ir.personalisation-ink", abs(contrast - genuine) > limits.INK_STEP),
        ("font.viz", work.severity > 0.3),
    )
    return work.noted(
        page,
        (area,),
        expect,
        ink_contrast_900=contrast,
        ink_contrast_900_genuine=genuine,
        baseline_error_mm=work.between(0.0, 0.35),
        field=change.field,
    )


def _obstacle(_design: Design, pages: tuple[PageDesign, ...]) -> str:
    if not viz_fields(pages):
        return "no drawn page shows a date or the number in its visual zone"
    page = next(page for page in pages if viz_fields((page,)))
    if page.substrate == "polycarbonate":
        return "print inside a polycarbonate card cannot be taken out cleanly"
    return ""


KINDS = (
    AttackKind(
        name="viz-alteration",
        sentence="A field of the visual zone printed anew, cleanly; the MRZ keeps the old datum.",
        work=viz_alone,
        slot="data of the visual zone",
        lights=("white", "ir"),
        obstacle=_obstacle,
    ),
)
