"""A false data page bound into a genuine booklet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from docexam.specimens.booklet import stitches
from docexam.specimens.design import Stitching
from docexam.specimens.forger import limits
from docexam.specimens.forger.counterfeit import PRINTERS, judged, reprinted
from docexam.specimens.forger.figures import whole
from docexam.specimens.forger.kind import AttackKind
from docexam.specimens.forger.work import on_top, seen, sheet_layer
from docexam.specimens.physics.materials import material_named

if TYPE_CHECKING:
    from docexam.specimens.design import Design, PageDesign
    from docexam.specimens.forger.work import Work
    from docexam.specimens.grid import Coverage, Grid
    from docexam.specimens.stack import PageStack

_GLUE_MM = 2.2


def page_substitution(work: Work) -> Work:
    """The data page printed anew, trimmed by hand, sewn and glued to the stub of the old one."""
    page = work.document.mrz_page
    stack = work.document.pages[page]
    printer = PRINTERS["pigment-inkjet"]
    black = tuple(material_named(name) for name in printer.black)
    work = replace(work, mrz_inks=black, viz_inks=black)
    copy = reprinted(work, stack, printer, "dull")
    copy, trim = _trimmed(work, copy)
    design = work.document.design.pages[page]
    place = design.stitching or Stitching(edge="top")
    copy = _bound(work, copy, place)
    work = work.with_page(copy)
    expect, figures = judged(work, work.genuine.pages[page], copy)
    expect += seen(
        ("edge.trim", True),
        ("geo.size", trim > limits.TRIM_MM),
        ("geo.corner", trim > limits.TRIM_MM),
        ("book.stitch", True),
        ("uv.specks", True),
        ("uv.thread-stitch", design.stitching is not None),
        ("book.page-uniform", len(work.document.pages) > 1),
    )
    return work.noted(page, (whole(copy),), expect, trimmed_mm=trim, **figures)


def _trimmed(work: Work, stack: PageStack) -> tuple[PageStack, float]:
    """The leaf cut a little short, along a line that is not quite straight."""
    grid = stack.grid
    trim = work.between(0.10, 1.3)
    slant = work.between(0.0, 0.5)
    x, y = grid.x_mm()[None, :], grid.y_mm()[:, None]
    right = grid.width_mm - trim - slant * y / grid.height_mm
    bottom = grid.height_mm - trim * 0.7 + slant * 0.5 * np.sin(x / 17.0)
    inside = np.clip((right - x) * grid.px_per_mm, 0, 1)
    inside = inside * np.clip((bottom - y) * grid.px_per_mm, 0, 1)
    return replace(stack, outline=np.asarray(stack.outline * inside, np.float32)), trim


def _bound(work: Work, stack: PageStack, place: Stitching) -> PageStack:
    """New thread through new holes, and a line of glue along the spine."""
    spread = place.model_copy(
        update={"hole_pitch_mm": place.hole_pitch_mm * (1 + work.between(0.05, 0.35))}
    )
    thread = replace(
        material_named("sewing-thread").with_yield(work.between(0.8, 0.1)), name="thread-bought"
    )
    bare = stack.changed(lambda layer: None if layer.group == "stitching" else layer, "stitching")
    sewn = sheet_layer("thread", "stitching", thread, stitches(stack.grid, spread), "stitching")
    glue = _glue(stack.grid, place, work)
    glued = sheet_layer("glue", "alteration", "optical-brightener", glue, "glue")
    return on_top(bare, *glued, *sewn)


def _glue(grid: Grid, place: Stitching, work: Work) -> Coverage:
    x, y = grid.x_mm()[None, :], grid.y_mm()[:, None]
    across = {
        "left": x + 0 * y,
        "right": grid.width_mm - x + 0 * y,
        "top": y + 0 * x,
        "bottom": grid.height_mm - y + 0 * x,
    }[place.edge]
    along = y if place.edge in ("left", "right") else x
    run = _GLUE_MM * (0.55 + 0.3 * np.sin(along / 4.1) + 0.15 * np.sin(along / 1.3))
    glue = np.clip((run - across) * 2, 0, 1) * work.between(0.05, 0.8)
    return np.asarray(glue, np.float32)


def _obstacle(design: Design, pages: tuple[PageDesign, ...]) -> str:
    if design.format != "TD3":
        return f"{design.format} has no leaf that could be exchanged"
    return "" if any(page.mrz for page in pages) else "the data page is not drawn"


KINDS = (
    AttackKind(
        name="page-substitution",
        sentence="A false data page, printed on dull paper, bound into a genuine booklet.",
        work=page_substitution,
        slot="sheet",
        lights=("white", "uv", "transmitted"),
        obstacle=_obstacle,
    ),
)
