"""A forgery under way: the document as it is by now, and what is noted about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from docexam.specimens.forger.checks import needs_model
from docexam.specimens.forger.inks import inked
from docexam.specimens.mrz_print import (
    GENUINE_PRINT,
    MrzPrint,
    character_box_mm,
    character_origin_mm,
)
from docexam.specimens.personal import draw_field, draw_zone
from docexam.specimens.physics.materials import Material, material_named
from docexam.specimens.seeds import rng_for
from docexam.specimens.stack import Layer, PageStack, Role, trimmed
from docexam.specimens.text import draw_text, text_width_mm
from docexam.specimens.truth import Attack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from docexam.specimens.design import BoxMm, FieldPlace
    from docexam.specimens.document import Document
    from docexam.specimens.grid import Coverage, Grid

_OCRB_EM_MM = 2.54 / 0.723
"""The em at which OCR-B has the pitch of size 1."""
_FILM: tuple[Role, ...] = ("overprint", "stitching", "laminate", "ovd")


@dataclass(frozen=True, eq=False)
class Work:
    """The state that attacks hand on.

    `genuine` is the document before any attack. `zone` says how the zone is printed by now, in
    `mrz_inks`; `foreign` characters of it come from `foreign_font`. `viz_inks` replace the
    design's ink where they are given.
    """

    document: Document
    genuine: Document
    attack: str
    severity: float
    mrz_inks: tuple[Material, ...]
    viz_inks: tuple[Material, ...] = ()
    zone: MrzPrint = GENUINE_PRINT
    foreign: str = ""
    foreign_font: str = "sans"
    attacks: tuple[Attack, ...] = ()

    def between(self, skilled: float, crude: float) -> float:
        """The value at this severity on the line from `skilled` (0) to `crude` (1)."""
        return skilled + (crude - skilled) * self.severity

    def rng(self, purpose: str = "") -> np.random.Generator:
        """A stream of this attack's own on this document."""
        return rng_for(
            "forger", self.attack, self.document.design.name, self.document.seed, purpose
        )

    def with_page(self, stack: PageStack) -> Work:
        """The work with `stack` in place of its page."""
        return replace(self, document=self.document.with_page(stack))

    def noted(
        self,
        page: str,
        boxes_mm: Iterable[BoxMm],
        expect: Iterable[str],
        **figures: float | str,
    ) -> Work:
        """The work with one more line of truth."""
        checks = tuple(dict.fromkeys(expect))
        told = {
            name: round(value, 4) if isinstance(value, float) else value
            for name, value in figures.items()
        }
        model = needs_model(checks)
        attack = Attack(
            self.attack,
            self.severity,
            page,
            tuple(boxes_mm),
            checks,
            needs_model=model,
            figures=told,
        )
        return replace(self, attacks=(*self.attacks, attack))


def seen(*checks: tuple[str, bool]) -> tuple[str, ...]:
    """The checks whose condition holds."""
    return tuple(check for check, holds in checks if holds)


def page_with(document: Document, box: str) -> str | None:
    """The first drawn page on which `box` lies."""
    return next((page for page, boxes in document.boxes_mm.items() if box in boxes), None)


def grown(box_mm: BoxMm, by_mm: float, grid: Grid) -> BoxMm:
    """The box with `by_mm` more on each side, cut to the page."""
    x, y, w, h = box_mm
    left, top = max(0.0, x - by_mm), max(0.0, y - by_mm)
    right, bottom = min(grid.width_mm, x + w + by_mm), min(grid.height_mm, y + h + by_mm)
    return left, top, right - left, bottom - top


def joined(*boxes_mm: BoxMm) -> BoxMm:
    """The smallest box around all."""
    left, top = min(box[0] for box in boxes_mm), min(box[1] for box in boxes_mm)
    right = max(box[0] + box[2] for box in boxes_mm)
    bottom = max(box[1] + box[3] for box in boxes_mm)
    return left, top, right - left, bottom - top


def under_film(stack: PageStack, *new: Layer) -> PageStack:
    """The page with `new` on the personalisation, below overprint, laminate and devices."""
    layers = list(stack.layers)
    own = [at for at, each in enumerate(layers) if each.group != "visa"]
    at = next((at for at in own if layers[at].role in _FILM), len(layers))
    layers[at:at] = new
    return replace(stack, layers=tuple(layers))


def on_top(stack: PageStack, *new: Layer) -> PageStack:
    """The page with `new` over all."""
    return replace(stack, layers=stack.layers + new)


def fused(work: Work, page: str) -> bool:
    """Whether print lies inside a card that cannot be opened."""
    return work.document.design.pages[page].substrate == "polycarbonate"


