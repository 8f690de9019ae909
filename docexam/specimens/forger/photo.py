"""Photo substitution: another face glued over the laminate, or slipped under it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.specimens.forger import limits
from docexam.specimens.forger.erased import patchy, reopened, seam
from docexam.specimens.forger.faces import another
from docexam.specimens.forger.features import device_over, features, glowing_overprint
from docexam.specimens.forger.figures import height_at_mm, uv_level
from docexam.specimens.forger.inks import stays_in_infrared
from docexam.specimens.forger.kind import AttackKind
from docexam.specimens.forger.stolen_blank import GREY_BELOW
from docexam.specimens.forger.work import (
    grown,
    on_top,
    page_with,
    seen,
    sheet_layer,
    under_film,
    weakened,
)
from docexam.specimens.personal import draw_portrait
from docexam.specimens.physics.materials import material_named
from docexam.specimens.stack import Layer, PageStack

if TYPE_CHECKING:
    from docexam.specimens.design import BoxMm, Design, PageDesign, PortraitPlace
    from docexam.specimens.forger.work import Work
    from docexam.specimens.grid import Coverage, Grid

_COVERS_MM = 0.4
"""The new photograph is a little larger than the old one, which it has to hide."""
_INKJET_BELOW = 0.6


def _place(work: Work) -> tuple[str, PortraitPlace]:
    page = page_with(work.document, "portrait")
    place = None if page is None else work.document.design.pages[page].portrait
    if page is None or place is None:  # the obstacle has refused such documents
        raise AssertionError("no portrait")
    return page, place


def over_laminate(work: Work) -> Work:
    """A photograph cut out and glued on top of everything."""
    page, place = _place(work)
    stack = work.document.pages[page]
    grid = stack.grid
    turn = work.between(0.0, 1.6) * float(work.rng("turn").choice([-1.0, 1.0]))
    box = grown(place.box_mm, _COVERS_MM, grid)
    area = grown(box, 1.0, grid)
    step = work.between(0.03, 0.20)
    paper = material_named("photo-paper")
    base = replace(paper.with_yield(work.between(0.10, 1.0)), relief_mm=step)
    grey = place.technique == "laser" and work.severity < GREY_BELOW
    how = {
        "box_mm": box,
        "technique": "inkjet-pigment" if grey else "dye-sublimation",
        "inks": ("pigment-black",) if grey else None,
        "fade_mm": 0.0,
        "density": 1.0,
    }
    sheet = place.model_copy(update=how)
    face = another(work, "photo")
    picture = draw_portrait(grid, sheet, face, name="substitute").layers
    column, row, columns, rows = grid.box_px(box)
    whole = Layer("substitute-base", "portrait", base, np.ones((rows, columns), np.float32),
                  row, column, "substitute")  # fmt: skip
    turned = [_turned(layer, stack, box, turn) for layer in (whole, *picture)]
    glued = on_top(stack, *turned)
    glue = work.between(0.0, 0.5)
    if glue > 0.02:
        rim = _outside(grid, box, work) * np.float32(glue)
        glued = _with_glue(stack, rim, turned)
    work = replace(work, document=replace(work.document, face=face)).with_page(glued)
    return _noted(work, page, box, area, over=True, turn=turn)


def _with_glue(stack: PageStack, rim: Coverage, photograph: list[Layer]) -> PageStack:
    """The photograph on top, with glue that has squeezed out around it."""
    layers = sheet_layer("glue", "alteration", "optical-brightener", rim, "glue")
    return on_top(stack, *layers, *photograph)


def _outside(grid: Grid, box: BoxMm, work: Work) -> Coverage:
    rim = seam(grid, grown(box, 0.5, grid), 0.5)
    spread = patchy(grid, 1.0, work.rng("glue"))
    return np.asarray(rim * np.clip(spread * 1.6 - 0.3, 0, 1), np.float32)


def _turned(layer: Layer, stack: PageStack, box: BoxMm, angle_deg: float) -> Layer:
    """The layer turned with the photograph around its middle."""
    grid = stack.grid
    flat = grid.empty()
    rows, columns = layer.coverage.shape
    flat[layer.row : layer.row + rows, layer.column : layer.column + columns] = layer.coverage
    x, y, w, h = (side * grid.px_per_mm for side in box)
    matrix = cv2.getRotationMatrix2D((x + w / 2 - 0.5, y + h / 2 - 0.5), angle_deg, 1.0)
    turned = cv2.warpAffine(flat, matrix, (grid.columns, grid.rows))
    found = sheet_layer(layer.name, layer.role, layer.material, np.asarray(turned), layer.group)
    return found[0] if found else layer


def under_laminate(work: Work) -> Work:
    """The film cut open, the print below scraped off, another face put in, the film closed."""
    page, place = _place(work)
    stack = work.document.pages[page]
    grid = stack.grid
    box = grown(place.box_mm, _COVERS_MM, grid)
    area = grown(box, 0.8, grid)
    mask = grid.empty()
    column, row, columns, rows = grid.box_px(box)
    mask[row : row + rows, column : column + columns] = 1.0
    gone = work.between(0.35, 1.0)
    bare = stack.changed(lambda layer: None if layer.group == "portrait" else layer, "portrait")
    bare = weakened(bare, mask, lambda _: gone, "background", "uv-print", "overprint")
    bare = weakened(bare, mask, lambda _: work.between(0.0, 0.7), "ovd")
    technique = "inkjet-pigment" if work.severity >= _INKJET_BELOW else "inkjet-dye"
    sheet = place.model_copy(
        update={"technique": technique, "inks": None, "fade_mm": 0.0, "density": 1.0}
    )
    face = another(work, "photo")
    picture = draw_portrait(grid, sheet, face, name="portrait").layers
    lift = replace(
        material_named("photo-paper").with_yield(work.between(0.06, 0.6)),
        relief_mm=work.between(0.008, 0.06),
    )
    thin = np.full((rows, columns), work.between(0.25, 0.95), np.float32)
    base = Layer("substitute-base", "portrait", lift, thin, row, column, "portrait")
    filled = under_film(bare, base, *picture)
    cut = seam(grid, grown(box, 0.3, grid), 0.12) * np.float32(work.between(0.15, 0.95))
    edge = replace(material_named("scratch"), relief_mm=-work.between(0.004, 0.03))
    filled = on_top(filled, *sheet_layer("film-cut", "alteration", edge, cut, "film"))
    filled = reopened(work, filled, box)
    work = replace(work, document=replace(work.document, face=face)).with_page(filled)
    return _noted(work, page, box, area, over=False, turn=0.0)


def _noted(work: Work, page: str, box: BoxMm, area: BoxMm, *, over: bool, turn: float) -> Work:
    stack, genuine = work.document.pages[page], work.genuine.pages[page]
    x, y, w, _ = box
    strip = (x + 1.0, y + 1.0, w - 2.0, 1.6)  # the ground above the head
    step = height_at_mm(stack, strip) - height_at_mm(genuine, strip)
    glow, before = uv_level(stack, strip), uv_level(genuine, strip)
    old = tuple(each.material for each in genuine.with_role("portrait"))
    new = tuple(
        each.material for each in stack.with_role("portrait") if each.name != "substitute-base"
    )
    if over:
        new = tuple(each.material for each in stack.layers if each.group == "substitute")[1:]
    ghosts = any(p.ghosts for p in work.document.design.pages.values())
    lost = set(features(genuine, box)) - set(features(stack, box)) if not over else set()
    if over:
        lost = set(features(genuine, box))
    expect = seen(
        ("photo.edge", step > limits.EDGE_STEP_MM or not over),
        ("photo.background", True),
        ("uv.dull-photo", glow - before > limits.DULL_PLACE_STEP),
        ("uv.over-photo", glowing_overprint(genuine, box)),
        ("photo.overlap", device_over(genuine, box)),
        ("lam.retro", "lam.retro" in lost),
        ("lam.surface", bool(genuine.with_role("laminate"))),
        ("ir.photo", stays_in_infrared(old) != stays_in_infrared(new)),
        ("photo.print", True),
        ("photo.colour-mode", len(old) == 1 and len(new) > 1),
        ("photo.ghost", ghosts),
        ("x.portraits", ghosts),
    )
    return work.noted(
        page,
        (area,),
        expect,
        border_step_mm=step,
        turn_deg=turn,
        likeness=work.document.face.likeness,
        photo_uv_level=glow,
        photo_uv_level_genuine=before,
    )


def _no_portrait(_design: Design, pages: tuple[PageDesign, ...]) -> str:
    return "" if any(page.portrait for page in pages) else "no drawn page has a portrait"


def _no_film(design: Design, pages: tuple[PageDesign, ...]) -> str:
    why = _no_portrait(design, pages)
    if why:
        return why
    page = next(page for page in pages if page.portrait)
    if page.overlay is None:
        return "its portrait page has no film to slip a photograph under"
    if page.substrate == "polycarbonate":
        return "a card fused of polycarbonate cannot be opened and closed again"
    return ""


KINDS = (
    AttackKind(
        name="photo-over-laminate",
        sentence="Another photograph glued over the portrait, on top of film and overprint.",
        work=over_laminate,
        slot="portrait",
        lights=("white", "uv", "oblique-n", "coaxial"),
        obstacle=_no_portrait,
    ),
    AttackKind(
        name="photo-under-laminate",
        sentence="The film cut open, another portrait put in, and the film closed again.",
        work=under_laminate,
        slot="portrait",
        lights=("white", "uv", "oblique-n"),
        obstacle=_no_film,
    ),
)
