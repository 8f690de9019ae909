"""A document put together from several: its number differs from place to place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from docexam.specimens.forger.kind import AttackKind
from docexam.specimens.forger.work import (
    field_inks,
    field_layers,
    field_place,
    grown,
    joined,
    seen,
    under_film,
    without_field,
)
from docexam.specimens.outline import perforated

if TYPE_CHECKING:
    from docexam.specimens.design import BoxMm, Design, PageDesign
    from docexam.specimens.forger.work import Work
    from docexam.specimens.grid import Coverage, Grid

_THIRD_NUMBER_FROM = 0.5


def numbers_differ(work: Work) -> Work:
    """Another number in the holes, and for a crude forger a third one in the visual zone."""
    number = work.document.holder.document_number
    digits = max(1, round(work.between(1, 4)))
    pierced = [page for page, stack in work.document.pages.items() if stack.holes is not None]
    other = _with_other_digits(number, digits, work.rng("perforation"))
    for page in pierced:
        work = _pierced_anew(work, page, other, digits)
    if (work.severity >= _THIRD_NUMBER_FROM or not pierced) and field_place(
        work, "document_number"
    ):
        third = _with_other_digits(number, digits, work.rng("visual zone"))
        work = _printed_anew(work, third, digits)
    return work


def _with_other_digits(number: str, count: int, rng: np.random.Generator) -> str:
    places = [at for at, sign in enumerate(number) if sign.isdigit()]
    signs = list(number)
    for at in rng.permutation(places)[:count]:
        signs[int(at)] = str((int(signs[int(at)]) + int(rng.integers(1, 10))) % 10)
    return "".join(signs)


def _pierced_anew(work: Work, page: str, number: str, digits: int) -> Work:
    stack = work.document.pages[page]
    place = work.document.design.pages[page].perforation
    if place is None or stack.holes is None:
        return work
    holes = perforated(stack.grid, place, number)
    box = grown(joined(*(_box(each, stack.grid) for each in (stack.holes, holes))), 0.2, stack.grid)
    work = work.with_page(replace(stack, holes=holes))
    expect = ("sub.perforation", "book.sheet-number", "x.number-everywhere")
    return work.noted(page, (box,), expect, digits=digits, where="perforation")


def _box(holes: Coverage, grid: Grid) -> BoxMm:
    down, across = np.flatnonzero(holes.max(axis=1)), np.flatnonzero(holes.max(axis=0))
    scale = 1 / grid.px_per_mm
    left, top = float(across[0]) * scale, float(down[0]) * scale
    return left, top, float(across[-1] + 1) * scale - left, float(down[-1] + 1) * scale - top


def _printed_anew(work: Work, number: str, digits: int) -> Work:
    found = field_place(work, "document_number")
    if found is None:
        return work
    page, place = found
    stack = work.document.pages[page]
    layers, box = field_layers(work, stack.grid, place, number, field_inks(work, place))
    old = work.document.boxes_mm[page]["document_number"]
    area = grown(joined(old, box), 0.3, stack.grid)
    work = work.with_page(under_film(without_field(stack, place), *layers))
    document = work.document
    boxes = {**document.boxes_mm, page: {**document.boxes_mm[page], "document_number": box}}
    fields = {**document.fields, "document_number": number}
    work = replace(work, document=replace(document, boxes_mm=boxes, fields=fields))
    expect = seen(
        ("x.viz-mrz", True),
        ("x.number-everywhere", True),
        ("x.sides", document.design.format == "TD1"),
    )
    return work.noted(page, (area,), expect, digits=digits, where="visual zone")


def _obstacle(_design: Design, pages: tuple[PageDesign, ...]) -> str:
    for page in pages:
        if page.perforation or any(each.field == "document_number" for each in page.fields):
            return ""
    return "no drawn page carries the number beside the MRZ"


KINDS = (
    AttackKind(
        name="numbers-differ",
        sentence="The number differs between MRZ, visual zone and perforation.",
        work=numbers_differ,
        slot="number",
        lights=("white", "transmitted"),
        obstacle=_obstacle,
    ),
)