def laid(work: Work, stack: PageStack, *new: Layer) -> PageStack:
    """The page with `new` under its film, or on a card that cannot be opened."""
    if fused(work, stack.page):
        return on_top(stack, *new)
    return under_film(stack, *new)


def has_film(stack: PageStack) -> bool:
    """Whether a laminate or foil lies over the page."""
    return bool(stack.with_role("laminate"))


def weakened(
    stack: PageStack, mask: Coverage, take: Callable[[Layer], float], *roles: Role
) -> PageStack:
    """The layers of `roles` thinned where `mask` is, each by the share that `take` answers."""

    def thinner(layer: Layer) -> Layer:
        rows, columns = layer.coverage.shape
        here = mask[layer.row : layer.row + rows, layer.column : layer.column + columns]
        share = take(layer)
        if share <= 0 or not here.any():
            return layer
        return replace(layer, coverage=layer.coverage * (1 - np.float32(share) * here))

    return stack.changed(thinner, *roles)


def sheet_layer(
    name: str, role: Role, material: Material | str, coverage: Coverage, group: str = ""
) -> tuple[Layer, ...]:
    """A layer from a coverage of the whole grid, none where it is empty."""
    ink = material_named(material) if isinstance(material, str) else material
    layer = trimmed(name, role, ink, coverage, group=group)
    return () if layer is None else (layer,)


def field_place(work: Work, field: str) -> tuple[str, FieldPlace] | None:
    """The page and the place of a field that is printed on a drawn page."""
    for page in work.document.pages:
        if field not in work.document.boxes_mm[page]:
            continue
        for place in work.document.design.pages[page].fields:
            if place.field == field:
                return page, place
    return None


def field_inks(work: Work, place: FieldPlace) -> tuple[Material, ...]:
    """The inks in which the field is printed by now."""
    return work.viz_inks or (material_named(place.ink or work.document.design.viz_ink),)


def field_layers(
    work: Work, grid: Grid, place: FieldPlace, text: str, inks: tuple[Material, ...], **how: str
) -> tuple[tuple[Layer, ...], BoxMm]:
    """A field's value drawn anew, and its box."""
    placed = draw_field(grid, place, text, work.document.design.viz_ink, **how)
    return inked(placed.layers, inks), placed.boxes_mm[place.field]


def without_field(stack: PageStack, place: FieldPlace) -> PageStack:
    """The page without the value of one field; a second print of it, of another role, stays."""
    return stack.changed(lambda each: None if each.group == place.field else each, place.role)


def zone_layers(work: Work, grid: Grid, lines: tuple[str, ...]) -> tuple[Layer, ...]:
    """The zone as it is printed by now, with other `lines`."""
    own = tuple("".join(" " if c in work.foreign else c for c in line) for line in lines)
    placed = draw_zone(grid, work.document.design, own, style=work.zone)
    layers = inked(placed.layers, work.mrz_inks)
    if work.foreign:
        layers += inked(_foreign(work, grid, lines), work.mrz_inks)
    return layers


def _foreign(work: Work, grid: Grid, lines: tuple[str, ...]) -> tuple[Layer, ...]:
    """The characters of another font, each in the middle of its cell."""
    coverage = grid.empty()
    place, style, font = work.document.design.place, work.zone, work.foreign_font
    em_mm = _OCRB_EM_MM * style.scale
    for number, line in enumerate(lines):
        for column, sign in enumerate(line):
            if sign in work.foreign:
                left, _, width, _ = character_box_mm(place, number, column, style)
                _, baseline = character_origin_mm(place, number, column, style)
                advance = text_width_mm(sign, font=font, em_mm=em_mm)
                x_mm = left + (width - advance) / 2
                draw_text(
                    coverage, grid, sign, x_mm=x_mm, baseline_mm=baseline, font=font, em_mm=em_mm
                )
    return sheet_layer("mrz-foreign", "mrz", work.mrz_inks[0], coverage, "mrz")


def zone_printed(work: Work, lines: tuple[str, ...] | None = None) -> Work:
    """The work with its zone printed anew in the present style and inks."""
    document = work.document
    page = document.mrz_page
    stack = document.pages[page]
    lines = lines or document.lines
    bare = stack.changed(lambda each: each if each.group == "visa" else None, "mrz")
    box = draw_zone(stack.grid, document.design, lines, style=work.zone).boxes_mm["mrz"]
    stack = under_film(bare, *zone_layers(work, stack.grid, lines))
    boxes = {**document.boxes_mm, page: {**document.boxes_mm[page], "mrz": box}}
    changed = replace(document, lines=lines, boxes_mm=boxes).with_page(stack)
    return replace(work, document=changed)
