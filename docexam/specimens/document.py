"""Drawing a whole document: blank pages of a design, personalised for a holder, then worn."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, get_args

import numpy as np

from docexam.errors import UsageError
from docexam.specimens.art import art_layers
from docexam.specimens.booklet import bound, used_page
from docexam.specimens.faces import Face
from docexam.specimens.grid import Grid
from docexam.specimens.holders import Holder, holder_for, refuse_impossible
from docexam.specimens.mrz_text import mrz_lines
from docexam.specimens.outline import leaf_outline, perforated
from docexam.specimens.personal import (
    Placed,
    draw_field,
    draw_holder_signature,
    draw_labels,
    draw_portrait,
    draw_zone,
)
from docexam.specimens.physics.materials import material_named
from docexam.specimens.stack import Layer, PageStack, Role, trimmed
from docexam.specimens.text import draw_text, draw_turned_text
from docexam.specimens.viz import printed_fields

if TYPE_CHECKING:
    from docexam.specimens.design import BoxMm, Design, PageDesign

LOWEST_PPI, HIGHEST_PPI = 150, 600


@dataclass(frozen=True)
class Document:
    """One drawn document.

    `pages` are stacks by page name. `fields` are the printed texts. `boxes_mm` say, page by page,
    where what lies. `lines` is the machine readable zone as printed, on the page `mrz_page`;
    `visa_lines` are those of visas, by the page that they are stuck on.
    """

    design: Design
    holder: Holder
    seed: int
    face: Face
    lines: tuple[str, ...]
    fields: dict[str, str]
    pages: dict[str, PageStack]
    boxes_mm: dict[str, dict[str, BoxMm]]
    visa_lines: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def mrz_page(self) -> str:
        """The page that carries the machine readable zone."""
        return self.design.mrz_page

    def with_page(self, stack: PageStack) -> Document:
        """The document with `stack` in place of its page of that name."""
        return replace(self, pages={**self.pages, stack.page: stack})


def draw_document(
    design: Design,
    seed: int,
    *,
    ppi: float = 400.0,
    holder: Holder | None = None,
    pages: tuple[str, ...] | None = None,
) -> Document:
    """Draw a genuine document of `design`, new from the issuing office.

    `holder` replaces the one that `seed` gives; `pages` limits what is drawn.

    Raises:
        UsageError: ppi outside of 150 to 600, an unknown page, or a holder whom no document
            could name.
    """
    refuse_ppi(ppi)
    holder = holder or holder_for(design, seed)
    refuse_impossible(holder, design)
    lines = mrz_lines(design, holder)
    fields = printed_fields(design, holder)
    age = (holder.issue_date - holder.birth_date).days // 365
    face = Face(seed, holder.sex, age)
    stacks: dict[str, PageStack] = {}
    boxes: dict[str, dict[str, BoxMm]] = {}
    visas: dict[str, tuple[str, ...]] = {}
    for name in pages or design.usual_pages:
        if name not in design.pages:
            raise UsageError(
                f"The design {design.name!r} has no page {name!r}.",
                code="specimen.page",
                hint=f"It has {', '.join(design.pages)}.",
            )
        grid = Grid.at_ppi(*design.page_size_mm(name), ppi)
        blank = blank_page(design, name, grid, seed)
        page = design.pages[name]
        placed = personalise(page, design, grid, fields=fields, face=face, lines=lines)
        used = used_page(page, grid, design, holder, seed)
        stacks[name] = ordered(replace(blank, layers=blank.layers + placed.layers))
        stacks[name] = stacks[name].inserted(*used.layers)
        if page.perforation is not None:
            holes = perforated(grid, page.perforation, holder.document_number)
            stacks[name] = replace(stacks[name], holes=holes)
        boxes[name] = {**placed.boxes_mm, **used.boxes_mm}
        if used.visa_lines:
            visas[name] = used.visa_lines
    return Document(design, holder, seed, face, lines, fields, stacks, boxes, visas)


def refuse_ppi(ppi: float) -> None:
    """UsageError for a resolution that no document is drawn in."""
    if not LOWEST_PPI <= ppi <= HIGHEST_PPI:
        raise UsageError(
            f"A resolution of {ppi:g} ppi is not offered.",
            code="specimen.ppi",
            hint=f"Use {LOWEST_PPI} to {HIGHEST_PPI}.",
        )


def blank_page(design: Design, name: str, grid: Grid, sheet: int) -> PageStack:
    """The page as it leaves the security printer, without a holder."""
    page = design.pages[name]
    whole = np.ones(grid.shape, np.float32)
    substrate = Layer("substrate", "substrate", material_named(page.substrate), whole)
    layers: list[Layer] = [substrate]
    for art in page.layers:
        layers.extend(art_layers(art, grid, design.name, sheet))
    layers.extend(_texts(page, grid))
    layers.extend(draw_labels(grid, page.fields))
    if page.overlay is not None:
        layers.append(Layer("laminate", "laminate", material_named(page.overlay), whole))
    layers.extend(bound(page, grid))
    outline = leaf_outline(grid, design.place.corner_radius_mm)
    return PageStack(name, grid, tuple(layers), outline, material_named(page.backing))


def _texts(page: PageDesign, grid: Grid) -> list[Layer]:
    layers = []
    for at, text in enumerate(page.texts):
        coverage = grid.empty()
        font = "arabic" if text.script == "arab" else text.font
        if text.angle_deg:
            draw_turned_text(
                coverage,
                grid,
                text.text,
                centre_mm=(text.x_mm, text.baseline_mm),
                angle_deg=text.angle_deg,
                font=font,
                em_mm=text.em_mm,
                script=text.script,
            )
        else:
            draw_text(
                coverage,
                grid,
                text.text,
                x_mm=text.x_mm,
                baseline_mm=text.baseline_mm,
                font=font,
                em_mm=text.em_mm,
                align=text.align,
                script=text.script,
            )
        layer = trimmed(f"text-{at + 1}", text.role, material_named(text.ink), coverage)
        if layer is not None:
            layers.append(layer)
    return layers


def personalise(
    page: PageDesign,
    design: Design,
    grid: Grid,
    *,
    fields: dict[str, str],
    face: Face,
    lines: tuple[str, ...],
) -> Placed:
    """Everything that the issuing office adds to one page."""
    layers: list[Layer] = []
    boxes: dict[str, BoxMm] = {}

    def add(placed: Placed) -> None:
        layers.extend(placed.layers)
        boxes.update(placed.boxes_mm)

    for place in page.fields:
        text = fields[place.field]
        if text:
            add(draw_field(grid, place, text, place.ink or design.viz_ink))
    if page.portrait is not None:
        add(draw_portrait(grid, page.portrait, face))
    for at, ghost in enumerate(page.ghosts):
        ghost_name = "ghost" if at == 0 else f"ghost-{at + 1}"
        add(draw_portrait(grid, ghost, face, role="ghost", name=ghost_name))
    if page.signature is not None:
        add(draw_holder_signature(grid, page.signature, fields["surname"], face.seed))
    if page.mrz:
        add(draw_zone(grid, design, lines))
    return Placed(tuple(layers), boxes)


_ORDER: dict[str, int] = {role: at for at, role in enumerate(get_args(Role))}


def ordered(stack: PageStack) -> PageStack:
    """The layers in the order of their roles; within a role as they were given."""
    layers = sorted(stack.layers, key=lambda layer: _ORDER[layer.role])
    return replace(stack, layers=tuple(layers))
