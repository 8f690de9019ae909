"""What the truth promises of infrared and ultraviolet, held against the pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from docexam.specimens.forger import limits
from docexam.specimens.forger.figures import glow_change
from docexam.specimens.forger.forge import forge
from docexam.specimens.forger.infrared import infrared_change, residue_mm2

from .conftest import drawn, picture

if TYPE_CHECKING:
    from docexam.specimens.design import BoxMm
    from docexam.specimens.document import Document

DESIGNS = ("uto-passport", "uto-card", "qmg-visa")
TITLE_MM: dict[str, BoxMm] = {
    "uto-passport": (5.0, 5.0, 17.0, 2.4),
    "uto-card": (26.0, 4.4, 22.0, 2.0),
    "qmg-visa": (5.0, 6.4, 24.0, 2.8),
}
"""Where each design prints a title in black that vanishes in infrared."""


def contrast(document: Document, light: str, box: BoxMm) -> float:
    """(ground - print) / ground in the box."""
    stack = document.pages[next(iter(document.pages))]
    column, row, columns, rows = stack.grid.box_px(box)
    grey = picture(stack, light).mean(axis=0)[row : row + rows, column : column + columns]
    ground, ink = np.quantile(grey, 0.9), np.quantile(grey, 0.05)
    return float((ground - ink) / ground)


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize(
    ("printer", "carbon"),
    [
        ("dye-inkjet", False),
        ("pigment-inkjet", True),
        ("laser", True),
        ("laser-composite", False),
    ],
)
def test_a_title_that_must_vanish_stays_where_black_is_carbon(
    design: str, printer: str, carbon: bool
) -> None:
    genuine = drawn(design)
    box = TITLE_MM[design]
    assert contrast(genuine, "white", box) > 0.5
    assert contrast(genuine, "ir", box) < 0.15
    forged, attacks = forge(genuine, (f"counterfeit-{printer}-dull",), 0.5)
    promised = "ir.dropout" in attacks[0].expect
    assert promised is carbon
    shown = contrast(forged, "ir", box)
    assert shown > 0.3 if carbon else shown < 0.2
    # split print is lost by every copy: one black has no halves
    assert "ir.split" in attacks[0].expect


def test_a_genuine_page_has_lost_nothing() -> None:
    page = drawn().pages["data"]
    change = infrared_change(page, page)
    assert change.dropout_stays_mm2 == 0
    assert change.split == change.split_copied > limits.SPLIT_STEP
    assert not change.dropout_broken
    assert not change.split_broken


def test_a_page_without_staying_ink_has_no_split_to_lose() -> None:
    page = drawn().pages["data"]
    plain = page.changed(
        lambda layer: None if layer.material.name.endswith("-stay") else layer, "background"
    )
    copy = forge(drawn(), ("counterfeit-laser-dull",), 0.5)[0].pages["data"]
    assert infrared_change(plain, copy).split == 0
    assert not infrared_change(plain, copy).split_broken
    assert infrared_change(page, copy).split_broken


@pytest.mark.parametrize("name", ["page-substitution", "fantasy-document"])
def test_other_copies_in_carbon_are_told_alike(name: str) -> None:
    _, attacks = forge(drawn(), (name,), 0.5)
    assert {"ir.dropout", "ir.split", "uv.fibres"} <= set(attacks[0].expect)


def test_a_second_portrait_is_told_where_its_ink_changed_in_infrared() -> None:
    # violet offset becomes toner black, and laser engraving becomes dye
    for design, printer, told in (
        ("uto-passport", "laser", True),
        ("uto-passport", "dye-inkjet", False),
        ("uto-card", "dye-inkjet", True),
        ("uto-card", "laser", False),
    ):
        _, attacks = forge(drawn(design), (f"counterfeit-{printer}-dull",), 0.5)
        assert ("ir.ghost" in attacks[0].expect) is told, (design, printer)


def test_fields_are_told_where_their_black_vanishes() -> None:
    for printer, told in (("dye-inkjet", True), ("laser", False)):
        _, attacks = forge(drawn(), (f"counterfeit-{printer}-dull",), 0.5)
        assert ("ir.personalisation-ink" in attacks[0].expect) is told


def test_new_ink_hides_what_is_left_of_the_old() -> None:
    page = drawn().pages["data"]
    old = tuple(layer for layer in page.with_role("viz") if layer.group == "surname")
    assert residue_mm2(old, (), page.grid) > 5
    assert residue_mm2(old, old, page.grid) == 0


def test_a_stain_is_seen_beside_the_motif_that_it_replaced() -> None:
    page = drawn().pages["data"]
    box = (62.0, 16.0, 40.0, 40.0)
    assert glow_change(page, page, box) == (0.0, 0.0)
    bare = page.changed(lambda layer: None if layer.name.startswith("uv-ship") else layer)
    share, step = glow_change(bare, page, box)
    assert share > limits.HALO_STEP
    assert step > limits.HALO_LEAST


def test_a_scraped_place_of_a_dark_page_is_no_halo() -> None:
    _, (attack,) = forge(drawn("qmg-visa"), ("erasure-mechanical",), 0.6)
    assert float(attack.figures["halo_contrast"]) > limits.HALO_STEP
    assert float(attack.figures["halo_step"]) < limits.HALO_LEAST
    assert "uv.halo" not in attack.expect
    _, (washed,) = forge(drawn("qmg-visa"), ("erasure-chemical",), 0.6)
    assert "uv.halo" in washed.expect
