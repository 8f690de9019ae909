"""Data that fits, attacks that go together, and one sentence for what cannot be."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING

import pytest

from docexam.errors import UsageError
from docexam.mrz.check_digits import check_digits
from docexam.mrz.layouts import LAYOUTS
from docexam.mrz.verify import verify
from docexam.specimens.design import design_named, design_names
from docexam.specimens.forger.catalogue import catalogue
from docexam.specimens.forger.data_change import planned_change
from docexam.specimens.forger.forge import allowed_on, check_attacks, forge
from docexam.specimens.mrz_text import mrz_fields

from .conftest import drawn

if TYPE_CHECKING:
    from docexam.specimens.truth import Attack

TODAY = dt.date(2026, 6, 1)
DESIGNS = design_names()


def of(attacks: tuple[Attack, ...], name: str) -> Attack:
    return next(each for each in attacks if each.attack == name)


@pytest.mark.parametrize("design", DESIGNS)
def test_check_digits_fail_unless_they_are_recomputed(design: str) -> None:
    genuine = drawn(design)
    layout = LAYOUTS[genuine.design.format]
    plain, attacks = forge(genuine, ("mrz-character",), 0.3)
    wrong = {each.field for each in check_digits(layout, plain.lines) if not each.ok}
    field = planned_change(genuine).field
    assert field in wrong
    assert ("composite" in wrong) is (not genuine.design.format.startswith("MRV"))
    short = {"document_number": "number", "birth_date": "birth", "expiry_date": "expiry"}[field]
    assert f"mrz.cd-{short}" in attacks[0].expect
    changed = [(a, b) for a, b in zip("".join(genuine.lines), "".join(plain.lines), strict=True)]
    assert sum(a != b for a, b in changed) == 1
    full, attacks = forge(genuine, ("mrz-character-recomputed",), 0.3)
    assert verify(full.lines, today=TODAY).valid
    assert full.lines != genuine.lines
    assert not any(check.startswith("mrz.cd") for check in attacks[0].expect)


def test_the_boxes_of_a_character_are_its_cells() -> None:
    genuine = drawn()
    forged, attacks = forge(genuine, ("mrz-character-recomputed",), 0.5)
    differ = [
        (line, column)
        for line, pair in enumerate(zip(genuine.lines, forged.lines, strict=True))
        for column, (a, b) in enumerate(zip(*pair, strict=True))
        if a != b
    ]
    assert len(attacks[0].boxes_mm) == len(differ)
    for (x, y, w, h), (line, column) in zip(attacks[0].boxes_mm, differ, strict=True):
        # TD3: first character 6.0 mm from the left, 2.54 mm apart, lines at 15.75 and 9.40 mm
        centre = (6.0 + 2.54 * column + 0.88, 88.0 - (15.75, 9.40)[line])
        assert x < centre[0] < x + w
        assert y < centre[1] < y + h
        assert w < 3.2
        assert h < 5.0


def test_an_erased_field_and_a_new_character_make_one_job() -> None:
    genuine = drawn()
    change = planned_change(genuine)
    alone, attacks = forge(genuine, ("erasure-chemical",), 0.6)
    assert alone.fields[change.field] == change.viz_text != genuine.fields[change.field]
    assert alone.lines == genuine.lines
    assert "x.viz-mrz" in attacks[0].expect
    both, attacks = forge(genuine, ("mrz-character-recomputed", "erasure-chemical"), 0.6)
    assert both.fields[change.field] == change.viz_text
    assert both.lines == change.lines
    assert [each.attack for each in attacks] == ["erasure-chemical", "mrz-character-recomputed"]
    assert "x.viz-mrz" not in of(attacks, "mrz-character-recomputed").expect
    assert "x.viz-mrz" not in of(attacks, "erasure-chemical").expect


def test_the_order_of_the_names_changes_nothing() -> None:
    names = ("photo-over-laminate", "counterfeit-laser-dull", "mrz-pitch")
    first, attacks = forge(drawn(), names, 0.7)
    second, again = forge(drawn(), names[::-1], 0.7)
    assert attacks == again
    for page in first.pages:
        for one, other in zip(first.pages[page].layers, second.pages[page].layers, strict=True):
            assert one.name == other.name
            assert (one.coverage == other.coverage).all()


def test_attacks_build_on_each_other() -> None:
    forged, attacks = forge(
        drawn(), ("counterfeit-dye-inkjet-dull", "mrz-position", "mrz-pitch", "mrz-font"), 1.0
    )
    contrast = of(attacks, "counterfeit-dye-inkjet-dull").figures["mrz_contrast_900"]
    assert isinstance(contrast, float)
    assert contrast < 0.1
    zone = forged.boxes_mm["data"]["mrz"]
    assert zone[0] == pytest.approx(6.0 + 2.8, abs=0.05)
    assert zone[2] == pytest.approx(43 * 2.43 + 1.757, abs=0.05)
    inks = {layer.material.name for layer in forged.pages["data"].with_role("mrz")}
    assert inks == {"dye-black"}


def test_a_new_character_leaves_the_fantasy_as_it_is() -> None:
    forged, attacks = forge(drawn(), ("mrz-character-recomputed", "fantasy-document"), 0.6)
    assert forged.lines[0].startswith("P<ZZM")
    assert forged.lines[1][10:13] == "ZZM"
    fields = mrz_fields(forged.design, forged.holder)
    assert (fields.issuing_state, fields.nationality) == ("ZZM", "ZZM")
    digits = check_digits(LAYOUTS["TD3"], forged.lines)
    assert all(each.ok for each in digits)
    assert len(of(attacks, "mrz-character-recomputed").boxes_mm) == 3


@pytest.mark.slow
@pytest.mark.parametrize("design", DESIGNS)
def test_every_attack_works_on_every_design_that_allows_it(design: str) -> None:
    genuine = drawn(design, 11)
    for name in allowed_on(genuine.design, tuple(genuine.pages)):
        forged, attacks = forge(genuine, (name,), 0.4)
        assert attacks, name
        for attack in attacks:
            grid = genuine.pages[attack.page].grid
            for x, y, w, h in attack.boxes_mm:
                assert x >= -0.1, name
                assert y >= -0.1, name
                assert w > 0.1, name
                assert h > 0.1, name
                assert x + w <= grid.width_mm + 0.1, name
                assert y + h <= grid.height_mm + 0.1, name
        assert [len(line) for line in forged.lines] == [len(line) for line in genuine.lines]
        assert any(layer.role == "specimen" or layer.group == "copy" for layer in forged.pages[
            genuine.mrz_page
        ].layers), name  # fmt: skip


@pytest.mark.parametrize(
    ("design", "names", "part"),
    [
        ("uto-card", ("laminate-replaced",), "fused"),
        ("uto-card", ("erasure-chemical",), "engraving"),
        ("uto-card", ("page-substitution",), "leaf"),
        ("uto-card", ("photo-under-laminate",), "polycarbonate"),
        ("qmb-visa", ("ghost-missing",), "second portrait"),
        ("qmb-visa", ("visa-transferred",), "visa itself"),
        ("uto-passport", ("stamp-false",), "its pages 16 and 17 have: name one as a page"),
        ("uto-passport", ("visa-counterfeit",), "its page 17 does: name it as a page"),
    ],
)
def test_the_impossible_is_refused_with_what_is_possible(
    design: str, names: tuple[str, ...], part: str
) -> None:
    with pytest.raises(UsageError) as caught:
        check_attacks(names, 0.5, design_named(design))
    assert part in caught.value.message
    assert "mrz-font" in caught.value.hint
    assert names[0] not in caught.value.hint.replace("Possible there:", "").split(", ")


@pytest.mark.parametrize(
    ("names", "severity", "code"),
    [
        (("photo-swap",), 0.5, "specimen.attack"),
        ((), 0.5, "specimen.attack"),
        (("mrz-font",), 0.0, "specimen.severity"),
        (("mrz-font",), 1.01, "specimen.severity"),
        (("mrz-font",), math.nan, "specimen.severity"),
        (("photo-over-laminate", "photo-under-laminate"), 0.5, "specimen.attack-combination"),
        (("mrz-character", "mrz-character-recomputed"), 0.5, "specimen.attack-combination"),
        (("fantasy-document", "stolen-blank"), 0.5, "specimen.attack-combination"),
    ],
)
def test_wrong_requests_are_refused(names: tuple[str, ...], severity: float, code: str) -> None:
    with pytest.raises(UsageError) as caught:
        check_attacks(names, severity, design_named("uto-passport"))
    assert caught.value.code == code
    assert caught.value.hint


def test_every_design_allows_the_generic_attacks() -> None:
    generic = [name for name in catalogue() if name.startswith(("counterfeit", "mrz", "viz-font"))]
    for name in DESIGNS:
        design = design_named(name)
        assert set(generic) <= set(allowed_on(design))
