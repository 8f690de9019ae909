"""Features of the sheet imitated by print: fibres, and motifs that glow under ultraviolet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from docexam.specimens.forger.figures import whole
from docexam.specimens.forger.inks import mixed
from docexam.specimens.forger.kind import AttackKind
from docexam.specimens.forger.work import grown, joined, seen
from docexam.specimens.physics.materials import Material, material_named
from docexam.specimens.seeds import rng_for
from docexam.specimens.stack import Layer, PageStack, trimmed

if TYPE_CHECKING:
    from docexam.specimens.design import BoxMm, Design, PageDesign
    from docexam.specimens.forger.work import Work
    from docexam.specimens.grid import Coverage, Grid

_FIBRES_PER_CM2 = 0.9
_TINT = 0.5


def printed_fibres(work: Work) -> Work:
    """Strokes printed in place of fibres: the same on every copy, on the sheet and not in it."""
    for page, stack in work.document.pages.items():
        fibres = [each for each in stack.with_role("fibres") if each.group != "visa"]
        if not fibres:
            continue
        new: list[Layer] = []
        for at, layer in enumerate(fibres):
            coverage = _strokes(work, stack, at, len(fibres))
            ink = _fibre_ink(layer.material, work.severity)
            made = trimmed(f"printed-{layer.name}", "background", ink, coverage, group="fibres")
            if made is not None:
                new.append(made)
        bare = stack.changed(lambda each: each if each.group == "visa" else None, "fibres")
        work = work.with_page(_after_background(bare, new))
        glow = _peak_yield(tuple(each.material for each in new))
        genuine = _peak_yield(tuple(each.material for each in fibres))
        work = work.noted(
            page, (whole(stack),), ("uv.fibres",), fibre_glow=glow, fibre_glow_genuine=genuine
        )
    return work


def _fibre_ink(fibre: Material, severity: float) -> Material:
    """A printed stroke is always a little visible, and glows less the cruder it is."""
    visible = mixed(fibre, material_named("offset-rose"), 0.15 + 0.85 * severity)
    kept = fibre.with_yield(max(0.0, 0.85 * (1 - 1.1 * severity))).fluorescence
    return replace(visible, name=f"printed-{fibre.name}", fluorescence=kept)


def _peak_yield(materials: tuple[Material, ...]) -> float:
    return max(
        (float(each.emission.sum()) for ink in materials for each in ink.fluorescence), default=0.0
    )


def _strokes(work: Work, stack: PageStack, at: int, of: int) -> Coverage:
    grid = stack.grid
    # every copy carries the same strokes: the stream knows the design, not the document
    rng = rng_for("printed-fibres", work.document.design.name, stack.page, at)
    coverage = grid.empty()
    count = round(_FIBRES_PER_CM2 * grid.width_mm * grid.height_mm / 100 / of)
    for _ in range(max(4, count)):
        start = rng.uniform(0, (grid.width_mm, grid.height_mm))
        length, turn = rng.uniform(2.0, 4.5), rng.uniform(0, 2 * np.pi)
        bend = rng.normal(0, 0.25 * (1 - work.severity))
        along = np.linspace(0, length, 10)
        angle = turn + bend * along
        steps = np.stack([np.cos(angle), np.sin(angle)], axis=1) * (length / 10)
        fixed = np.rint((start + np.cumsum(steps, axis=0)) * grid.px_per_mm * 16).astype(np.int32)
        width = max(1, round(work.between(0.06, 0.16) * grid.px_per_mm))
        cv2.polylines(coverage, [fixed], isClosed=False, color=0.9, thickness=width,
                      lineType=cv2.LINE_AA, shift=4)  # fmt: skip
    return coverage


def _after_background(stack: PageStack, new: list[Layer]) -> PageStack:
    """The page with `new` on its highest background print."""
    below = ("substrate", "fibres", "background", "see-through")
    places = [
        at for at, each in enumerate(stack.layers) if each.role in below and each.group != "visa"
    ]
    layers = list(stack.layers)
    layers[places[-1] + 1 : places[-1] + 1] = new
    return replace(stack, layers=tuple(layers))


def printed_motifs(work: Work) -> Work:
    """The glowing motifs in one bought ink, coarser and out of place."""
    for page, stack in work.document.pages.items():
        boxes: list[BoxMm] = []
        marker = material_named("uv-yellow").with_yield(work.between(0.9, 0.45))
        share = min(1.0, 1.2 * work.severity)
        move = work.between(0.05, 1.1)
        blur = work.between(0.0, 0.18)
        own = work.rng("place").uniform(0, 2 * np.pi)
        shift = (move * float(np.cos(own)), move * float(np.sin(own)))

        def imitated(layer: Layer) -> Layer | None:
            if layer.group == "visa" or not layer.material.fluorescence:
                return layer
            ink = mixed(layer.material, marker, share)  # noqa: B023 - used within the turn
            ink = replace(
                ink,
                transmission=mixed(ink, material_named("yellowing"), _TINT * share).transmission,  # noqa: B023
            )
            moved = _moved(layer, stack.grid, shift, blur)  # noqa: B023
            made = trimmed(layer.name, layer.role, ink, moved, group=layer.group)
            box = layer.box_mm(stack.grid)  # noqa: B023
            if made is not None:
                box = joined(box, made.box_mm(stack.grid))  # noqa: B023
            boxes.append(grown(box, 0.3, stack.grid))  # noqa: B023
            return made

        changed = stack.changed(imitated, "uv-print", "overprint")
        if boxes:
            expect = seen(("uv.pattern", move > 0.3), ("uv.pattern-colour", share > 0.15))
            work = work.with_page(changed).noted(
                page,
                boxes,
                expect,
                out_of_place_mm=move,
                share_of_one_colour=share,
                blur_mm=blur,
            )
    return work


def _moved(layer: Layer, grid: Grid, shift_mm: tuple[float, float], blur_mm: float) -> Coverage:
    flat = grid.empty()
    rows, columns = layer.coverage.shape
    flat[layer.row : layer.row + rows, layer.column : layer.column + columns] = layer.coverage
    x, y = (side * grid.px_per_mm for side in shift_mm)
    matrix = np.array([[1, 0, x], [0, 1, y]], np.float32)
    moved = np.asarray(cv2.warpAffine(flat, matrix, (grid.columns, grid.rows)), np.float32)
    if blur_mm * grid.px_per_mm > 0.3:
        moved = np.asarray(cv2.GaussianBlur(moved, (0, 0), blur_mm * grid.px_per_mm), np.float32)
    moved[moved < 0.004] = 0
    return moved


def _lacks(role: str, what: str, _design: Design, pages: tuple[PageDesign, ...]) -> str:
    if any(art.role in role.split() for page in pages for art in page.layers):
        return ""
    return f"no drawn page has {what}"


def _no_fibres(design: Design, pages: tuple[PageDesign, ...]) -> str:
    return _lacks("fibres", "fibres", design, pages)


def _no_motifs(design: Design, pages: tuple[PageDesign, ...]) -> str:
    return _lacks("uv-print overprint", "motifs that glow", design, pages)


KINDS = (
    AttackKind(
        name="printed-fibres",
        sentence="Fibres imitated by printed strokes, the same on every copy.",
        work=printed_fibres,
        slot="fibres",
        lights=("white", "uv"),
        obstacle=_no_fibres,
    ),
    AttackKind(
        name="printed-uv-motifs",
        sentence="The motifs that glow under ultraviolet printed in one bought ink, out of place.",
        work=printed_motifs,
        slot="glowing motifs",
        lights=("uv", "white"),
        obstacle=_no_motifs,
    ),
)
