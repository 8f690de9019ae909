"""Every design: complete, readable, drawn with the right zone, and marked SPECIMEN."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from docexam.errors import SettingsError, UsageError
from docexam.mrz.verify import verify
from docexam.specimens.art import artwork_named
from docexam.specimens.design import (
    DESIGN_FOLDER,
    Design,
    design_named,
    design_names,
    parse_design,
)
from docexam.specimens.document import draw_document
from docexam.specimens.forger.data_change import datum_text
from docexam.specimens.holders import holder_for, written_date
from docexam.specimens.mrz_text import mrz_lines
from docexam.specimens.physics.cameras import camera_for
from docexam.specimens.physics.exposure import gains
from docexam.specimens.physics.lamps import lamp_named
from docexam.specimens.physics.materials import material_named
from docexam.specimens.physics.render import render
from docexam.specimens.viz import printed_fields

if TYPE_CHECKING:
    from docexam.specimens.stack import PageStack

DESIGNS = [design_named(name) for name in design_names()]
NAMES = [design.name for design in DESIGNS]


@pytest.mark.parametrize("design", DESIGNS, ids=NAMES)
def test_everything_that_a_design_names_exists(design: Design) -> None:
    for page in design.pages.values():
        material_named(page.substrate)
        material_named(page.backing)
        for art in page.layers:
            assert callable(artwork_named(art.art))
            for ink in art.inks:
                material_named(ink)
        if page.visa is not None:
            assert design_named(page.visa.design).format.startswith("MRV")


@pytest.mark.parametrize("design", DESIGNS, ids=NAMES)
def test_every_page_says_specimen(design: Design) -> None:
    for page in design.pages.values():
        words = [text.text for text in page.texts if text.role == "specimen"]
        words += [art.name for art in page.layers if art.role == "specimen"]
        assert any("specimen" in word.lower() for word in words)


@pytest.mark.parametrize("design", DESIGNS, ids=NAMES)
def test_holders_have_zones_that_verify(design: Design) -> None:
    seen = set()
    for seed in range(40):
        holder = holder_for(design, seed)
        lines = mrz_lines(design, holder)
        assert len(lines) == design.place.lines
        assert {len(line) for line in lines} == {design.place.characters}
        found = verify(lines, today=dt.date(2026, 6, 1))
        assert found.valid, (seed, found.problems)
        assert holder.birth_date < holder.issue_date < holder.expiry_date
        assert holder_for(design, seed) == holder
        seen.add((holder.surname, holder.document_number))
    assert len(seen) == 40


@pytest.mark.parametrize("design", DESIGNS, ids=NAMES)
def test_a_drawn_document_keeps_its_fields_within_the_page(design: Design) -> None:
    document = draw_document(design, 3, ppi=150, pages=tuple(design.pages))
    assert set(document.pages) == set(design.pages)
    for name, stack in document.pages.items():
        width, height = design.page_size_mm(name)
        assert stack.grid.width_mm == width
        for what, (x, y, w, h) in document.boxes_mm[name].items():
            assert -0.1 <= x < x + w <= width + 0.1, (name, what)
            assert -0.1 <= y < y + h <= height + 0.1, (name, what)
        for layer in stack.layers:
            rows, columns = layer.coverage.shape
            assert layer.row >= 0
            assert layer.column >= 0
            assert layer.row + rows <= stack.grid.rows
            assert layer.column + columns <= stack.grid.columns
            assert float(layer.coverage.min()) >= 0
            assert float(layer.coverage.max()) <= 1.0 + 1e-5
    page = document.pages[design.mrz_page]
    zone = page.with_role("mrz")
    assert [layer.material.name for layer in zone] == [design.mrz_ink]


@pytest.mark.parametrize("design", DESIGNS, ids=NAMES)
def test_a_genuine_zone_is_black_in_infrared_on_a_clear_and_dull_ground(design: Design) -> None:
    stack = draw_document(design, 3, ppi=150, pages=(design.mrz_page,)).pages[design.mrz_page]
    place, px = design.place, stack.grid.px_per_mm
    top = place.height_mm - place.line_centres_mm[0] - 3.0
    bottom = place.height_mm - place.line_centres_mm[-1] + 3.0
    zone = np.s_[:, round(top * px) : round(bottom * px), round(3 * px) : -round(3 * px)]
    bare = stack.without("mrz")
    ground, printed = (_levels(each, "ir")[zone] for each in (bare, stack))
    assert ground.min() > 0.85 * ground.max()
    assert 1 - printed.min() / np.median(ground) > 0.75
    assert np.median(_levels(bare, "uv")[2]) < 0.10


def _levels(stack: PageStack, light: str) -> np.ndarray:
    lamp = lamp_named(light)
    camera = camera_for(lamp.camera)
    return render(stack, lamp, camera) * gains(lamp, camera)[:, None, None]


def test_two_sheets_of_a_design_share_their_print_and_differ_in_their_holder() -> None:
    one, two = (draw_document(design_named("uto-passport"), seed, ppi=150) for seed in (1, 2))
    first, second = one.pages["data"], two.pages["data"]
    assert np.array_equal(first.named("ship").coverage, second.named("ship").coverage)
    assert one.lines != two.lines
    assert not np.array_equal(first.named("mrz").coverage, second.named("mrz").coverage)


GOOD = (DESIGN_FOLDER / "uto-card.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("title = ", "not TOML"),
        (GOOD.replace('issuer = "UTO"', 'issuer = "FRA"'), "issuer"),
        (GOOD.replace("first_year", "frist_year"), "frist_year"),
        (GOOD.replace('format = "TD1"', 'format = "TD9"'), "format"),
        (GOOD.replace("mrz = true", ""), "exactly one page"),
        (GOOD.replace('field = "surname"', 'field = "nickname"'), "field"),
    ],
)
def test_a_wrong_design_file_costs_a_sentence(text: str, part: str) -> None:
    with pytest.raises(SettingsError, match=part):
        parse_design(text, "wrong")


def test_dates_are_printed_as_the_issuer_writes_them() -> None:
    day = dt.date(2024, 3, 7)
    own = ("JAN", "FEB", "MRT", *("X",) * 9)
    assert written_date(day) == "07 MAR 2024"
    assert written_date(day, own) == "07 MRT/MAR 2024"
    design = parse_design(f"months = {[f'{k:02d}' for k in range(1, 13)]}\n{GOOD}", "numbers")
    holder = replace(holder_for(design, 1), birth_date=day)
    assert printed_fields(design, holder)["birth_date"] == "07 03 2024"
    assert datum_text(design, holder, "birth_date") == "07 03 2024"
    with pytest.raises(SettingsError, match="names 2 months"):
        parse_design(f'months = ["01", "02"]\n{GOOD}', "short")


def test_wrong_artwork_and_materials_cost_a_sentence() -> None:
    design = design_named("uto-card")
    for old, new, error in (
        ('art = "guilloche.rosette"', 'art = "guilloche.nothing"', SettingsError),
        ('art = "guilloche.rosette"', 'art = "nowhere.rosette"', SettingsError),
        ('inks = ["offset-olive"]', 'inks = ["offset-olive", "offset-red"]', SettingsError),
        ('inks = ["offset-olive"]', 'inks = ["invisible-ink"]', UsageError),
        ("seed = 2\n", "seed = 2\nparameters = { petals = 3 }\n", SettingsError),
    ):
        changed = parse_design(GOOD.replace(old, new), design.name)
        with pytest.raises(error):
            draw_document(changed, 1, ppi=150)


def test_designs_outside_the_fictitious_states_are_impossible() -> None:
    for issuer in ("FRA", "DEU", "QM1", "QA1", "USA", "XXA"):
        with pytest.raises(SettingsError):
            parse_design(GOOD.replace('issuer = "UTO"', f'issuer = "{issuer}"'), "real")
    for issuer in ("QMA", "QMZ", "QNA", "QZZ", "UTO"):
        parse_design(GOOD.replace('issuer = "UTO"', f'issuer = "{issuer}"'), "drawn")
