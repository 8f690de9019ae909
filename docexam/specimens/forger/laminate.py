"""The laminate taken off and replaced by bought film."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from docexam.specimens.forger import limits
from docexam.specimens.forger.counterfeit import silver_foil
from docexam.specimens.forger.erased import reopened, seam
from docexam.specimens.forger.features import device_over, features
from docexam.specimens.forger.figures import height_at_mm, uv_level, whole
from docexam.specimens.forger.inks import mixed
from docexam.specimens.forger.kind import AttackKind
from docexam.specimens.forger.work import on_top, seen, sheet_layer
from docexam.specimens.physics.materials import material_named
from docexam.specimens.stack import Layer

if TYPE_CHECKING:
    from docexam.specimens.design import Design, PageDesign
    from docexam.specimens.forger.work import Work
    from docexam.specimens.stack import PageStack

_EDGE_MM = 1.2


def laminate_replaced(work: Work) -> Work:
    """Every laminated page under another film, without its optical devices."""
    for page, stack in work.document.pages.items():
        if not work.document.design.pages[page].overlay or not stack.with_role("laminate"):
            continue
        foil = silver_foil(work, stack)
        bare = _peeled(work, stack)
        old = next(layer.material for layer in stack.with_role("laminate"))
        film = replace(
            mixed(replace(old, retro=0.0), material_named("laminate-cheap"), work.severity),
            name="film-replaced",
        )
        cover = np.ones(stack.grid.shape, np.float32)
        covered = on_top(bare, Layer("laminate", "laminate", film, cover), *foil)
        box = whole(covered)
        covered = reopened(work, covered, box)
        edge = seam(stack.grid, box, _EDGE_MM) * np.float32(work.between(0.0, 0.5))
        covered = on_top(covered, *sheet_layer("lifting", "alteration", "air", edge, "film"))
        genuine = work.genuine.pages[page]
        level, before = uv_level(covered, box), uv_level(genuine, box)
        lost = [check for check in features(genuine) if check not in features(covered)]
        portrait = work.document.boxes_mm[page].get("portrait")
        expect = (
            "lam.surface",
            *lost,
            *seen(
                ("uv.dull-page", level > limits.DULL_PAGE_LEVEL),
                ("photo.overlap", portrait is not None and device_over(genuine, portrait)),
            ),
        )
        work = work.with_page(covered).noted(
            page,
            (box,),
            expect,
            uv_level=level,
            uv_level_genuine=before,
            film_thicker_mm=height_at_mm(covered, box) - height_at_mm(genuine, box),
        )
    return work


def _peeled(work: Work, stack: PageStack) -> PageStack:
    """The page without film and devices; overprint goes with the film that it lay under."""
    torn = work.between(0.1, 0.8)

    def peel(layer: Layer) -> Layer | None:
        if layer.group == "visa":
            return layer
        if layer.role in ("laminate", "ovd"):
            return None
        return replace(layer, coverage=layer.coverage * np.float32(1 - torn))

    return stack.changed(peel, "laminate", "ovd", "overprint")


def _obstacle(_design: Design, pages: tuple[PageDesign, ...]) -> str:
    films = [page for page in pages if page.overlay]
    if not films:
        return "no drawn page has a laminate"
    if all(page.substrate == "polycarbonate" for page in films):
        return "the foil of a polycarbonate card is fused to it"
    return ""


KINDS = (
    AttackKind(
        name="laminate-replaced",
        sentence="The laminate taken off and replaced by bought film; its devices are gone.",
        work=laminate_replaced,
        slot="laminate",
        lights=("white", "uv", "oblique-n", "coaxial"),
        obstacle=_obstacle,
    ),
)
