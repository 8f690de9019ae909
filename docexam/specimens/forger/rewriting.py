"""Writing a field of the visual zone anew, as well as the forger can."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docexam.specimens.forger.inks import swapped
from docexam.specimens.forger.work import field_inks, field_layers

if TYPE_CHECKING:
    from docexam.specimens.design import FieldPlace
    from docexam.specimens.forger.work import Work
    from docexam.specimens.physics.materials import Material
    from docexam.specimens.stack import Layer

_OTHER_FONT_FROM = 0.7


def forged_inks(work: Work, inks: tuple[Material, ...]) -> tuple[Material, ...]:
    """What the forger has in place of these inks."""
    return tuple(swapped(ink, work.severity) for ink in inks)


def rewritten(
    work: Work, page: str, place: FieldPlace, text: str
) -> tuple[Work, tuple[Layer, ...]]:
    """The layers of the field with a new text, and the work that knows it.

    A crude forger has another font, size and baseline.
    """
    grid = work.document.pages[page].grid
    rng = work.rng("rewriting")
    rise = work.between(0.0, 0.35) * float(rng.choice([-1.0, 1.0]))
    own = place.model_copy(
        update={
            "baseline_mm": place.baseline_mm + rise,
            "em_mm": place.em_mm * (1 + work.between(0.0, 0.08)),
        }
    )
    how = {}
    if work.severity >= _OTHER_FONT_FROM and place.script != "arab":
        how["font"] = "serif-bold" if place.font != "serif-bold" else "sans"
    layers, box = field_layers(
        work, grid, own, text, forged_inks(work, field_inks(work, place)), **how
    )
    document = work.document
    boxes = {**document.boxes_mm, page: {**document.boxes_mm[page], place.field: box}}
    fields = {**document.fields, place.field: text}
    return replace(work, document=replace(document, boxes_mm=boxes, fields=fields)), layers
