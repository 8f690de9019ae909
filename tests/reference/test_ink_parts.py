"""Inks in infrared and portraits, learned from pages drawn in literal millimetres."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from docexam.nouns.measurement import Measurement, NotMeasured
from docexam.reference import ghost, ink_kept, ir_print, portrait_ink
from docexam.reference.parts import NotLearned, Part

from .ink_pages import Look, genuine, page

if TYPE_CHECKING:
    from types import ModuleType

    from docexam.reference.page_sample import PageSample

PARTS = {"ir-print": ir_print, "ink": ink_kept, "portrait": portrait_ink, "ghost": ghost}


@cache
def learned(name: str) -> Part:
    part = PARTS[name].learn(list(samples()))
    assert isinstance(part, Part), part
    return part


@cache
def samples() -> tuple[PageSample, ...]:
    return tuple(genuine())


def measured(name: str, sample: PageSample) -> dict[str, Measurement]:
    found = PARTS[name].measure(sample, learned(name))
    return {each.name: each for each in found if isinstance(each, Measurement)}


def is_within(name: str, measurement: Measurement) -> bool:
    limit = learned(name).limits[measurement.name]
    return (limit.low is None or measurement.value >= limit.low) and (
        limit.high is None or measurement.value <= limit.high
    )


@pytest.mark.parametrize("name", list(PARTS))
@pytest.mark.parametrize("blur_ir_mm", [0.06, 0.14])
def test_another_genuine_page_is_within_every_limit_also_blurred(
    name: str, blur_ir_mm: float
) -> None:
    found = measured(name, page(11, Look(blur_ir_mm=blur_ir_mm)))
    assert set(found) == set(learned(name).limits)
    assert [each.name for each in found.values() if not is_within(name, each)] == []


@pytest.mark.parametrize(
    ("part", "name", "look", "about"),
    [
        ("ir-print", "model.ir-dropout", Look(title_ir=0.15), 1.0),
        ("ir-print", "model.ir-split", Look(motif_ir=1.0), 0.0),
        ("ink", "model.viz-ink", Look(text_ir=0.58), 0.5),
        ("ink", "model.viz-ink", Look(text_ir=1.0), 0.0),
        ("portrait", "model.photo-ir", Look(face_ir=1.0), 1.0),
        ("ghost", "model.ghost-strength", Look(ghost=0.05), 0.1),
        ("ghost", "model.ghost-likeness", Look(ghost_of=77), 0.0),
        ("ghost", "model.ghost-ir", Look(ghost_ir=1.0), 1.0),
    ],
)
def test_what_no_genuine_page_shows_is_beyond_its_limit(
    part: str, name: str, look: Look, about: float
) -> None:
    found = measured(part, page(12, look))[name]
    assert found.value == pytest.approx(about, abs=0.25)
    assert not is_within(part, found)


def test_a_coloured_portrait_where_all_are_grey() -> None:
    found = measured("portrait", page(13, Look(colour=0.5)))["model.photo-colour"]
    assert not is_within("portrait", found)


def test_places_are_those_drawn() -> None:
    x, y, w, h = learned("portrait").facts["box_mm"]
    assert (x, y, w, h) == pytest.approx((6, 20, 30, 40), abs=2.5)
    gx, gy, gw, gh = learned("ghost").facts["box_mm"]
    # the second portrait shows at half the size what the learned box of the first shows
    expected = (100 + (x - 6) / 2, 40 + (y - 20) / 2, w / 2, h / 2)
    assert (gx, gy, gw, gh) == pytest.approx(expected, abs=0.5)
    assert len(learned("ink").facts["fields_mm"]) == 5
    assert learned("ir-print").facts["dropout"]["box_mm"] == pytest.approx((5, 4, 34, 4), abs=1.0)


@pytest.mark.parametrize("name", ["ir-print", "ink"])
def test_without_infrared_nothing_is_learned_and_nothing_measured(name: str) -> None:
    bare = [page(holder, lights="white") for holder in (1, 2, 3)]
    assert isinstance(PARTS[name].learn(bare), NotLearned)
    found = PARTS[name].measure(bare[0], learned(name))
    assert {type(each) for each in found} == {NotMeasured}
    assert {each.code for each in found} == {"no-light"}


@pytest.mark.parametrize("name", list(PARTS))
def test_a_page_that_lies_on_no_model_is_not_measured_by_its_places(name: str) -> None:
    found = PARTS[name].measure(page(11, placed=False), learned(name))
    assert found
    assert {each.code for each in found if isinstance(each, NotMeasured)} == {"model.not-placed"}
    assert not [each for each in found if isinstance(each, Measurement)]


@pytest.mark.parametrize("module", [ir_print, ink_kept, portrait_ink, ghost])
def test_two_pages_teach_nothing(module: ModuleType) -> None:
    assert isinstance(module.learn(genuine(2)), NotLearned)


def test_pages_with_no_second_portrait_teach_none() -> None:
    alone = [page(holder, Look(ghost=0.0)) for holder in range(1, 5)]
    found = ghost.learn(alone)
    assert isinstance(found, NotLearned)
    assert found.code == "learn.no-ghost"
