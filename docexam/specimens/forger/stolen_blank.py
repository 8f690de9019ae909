"""A stolen blank: genuine paper and print, personalised by a thief with inks from the shop."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docexam.specimens.forger import limits
from docexam.specimens.forger.figures import contrast_900
from docexam.specimens.forger.inks import stays_in_infrared, swapped
from docexam.specimens.forger.kind import AttackKind
from docexam.specimens.forger.rewriting import forged_inks
from docexam.specimens.forger.work import (
    field_inks,
    field_layers,
    grown,
    joined,
    laid,
    seen,
    without_field,
    zone_printed,
)
from docexam.specimens.personal import draw_portrait
from docexam.specimens.physics.materials import material_named

if TYPE_CHECKING:
    from docexam.specimens.design import BoxMm, Design, PageDesign
    from docexam.specimens.forger.work import Work
    from docexam.specimens.stack import Layer

GREY_BELOW = 0.4
"""A skilled forger prints in grey what is engraved in grey."""


def stolen_blank(work: Work) -> Work:
    """Zone, fields and portrait in other inks, on genuine pages."""
    inks = tuple(swapped(ink, work.severity) for ink in work.mrz_inks)
    fields_ink = material_named(work.document.design.viz_ink)
    work = replace(work, mrz_inks=inks, viz_inks=forged_inks(work, (fields_ink,)))
    for page in tuple(work.document.pages):
        work = _page(work, page)
    return work


def _page(work: Work, page: str) -> Work:
    design = work.document.design.pages[page]
    genuine = work.genuine.pages[page]
    boxes: list[BoxMm] = []
    expect: list[str] = []
    figures: dict[str, float | str] = {}
    if design.mrz:
        work = zone_printed(work)
        zone = work.document.boxes_mm[page]["mrz"]
        boxes.append(grown(zone, 0.4, genuine.grid))
        contrast = contrast_900(work.document.pages[page], zone, _is_mrz)
        figures["mrz_contrast_900"] = contrast
        figures["mrz_contrast_900_genuine"] = contrast_900(genuine, zone, _is_mrz)
        expect += seen(("ir.b900", contrast < limits.B900_CONTRAST))
    work, new = _fields(work, page)
    boxes += new
    if new:
        stack = work.document.pages[page]
        contrast = contrast_900(stack, new[0], _is_viz)
        before = contrast_900(genuine, new[0], _is_viz)
        figures["viz_contrast_900"], figures["viz_contrast_900_genuine"] = contrast, before
        shift = work.between(0.0, 0.5)
        figures["fields_too_low_mm"] = shift
        expect += seen(
            ("ir.personalisation-ink", abs(contrast - before) > limits.INK_STEP),
            ("geo.viz-layout", shift > 0.2),
        )
    if design.portrait is not None:
        work, box, checks = _portrait(work, page)
        boxes.append(box)
        expect += checks
    return work.noted(page, boxes, expect, **figures) if boxes else work


def _is_mrz(layer: Layer) -> bool:
    return layer.role == "mrz" and layer.group != "visa"


def _is_viz(layer: Layer) -> bool:
    return layer.role == "viz" and layer.group != "visa"


def _fields(work: Work, page: str) -> tuple[Work, list[BoxMm]]:
    boxes: list[BoxMm] = []
    shift = work.between(0.0, 0.5)
    for place in work.document.design.pages[page].fields:
        text = work.document.fields[place.field]
        if not text or place.role != "viz":
            continue
        stack = work.document.pages[page]
        lower = place.model_copy(update={"baseline_mm": place.baseline_mm + shift})
        layers, box = field_layers(work, stack.grid, lower, text, field_inks(work, place))
        old = work.document.boxes_mm[page][place.field]
        boxes.append(grown(joined(old, box), 0.3, stack.grid))
        bare = without_field(stack, place)
        work = work.with_page(laid(work, bare, *layers))
        document = work.document
        new = {**document.boxes_mm, page: {**document.boxes_mm[page], place.field: box}}
        work = replace(work, document=replace(document, boxes_mm=new))
    return work, boxes


def _portrait(work: Work, page: str) -> tuple[Work, BoxMm, tuple[str, ...]]:
    stack, design = work.document.pages[page], work.document.design.pages[page]
    place = design.portrait
    if place is None:
        raise AssertionError("no portrait")
    technique = "dye-sublimation" if place.technique == "laser" else "inkjet-dye"
    grey = place.technique == "laser" and work.severity < GREY_BELOW
    if work.severity >= 0.6 or grey:
        technique = "inkjet-pigment"
    inks = ("pigment-black",) if grey else None
    other = place.model_copy(update={"technique": technique, "inks": inks})
    bare = stack.changed(lambda layer: None if layer.group == "portrait" else layer, "portrait")
    layers = draw_portrait(stack.grid, other, work.document.face).layers
    work = work.with_page(laid(work, bare, *layers))
    before = tuple(layer.material for layer in stack.with_role("portrait"))
    after = tuple(layer.material for layer in layers)
    changed = stays_in_infrared(before) != stays_in_infrared(after)
    expect = seen(("photo.print", technique != place.technique), ("ir.photo", changed))
    if place.technique == "laser" and not grey:
        expect += ("photo.colour-mode",)
    return work, grown(place.box_mm, 0.2, stack.grid), expect


def _obstacle(_design: Design, pages: tuple[PageDesign, ...]) -> str:
    viz = any(place.role == "viz" for page in pages for place in page.fields)
    if viz or any(page.mrz or page.portrait for page in pages):
        return ""
    return "no drawn page shows anything of the holder"


KINDS = (
    AttackKind(
        name="stolen-blank",
        sentence="A genuine blank personalised by a thief: right paper, wrong inks.",
        work=stolen_blank,
        slot="sheet",
        lights=("white", "ir"),
        obstacle=_obstacle,
    ),
)
