"""A field erased, by knife or by solvent, and written anew."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

from docexam.specimens.forger import limits
from docexam.specimens.forger.data_change import planned_change, viz_fields
from docexam.specimens.forger.erased import blot, reopened, residue_of, scraped, washed
from docexam.specimens.forger.figures import (
    contrast_900,
    glow_change,
    ground_lost,
    through_level,
    white_level,
)
from docexam.specimens.forger.infrared import residue_mm2
from docexam.specimens.forger.kind import AttackKind
from docexam.specimens.forger.rewriting import rewritten
from docexam.specimens.forger.work import (
    field_place,
    grown,
    joined,
    laid,
    seen,
    without_field,
)

if TYPE_CHECKING:
    from docexam.specimens.design import Design, PageDesign
    from docexam.specimens.forger.work import Work

How = Literal["mechanical", "chemical"]
_SPREAD_MM = 1.6


def erased_field(work: Work, how: How) -> Work:
    """The planned datum of the visual zone erased and rewritten; the MRZ is left alone."""
    change = planned_change(work.genuine)
    found = field_place(work, change.field)
    if found is None:
        return work
    page, place = found
    stack = work.document.pages[page]
    box = work.document.boxes_mm[page][change.field]
    old = tuple(layer for layer in stack.with_role(place.role) if layer.group == place.field)
    spread = _SPREAD_MM * work.between(0.6, 1.6) if how == "chemical" else 0.9
    area = grown(box, spread, stack.grid)
    mask = blot(stack.grid, box, spread, work.rng("blot"))
    stack = without_field(stack, place)
    stack = scraped(work, stack, mask) if how == "mechanical" else washed(work, stack, mask)
    residue = work.between(0.03, 0.12)
    left = residue_of(old, residue)
    stack = laid(work, stack, *left)
    work, new = rewritten(work.with_page(stack), page, place, change.viz_text)
    stack = laid(work, work.document.pages[page], *new)
    area = grown(joined(area, *(layer.box_mm(stack.grid) for layer in new)), 0.3, stack.grid)
    stack = reopened(work, stack, area)
    work = work.with_page(stack)
    genuine = work.genuine.pages[page]
    halo, step = glow_change(stack, genuine, box)
    through = through_level(stack, box) / max(through_level(genuine, box), 1e-6) - 1
    contrast = contrast_900(stack, box, lambda each: each.group == place.field)
    contrast_genuine = contrast_900(genuine, box, lambda each: each.group == place.field)
    stain = white_level(stack, box) - white_level(genuine, box)
    unhidden = residue_mm2(left, new, stack.grid)
    thinned = how == "mechanical" and through > limits.THINNED_SHARE
    broken = ground_lost(genuine, stack, box)
    differs = work.document.fields[change.field] != work.genuine.fields[change.field]
    covered = bool(stack.with_role("laminate"))
    expect = seen(
        ("x.viz-mrz", differs),
        ("uv.halo", halo > limits.HALO_STEP and step > limits.HALO_LEAST),
        ("sub.erasure", broken > limits.BROKEN_GROUND_SHARE or thinned),
        ("ir.residue", unhidden > limits.RESIDUE_MM2),
        ("ir.personalisation-ink", abs(contrast - contrast_genuine) > limits.INK_STEP),
        ("lam.surface", covered),
        ("font.viz", work.severity > 0.3),
    )
    return work.noted(
        page,
        (area,),
        expect,
        halo_contrast=halo,
        halo_step=step,
        white_level_change=stain,
        light_through_change=through,
        ground_lost=broken,
        ink_contrast_900=contrast,
        ink_contrast_900_genuine=contrast_genuine,
        residue_mm2=unhidden,
        field=change.field,
    )


def _not_here(design: Design, pages: tuple[PageDesign, ...], how: How) -> str:
    if not viz_fields(pages):
        return "no drawn page shows a date or the number in its visual zone"
    page = next(page for page in pages if viz_fields((page,)))
    field = next(place for place in page.fields if place.field in viz_fields((page,)))
    engraved = (field.ink or design.viz_ink) == "laser-engraved"
    if engraved and how == "chemical":
        return "no solvent washes laser engraving out of polycarbonate"
    return ""


KINDS = (
    AttackKind(
        name="erasure-mechanical",
        sentence="A field of the visual zone scraped off and written anew; the fibres are torn.",
        work=partial(erased_field, how="mechanical"),
        slot="data of the visual zone",
        lights=("white", "uv", "transmitted", "oblique-n"),
        obstacle=partial(_not_here, how="mechanical"),
    ),
    AttackKind(
        name="erasure-chemical",
        sentence="A field of the visual zone washed out and written anew; a halo stays under UV.",
        work=partial(erased_field, how="chemical"),
        slot="data of the visual zone",
        lights=("white", "uv"),
        obstacle=partial(_not_here, how="chemical"),
    ),
)
