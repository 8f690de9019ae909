"""Fantasy and camouflage documents: nobody who may issue passports has issued them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docexam.mrz.layouts import LAYOUTS
from docexam.specimens.document import draw_document
from docexam.specimens.forger.counterfeit import PRINTERS, judged, reprinted
from docexam.specimens.forger.figures import whole
from docexam.specimens.forger.kind import AttackKind, no_zone
from docexam.specimens.forger.work import (
    field_inks,
    field_layers,
    field_place,
    under_film,
    without_field,
    zone_printed,
)
from docexam.specimens.forger.zone_character import wrong_digits
from docexam.specimens.physics.materials import material_named
from docexam.specimens.text import text_width_mm

if TYPE_CHECKING:
    from docexam.specimens.design import Design, Text
    from docexam.specimens.forger.work import Work

_UNKNOWN = ("ZZM", "FREE TERRITORY OF AURORIA")
_CAMOUFLAGE = ("QZQ", "FORMER REPUBLIC OF AURORIA")
"""A code that exists for tests and that issues nothing: stands for a state that is no more."""
_UNKNOWN_FROM = 0.4
_NO_DIGITS_FROM = 0.75
_TITLE_MM = 30.0


def fantasy_document(work: Work) -> Work:
    """The design's layout under an invented name, printed in a copy shop."""
    code, title = _UNKNOWN if work.severity >= _UNKNOWN_FROM else _CAMOUFLAGE
    document = work.document
    pages = tuple(document.pages)
    design = _renamed(document.design, title)
    invented = draw_document(
        design, document.seed, ppi=_ppi(work), holder=document.holder, pages=pages
    )
    invented = replace(invented, fields={**invented.fields, "issuing_state": code})
    own = document.design.model_copy(update={"issuer": code})
    work = replace(work, document=replace(invented, design=own))
    for page in design.pages:
        if page in pages:
            work = _with_code(work, page, code)
    lines = _lines(work, code)
    if work.severity >= _NO_DIGITS_FROM:
        lines = _without_digits(design.format, lines)
    work = zone_printed(work, lines)
    printer = PRINTERS["pigment-inkjet"]
    black = tuple(material_named(name) for name in printer.black)
    work = replace(work, mrz_inks=black, viz_inks=black)
    for page, stack in work.document.pages.items():
        copy = reprinted(work, stack, printer, "bright")
        work = work.with_page(copy)
        expect, figures = judged(work, work.genuine.pages[page], copy)
        expect = ("list.issuer", "cap.model", *expect)
        if page == design.mrz_page:
            expect = (*_data_checks(design, code, lines), *expect)
        work = work.noted(page, (whole(copy),), expect, state_code=code, **figures)
    return work


def _ppi(work: Work) -> float:
    return next(iter(work.document.pages.values())).grid.ppi


def _renamed(design: Design, title: str) -> Design:
    """The design with the invented authority in every title; its layout stays."""
    old = design.issuer_title
    pages = {}
    for name, page in design.pages.items():
        texts = tuple(_retitled(text, title) if old in text.text else text for text in page.texts)
        pages[name] = page.model_copy(update={"texts": texts})
    update = {"issuer_title": title.rsplit(maxsplit=1)[-1], "bearer_title": "", "pages": pages}
    return design.model_copy(update=update)


def _retitled(text: Text, title: str) -> Text:
    """The invented authority in place of the genuine one, small enough for its place."""
    before, after = (
        text_width_mm(each, font=text.font, em_mm=text.em_mm) for each in (text.text, title)
    )
    room = max(_TITLE_MM, 1.2 * before)
    return text.model_copy(update={"text": title, "em_mm": text.em_mm * min(1.0, room / after)})


def _with_code(work: Work, page: str, code: str) -> Work:
    """The issuing state in the visual zone follows the invented code."""
    found = field_place(work, "issuing_state")
    if found is None or found[0] != page:
        return work
    place = found[1]
    stack = work.document.pages[page]
    layers, _ = field_layers(work, stack.grid, place, code, field_inks(work, place))
    return work.with_page(under_film(without_field(stack, place), *layers))


def _lines(work: Work, code: str) -> tuple[str, ...]:
    layout = LAYOUTS[work.document.design.format]
    lines = [list(line) for line in work.document.lines]
    visa = work.document.design.bearer
    for name in ("issuing_state",) if visa else ("issuing_state", "nationality"):
        span = layout.field(name)
        if span is not None:
            lines[span.line - 1][span.first - 1 : span.last] = code
    return tuple("".join(line) for line in lines)


def _without_digits(format_name: str, lines: tuple[str, ...]) -> tuple[str, ...]:
    """All check digits 0: whoever prints fantasy seldom knows how they are computed."""
    grid = [list(line) for line in lines]
    for rule in LAYOUTS[format_name].checks:
        grid[rule.line - 1][rule.column - 1] = "0"
    return tuple("".join(line) for line in grid)


def _data_checks(design: Design, code: str, lines: tuple[str, ...]) -> list[str]:
    expect: list[str] = []
    if code == _UNKNOWN[0]:
        expect.append("mrz.state-code")
        if not design.bearer:
            expect.append("mrz.nationality")
    return [*expect, *wrong_digits(design.format, lines)]


KINDS = (
    AttackKind(
        name="fantasy-document",
        sentence="A document of an authority that does not exist, printed on bright paper.",
        work=fantasy_document,
        slot="sheet",
        lights=("white", "uv"),
        obstacle=no_zone,
    ),
)
