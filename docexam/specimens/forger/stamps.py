"""Entry and exit stamps: printed instead of stamped, or washed away."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from docexam.specimens.booklet import draw_stamp
from docexam.specimens.forger import limits
from docexam.specimens.forger.erased import blot, residue_of, washed
from docexam.specimens.forger.figures import glow_change, white_level
from docexam.specimens.forger.infrared import residue_mm2
from docexam.specimens.forger.inks import mixed
from docexam.specimens.forger.kind import AttackKind, not_drawn
from docexam.specimens.forger.work import grown, seen, under_film
from docexam.specimens.physics.materials import material_named
from docexam.specimens.process import droplets

if TYPE_CHECKING:
    from docexam.specimens.design import Design, PageDesign
    from docexam.specimens.forger.work import Work

_SPREAD_MM = 1.8
_WRONG_DAY_FROM = 0.4


def _page_with_stamps(work: Work) -> str | None:
    pages = work.document.design.pages
    return next((page for page in work.document.pages if pages[page].stamps is not None), None)


def stamp_false(work: Work) -> Work:
    """A stamp printed by inkjet, or from a home-made die, on a day that cannot be."""
    page = _page_with_stamps(work)
    if page is None:
        return work
    stack, place = work.document.pages[page], work.document.design.pages[page].stamps
    if place is None:
        return work
    holder = work.document.holder
    rng = work.rng()
    days = round(work.between(-60, 420))
    wrong = work.severity >= _WRONG_DAY_FROM
    day = holder.issue_date - dt.timedelta(days=days) if wrong else None
    placed = draw_stamp(
        stack.grid, place.box_mm, holder, rng, name="stamp-false", ink="stamp-blue", day=day
    )
    layer = placed.layers[0]
    # an even print in droplets, where a rubber die presses unevenly
    even = np.clip(layer.coverage * np.float32(1 + work.severity), 0, 1)
    dotted = droplets(even, stack.grid.px_per_mm, rng)
    share = np.float32(min(1.0, work.severity * 1.4))
    coverage = np.asarray(layer.coverage * (1 - share) + dotted * share, np.float32)
    ink = mixed(material_named("stamp-blue"), material_named("process-cyan"), work.severity)
    stack = under_film(stack, replace(layer, coverage=coverage, material=ink))
    document = work.document
    boxes = {**document.boxes_mm, page: {**document.boxes_mm[page], **placed.boxes_mm}}
    work = replace(work, document=replace(document, boxes_mm=boxes)).with_page(stack)
    expect = seen(("stamp.ink", work.severity > 0.2), ("stamp.chronology", wrong))
    box = grown(layer.box_mm(stack.grid), 0.3, stack.grid)
    figures: dict[str, float | str] = {"droplet_share": float(share)}
    if wrong:
        figures["days_before_issue"] = days
    return work.noted(page, (box,), expect, **figures)


def stamp_erased(work: Work) -> Work:
    """The last stamp washed out of the page: an exit that never was."""
    page = _page_with_stamps(work)
    if page is None:
        return work
    stack = work.document.pages[page]
    stamps = stack.with_role("stamp")
    if not stamps:
        return work
    last = stamps[-1]
    box = last.box_mm(stack.grid)
    mask = blot(stack.grid, box, _SPREAD_MM, work.rng("blot"))
    left = work.between(0.02, 0.22)
    bare = stack.changed(lambda each: None if each is last else each, "stamp")
    bare = washed(work, bare, mask)
    rest = residue_of((last,), left)
    erased = under_film(bare, *rest)
    genuine = work.genuine.pages[page]
    halo, step = glow_change(erased, genuine, box)
    document = work.document
    own = {name: each for name, each in document.boxes_mm[page].items() if name != last.name}
    boxes = {**document.boxes_mm, page: own}
    work = replace(work, document=replace(document, boxes_mm=boxes)).with_page(erased)
    unhidden = residue_mm2(rest, (), erased.grid)
    expect = seen(
        ("stamp.ink", True),
        ("uv.halo", halo > limits.HALO_STEP and step > limits.HALO_LEAST),
        ("ir.residue", unhidden > limits.RESIDUE_MM2),
    )
    return work.noted(
        page,
        (grown(box, _SPREAD_MM, stack.grid),),
        expect,
        halo_contrast=halo,
        ink_left=left,
        white_level=white_level(erased, box),
        white_level_genuine=white_level(genuine, box),
    )


def _obstacle(design: Design, pages: tuple[PageDesign, ...]) -> str:
    if any(page.stamps for page in pages):
        return ""
    names = [name for name, page in design.pages.items() if page.stamps]
    if names:
        return f"no drawn page has stamps ({not_drawn(names, 'has', 'have')})"
    return "none of its pages has stamps"


KINDS = (
    AttackKind(
        name="stamp-erased",
        sentence="A border stamp washed out of the page.",
        work=stamp_erased,
        slot="erased stamp",
        lights=("white", "uv"),
        obstacle=_obstacle,
    ),
    AttackKind(
        name="stamp-false",
        sentence="A border stamp printed by inkjet, on a day that cannot be.",
        work=stamp_false,
        slot="false stamp",
        lights=("white", "ir", "uv"),
        obstacle=_obstacle,
    ),
)
