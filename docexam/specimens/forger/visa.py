"""Visas in a passport: a copied sticker, or one lifted from another person's passport."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from docexam.specimens.booklet import laid_on
from docexam.specimens.design import design_named
from docexam.specimens.document import draw_document
from docexam.specimens.forger import limits
from docexam.specimens.forger.counterfeit import PRINTERS, lost_by_copy, reprinted
from docexam.specimens.forger.erased import patchy, seam
from docexam.specimens.forger.figures import contrast_900, uv_level
from docexam.specimens.forger.kind import AttackKind, not_drawn
from docexam.specimens.forger.work import grown, on_top, seen, sheet_layer
from docexam.specimens.holders import Holder, holder_for

if TYPE_CHECKING:
    from docexam.specimens.design import Affixed, BoxMm, Design, PageDesign
    from docexam.specimens.document import Document
    from docexam.specimens.forger.work import Work
    from docexam.specimens.stack import PageStack

_GLUE_MM = 0.9
_SAME_NAME_BELOW = 0.4


def _place(work: Work) -> tuple[str, Affixed]:
    for page in work.document.pages:
        place = work.document.design.pages[page].visa
        if place is not None:
            return page, place
    raise AssertionError("no visa")  # the obstacle has refused such documents


_STRANGER = 10_007
"""How far the seeds of a holder and of the stranger whose visa is taken lie apart."""


def _sticker(work: Work, place: Affixed, holder: Holder, seed: int) -> Document:
    stack = next(iter(work.document.pages.values()))
    design = design_named(place.design)
    return draw_document(design, seed, ppi=stack.grid.ppi, holder=holder, pages=(design.mrz_page,))


def _bearer(work: Work, place: Affixed) -> Holder:
    """The passport's holder as the bearer of a visa."""
    holder = work.document.holder
    return replace(
        holder_for(design_named(place.design), work.document.seed),
        surname=holder.surname,
        given_names=holder.given_names,
        sex=holder.sex,
        birth_date=holder.birth_date,
        native_surname="",
        native_given_names="",
        passport_number=holder.document_number,
    )


def _stuck(work: Work, page: str, place: Affixed, visa: PageStack) -> tuple[PageStack, BoxMm]:
    """The page with `visa` in place of the one that it had; stamps stay on top."""
    stack = work.document.pages[page]
    bare = replace(stack, layers=tuple(each for each in stack.layers if each.group != "visa"))
    layers = laid_on(stack.grid, visa, place.x_mm, place.y_mm)
    box = (place.x_mm, place.y_mm, visa.grid.width_mm, visa.grid.height_mm)
    at = next((at for at, each in enumerate(bare.layers) if each.role == "stamp"), len(bare.layers))
    stuck = (*bare.layers[:at], *layers, *bare.layers[at:])
    return replace(bare, layers=stuck), box


def visa_counterfeit(work: Work) -> Work:
    """A visa sticker copied by dye inkjet on label paper."""
    page, place = _place(work)
    sticker = _sticker(work, place, _bearer(work, place), work.document.seed)
    name = sticker.mrz_page
    genuine = sticker.pages[name]
    copy = reprinted(work, genuine, PRINTERS["dye-inkjet"], "bright")
    stack, box = _stuck(work, page, place, copy)
    zone = sticker.boxes_mm[name]["mrz"]

    def of_zone(layer: object) -> bool:
        return getattr(layer, "role", "") == "mrz"

    whole = (0.0, 0.0, genuine.grid.width_mm, genuine.grid.height_mm)
    level, before = uv_level(copy, whole), uv_level(genuine, whole)
    contrast = contrast_900(copy, zone, of_zone)
    lost, _ = lost_by_copy(genuine, copy)
    expect = seen(
        ("ir.b900", contrast < limits.B900_CONTRAST),
        ("uv.dull-page", level > limits.DULL_PAGE_LEVEL),
        ("print.background", True),
    )
    document = work.document
    boxes = {**document.boxes_mm, page: {**document.boxes_mm[page], "visa": box}}
    work = replace(work, document=replace(document, boxes_mm=boxes)).with_page(stack)
    return work.noted(
        page,
        (grown(box, 0.3, stack.grid),),
        expect + lost,
        uv_level=level,
        uv_level_genuine=before,
        mrz_contrast_900=contrast,
        mrz_contrast_900_genuine=contrast_900(genuine, zone, of_zone),
    )


def visa_transferred(work: Work) -> Work:
    """A genuine visa of somebody else, peeled off one passport and glued into another."""
    page, place = _place(work)
    own = _bearer(work, place)
    design = design_named(place.design)
    seed = work.document.seed + _STRANGER
    stranger = holder_for(design, seed)
    if work.severity < _SAME_NAME_BELOW:
        # a namesake's: only birth date and passport number tell
        stranger = replace(
            stranger, surname=own.surname, given_names=own.given_names, sex=own.sex,
            native_surname="", native_given_names="",
        )  # fmt: skip
    sticker = _sticker(work, place, stranger, seed)
    stack, box = _stuck(work, page, place, sticker.pages[sticker.mrz_page])
    rim = seam(stack.grid, grown(box, _GLUE_MM, stack.grid), _GLUE_MM)
    spread = np.clip(patchy(stack.grid, 1.5, work.rng("glue")) * 1.7 - 0.3, 0, 1)
    glue = np.asarray(rim * np.float32(work.between(0.06, 0.8)) * spread, np.float32)
    creased = seam(stack.grid, grown(box, -0.6, stack.grid), 0.3)
    creased *= np.float32(work.between(0.0, 0.6))
    stack = on_top(
        stack,
        *sheet_layer("glue", "alteration", "optical-brightener", glue, "glue"),
        *sheet_layer("peeled", "alteration", "crease", creased, "glue"),
    )
    document = work.document
    boxes = {**document.boxes_mm, page: {**document.boxes_mm[page], "visa": box}}
    work = replace(work, document=replace(document, boxes_mm=boxes)).with_page(stack)
    return work.noted(
        page,
        (grown(box, _GLUE_MM + 0.3, stack.grid),),
        ("x.visa-passport", "uv.specks"),
        same_name="yes" if work.severity < _SAME_NAME_BELOW else "no",
        glue_cover=work.between(0.06, 0.8),
    )


def _obstacle(design: Design, pages: tuple[PageDesign, ...]) -> str:
    if any(page.visa for page in pages):
        return ""
    names = [name for name, page in design.pages.items() if page.visa]
    if names:
        return f"no drawn page takes a visa ({not_drawn(names, 'does', 'do')})"
    if design.format.startswith("MRV"):
        return "it is a visa itself (the attacks on sheet and data forge it)"
    return "none of its pages takes a visa"


KINDS = (
    AttackKind(
        name="visa-counterfeit",
        sentence="A visa sticker copied by dye inkjet on bright label paper.",
        work=visa_counterfeit,
        slot="visa",
        lights=("white", "ir", "uv"),
        obstacle=_obstacle,
    ),
    AttackKind(
        name="visa-transferred",
        sentence="A genuine visa of another person, peeled off and glued into this passport.",
        work=visa_transferred,
        slot="visa",
        lights=("white", "uv", "oblique-n"),
        obstacle=_obstacle,
    ),
)
